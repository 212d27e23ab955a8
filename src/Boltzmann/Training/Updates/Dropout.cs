namespace Boltzmann.Training;

/// <summary>
/// Dropout of visible units: x_i ← 0 with the chance d, else x_i/(1 − d), afresh as a batch is presented (Srivastava et al. 2014).
/// </summary>
/// <param name="chance">d, at least 0 and below 1.</param>
public sealed class Dropout(double chance) : IGradientTransform
{
    readonly double chance = chance is >= 0 and < 1 ? chance
        : throw new ArgumentOutOfRangeException(nameof(chance), $"the dropout must be at least 0 and below 1, not {chance}");
    readonly BatchScratch masks = new();
    Matrix? limit;

    /// <inheritdoc/>
    public void Present(TrainingStep step, Matrix rows)
    {
        Matrix mask = masks.Like(rows);
        mask.SampleUniform(step.Rng);
        mask.SetGreater(mask, limit ??= Matrix.Row(1, chance, rows.Placement));
        rows.SetScaled(rows, mask);
        rows.SetSum(rows, 1 / (1 - chance));
    }

    /// <summary>Nothing: the estimate was of the units that stayed.</summary>
    public void Apply(TrainingStep step) { }
}
