using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// What the machine's own hidden units made of the step before (Sutskever, Hinton and Taylor 2009): z_t = r_{t−1},
/// r_t = E[h_t | x_1 … x_t] = mean of hidden units with inputs x_t·W + r_{t−1}·U, their own biases c, and in the first step of a sequence
/// c_first in place of c.
/// </summary>
public sealed class HiddenMemory : Memory
{
    /// <summary>The name in files.</summary>
    internal const string Name = MemoryDescription.Hidden;

    /// <summary>c_first 0.</summary>
    /// <param name="visible">V, the columns of a step.</param>
    /// <param name="hidden">H, the hidden units.</param>
    /// <param name="placement">Where its numbers live.</param>
    public HiddenMemory(int visible, int hidden, Placement? placement = null) : base(visible, hidden, placement)
    {
        First = new Matrix(1, hidden, Placement);
        Parameters = [new(MemoryDescription.FirstName, First)];
    }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>c_first, [1 × H].</summary>
    public Matrix First { get; }

    /// <inheritdoc/>
    public override MemoryState NewState(int rows) => new(rows, [("state", Width)], Placement);

    /// <inheritdoc/>
    public override void SetContext(MemoryState state, Matrix context)
    {
        if (state.Steps > 0) context.SetCopy(state[0]);
        else context.Fill(0);
    }

    /// <inheritdoc/>
    public override void Remember(EnergyModel machine, MemoryState state, Matrix rows)
    {
        Require(state, rows);
        var of = (SequenceMachine)machine;
        using Workspace.Loan lent = state.Workspace.Lend(state.Rows, Width, Placement);
        Matrix inputs = lent;
        if (state.Steps > 0) inputs.SetProduct(state[0], of.ToHidden!, transposeRight: true);
        else
        {
            inputs.Fill(0);
            AddFirst(machine, inputs);
        }
        inputs.SetProduct(rows, of.Weights!, keep: 1);
        of.Hidden!.SetMean(inputs, state[0], state.Workspace);
        state.Steps++;
    }

    internal override void AddFirst(EnergyModel machine, Matrix hiddenInputs)
    {
        hiddenInputs.SetSum(hiddenInputs, 1, First);
        hiddenInputs.SetSum(hiddenInputs, 1, ((SequenceMachine)machine).Hidden!.Bias, -1);
    }

    /// <inheritdoc/>
    public override HiddenMemory Clone(Placement? placement = null)
    {
        var copy = new HiddenMemory(Visible, Width, placement ?? Placement);
        copy.First.SetCopy(First);
        return copy;
    }

    /// <inheritdoc/>
    public override JsonObject Fields => new() { ["kind"] = Kind };
}
