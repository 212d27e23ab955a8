namespace Boltzmann.Estimators;

/// <summary>x ← x + σz, z standard normal, afresh as a batch is presented: what a machine knows of a column is never finer than
/// σ.</summary>
/// <param name="sigma">σ.</param>
sealed class PresentedNoise(double sigma) : IGradientTransform
{
    readonly BatchScratch draws = new();

    /// <inheritdoc/>
    public void Present(TrainingStep step, Matrix rows)
    {
        Matrix noise = draws.Like(rows);
        noise.SampleNormal(step.Rng);
        rows.SetSum(rows, 1, noise, sigma);
    }

    /// <summary>Nothing: the estimate was of the rows with their noise.</summary>
    public void Apply(TrainingStep step) { }
}
