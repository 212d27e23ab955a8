namespace Boltzmann.Networks;

/// <summary>Networks in model files.</summary>
public static class NetworkFile
{
    extension(ModelFile)
    {
        /// <summary>Reads a feed-forward network; also from a checkpoint, which holds one.</summary>
        /// <inheritdoc cref="ModelFile.LoadRbm(string, Placement?)"/>
        public static Network LoadNetwork(string path, Placement? placement = null) =>
            ModelFile.Load(path, placement, ModelKind.Network, Network.Of);
    }
}
