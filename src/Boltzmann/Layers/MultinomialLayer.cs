using System.Buffers;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// Counts of draws from softmaxes: blocks of categories, each block the counts of <see cref="Draws"/> independent draws from one softmax of
/// its inputs. One draw and several blocks are one-hot (Potts) units; one block and n draws is the n-fold softmax (Salakhutdinov and Hinton
/// 2009). U(x) = −b·x − Σ_blocks log(n!/∏ x_c!).
/// </summary>
public sealed class MultinomialLayer : Layer
{
    /// <summary>The name in files.</summary>
    public const string Name = "multinomial";

    internal const string CategoriesField = "categories", DrawsField = "draws";

    readonly Matrix bias;
    readonly double[] logFactorials;

    /// <summary>Blocks of one-hot categories, or softmaxes with several draws.</summary>
    /// <param name="units">Blocks × categories.</param>
    /// <param name="categories">Categories in a block; the number of units for a single softmax.</param>
    /// <param name="draws">Draws from each block's softmax.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentException">The units do not divide into blocks, or a number is below 1.</exception>
    public MultinomialLayer(int units, int categories, int draws = 1, Placement? placement = null) : base(units, placement)
    {
        if (categories < 1 || units % categories != 0)
            throw new ArgumentException($"{units} units do not divide into blocks of {categories} categories");
        if (draws < 1) throw new ArgumentException($"a softmax needs at least one draw, not {draws}");
        Categories = categories;
        Draws = draws;
        bias = new Matrix(1, units, Placement);
        logFactorials = new double[draws + 1];
        for (int n = 2; n <= draws; n++) logFactorials[n] = logFactorials[n - 1] + Math.Log(n);
        Parameters = [new("bias", bias)];
    }

    /// <summary>Categories in a block.</summary>
    public int Categories { get; }

    /// <summary>Draws from each block's softmax.</summary>
    public int Draws { get; }

    /// <summary>Number of blocks.</summary>
    public int Blocks => Units / Categories;

    internal static LayerKind Registration { get; } = new(Name, UnitValues.Counts, (layer, placement) =>
        new MultinomialLayer(layer.Size, layer.Categories ?? layer.Size, layer.Draws ?? 1, placement))
    {
        Fields = [new(CategoriesField, LayerFieldType.Integer), new(DrawsField, LayerFieldType.Integer)],
        Fault = FaultOf,
        ListsValues = layer => layer.Draws is null or 1,
    };

    /// <inheritdoc/>
    public override int BlockColumns => Categories;

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override UnitValues Values => UnitValues.Counts;

