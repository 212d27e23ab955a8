using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// The state of a network of hyperbolic tangents beside the machine (Boulanger-Lewandowski, Bengio and Vincent 2012): z_t = u_{t−1},
/// u_t = tanh(d + u_{t−1}·S + x_t·P), u₀ learned. The biases of step t come from the state before x_t.
/// </summary>
public sealed class RecurrentMemory : Memory
{
    /// <summary>The name in files.</summary>
    internal const string Name = MemoryDescription.Recurrent;

    /// <summary>Weights 0.</summary>
    /// <param name="visible">V, the columns of a step.</param>
    /// <param name="units">R, the units of the network.</param>
    /// <param name="placement">Where its numbers live.</param>
    public RecurrentMemory(int visible, int units, Placement? placement = null) : base(visible, units, placement)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        First = new Matrix(1, units, Placement);
        Bias = new Matrix(1, units, Placement);
        Recurrent = new Matrix(units, units, Placement);
        Input = new Matrix(visible, units, Placement);
        Parameters = [new(MemoryDescription.FirstName, First), new(MemoryDescription.BiasName, Bias), new(MemoryDescription.RecurrentName,
            Recurrent, IsWeight: true),
            new(MemoryDescription.InputName, Input, IsWeight: true)];
    }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>u₀, [1 × R].</summary>
    public Matrix First { get; }

    /// <summary>d, [1 × R].</summary>
    public Matrix Bias { get; }

    /// <summary>S, [R × R].</summary>
    public Matrix Recurrent { get; }

    /// <summary>P, [V × R].</summary>
    public Matrix Input { get; }

    /// <inheritdoc/>
    public override MemoryState NewState(int rows) => new(rows, [("state", Width)], Placement);

    /// <inheritdoc/>
    public override void SetContext(MemoryState state, Matrix context)
    {
        if (state.Steps > 0) context.SetCopy(state[0]);
        else
        {
            context.Fill(0);
            context.SetSum(context, 1, First);
        }
    }

    /// <inheritdoc/>
    public override void Remember(EnergyModel machine, MemoryState state, Matrix rows)
    {
        Require(state, rows);
        using Workspace.Loan lent = state.Workspace.Lend(state.Rows, Width, Placement), before = state.Workspace.Lend(state.Rows, Width,
            Placement);
        Matrix inputs = lent, context = before;
        SetContext(state, context);
        inputs.SetProduct(rows, Input);
        SetNext(context, inputs, state[0]);
        state.Steps++;
    }

    /// <summary>next = tanh(d + before·S + inputs), where inputs, x·P, are overwritten.</summary>
    internal void SetNext(Matrix before, Matrix inputs, Matrix next) => SetNext(before, Recurrent, inputs, Bias, next);

    /// <summary>The same of any network. The mean of a unit of −1 and 1 is the hyperbolic tangent of its input.</summary>
    internal static void SetNext(Matrix before, Matrix recurrent, Matrix inputs, Matrix bias, Matrix next) =>
        inputs.SetTwoStateProduct(new(before, recurrent, TransposeRight: false, Scale: 1, Keep: 1), next, null, bias, -1, 1, null);

    /// <summary>Independent normal weights S and P; u₀ and d stay.</summary>
    public void SetRandom(double standardDeviation, Rng rng)
    {
        foreach (Matrix weights in (Matrix[])[Recurrent, Input])
        {
            weights.SampleNormal(rng);
            weights.SetSum(weights, standardDeviation);
        }
    }

    /// <inheritdoc/>
    public override RecurrentMemory Clone(Placement? placement = null)
    {
        var copy = new RecurrentMemory(Visible, Width, placement ?? Placement);
        for (int p = 0; p < Parameters.Count; p++) copy.Parameters[p].Value.SetCopy(Parameters[p].Value);
        return copy;
    }

    /// <inheritdoc/>
    public override JsonObject Fields => new() { ["kind"] = Kind };
}
