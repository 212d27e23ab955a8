namespace Boltzmann.Cli;

/// <summary>How rows of a model's visible units are shown.</summary>
static class Pictures
{
    /// <summary>What is black and what is white of rows in the units of the data: as for <see cref="RangeOf(IReadOnlyList{Layer})"/>, and each tile's own ends where rows were scaled.</summary>
    public static TileRange RangeOf(LoadedModel model) => model.Data.Scaling is not null ? TileRange.PerTile() : RangeOf(model.Model.RowLayers);

    /// <summary>What is black and what is white: 0 and 1 for probabilities, -1 and 1 for spins, each tile's own ends for other numbers.</summary>
    public static TileRange RangeOf(IReadOnlyList<Layer> visible) =>
        visible.All(layer => layer is BernoulliLayer) ? TileRange.Unit : visible.All(layer => layer is SpinLayer) ? TileRange.Fixed(-1, 1) : TileRange.PerTile();
}
