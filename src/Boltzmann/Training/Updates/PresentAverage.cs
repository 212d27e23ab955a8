namespace Boltzmann.Training;

/// <summary>
/// Averages the gradient of each visible unit over the rows of the batch that have it, in place of all rows: its bias and its weights are
/// multiplied by Σ_r w_r over all rows divided by that over the rows with the unit, a weight between two units of rows by the rows that
/// have both. So a unit that few rows have learns as fast as the others. Nothing changes where no unit is absent
/// (<see cref="MissingValues.Absent"/>), and a unit that no row has stays as it is.
/// </summary>
/// <param name="model">The machine.</param>
public sealed class PresentAverage(EnergyModel model) : IGradientTransform
{
    /// <inheritdoc/>
    public void Apply(TrainingStep step) => Apply(step.Gradient);

    /// <summary>Averages a gradient whose <see cref="Gradient.Positive"/> knows the rows.</summary>
    /// <exception cref="NotSupportedException">An interaction's weights do not belong to single units.</exception>
    public void Apply(Gradient gradient)
    {
        var presence = new RowPresence(gradient.Positive);
        bool isAnyAbsent = false;
        for (int l = 0, parameter = 0; l < model.Layers.Count; parameter += model.Layers[l++].Parameters.Count)
        {
            if (presence.Of(l) is not Matrix factors) continue;
            isAnyAbsent = true;
            for (int k = 0; k < model.Layers[l].Parameters.Count; k++)
                gradient.Dense(parameter + k).SetScaled(gradient.Dense(parameter + k), factors);
        }
        for (int i = 0; i < model.Interactions.Count && isAnyAbsent; i++)
            model.Interactions[i].AverageOverPresent(presence, gradient.Of(i));
    }
}
