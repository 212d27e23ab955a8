namespace Boltzmann.Cli;

/// <summary>How rows of a model's visible units are shown.</summary>
static class Pictures
{
    /// <summary>What is black and what is white: 0 and 1 for probabilities, each tile's own ends for other numbers.</summary>
    public static TileRange RangeOf(LoadedModel model) => model.Data.Scaling is not null ? TileRange.PerTile() : model.Visible switch
    {
        BernoulliLayer => TileRange.Unit,
        SpinLayer => TileRange.Fixed(-1, 1),
        _ => TileRange.PerTile(),
    };
}
