namespace Boltzmann;

/// <summary>
/// How grey values in 0..1 become bits as a batch is presented: not at all, by a threshold, or by chance afresh each time. See <see
/// cref="For"/> for spins and other pairs of values.
/// </summary>
public sealed class Binarization
{
    readonly double? level;
    readonly bool isStochastic;
    readonly (double Low, double High)[]? ends;
    // Constants where the last batch was: never changed once made, so that several threads may find or replace them.
    Constants? constants;

    Binarization(double? level, bool isStochastic, (double Low, double High)[]? ends = null)
    {
        this.level = level;
        this.isStochastic = isStochastic;
        this.ends = ends;
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
    /// The same way for rows that these layers take, side by side. Columns of units of two values hold a grey value p as its mean low +
    /// (high − low)·p, so that low and high stay what they are
    /// (of spins 2p − 1), and become low and high; all others hold p and become 0 and 1.
    /// </summary>
    /// <param name="layers">The layers that the columns of a row are divided among, in order.</param>
    public Binarization For(IReadOnlyList<Layer> layers) =>
        (level is null && !isStochastic) || layers.All(layer => EndsOf(layer) == Bits) ? this
        : new(level, isStochastic, [.. layers.SelectMany(layer => Enumerable.Repeat(EndsOf(layer), layer.Units))]);

    /// <summary>Binarises a batch in place. Allocates nothing once warm.</summary>
    /// <param name="batch">[B × n].</param>
    /// <param name="rng">One draw is taken if stochastic.</param>
    /// <param name="workspace">Of the batch's shape and placement; overwritten if stochastic.</param>
    public void Apply(Matrix batch, Rng rng, Matrix workspace)
    {
        Constants placed = ConstantsOf(batch.Placement);
        if (placed.Widths is not null)
        {
            batch.SetScaled(batch, placed.InverseWidths!);
            batch.SetSum(batch, 1, placed.Shifts, -1);
        }
        if (isStochastic)
        {
            workspace.SampleUniform(rng);
            batch.SetGreater(batch, workspace);
        }
        else if (placed.Level is not null) batch.SetGreater(batch, placed.Level);
        if (placed.Widths is null) return;
        batch.SetScaled(batch, placed.Widths);
        batch.SetSum(batch, 1, placed.Lows);
    }

    static (double Low, double High) Bits => (0, 1);

    static (double Low, double High) EndsOf(Layer layer) => layer.Values.IsPair ? (layer.Values.Minimum, layer.Values.Maximum) : Bits;

    // p = x/(high − low) − low/(high − low) before, x = low + (high − low)·p after.
    Constants ConstantsOf(Placement placement) =>
        constants is Constants known && known.Placement == placement ? known : constants = new(placement,
        level is double limit ? Matrix.Row(1, limit, placement) : null,
        Row(placement, end => end.High - end.Low),
        Row(placement, end => 1 / (end.High - end.Low)),
        Row(placement, end => end.Low / (end.High - end.Low)),
        Row(placement, end => end.Low));

    Matrix? Row(Placement placement, Func<(double Low, double High), double> of) =>
        ends is null ? null : Matrix.Row([.. ends.Select(of)], placement);

    /// <inheritdoc/>
    public override string ToString() => isStochastic ? "stochastic" : level is double limit ? $"threshold {limit}" : "none";

    sealed record Constants(Placement Placement, Matrix? Level, Matrix? Widths, Matrix? InverseWidths, Matrix? Shifts, Matrix? Lows);
}
