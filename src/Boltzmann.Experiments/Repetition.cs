using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>One way to learn a small data set, repeated over seeds, each of which divides the rows anew and begins anew.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Settings">How it learns.</param>
/// <param name="Pretrains">Whether the network begins as a stack of machines.</param>
sealed record Repetition(string Name, DbnSettings Settings, bool Pretrains = true)
{
    /// <summary>Rows for testing.</summary>
    public const double TestShare = 0.2;

    const uint SplitStream = 0x74657374;

    /// <summary>The two parts that a seed makes of the rows, the shares of the classes kept.</summary>
    public static (Dataset Training, Dataset Test) Divide(Dataset data, ulong seed) =>
        Split.Random(data, TestShare, new Rng(seed, SplitStream), stratify: true);

    /// <summary>A classifier that has learned the training part of one seed.</summary>
    public DbnClassifier<string> Learn(Dataset training, ulong seed, ExperimentContext context)
    {
        var classifier = new DbnClassifier<string>(Settings with { Seed = seed }, context.Placement);
        classifier.Fit(training, Pretrains, cancellation: context.Interrupted);
        return classifier;
    }

    /// <summary>Mean in percent with the spread (unbiased standard deviation) over seeds.</summary>
    public static string Percent(IReadOnlyList<double> shares) => Spread(shares, 100, "F2");

    /// <summary>The same times a factor, in a format of numbers.</summary>
    public static string Spread(IReadOnlyList<double> values, double factor, string format)
    {
        var score = new Score(values);
        string mean = (factor * score.Mean).ToString(format, CultureInfo.InvariantCulture);
        return values.Count < 2 ? mean
            : $"{mean} ± {(factor * score.StandardDeviation).ToString(format, CultureInfo.InvariantCulture)}";
    }
}