    /// <inheritdoc/>
    public override JsonObject Fields => new() { [CategoriesField] = Categories, [DrawsField] = Draws };

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null)
    {
        energies.AddRowSums(states, bias, -scale);
        if (Draws == 1) return;
        double[] rented = ArrayPool<double>.Shared.Rent(Units);
        Span<double> row = rented.AsSpan(0, Units);
        for (int r = 0; r < states.Rows; r++)
        {
            states.ReadRow(r, row);
            double coefficient = 0;
            for (int block = 0; block < row.Length; block += Categories)
            {
                Span<double> counts = row.Slice(block, Categories);
                // A block of no draws is absent from the row's machine.
                if (!counts.ContainsAnyExcept(0.0)) continue;
                coefficient += logFactorials[Draws];
                foreach (double count in counts) coefficient -= LogFactorial(count);
            }
            energies[r, 0] -= scale * coefficient;
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>values += scale·Σ_blocks n·log Σ_c e^{I_c + b_c}: the counts are summed out exactly, without a random draw.</summary>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null) =>
        values.AddLogSumExp(inputs, bias, Categories, scale * Draws);

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        destination.SetSoftmaxMean(inputs, bias, Categories, Draws);

    /// <inheritdoc/>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) =>
        destination.SampleSoftmax(inputs, bias, Categories, Draws, rng);

    /// <inheritdoc/>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null) =>
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);

    /// <inheritdoc/>
    public override long? StateCount
    {
        get
        {
            double count = Math.Pow(BlockStates(Draws, Categories), Blocks);
            return count <= 1L << 62 ? (long)Math.Round(count) : null;
        }
    }

    /// <summary>Every vector of counts once, block 0 changing fastest.</summary>
    public override void SetStates(long first, Matrix destination)
    {
        long perBlock = (long)Math.Round(BlockStates(Draws, Categories));
        var row = new double[Units];
        for (int r = 0; r < destination.Rows; r++)
        {
            long index = first + r;
            for (int block = 0; block < Blocks; block++, index /= perBlock)
                SetCounts(row.AsSpan(block * Categories, Categories), index % perBlock);
            destination.WriteRow(r, row);
        }
    }

    /// <summary>All draws of each block from its first category, or from its last.</summary>
    public override void SetExtreme(bool isHigh, Matrix states, Rng rng)
    {
        var counts = new double[Units];
        for (int block = 0; block < Blocks; block++) counts[block * Categories + (isHigh ? Categories - 1 : 0)] = Draws;
        for (int r = 0; r < states.Rows; r++) states.WriteRow(r, counts);
    }

    /// <inheritdoc/>
    public override int ColumnsPerUnit => Draws == 1 ? Categories : 0;

    /// <inheritdoc/>
    public override int Alternatives => Draws == 1 ? Categories - 1 : 0;

    /// <inheritdoc/>
    public override void SetAlternative(int number, Span<double> value)
    {
        if (Draws > 1) base.SetAlternative(number, value);
        // Reversing the whole and then both parts rotates in place.
        value.Reverse();
        value[..number].Reverse();
        value[number..].Reverse();
    }

    /// <inheritdoc/>
    public override string? Complaint(ReadOnlySpan<double> row)
    {
        for (int block = 0; block < Blocks; block++)
        {
            double sum = 0;
            for (int c = block * Categories; c < (block + 1) * Categories; c++)
            {
                if (!(row[c] >= 0))
                    return $"column {c + 1}: {row[c]:R} is not a count or probability of at least 0 that multinomial units allow";
                sum += row[c];
            }
            if (!(Math.Abs(sum - Draws) <= 1e-3 * Draws))
                return $"columns {block * Categories + 1}..{(block + 1) * Categories} add up to {sum:R}, but this multinomial block has "
                    + $"{Draws} {(Draws == 1 ? "draw" : "draws")}: every row needs as many (documents of different length are not learned)";
        }
        return null;
    }

    /// <summary>b = log of the mean share of each category, kept above 10⁻⁷, less the block's mean so that the gauge is fixed.</summary>
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        var values = new double[Units];
        for (int block = 0; block < Blocks; block++)
        {
            Span<double> part = values.AsSpan(block * Categories, Categories);
            double sum = 0;
            for (int c = 0; c < part.Length; c++) sum += part[c] = Math.Log(Math.Max(means[block * Categories + c] / Draws, 1e-7));
            foreach (ref double value in part) value -= sum / Categories;
        }
        bias.WriteRow(0, values);
    }

    /// <summary>One softmax of one draw. Of several blocks or draws no columns are units by themselves, and they offer none.</summary>
    public override bool HasSlope => Draws == 1 && Blocks == 1;

    /// <summary>error ← p·(error − Σ p·error), p the means.</summary>
    public override void MultiplySlope(Matrix means, Matrix inputs, Matrix error, Workspace? workspace = null)
    {
        if (!HasSlope) base.MultiplySlope(means, inputs, error, workspace);
        using Workspace.Loan sums = Workspace.Of(workspace, error.Rows, 1, error.Placement);
        Matrix sum = sums;
        sum.Fill(0);
        sum.AddRowSums(error, means, -1);
        error.SetSum(error, 1, sum);
        error.SetScaled(error, means);
    }

    /// <summary>A layer as one of classes: one block of at least two categories, of which one is drawn; null if it is another.</summary>
    internal static MultinomialLayer? AsClasses(Layer layer) =>
        layer is MultinomialLayer { Blocks: 1, Draws: 1, Categories: >= 2 } classes ? classes : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A block would be cut.</exception>
    protected override Layer OfSize(IReadOnlyList<int> units)
    {
        for (int i = 0; i < units.Count; i++)
            if (units.Count % Categories != 0 || units[i] % Categories != i % Categories
                || units[i] / Categories != units[i - i % Categories] / Categories)
                throw new ArgumentException($"of a block of {Categories} categories all columns are there or none, not column {units[i]} "
                    + "alone");
        return new MultinomialLayer(units.Count, Categories, Draws, Placement);
    }

    /// <inheritdoc/>
    public override MultinomialLayer Clone(Placement? placement = null)
    {
        var copy = new MultinomialLayer(Units, Categories, Draws, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }

    /// <inheritdoc/>
    public override string ToString() => Draws == 1 ? $"{Blocks} × {Categories} {Kind}" : $"{Blocks} × {Categories} {Kind} ({Draws} draws)";

    static string? FaultOf(LayerDescription layer) =>
        layer.Categories is int categories && (categories < 1 || layer.Size % categories != 0)
            ? $"has {categories} categories, which do not divide its size {layer.Size}"
        : layer.Draws < 1 ? $"has {layer.Draws} draws; expected 1 or more"
        : null;

    // Ways to write n as an ordered sum of k counts: C(n + k − 1, k − 1).
    static double BlockStates(int n, int k)
    {
        double ways = 1;
        for (int i = 1; i < k; i++) ways = ways * (n + i) / i;
        return ways;
    }

    void SetCounts(Span<double> counts, long index)
    {
        int left = Draws;
        for (int c = 0; c < counts.Length - 1; c++)
        {
            int count = 0;
            for (; ; count++)
            {
                long ways = (long)Math.Round(BlockStates(left - count, counts.Length - c - 1));
                if (index < ways) break;
                index -= ways;
            }
            counts[c] = count;
            left -= count;
        }
        counts[^1] = left;
    }

    // Counts of data are whole numbers up to the draws; a mean between two of them is interpolated on the logarithm, which no law here
    // depends on.
    double LogFactorial(double n)
    {
        int whole = Math.Clamp((int)n, 0, Draws);
        return logFactorials[whole] + (n - whole) * Math.Log(whole + 1);
    }
}
