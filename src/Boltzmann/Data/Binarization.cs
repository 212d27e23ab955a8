namespace Boltzmann;

/// <summary>How grey values in 0..1 become bits as a batch is presented: not at all, by a threshold, or by chance afresh each time.</summary>
public sealed class Binarization
{
    readonly double? level;
    readonly bool isStochastic;
    Matrix? placedLevel;

    Binarization(double? level, bool isStochastic)
    {
        this.level = level;
        this.isStochastic = isStochastic;
    }

    /// <summary>Values stay as they are.</summary>
    public static Binarization None { get; } = new(null, false);

    /// <summary>1 with the grey value as its probability, drawn at each presentation (Salakhutdinov and Murray 2008).</summary>
    public static Binarization Stochastic { get; } = new(null, true);

    /// <summary>1 where x &gt; <paramref name="level"/>, else 0.</summary>
    /// <exception cref="ArgumentException">The level is not finite.</exception>
    public static Binarization Threshold(double level = 0.5) => double.IsFinite(level)
        ? new(level, false)
        : throw new ArgumentOutOfRangeException(nameof(level), $"the threshold is {level}");

    /// <summary>Binarises a batch in place. Allocates nothing once warm.</summary>
    /// <param name="batch">[B × n].</param>
    /// <param name="rng">One draw is taken if stochastic.</param>
    /// <param name="workspace">Of the batch's shape and placement; overwritten if stochastic.</param>
    public void Apply(Matrix batch, Rng rng, Matrix workspace)
    {
        if (isStochastic)
        {
            workspace.SampleUniform(rng);
            batch.SetGreater(batch, workspace);
        }
        else if (level is double limit)
        {
            Matrix? placed = placedLevel;
            if (placed is null || placed.Placement != batch.Placement) placedLevel = placed = Matrix.Row(1, limit, batch.Placement);
            batch.SetGreater(batch, placed);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => isStochastic ? "stochastic" : level is double limit ? $"threshold {limit}" : "none";
}
