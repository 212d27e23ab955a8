namespace Boltzmann.Searching;

/// <summary>
/// An energy without the variables that need no search: known ones; ones that are better off, or on, whatever their neighbours are
/// (|bias| ≥ Σ|weights| between spins); ones with a single neighbour, whose best value follows from it; and what remains falls into
/// components that have nothing to do with each other. Each state of the components has the energy of the whole state that
/// <see cref="Expand"/> makes of it, and the lowest energy is the same.
/// </summary>
public sealed class Simplification
{
    readonly byte[] constants;
    readonly List<Reduction> reductions;

    internal Simplification(double offset, byte[] constants, List<Reduction> reductions, IReadOnlyList<EnergyComponent> components)
    {
        Offset = offset;
        this.constants = constants;
        this.reductions = reductions;
        Components = components;
    }

    /// <summary>What is left to search, each part by itself, the largest first.</summary>
    public IReadOnlyList<EnergyComponent> Components { get; }

    /// <summary>The energy of a state is the sum of its components' and this.</summary>
    public double Offset { get; }

    /// <summary>Variables before.</summary>
    public int Variables => constants.Length;

    /// <summary>Variables that need no search.</summary>
    public int Removed => Variables - Components.Sum(component => component.Energy.Variables);

    /// <summary>Simplifies.</summary>
    /// <param name="energy">Any.</param>
    /// <param name="known">Values of variables that are known; null for none.</param>
    /// <exception cref="ArgumentException">What is known leaves no state of a block.</exception>
    public static Simplification Of(BinaryEnergy energy, IReadOnlyDictionary<int, bool>? known = null)
    {
        ArgumentNullException.ThrowIfNull(energy);
        var reducer = new Reducer(energy);
        if (known is not null)
            foreach (var (variable, value) in known) reducer.Fix(variable, value);
        return reducer.Finish();
    }

    /// <summary>The whole state of the components' states.</summary>
    /// <param name="states">One for each component, in order.</param>
    /// <returns>0 or 1 for each variable of the energy before.</returns>
    public byte[] Expand(IReadOnlyList<IReadOnlyList<byte>> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        byte[] whole = [.. constants];
        for (int c = 0; c < Components.Count; c++)
            for (int i = 0; i < Components[c].Variables.Count; i++) whole[Components[c].Variables[i]] = states[c][i];
        // What was removed last depends on what was still there.
        for (int r = reductions.Count - 1; r >= 0; r--)
        {
            Reduction reduction = reductions[r];
            whole[reduction.Variable] = whole[reduction.Neighbor] != 0 ? reduction.WhenOn : reduction.WhenOff;
        }
        return whole;
    }

    /// <summary>A component's part of a whole state.</summary>
    internal static byte[] Project(EnergyComponent component, byte[] whole) =>
        [.. component.Variables.Select(variable => whole[variable])];
}
