namespace Boltzmann.Training;

/// <summary>Scratch states of a model for two batch sizes, the full and the last one, so that a warm step allocates nothing.</summary>
sealed class PhaseStates(EnergyModel model)
{
    State? full, last;

    /// <summary>The machine whose layers the states have.</summary>
    public EnergyModel Model => model;

    /// <summary>A state of so many rows; the same memory for the same number of rows.</summary>
    public State Of(int rows)
    {
        if (full is null || rows > full.Rows) full = last = new State(model, rows);
        if (rows == full.Rows) return full;
        if (last!.Rows != rows) last = full.First(rows);
        return last;
    }
}
