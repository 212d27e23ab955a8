using System.Globalization;

namespace Boltzmann.Networks;

/// <summary>Rows and what a network should say of them.</summary>
/// <param name="Inputs">The rows.</param>
/// <param name="Targets">As many rows: classes as 0 and 1, or numbers.</param>
public sealed record Examples(Dataset Inputs, Rows Targets)
{
    /// <summary>Number of examples.</summary>
    public int Count => Inputs.Count;

    /// <summary>Rows with their classes.</summary>
    /// <param name="data">Labelled rows.</param>
    /// <param name="classes">How many classes there are; null for those of the data.</param>
    /// <param name="columns">1 for a single logistic output that tells two classes apart; null for one column per class.</param>
    /// <exception cref="BadInputException">There are no labels, all are the same, or one is of a class that is not among them.</exception>
    public static Examples OfClasses(Dataset data, int? classes = null, int? columns = null)
    {
        int[] labels = data.Labels ?? throw new BadInputException($"{data.Name} has no labels");
        int count = classes ?? data.Classes;
        if (Array.FindIndex(labels, label => label < 0) is >= 0 and int missing)
            throw new BadInputException($"{data.Name}: row {missing + 1} has no label");
        if (Array.FindIndex(labels, label => label >= count) is >= 0 and int unknown)
            throw new BadInputException($"{data.Name}: row {unknown + 1} is of class "
                + $"{Quoted.Text(data.LabelNames?[labels[unknown]] ?? $"{labels[unknown]}")}, which is not among the {count} classes that "
                + "were learned");
        if (classes is null && labels.Length > 0 && Array.TrueForAll(labels, label => label == labels[0]))
            throw new BadInputException($"{data.Name}: all {data.Count} rows are of one class, "
                + $"{Quoted.Text(data.LabelNames?[labels[0]] ?? $"{labels[0]}")}; a classifier needs two or more");
        if (columns == 1 && count != 2)
            throw new BadInputException($"{data.Name} has {count} classes; a single logistic output tells two apart");
        return new(data, new OneHotRows(labels, columns ?? count));
    }

    /// <summary>Rows with one number each.</summary>
    /// <exception cref="BadInputException">Not one finite number per row.</exception>
    public static Examples OfValues(Dataset data, double[] values)
    {
        if (values.Length != data.Count)
            throw new BadInputException($"{data.Name} has {data.Count} rows, but there are {values.Length} targets");
        if (Array.FindIndex(values, value => !double.IsFinite(value)) is >= 0 and int bad)
            throw new BadInputException($"{data.Name}: the target of row {bad + 1} is {values[bad]}: expected a finite number");
        return new(data, new NumberRows(values, 1));
    }

    /// <summary>Rows whose labels are numbers in words: the column that a CSV file calls its labels, read for regression.</summary>
    /// <exception cref="BadInputException">There are no labels, or one is no finite number.</exception>
    public static double[] ValuesOf(Dataset data)
    {
        int[] labels = data.Labels ?? throw new BadInputException($"{data.Name} has no column of targets");
        var values = new double[labels.Length];
        for (int r = 0; r < values.Length; r++)
        {
            string text = data.LabelNames?[labels[r]] ?? $"{labels[r]}";
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[r]) || !double.IsFinite(values[r]))
            {
                throw new BadInputException($"{data.Name}: the target of row {r + 1} is {Quoted.Text(text)}: "
                    + $"expected a finite number{(text.Contains(',') ? " with a decimal point" : "")}");
            }
        }
        return values;
    }
}
