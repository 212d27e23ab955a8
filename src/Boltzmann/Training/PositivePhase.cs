namespace Boltzmann;

/// <summary>The positive phase of a machine of one hidden layer: exact, because the hidden units are independent given the data.</summary>
static class PositivePhase
{
    const int Hidden = 1;

    /// <summary>Bit mask for <see cref="Gradient.AddPhase"/>: the hidden layer holds means.</summary>
    public const uint HiddenMeans = 1u << Hidden;

    /// <summary>k, which every chain needs to be at least 1.</summary>
    public static int RequireSteps(int steps) => steps > 0 ? steps : throw new ArgumentOutOfRangeException(nameof(steps), $"k must be at least 1, not {steps}");

    /// <summary>Sets the hidden means given the data and adds the phase.</summary>
    public static void Add(EnergyModel model, in Batch batch, Gradient gradient, double inputFactor = 1)
    {
        State data = batch.State;
        SetInputs(model, data, Hidden, inputFactor);
        model.Layers[Hidden].SetMean(data.Inputs(Hidden), data[Hidden]);
        gradient.AddPositivePhase(batch, HiddenMeans);
    }

    /// <summary>Sets the inputs of a layer, multiplied by a factor.</summary>
    public static void SetInputs(EnergyModel model, State state, int layer, double factor)
    {
        model.SetInputs(state, layer, state.Inputs(layer));
        if (factor != 1) state.Inputs(layer).SetSum(state.Inputs(layer), factor);
    }
}
