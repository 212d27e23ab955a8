namespace Boltzmann.Compute;

/// <summary>How the 64 chains of a group are kept: what a unit's state takes in each of them, and how its next state is drawn.</summary>
enum LaneForm
{
    /// <summary>A byte, 0 or −1; differences of energy are small whole numbers, and the chance of each is looked up.</summary>
    Bytes,

    /// <summary>16 bits, 0 or −1; differences of energy are whole numbers below 2¹⁵, compared with logistic noise.</summary>
    Shorts,

    /// <summary>A float, 0 or 1; any weights, compared with logistic noise.</summary>
    Floats,
}
