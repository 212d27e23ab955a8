namespace Boltzmann.Experiments;

/// <summary>What a way to fill gaps came to. NaN where it does not apply.</summary>
/// <param name="Error">Of numbers: root of the mean squared error, in standard deviations of their columns.</param>
/// <param name="Accuracy">Of words: share of fields that were right.</param>
/// <param name="WordLog">Of words: mean log p(true word) [nats].</param>
/// <param name="NumberLog">Of numbers: mean log density of the true value on the machine's scale [nats].</param>
sealed record GapScores(double Error, double Accuracy, double WordLog = double.NaN, double NumberLog = double.NaN)
{
    /// <summary>As the files of measurements have it.</summary>
    public double[] ToArray() => [Error, Accuracy, WordLog, NumberLog];

    /// <summary>From such a file.</summary>
    public static GapScores From(double[] numbers) => new(numbers[0], numbers[1], numbers[2], numbers[3]);
}
