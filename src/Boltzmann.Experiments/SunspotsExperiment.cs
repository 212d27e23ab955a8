namespace Boltzmann.Experiments;

/// <summary>Monthly sunspot numbers, one month ahead.</summary>
sealed class SunspotsExperiment : ForecastExperiment
{
    public override string Name => "sunspots";

    protected override string Data => "sunspots";

    protected override string Setting => "Months 1 to 1889 are learned; 931 are the test. "
        + "Numbers are scaled to 0…1 by the range of the training months.";

    protected override (string Name, Func<PredictionErrors, double> Of) Judged => ("RMSE", e => e.Rmse);

    protected override string PublishedName => "persistence";

    protected override IEnumerable<SequenceCandidate> Candidates(string data)
    {
        foreach (int delay in (int[])[3, 6, 10, 15, 20, 25, 30]) yield return SequenceCandidate.Dybm(data, DataScale.MinMax, delay);
        foreach (int delay in (int[])[10, 25]) yield return SequenceCandidate.Dybm(data, DataScale.MinMax, delay, 0.9);
        // Hidden units beside queue and trace: they learn what these leave, their states summed.
        foreach (double rate in (double[])[0.003, 0.01, 0.03])
        {
            SequenceCandidate crbm = SequenceCandidate.Crbm(data, DataScale.MinMax, 25, 5, 60, rate).ByPredictions();
            yield return new($"{crbm.Label}, decays 0.9, from the dybm, steps {rate}",
                crbm.Plan with { Decays = [0.9], Method = TrainingMethod.Exact })
            {
                From = "dybm, delay 25, decays 0.9",
            };
        }
    }
}
