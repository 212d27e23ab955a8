namespace Boltzmann.Compute;

/// <summary>The pairs of units of one layer that are joined, where most are not: a sparse machine has one weight for each.</summary>
public sealed class EdgeList
{
    /// <summary>Joins units.</summary>
    /// <param name="units">Number of units.</param>
    /// <param name="pairs">Of different units from 0 on, each pair once; the order is that of the weights.</param>
    /// <exception cref="ArgumentException">A number is no unit's, a unit is joined to itself, or a pair is there twice; the message says
    /// which.</exception>
    public EdgeList(int units, IReadOnlyList<(int Unit, int Other)> pairs)
    {
        if (Fault(units, pairs) is string fault) throw new ArgumentException(fault, nameof(pairs));
        Units = units;
        Pairs = [.. pairs];
        First = [.. pairs.Select(p => p.Unit)];
        Second = [.. pairs.Select(p => p.Other)];
        Coloring = GraphColoring.Greedy(units, Pairs);
        Order = [.. Coloring.Order];
        Starts = new int[units + 1];
        var position = new int[units];
        for (int p = 0; p < units; p++) position[Order[p]] = p;
        for (int e = 0; e < Count; e++)
        {
            Starts[position[First[e]] + 1]++;
            Starts[position[Second[e]] + 1]++;
        }
        for (int p = 0; p < units; p++) Starts[p + 1] += Starts[p];
        Neighbors = new int[2 * Count];
        NeighborEdges = new int[2 * Count];
        int[] next = [.. Starts];
        for (int e = 0; e < Count; e++)
        {
            Add(position[First[e]], position[Second[e]], e);
            Add(position[Second[e]], position[First[e]], e);
        }

        void Add(int at, int neighbor, int edge)
        {
            Neighbors[next[at]] = neighbor;
            NeighborEdges[next[at]++] = edge;
        }
    }

    /// <summary>Number of units.</summary>
    public int Units { get; }

    /// <summary>Number of pairs.</summary>
    public int Count => First.Length;

    /// <summary>The pairs, in the order of their weights.</summary>
    public IReadOnlyList<(int Unit, int Other)> Pairs { get; }

    /// <summary>Units of one colour are not joined: a sweep takes them at once.</summary>
    public GraphColoring Coloring { get; }

    /// <summary>The first unit of each pair.</summary>
    internal int[] First { get; }

    /// <summary>The second unit of each pair.</summary>
    internal int[] Second { get; }

    /// <summary>The units in the order of the colours.</summary>
    internal int[] Order { get; }

    /// <summary>Where the neighbours of the unit at each place of the colours' order begin, and where the last one's end.</summary>
    internal int[] Starts { get; }

    /// <summary>Neighbours, by their places in the colours' order.</summary>
    internal int[] Neighbors { get; }

    /// <summary>The number of the pair that each neighbour is of.</summary>
    internal int[] NeighborEdges { get; }

    /// <summary>A grid, units numbered row by row, each joined to the next in its row and in its column.</summary>
    /// <param name="rows">Height, at least 1.</param>
    /// <param name="columns">Width, at least 1.</param>
    public static EdgeList Grid(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var pairs = new List<(int, int)>();
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
            {
                int unit = r * columns + c;
                if (c + 1 < columns) pairs.Add((unit, unit + 1));
                if (r + 1 < rows) pairs.Add((unit, unit + columns));
            }
        return new(checked(rows * columns), pairs);
    }

    /// <summary>What is wrong with pairs of so many units; null if nothing is.</summary>
    internal static string? Fault(int units, IReadOnlyList<(int Unit, int Other)> pairs)
    {
        var seen = new HashSet<(int, int)>();
        for (int e = 0; e < pairs.Count; e++)
        {
            var (unit, other) = pairs[e];
            if ((uint)unit >= (uint)units || (uint)other >= (uint)units)
                return $"edge {e} joins units {unit} and {other}, but there are units 0 to {units - 1}";
            if (unit == other) return $"edge {e} joins unit {unit} to itself";
            if (!seen.Add((Math.Min(unit, other), Math.Max(unit, other))))
                return $"edge {e} joins units {unit} and {other}, which an edge before it does already";
        }
        return null;
    }
}
