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

    readonly Matrix[] offsets = [.. model.Layers.Select(l => l.Bias.Like(1, l.Units))];
    readonly Matrix[] differences = [.. model.Layers.Select(l => l.Bias.Like(1, l.Units))];
    readonly Matrix?[] diagonals = [.. model.Layers.Select((l, i) => model.Within(i) is null ? null : l.Bias.Like(1, l.Units))];
    readonly BatchScratch projections = new();
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
        for (int c = 0; c < model.Connections.Count; c++)
        {
            var (lower, upper, _, edges) = model.Connections[c];
            if (edges is not null)
            {
                gradient.AddEdgeMoments(c, offsets[lower], differences[lower], null, -1);
                gradient.AddEdgeMoments(c, differences[lower], offsets[lower], null, -1);
                gradient.Bias(lower).SetEdgeProduct(offsets[lower], edges, gradient.OfEdges(c), -1, 1);
                continue;
            }
            gradient.AddFactor(c, new Factor(offsets[lower], differences[upper], -1));
            gradient.AddFactor(c, new Factor(differences[lower], offsets[upper], -1));
            foreach (Factor f in gradient.ConnectionFactors(c))
            {
                AddProjection(gradient.Bias(lower), f.Left, f.Right, offsets[upper], -f.Scale);
                // Weights within a layer are one matrix for both ends of a pair, and no unit is joined to itself.
                if (lower == upper)
                {
                    AddOwn(gradient.Bias(lower), f, offsets[lower], diagonals[lower]!);
                    continue;
                }
                AddProjection(gradient.Bias(upper), f.Right, f.Left, offsets[lower], -f.Scale);
            }
        }
    }

    // bias += diagonal of the factor · offset: takes back what the projection counts of a unit's own.
    static void AddOwn(Matrix bias, in Factor f, Matrix offset, Matrix diagonal)
    {
        diagonal.SetColumnSums(f.Left, f.Right, null, f.Scale);
        diagonal.SetScaled(diagonal, offset);
        bias.SetSum(bias, 1, diagonal, 1);
    }

    // bias += scale·outerᵀ·(inner·offsetᵀ): the gradient of the weights applied to the other side's offset, without forming it.
    void AddProjection(Matrix bias, Matrix outer, Matrix inner, Matrix offset, double scale)
    {
        Matrix along = projections.Of(inner.Rows, 1, inner.Placement);
        along.SetProduct(inner, offset, transposeRight: true);
        bias.SetColumnSums(outer, null, along, scale, keep: 1);
    }
}
