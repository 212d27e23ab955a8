namespace Boltzmann.Cli.Sampling;

/// <summary>Chains of a model's upper two layers that run freely, or in a machine by itself around units that are known.</summary>
sealed class Chains
{
    const uint DownStream = 0x646f776e;

    readonly Dbn model;
    readonly EnergyModel tempered;
    readonly State state;
    readonly Rng rng, down;

    /// <summary>Chains at noise: each free unit drawn by its bias alone.</summary>
    public Chains(Dbn model, int count, double temperature, KnownUnits? known, Rng rng)
    {
        this.model = model;
        this.rng = rng;
        down = rng.Fork(DownStream);
        tempered = temperature == 1 ? model.TopModel : new AnnealedModel(model.TopModel) { Beta = 1 / temperature };
        state = new State(model.TopModel, count);
        state.Inputs(0).Fill(0);
        model.Top.Visible.Sample(state.Inputs(0), state[0], rng);
        if (model.LabelledTop is ClassificationRbm labelled)
        {
            state.Inputs(2).Fill(0);
            labelled.Labels.Sample(state.Inputs(2), state[2], rng);
        }
        if (known is not null) state.ClampUnits(0, known.Mask, known.Values);
    }

    /// <summary>Starts at given rows instead.</summary>
    public void StartAt(Matrix rows)
    {
        state[0].SetCopy(model.SampleTransform(rows, model.Machines.Count - 1, rng));
        state.Restore(0);
    }

    /// <summary>One sweep of all chains.</summary>
    public void Sweep() => Gibbs.Sweep(tempered, state, rng);

    /// <summary>The visible layer below the chains as the last sweep left them; known units stay. What is drawn for it changes nothing in the chains.</summary>
    public Matrix Show(Descent descent)
    {
        int below = model.Machines.Count - 1;
        if (descent == Descent.Means || (descent == Descent.VisibleMeans && below == 0)) return model.Generate(Means(), below);
        return model.SampleGenerate(state[0], below, down, descent);
    }

    // E[x | h] of the hidden states that the last sweep left.
    Matrix Means()
    {
        Matrix means = state[0].Like(state.Rows, state[0].Columns);
        tempered.SetInputs(state, 0, state.Inputs(0));
        tempered.Layers[0].SetMean(state.Inputs(0), means);
        state.Restore(0, means);
        return means;
    }
}
