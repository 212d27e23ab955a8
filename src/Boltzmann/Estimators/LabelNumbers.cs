using System.Globalization;

namespace Boltzmann.Estimators;

/// <summary>Classes by what a program calls them, and by number.</summary>
static class LabelNumbers
{
    /// <summary>Throws unless there is a label for each row.</summary>
    /// <exception cref="BadInputException">There are none, more or fewer than rows, or one is missing; the message says which.</exception>
    public static void Require<TLabel>(IReadOnlyList<TLabel> labels, Dataset data)
    {
        if (labels is null) throw new BadInputException($"{data.Name}: the labels are missing: expected one for each of {data.Count} rows");
        if (labels.Count != data.Count) throw new BadInputException($"{data.Name}: there are {labels.Count} labels for {data.Count} rows");
        for (int r = 0; r < labels.Count; r++)
            if (labels[r] is null) throw new BadInputException($"{data.Name}: the label of row {r + 1} is missing");
    }

    /// <summary>The classes in order, two or more.</summary>
    /// <exception cref="BadInputException">There is only one.</exception>
    public static TLabel[] Classes<TLabel>(IReadOnlyList<TLabel> labels, string name)
    {
        TLabel[] classes = [.. labels.Distinct().Order(StringComparer.Ordinal as IComparer<TLabel> ?? Comparer<TLabel>.Default)];
        return classes.Length >= 2 ? classes : throw new BadInputException($"{name}: all {labels.Count} rows are of one class, "
            + $"{Quoted.Text(Name(classes[0]))}; a classifier needs two or more");
    }

    /// <summary>The number of each label's class.</summary>
    /// <exception cref="BadInputException">There is a class that training never saw.</exception>
    public static int[] Of<TLabel>(IReadOnlyList<TLabel> labels, IReadOnlyList<TLabel> classes, string name) where TLabel : notnull
    {
        var numbers = Enumerable.Range(0, classes.Count).ToDictionary(k => classes[k]);
        return [.. labels.Select((label, r) => numbers.TryGetValue(label, out int k) ? k
            : throw new BadInputException($"{name}: row {r + 1} is of class {Quoted.Text(Name(label))}, which training never saw; known "
            + $"are {string.Join(", ", classes.Take(20).Select(one => Quoted.Text(Name(one))))}"))];
    }

    /// <summary>What a class is called in files.</summary>
    public static string Name<TLabel>(TLabel label) => Convert.ToString(label, CultureInfo.InvariantCulture)!;
}
