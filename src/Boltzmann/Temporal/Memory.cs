using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// What a machine of sequences holds of the past: a function z_t of x_1 … x_{t−1}, the context of the machine for step t. A memory has
/// parameters, or none, and no state of its own: what it holds is a <see cref="MemoryState"/>, one row for each sequence that is read.
/// Before the first step all history is zero.
/// </summary>
public abstract class Memory
{
    /// <summary>A memory of a size.</summary>
    /// <param name="visible">V, the columns of a step.</param>
    /// <param name="width">Z, the columns of the context.</param>
    /// <param name="placement">Where its numbers live; single precision on all cores when null.</param>
    protected Memory(int visible, int width, Placement? placement) =>
        (Visible, Width, Placement) = (visible, width, placement ?? Placement.Default);

    /// <summary>The name in files: "traces", "echo", "delays", "hidden", "recurrent".</summary>
    public abstract string Kind { get; }

    /// <summary>V, the columns of a step.</summary>
    public int Visible { get; }

    /// <summary>Z, the columns of the context.</summary>
    public int Width { get; }

    /// <summary>Where its numbers live.</summary>
    public Placement Placement { get; }

    /// <summary>What learning moves beside the machine's weights, under the names of files; empty for most.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Whether z depends on no parameter, so that it can be had for steps in any order.</summary>
    public virtual bool IsFixed => false;

    /// <summary>How many of the last steps begin the context as they are, the newest first.</summary>
    internal virtual int Queued => 0;

    /// <summary>Empty memory for so many sequences side by side.</summary>
    public abstract MemoryState NewState(int rows);

    /// <summary>context = z_t.</summary>
    /// <param name="state">Of as many rows.</param>
    /// <param name="context">[B × <see cref="Width"/>].</param>
    public abstract void SetContext(MemoryState state, Matrix context);

    /// <summary>Takes step t in, so that the state is that before step t + 1.</summary>
    /// <param name="machine">The machine whose memory it is; some remember what its hidden units make of the step.</param>
    /// <param name="state">Of as many rows; changed.</param>
    /// <param name="rows">x_t, [B × V].</param>
    public abstract void Remember(EnergyModel machine, MemoryState state, Matrix rows);

    /// <summary>What the first step of a sequence adds to the inputs of hidden units; nothing for most.</summary>
    internal virtual void AddFirst(EnergyModel machine, Matrix hiddenInputs) { }

    /// <summary>A memory of the same parameters, in another place or precision if asked.</summary>
    public abstract Memory Clone(Placement? placement = null);

    /// <summary>What a model file says of it under "memory".</summary>
    public abstract JsonObject Fields { get; }

    /// <exception cref="ArgumentException">Another number of rows or columns.</exception>
    private protected void Require(MemoryState state, Matrix rows)
    {
        if (rows.Columns != Visible || rows.Rows != state.Rows)
            throw new ArgumentException($"a memory of {state.Rows} sequences of {Visible} columns cannot take [{rows.Rows} × "
                + $"{rows.Columns}]");
    }
}
