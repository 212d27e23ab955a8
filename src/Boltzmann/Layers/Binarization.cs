namespace Boltzmann;

/// <summary>How grey values in 0..1 become bits as a batch is presented: not at all, by a threshold, or by chance afresh each time. See <see cref="For"/> for spins.</summary>
public sealed class Binarization
{
    readonly double? level;
    readonly bool isStochastic;
    readonly double[]? spins;
    // Constants where the last batch was: never changed once made, so that several threads may find or replace them.
    Constants? constants;

    Binarization(double? level, bool isStochastic, double[]? spins = null)
    {
        this.level = level;
        this.isStochastic = isStochastic;
        this.spins = spins;
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

    /// <summary>
    /// The same way for rows that these layers take, side by side. Columns of spin units hold a grey value p as its mean 2p − 1, so that −1 and 1 stay what they are, and become −1 and 1;
    /// all others hold p and become 0 and 1.
    /// </summary>
    /// <param name="layers">The layers that the columns of a row are divided among, in order.</param>
    public Binarization For(IReadOnlyList<Layer> layers) => (level is null && !isStochastic) || !layers.Any(layer => layer is SpinLayer) ? this
        : new(level, isStochastic, [.. layers.SelectMany(layer => Enumerable.Repeat(layer is SpinLayer ? 1.0 : 0, layer.Units))]);

    /// <summary>Binarises a batch in place. Allocates nothing once warm.</summary>
    /// <param name="batch">[B × n].</param>
    /// <param name="rng">One draw is taken if stochastic.</param>
    /// <param name="workspace">Of the batch's shape and placement; overwritten if stochastic.</param>
    public void Apply(Matrix batch, Rng rng, Matrix workspace)
    {
        Constants placed = ConstantsOf(batch.Placement);
        if (placed.Spins is not null)
        {
            batch.SetScaled(batch, placed.GreyFactors!);
            batch.SetSum(batch, 1, placed.Spins, 0.5);
        }
        if (isStochastic)
        {
            workspace.SampleUniform(rng);
            batch.SetGreater(batch, workspace);
        }
        else if (placed.Level is not null) batch.SetGreater(batch, placed.Level);
        if (placed.Spins is null) return;
        batch.SetScaled(batch, placed.BitFactors!);
        batch.SetSum(batch, 1, placed.Spins, -1);
    }

    // Spins: p = ½x + ½ before, x = 2p − 1 after; others as they are.
    Constants ConstantsOf(Placement placement) => constants is Constants known && known.Placement == placement ? known : constants = new(placement,
        level is double limit ? Matrix.Row(1, limit, placement) : null,
        spins is null ? null : Matrix.Row(spins, placement),
        spins is null ? null : Matrix.Row([.. spins.Select(s => 1 - s / 2)], placement),
        spins is null ? null : Matrix.Row([.. spins.Select(s => 1 + s)], placement));

    /// <inheritdoc/>
    public override string ToString() => isStochastic ? "stochastic" : level is double limit ? $"threshold {limit}" : "none";

    sealed record Constants(Placement Placement, Matrix? Level, Matrix? Spins, Matrix? GreyFactors, Matrix? BitFactors);
}
