namespace Boltzmann.Training;

/// <summary>A gradient estimator whose negative phase comes from chains that live on between updates, of the machine itself.</summary>
public interface IPersistentChains
{
    /// <summary>
    /// The chains as the last update used them, all layers; null before the first update. Where the layers have two
    /// <see cref="EnergyModel.Sides"/>, the even side is drawn and the odd one holds its means given it; else all layers are drawn. To be
    /// read only, and only until the next update.
    /// </summary>
    State? Chains { get; }

    /// <summary>Whether they are samples of the machine that learns; false where they follow fast weights.</summary>
    bool AreOfModel { get; }
}
