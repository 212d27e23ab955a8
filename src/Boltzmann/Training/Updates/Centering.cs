using System.Runtime.InteropServices;

namespace Boltzmann.Training;

/// <summary>
/// The centred gradient: that of the same machine written in v − μ and h − λ, taken back to plain parameters, so that the model, its file
/// and its samplers know nothing of it (Montavon and Müller 2012; Cho, Raiko and Ilin 2011; Melchior, Fischer and Wiskott 2016).
/// ∇W_c = ⟨(v − μ)(h − λ)ᵀ⟩₊ − ⟨(v − μ)(h − λ)ᵀ⟩₋, ∇b_c = ∇b − ∇W_c·λ, ∇c_c = ∇c − ∇W_cᵀ·μ.
/// </summary>
/// <remarks>
/// With D_v, D_h the plain bias gradients, ∇W_c = ∇W − μ·D_hᵀ − D_v·λᵀ (μλᵀ cancels between the phases): two factors of one row each, so
/// zeros in the data stay zeros for the kernels. μ and λ are running means of the positive phase.
/// </remarks>
/// <param name="model">The machine.</param>
/// <param name="rate">Share of a new batch in the running means; 0.01 in the 2016 paper. The first batch sets them.</param>
public sealed class Centering(EnergyModel model, double rate = 0.01) : IGradientTransform
{
    const string Prefix = "centering.";

    readonly Matrix[] offsets = [.. model.Layers.Select(l => new Matrix(1, l.Units, model.Placement))];
    readonly Matrix[] differences = [.. model.Layers.Select(l => new Matrix(1, l.Units, model.Placement))];
    readonly Matrix[] plain = new Matrix[model.Layers.Count];
    readonly List<Moment> means = [];
    readonly BiasProjections projections = new();
    bool started;

    /// <summary>The running means, to save between updates; empty before the first.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => started ? [.. offsets.Select((m, l) => ($"{Prefix}{l}", m))] : [];

    /// <summary>
    /// Takes the running means, about to be filled from a checkpoint, as they are instead of setting them from the next batch.
    /// </summary>
    public void Prepare() => started = true;

    /// <inheritdoc/>
    public void Prepare(IReadOnlyDictionary<string, int> rows)
    {
        if (rows.Keys.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal))) Prepare();
    }

    /// <inheritdoc/>
    public void Apply(TrainingStep step) => Apply(step.Gradient);

    /// <summary>Turns a plain gradient into the centred one.</summary>
    public void Apply(Gradient gradient)
    {
        Batch positive = gradient.Positive;
        double share = started ? rate : 1;
        means.Clear();
        for (int l = 0; l < offsets.Length; l++)
        {
            means.Add(new(offsets[l], positive.State[l], null, positive.RowWeights, share / positive.TotalWeight, 1 - share));
            plain[l] = gradient.Bias(l);
        }
        Matrix.SetColumnSums(CollectionsMarshal.AsSpan(means));
        Matrix.Copy(differences, plain);
        started = true;
        for (int i = 0; i < model.Interactions.Count; i++)
            model.Interactions[i].Center(offsets, differences, gradient.Of(i), gradient.Biases, projections);
        projections.Apply();
    }
}
