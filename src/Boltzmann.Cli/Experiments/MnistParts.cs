namespace Boltzmann.Cli.Experiments;

/// <summary>MNIST in three: rows to learn from, rows to choose by, rows that are looked at once.</summary>
/// <param name="Training">55 000 rows.</param>
/// <param name="Validation">5 000 of the 60 000, those that a training run with the same seed holds out.</param>
/// <param name="Test">10 000 rows.</param>
sealed record MnistParts(Dataset Training, Dataset Validation, Dataset Test)
{
    const string Name = "mnist";
    const int HeldOutRows = 5000;

    /// <summary>Arguments that make a run hold out the same rows.</summary>
    public static string[] Arguments { get; } = ["--data", Name, "--validation-rows", $"{HeldOutRows}"];

    public static MnistParts Open(ExperimentContext context)
    {
        Session session = context.Session;
        var options = new DataOptions { Folder = session.DataFolder, Seed = session.Seed };
        var (training, validation) = HeldOut.Open(session.Data, Name, options, HeldOutRows, session.Seed, stratify: false);
        Dataset test = DataSource.Open(Name, options with { Split = DataSplit.Test });
        return context.Quick ? new(training.Take(2000), validation!.Take(500), test.Take(500)) : new(training, validation!, test);
    }
}
