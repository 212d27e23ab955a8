namespace Boltzmann.Tests;

/// <summary>The interactions of a machine whose every term joins pairs of units.</summary>
public static class ConnectionsOf
{
    extension(EnergyModel model)
    {
        public IReadOnlyList<Connection> Connections => [.. model.Interactions.Select(Connection.Of)];
    }
}
