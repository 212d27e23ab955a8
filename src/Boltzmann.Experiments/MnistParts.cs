namespace Boltzmann.Experiments;

/// <summary>MNIST in three: rows to learn from, rows to choose by, rows that are looked at once.</summary>
/// <param name="Training">55 000 rows.</param>
/// <param name="Validation">5 000 of the 60 000, those that a training run with the same seed holds out.</param>
/// <param name="Test">10 000 rows.</param>
sealed record MnistParts(Dataset Training, Dataset Validation, Dataset Test)
{
    /// <summary>The data of which the parts are.</summary>
    public const string Name = "mnist";

    /// <summary>Rows held out: a run with the same seed and number holds out the same.</summary>
    public const int HeldOutRows = 5000;

    /// <summary>Rows that a smoke test learns from.</summary>
    public const int QuickRows = 2000;

    public static MnistParts Open(ExperimentContext context)
    {
        var options = new DataOptions { Seed = context.Seed };
        var (training, validation) = HeldOut.Open(context.Data, Name, options, HeldOutRows, context.Seed, stratify: false);
        Dataset test = context.Data.Open(Name, options with { Split = DataSplit.Test });
        return context.Quick ? new(training.Take(2000), validation!.Take(500), test.Take(500)) : new(training, validation!, test);
    }
}
