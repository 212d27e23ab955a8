namespace Boltzmann.Experiments;

/// <summary>Heart beats: learned from the first minute of a record with premature beats, the rest scored.</summary>
sealed class EcgExperiment : SequenceExperiment
{
    const int Shown = 7200, RatePerSecond = 360, Apart = RatePerSecond / 2;

    public override string Name => "ecg-anomalies";

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        SequenceCandidate candidate = SequenceCandidate.Dybm("ecg-208", DataScale.Standardize, 30, 0.95);
        TrainedSequences trained = Trained(context, candidate.Label, candidate.Plan);
        Sequences test = trained.Open(new() { Split = DataSplit.Test }, context.Context), prepared = trained.Prepared(test);
        SequenceScore score = SequenceEvaluation.LogLikelihood(trained.Model, prepared, cancellation: context.Interrupted);
        PredictionScore predictions = Predict(context, trained, prepared);
        var errors = new TextTable("forecast of the next sample", "RMSE, standardised");
        errors.Add(candidate.Label, Short(predictions.Model.Rmse));
        errors.Add("persistence", Short(predictions.Persistence.Rmse));
        context.Found("RMSE of the next sample", predictions.Model.Rmse);
        var odd = new TextTable("second of the record", "−log p [nats]");
        foreach (int t in Greatest(test, score)) odd.Add(Short(Seconds(test, t)), Short(-score.PerStep[t]));
        int first = test.First[0] + test.WarmUp[0], count = Math.Min(Shown, test.CountedSteps);
        var row = new double[1];
        double[][] rows = [.. Enumerable.Range(first, count).Select(t =>
        {
            test.Steps.Rows.Read(t, row);
            return (double[])[row[0]];
        })];
        Draw(context, "scores", AnomalyChart.Svg("The first twenty seconds after the minute that was learned", rows,
            [.. Enumerable.Range(first, count).Select(t => -score.PerStep[t])], 8, ["mV"]), "Lead MLII and the anomaly score of each "
            + "sample");
        WritePage(context, "Record 208 of the MIT-BIH arrhythmia database, 360 samples a second. The first minute is learned, premature "
            + "beats included and unmarked; the other four are scored. The record's marks of beats are not part of the data, so nothing "
            + "is counted.",
            ("One sample ahead.", errors), ("The least probable moments, at least half a second apart.", odd));
    }

    // The learned minute comes first in the record.
    static double Seconds(Sequences test, int step) => 60 + (test.PlaceOf(step) - 1.0) / RatePerSecond;

    static List<int> Greatest(Sequences test, SequenceScore score)
    {
        var found = new List<int>();
        foreach (int t in test.Counted().OrderBy(t => score.PerStep[t]))
        {
            if (found.Exists(f => Math.Abs(f - t) < Apart)) continue;
            found.Add(t);
            if (found.Count == 10) break;
        }
        return found;
    }
}
