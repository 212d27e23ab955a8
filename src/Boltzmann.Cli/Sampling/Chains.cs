namespace Boltzmann.Cli.Sampling;

/// <summary>Chains that run freely, or around units that are known.</summary>
sealed class Chains
{
    readonly Rbm model;
    readonly EnergyModel tempered;
    readonly State state;
    readonly Rng rng;

    /// <summary>Chains at noise: each free unit drawn by its bias alone.</summary>
    public Chains(Rbm model, int count, double temperature, KnownUnits? known, Rng rng)
    {
        this.model = model;
        this.rng = rng;
        tempered = temperature == 1 ? model : new AnnealedModel(model) { Beta = 1 / temperature };
        state = new State(model, count);
        state.Inputs(0).Fill(0);
        model.Visible.Sample(state.Inputs(0), state[0], rng);
        if (known is not null) state.ClampUnits(0, known.Mask, known.Values);
    }

    /// <summary>Starts at given rows instead.</summary>
    public void StartAt(Matrix rows)
    {
        state[0].SetCopy(rows);
        state.Restore(0);
    }

    /// <summary>One sweep of all chains.</summary>
    public void Sweep() => Gibbs.Sweep(tempered, state, rng);

    /// <summary>E[v|h] of the hidden states that the last sweep left; known units stay.</summary>
    public Matrix Means()
    {
        Matrix means = state[0].Like(state.Rows, model.Visible.Units);
        tempered.SetInputs(state, 0, state.Inputs(0));
        tempered.Layers[0].SetMean(state.Inputs(0), means);
        state.Restore(0, means);
        return means;
    }

    /// <summary>A copy of the visible states.</summary>
    public Matrix States() => state[0].Clone();
}
