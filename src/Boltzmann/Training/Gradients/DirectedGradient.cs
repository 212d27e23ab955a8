namespace Boltzmann.Training;

/// <summary>
/// The gradient of the mean log p(states | parents) of a directed layer, the delta rule: by its weights ⟨(x − E[x | parents])·parents⟩, by
/// its own parameters the moments of the states less those given the parents (Hinton, Dayan, Frey and Neal 1995).
/// </summary>
sealed class DirectedGradient(DirectedLayer layer)
{
    readonly BatchScratch inputs = new(), means = new();
    readonly Workspace workspace = new();

    /// <summary>What it is the gradient of.</summary>
    public DirectedLayer Layer => layer;

    /// <summary>By the layer's own parameters, in their order, [1 × units] each.</summary>
    public IReadOnlyList<Matrix> OfUnits { get; } = [.. layer.Units.Parameters.Select(p => p.Value.Like(1, p.Value.Columns))];

    /// <summary>By the weights.</summary>
    public Factor OfWeights { get; private set; }

    /// <summary>Sets the gradient. The states and parents must stay unchanged until it is used.</summary>
    /// <param name="states">[B × units].</param>
    /// <param name="parents">[B × units that point to them].</param>
    public void Set(Matrix states, Matrix parents)
    {
        double scale = 1.0 / states.Rows;
        Matrix input = inputs.Like(states), mean = means.Like(states);
        layer.SetInputs(parents, input);
        layer.Units.SetMean(input, mean, workspace);
        foreach (Matrix m in OfUnits) m.Fill(0);
        layer.Units.AddMoments(states, null, null, scale, OfUnits, workspace);
        layer.Units.AddMoments(mean, input, null, -scale, OfUnits, workspace);
        mean.SetSum(states, 1, mean, -1);
        OfWeights = layer.IsDownward ? new Factor(mean, parents, scale) : new Factor(parents, mean, scale);
    }
}
