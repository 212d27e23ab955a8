namespace Boltzmann.Inference;

/// <summary>How rows of a model's visible units are shown.</summary>
static class Pictures
{
    /// <summary>
    /// What is black and what is white of rows in the units of the data: as for <see cref="TileRange.Of"/>, and each tile's own ends where
    /// rows were scaled.
    /// </summary>
    public static TileRange RangeOf(LoadedModel model) =>
        model.Data.Scaling is not null ? TileRange.PerTile() : TileRange.Of(model.Model.RowLayers);
}
