using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>Lays an energy out for groups of chains.</summary>
static class EnergyLanes
{
    /// <summary>
    /// The program of an energy. Clauses of one or two literals become biases and pairs, as w·(1 − x)(1 − y) = w − wx − wy + wxy: a load
    /// and an addition either way, and pairs that are equal come together.
    /// </summary>
    /// <param name="energy">Its own offset is not counted: whoever keeps chains adds it.</param>
    /// <param name="form">Null for the fastest that holds the numbers.</param>
    public static LaneProgram Compile(BinaryEnergy energy, LaneForm? form = null)
    {
        var (linear, first, second, weights) = energy.Parts;
        if (energy.Clauses == 0) return LaneCompiler.Compile(linear, first, second, weights, form, blocks: energy.Blocks);
        ClauseList clauses = energy.ClauseList;
        var quadratic = new BinaryEnergyBuilder();
        quadratic.AddVariables(energy.Variables);
        for (int i = 0; i < linear.Length; i++) quadratic.Add(i, linear[i]);
        for (int e = 0; e < weights.Length; e++) quadratic.Add(first[e], second[e], weights[e]);
        List<int> starts = [0], literals = [];
        List<double> costs = [];
        for (int c = 0; c < clauses.Count; c++)
        {
            ReadOnlySpan<int> clause = clauses[c];
            double weight = clauses.Weights[c];
            if (clause.Length > 2)
            {
                literals.AddRange(clause);
                starts.Add(literals.Count);
                costs.Add(weight);
                continue;
            }
            // A literal fails by a + b·x: 1 − x, or x where it says 0.
            var (a, b) = Fails(clause[0]);
            if (clause.Length == 1)
            {
                quadratic.Add(weight * a);
                quadratic.Add(Math.Abs(clause[0]) - 1, weight * b);
                continue;
            }
            var (d, e) = Fails(clause[1]);
            quadratic.Add(weight * a * d);
            quadratic.Add(Math.Abs(clause[0]) - 1, weight * b * d);
            quadratic.Add(Math.Abs(clause[1]) - 1, weight * a * e);
            quadratic.Add(Math.Abs(clause[0]) - 1, Math.Abs(clause[1]) - 1, weight * b * e);
        }
        BinaryEnergy pairs = quadratic.Build();
        (linear, first, second, weights) = pairs.Parts;
        return LaneCompiler.Compile(linear, first, second, weights, form, new([.. starts], [.. literals], [.. costs]), pairs.Offset);
    }

    static (int Constant, int Factor) Fails(int literal) => literal > 0 ? (1, -1) : (0, 1);
}
