namespace Boltzmann.Tests;

/// <summary>An interaction of pairs of units as plain numbers, which laws sum over.</summary>
/// <param name="Name">Of the weights.</param>
/// <param name="Lower">Number of the lower layer.</param>
/// <param name="Upper">Number of the upper layer; the same within a layer.</param>
/// <param name="Weights">[units × units], or [1 × edges].</param>
/// <param name="Edges">The pairs that are joined; null for all.</param>
/// <param name="UnitColumns">Columns of a unit that is joined within its layer: 1, or the categories of a block.</param>
public sealed record Connection(string Name, int Lower, int Upper, Matrix Weights, EdgeList? Edges, int UnitColumns = 1)
{
    public bool IsWithinLayer => Lower == Upper;

    /// <summary>Whether an entry of the weights would join a unit to itself.</summary>
    public bool IsOwn(int row, int column) => IsWithinLayer && Edges is null && row / UnitColumns == column / UnitColumns;

    public static Connection Of(Interaction interaction) =>
        new(interaction.Name, interaction.Layers[0], interaction.Layers[^1], interaction.Parameters[0].Value, (interaction as Edges)?.List,
            (interaction as Within)?.UnitColumns ?? 1);
}
