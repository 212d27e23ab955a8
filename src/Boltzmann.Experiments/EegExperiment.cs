using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// Fourteen electrodes of one person, one sample ahead; and on the recording as it is, what the score of odd moments shows.
/// </summary>
sealed class EegExperiment : ForecastExperiment
{
    // Rows that are artefacts, counted from 0.
    static readonly int[] outliers = [898, 10386, 11509, 13179];

    public override string Name => "eeg";

    protected override string Data => "eeg-eye-state";

    protected override string Setting => "Four rows of the recording are artefacts; to learn and to test each is replaced by the one "
        + "before. The first two thirds are learned and the rest is the test. Electrodes "
        + "are standardised by the training samples.";

    protected override (string Name, Func<PredictionErrors, double> Of) Judged => ("RMSE", e => e.Rmse);

    protected override string DataOf(ExperimentContext context)
    {
        Sequences training = Repaired(context, DataSplit.Train);
        string path = Path.Combine(context.Runs, $"{context.Labelled(Name)}-training.csv");
        using var text = new StringWriter { NewLine = "\n" };
        RowsFile.WriteFields(text, training.Steps.ColumnNames!, Enumerable.Range(0, training.Steps.Count).Select(t =>
        {
            var row = new double[training.Columns];
            training.Steps.Rows.Read(t, row);
            return (IReadOnlyList<string>)[.. row.Select(x => x.ToString("R", CultureInfo.InvariantCulture))];
        }));
        Directory.CreateDirectory(context.Runs);
        AtomicFile.WriteText(path, text.ToString());
        return path;
    }

    protected override Sequences TestOf(ExperimentContext context, TrainedSequences trained) => Repaired(context, DataSplit.Test);

    protected override IEnumerable<SequenceCandidate> Candidates(string data)
    {
        foreach (int delay in (int[])[2, 3, 5, 9, 17]) yield return SequenceCandidate.Dybm(data, DataScale.Standardize, delay);
        yield return SequenceCandidate.Dybm(data, DataScale.Standardize, 9, 0.9);
    }

    protected override IEnumerable<(string Words, TextTable Table)> More(ExperimentContext context, TrainedSequences trained)
    {
        var (whole, names) = Recording(context);
        Sequences all = trained.Prepared(new(new Dataset("the recording", new MatrixRows(whole)) { ColumnNames = names }));
        IReadOnlyList<double> surprises = [.. SequenceEvaluation.LogLikelihood(trained.Model, all,
            cancellation: context.Interrupted).PerStep.Select(nats => -nats)];
        var table = new TextTable("first row, from 0", "rows", "greatest −log p [nats]", "is an artefact");
        foreach (SurpriseEvent found in SurpriseEvent.Find(surprises, trained.Model.Memory is TraceMemory memory ? memory.Delay : 1, 8))
            table.Add($"{found.First}", $"{found.Count}", Short(found.Greatest), outliers.Contains(found.First) ? "yes" : "");
        yield return ("The recording as it is, scored by the same machine: the least probable moments. An artefact stays in the queue and "
            + "spoils what is expected after it, so improbable rows with no more between them than the queue holds are one moment, which "
            + "begins at the first that is improbable for what came before.", table);
    }

    // Both parts of the set, one after the other.
    static (Matrix Rows, IReadOnlyList<string> Names) Recording(ExperimentContext context)
    {
        SequenceParts parts = context.Data.OpenSequences("eeg-eye-state", new() { ValidationShare = 0, WarmUp = 0 });
        Matrix training = parts.Training.Steps.ToMatrix(Placement.Default.Double), test = parts.Test!.Steps.ToMatrix(
            Placement.Default.Double);
        Matrix all = training.Like(training.Rows + test.Rows, training.Columns);
        all.RowRange(0, training.Rows).SetCopy(training);
        all.RowRange(training.Rows, test.Rows).SetCopy(test);
        return (all, parts.Training.Steps.ColumnNames!);
    }

    static Sequences Repaired(ExperimentContext context, DataSplit part)
    {
        const int WarmUp = 100;
        var (all, names) = Recording(context);
        foreach (int row in outliers) all.WriteRow(row, all.ReadRow(row - 1));
        var whole = new Sequences(new Dataset("eeg", new MatrixRows(all)) { ColumnNames = names });
        int learned = all.Rows * 2 / 3;
        return part == DataSplit.Train ? whole.Range(0, 0, learned) : whole.Range(0, learned, all.Rows - learned, WarmUp);
    }
}
