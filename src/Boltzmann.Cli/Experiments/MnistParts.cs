using Boltzmann.Cli.Training;

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
        var (training, validation) = HeldOut.Open(Name, options, HeldOutRows, session.Seed, stratify: false);
        Dataset test = DataSource.Open(Name, options with { Split = DataSplit.Test });
        return context.Quick ? new(training.Take(2000), validation!.Take(500), test.Take(500)) : new(training, validation!, test);
    }

    /// <summary>All 60 000 rows that may be learned from.</summary>
    public Dataset All() => new("mnist", Rows([Training, Validation])) { Labels = [.. Training.Labels!, .. Validation.Labels!], LabelNames = Training.LabelNames, Image = Training.Image };

    static JoinedRows Rows(Dataset[] parts) => new([.. parts.Select(part => part.Rows)]);

    // Parts of one set one behind the other; gathered by row, as they are judged only.
    sealed class JoinedRows(Rows[] parts) : Rows
    {
        public override int Count => parts.Sum(part => part.Count);

        public override int Columns => parts[0].Columns;

        public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
        {
            CheckGather(indices, destination);
            var row = new double[Columns];
            for (int i = 0; i < indices.Length; i++)
            {
                Read(indices[i], row);
                destination.WriteRow(i, row);
            }
        }

        public override void Read(int row, Span<double> destination)
        {
            CheckRead(row, destination.Length);
            foreach (Rows part in parts)
            {
                if (row < part.Count)
                {
                    part.Read(row, destination);
                    return;
                }
                row -= part.Count;
            }
        }
    }
}
