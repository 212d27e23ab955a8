namespace Boltzmann.Inference;

/// <summary>
/// Rows as the undirected part of a model sees them: those of a machine itself; on top of a stack, draws of the way up, with labels beside
/// them where it has any.
/// </summary>
sealed class PairRows(GenerativeModel model, ModelRows rows, ulong seed)
{
    const uint Stream = 0x70616972;

    /// <summary>For its layer 0, evenly spread over all rows.</summary>
    public Matrix Lower(int most) => model.Lower(rows.Spread(most), new Rng(seed, Stream));

    /// <summary>For all of its visible layers.</summary>
    public Matrix Joined(int most) => model.AnnealingStart(rows.Spread(most), new Rng(seed, Stream));
}
