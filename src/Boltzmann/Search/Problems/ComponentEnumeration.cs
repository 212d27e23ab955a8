namespace Boltzmann.Searching;

/// <summary>The lowest state of a component of few states, by trying all.</summary>
sealed class ComponentEnumeration
{
    /// <summary>The most states that are tried: less work than one sweep of a search.</summary>
    public const double MostStates = 1 << 12;

    readonly BinaryEnergy energy;
    readonly List<IReadOnlyList<int>> choices = [];
    readonly byte[] state;
    readonly byte[] best;
    double least = double.PositiveInfinity;

    ComponentEnumeration(BinaryEnergy energy)
    {
        this.energy = energy;
        state = new byte[energy.Variables];
        best = new byte[energy.Variables];
        var inBlock = new HashSet<int>();
        foreach (IReadOnlyList<int> block in energy.Blocks)
        {
            choices.Add(block);
            inBlock.UnionWith(block);
        }
        for (int i = 0; i < energy.Variables; i++)
            if (!inBlock.Contains(i)) choices.Add([i]);
    }

    /// <summary>States of a component: 2 for each unit, k for each block of k.</summary>
    public static double States(BinaryEnergy energy)
    {
        double states = Math.Pow(2, energy.Variables - energy.Blocks.Sum(block => block.Count));
        foreach (IReadOnlyList<int> block in energy.Blocks) states *= block.Count;
        return states;
    }

    /// <summary>A state of the lowest energy.</summary>
    public static byte[] Lowest(BinaryEnergy energy)
    {
        var enumeration = new ComponentEnumeration(energy);
        enumeration.Try(0, 0);
        return enumeration.best;
    }

    void Try(int choice, double sum)
    {
        if (choice == choices.Count)
        {
            if (!(sum < least)) return;
            least = sum;
            state.CopyTo(best, 0);
            return;
        }
        IReadOnlyList<int> units = choices[choice];
        if (units.Count == 1) Try(choice + 1, sum);
        foreach (int unit in units)
        {
            double more = Difference(unit);
            state[unit] = 1;
            Try(choice + 1, sum + more);
            state[unit] = 0;
        }
    }

    double Difference(int unit)
    {
        var (starts, others, weights) = energy.Adjacency;
        double sum = energy.Linear[unit];
        for (int k = starts[unit]; k < starts[unit + 1]; k++)
            if (state[others[k]] != 0) sum += weights[k];
        return sum;
    }
}
