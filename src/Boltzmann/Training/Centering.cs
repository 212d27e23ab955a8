namespace Boltzmann;

/// <summary>
/// The centred gradient: that of the same machine written in v − μ and h − λ, taken back to plain parameters, so that the model, its file and its
/// samplers know nothing of it (Montavon and Müller 2012; Cho, Raiko and Ilin 2011; Melchior, Fischer and Wiskott 2016).
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
    readonly Workspace workspace = new();
    bool started;

    /// <summary>The running means, to save between updates; empty before the first.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => started ? [.. offsets.Select((m, l) => ($"{Prefix}{l}", m))] : [];

    /// <summary>Takes the running means, about to be filled from a checkpoint, as they are instead of setting them from the next batch.</summary>
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
        for (int l = 0; l < offsets.Length; l++)
        {
            double share = started ? rate : 1;
            offsets[l].SetColumnSums(positive.State[l], null, positive.RowWeights, share / positive.TotalWeight, keep: 1 - share);
            differences[l].SetCopy(gradient.Bias(l));
        }
        started = true;
        for (int i = 0; i < model.Interactions.Count; i++) model.Interactions[i].Center(offsets, differences, gradient.Of(i), gradient.Biases, workspace);
    }

    /// <summary>bias += scale·outerᵀ·(inner·offsetᵀ): the gradient of weights applied to the other side's offset, without forming it.</summary>
    /// <param name="bias">[1 × units of the outer side].</param>
    /// <param name="outer">[N × units].</param>
    /// <param name="inner">[N × units of the other side].</param>
    /// <param name="offset">[1 × units of the other side].</param>
    /// <param name="scale">Factor.</param>
    /// <param name="workspace">Memory.</param>
    public static void AddProjection(Matrix bias, Matrix outer, Matrix inner, Matrix offset, double scale, Workspace workspace)
    {
        using Workspace.Loan lent = workspace.Lend(inner.Rows, 1, inner.Placement);
        Matrix along = lent;
        along.SetProduct(inner, offset, transposeRight: true);
        bias.SetColumnSums(outer, null, along, scale, keep: 1);
    }
}
