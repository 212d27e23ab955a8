namespace Boltzmann.Experiments;

/// <summary>Weekly retail prices of gasoline in eight regions, one week ahead.</summary>
sealed class GasolineExperiment : ForecastExperiment
{
    public override string Name => "gasoline";

    protected override string Data => "gasoline";

    protected override string Setting => "Of the first 1223 weeks 819 are learned and 404 "
        + "are the test. Prices are scaled to 0…1 by the range of the training weeks; the error is that of the vector of eight.";

    protected override (string Name, Func<PredictionErrors, double> Of) Judged => ("RMSE of the vector", e => e.RmseVector);

    protected override string PublishedName => "persistence";

    protected override IEnumerable<SequenceCandidate> Candidates(string data)
    {
        foreach (int delay in (int[])[2, 3, 4, 5, 6, 8]) yield return SequenceCandidate.Dybm(data, DataScale.MinMax, delay);
        foreach (int delay in (int[])[3, 4]) yield return SequenceCandidate.Dybm(data, DataScale.MinMax, delay, 0.5);
    }
}
