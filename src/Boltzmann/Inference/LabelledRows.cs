namespace Boltzmann.Inference;

/// <summary>Rows and what a network should say of them, as a task of the command line means them.</summary>
/// <param name="Data">The rows, scaled.</param>
/// <param name="Examples">As the network takes them, with their targets.</param>
sealed record LabelledRows(Dataset Data, Examples Examples)
{
    /// <summary>Rows of classes: of two by a single logistic output, of more by a softmax.</summary>
    /// <param name="data">Scaled rows with labels.</param>
    /// <param name="classes">How many were learned; null to take those of the rows, which must be of two or more.</param>
    public static LabelledRows OfClasses(Dataset data, int? classes = null) =>
        new(data, Examples.OfClasses(data, classes, Outputs(classes ?? data.Classes)));

    /// <summary>Rows of numbers, standardised.</summary>
    public static LabelledRows OfValues(Dataset data, Standardizer? targets)
    {
        double[] values = Examples.ValuesOf(data);
        return new(data, Examples.OfValues(data,
            targets is null ? values : [.. values.Select(v => (v - targets.Means[0]) / targets.StandardDeviations[0])]));
    }

    /// <summary>The same with what a network takes beside the rows.</summary>
    public LabelledRows With(MeanFieldInput? input) =>
        input is null ? this : this with { Examples = Examples with { Inputs = input.Extend(Data) } };

    /// <summary>Units of the head for so many classes.</summary>
    public static int Outputs(int classes) => classes == 2 ? 1 : classes;
}
