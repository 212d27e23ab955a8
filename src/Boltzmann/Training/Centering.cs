using System.Runtime.InteropServices;

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
public sealed class Centering(EnergyModel model, double rate = 0.01)
{
    /// <summary>Beginning of the names of the running means.</summary>
    internal const string Prefix = "centering.";

    readonly Matrix[] offsets = [.. model.Layers.Select(l => l.Bias.Like(1, l.Units))];
    readonly Matrix[] differences = [.. model.Layers.Select(l => l.Bias.Like(1, l.Units))];
    readonly Matrix?[] diagonals = [.. model.Layers.Select((l, i) => model.Within(i) is null ? null : l.Bias.Like(1, l.Units))];
    readonly Matrix[] plain = new Matrix[model.Layers.Count];
    readonly BatchScratch along = new();
    readonly List<Moment> means = [];
    readonly List<Projection> projections = [];
    bool started;

    /// <summary>The running means, to save between updates; empty before the first.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => started ? [.. offsets.Select((m, l) => ($"{Prefix}{l}", m))] : [];

    /// <summary>Takes the running means, about to be filled from a checkpoint, as they are instead of setting them from the next batch.</summary>
    public void Prepare() => started = true;

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
        projections.Clear();
        started = true;
        for (int c = 0; c < model.Connections.Count; c++)
        {
            var (lower, upper, _, edges) = model.Connections[c];
            if (edges is not null)
            {
                Project();
                gradient.AddEdgeMoments(c, offsets[lower], differences[lower], null, -1);
                gradient.AddEdgeMoments(c, differences[lower], offsets[lower], null, -1);
                gradient.Bias(lower).SetEdgeProduct(offsets[lower], edges, gradient.OfEdges(c), -1, 1);
                continue;
            }
            gradient.AddFactor(c, new Factor(offsets[lower], differences[upper], -1));
            gradient.AddFactor(c, new Factor(differences[lower], offsets[upper], -1));
            foreach (Factor f in gradient.ConnectionFactors(c))
            {
                Matrix scratch = along.Of(f.Left.Rows, 1, f.Left.Placement);
                projections.Add(new(gradient.Bias(lower), f.Left, f.Right, offsets[upper], -f.Scale, scratch));
                if (lower != upper)
                {
                    projections.Add(new(gradient.Bias(upper), f.Right, f.Left, offsets[lower], -f.Scale, scratch));
                    continue;
                }
                // Weights within a layer are one matrix for both ends of a pair, and no unit is joined to itself.
                Project();
                AddOwn(gradient.Bias(lower), f, offsets[lower], diagonals[lower]!);
            }
        }
        Project();
    }

    // The gradients of biases lose that of the weights, applied to the other side's offset, without forming it. In the order of
    // connections, as sums are.
    void Project()
    {
        Matrix.AddProjections(CollectionsMarshal.AsSpan(projections));
        projections.Clear();
    }

    // bias += diagonal of the factor · offset: takes back what the projection counts of a unit's own.
    static void AddOwn(Matrix bias, in Factor f, Matrix offset, Matrix diagonal)
    {
        diagonal.SetColumnSums(f.Left, f.Right, null, f.Scale);
        diagonal.SetScaled(diagonal, offset);
        bias.SetSum(bias, 1, diagonal, 1);
    }
}
