namespace Boltzmann.Models;

/// <summary>What a pass down through a deep belief network draws, and where it goes on with means.</summary>
public enum Descent
{
    /// <summary>Every layer is drawn given the one above: with the top pair in equilibrium, an exact draw from the model.</summary>
    States,

    /// <summary>
    /// Hidden layers are drawn, the visible units are given as their means: of the same distribution, and easier to look at.
    /// </summary>
    VisibleMeans,

    /// <summary>Means of means; nothing is drawn.</summary>
    Means,
}
