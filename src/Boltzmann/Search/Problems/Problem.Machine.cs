using Boltzmann.Models;

namespace Boltzmann.Searching;

/// <content>Problems as machines.</content>
public sealed partial class Problem
{
    /// <summary>The most units of a fully connected machine that is made of a problem: its weights are then 800 MB.</summary>
    const int MostJoined = 10_000;

    /// <summary>
    /// The machine whose energy is this problem's. Hard constraints have the weights that a search would begin with; constraints of more
    /// than two hypotheses that no pairs express have hidden units. What is required or clamped is not put in: clamp the units.
    /// </summary>
    /// <param name="options">Of the weights; blocks are not used. Null for the defaults.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentException">No hypotheses, or too many for a fully connected machine.</exception>
    public ProblemMachine ToMachine(ProblemOptions? options = null, Placement? placement = null)
    {
        if (Variables == 0) throw new ArgumentException("the problem has no hypotheses");
        options = (options ?? new()) with { Blocks = false };
        CompiledProblem compiled = Compile(blocks: false, Penalties(options));
        BinaryEnergy energy = compiled.Energy;
        int visible = compiled.Hypotheses, hidden = energy.Variables - visible;
        BoltzmannMachine machine = hidden == 0 && energy.Pairs > 0 ? Sparse(energy, placement)
            : energy.Variables <= MostJoined ? Joined(energy, visible, hidden, placement)
            : throw new ArgumentException($"{visible:N0} hypotheses and {hidden:N0} helpers are too many for a fully connected machine; "
                + $"the most are {MostJoined:N0}");
        return new(machine, [.. Enumerable.Range(0, visible).Select(NameOf)], energy.Offset);
    }

    static BoltzmannMachine Sparse(BinaryEnergy energy, Placement? placement)
    {
        var pairs = new (int, int)[energy.Pairs];
        double[] weights = new double[energy.Pairs];
        for (int e = 0; e < pairs.Length; e++) (pairs[e], weights[e]) = ((energy.First[e], energy.Second[e]), -energy.Weights[e]);
        var edges = new EdgeList(energy.Variables, pairs);
        var machine = new BoltzmannMachine(new BernoulliLayer(energy.Variables, placement), edges);
        // Edges may have an order of their own.
        var weightOf = pairs.Zip(weights).ToDictionary(pair => pair.First, pair => pair.Second);
        machine.VisibleWeights.WriteRow(0, [.. edges.Pairs.Select(pair =>
            weightOf.TryGetValue((pair.Unit, pair.Other), out double weight) ? weight : weightOf[(pair.Other, pair.Unit)])]);
        machine.Visible.Bias.WriteRow(0, [.. energy.Linear.ToArray().Select(value => -value)]);
        return machine;
    }

    static BoltzmannMachine Joined(BinaryEnergy energy, int visible, int hidden, Placement? placement)
    {
        var machine = new BoltzmannMachine(new BernoulliLayer(visible, placement),
            hidden > 0 ? new BernoulliLayer(hidden, placement) : null);
        double[,] among = new double[visible, visible], between = new double[visible, hidden], behind = new double[hidden, hidden];
        for (int e = 0; e < energy.Pairs; e++)
        {
            // The lower one first, so that a hidden one is never joined to a visible one behind it.
            var (i, j, weight) = (energy.First[e], energy.Second[e], -energy.Weights[e]);
            if (j < visible) among[i, j] = among[j, i] = weight;
            else if (i < visible) between[i, j - visible] = weight;
            else behind[i - visible, j - visible] = behind[j - visible, i - visible] = weight;
        }
        Write(machine.VisibleWeights, among);
        machine.Visible.Bias.WriteRow(0, [.. energy.Linear[..visible].ToArray().Select(value => -value)]);
        if (hidden == 0) return machine;
        Write(machine.Weights!, between);
        Write(machine.HiddenWeights!, behind);
        machine.Hidden!.Bias.WriteRow(0, [.. energy.Linear[visible..].ToArray().Select(value => -value)]);
        return machine;
    }

    static void Write(Matrix to, double[,] values)
    {
        double[] row = new double[values.GetLength(1)];
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < row.Length; j++) row[j] = values[i, j];
            to.WriteRow(i, row);
        }
    }
}
