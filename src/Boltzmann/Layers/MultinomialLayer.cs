using System.Buffers;
using System.Text.Json.Nodes;
using Boltzmann.Layers;

namespace Boltzmann;

/// <summary>
/// Counts of draws from softmaxes: blocks of categories, each block the counts of <see cref="Draws"/> independent draws from one softmax of
/// its inputs. One draw and several blocks are one-hot (Potts) units; one block and n draws is the n-fold softmax (Salakhutdinov and Hinton
/// 2009), and with <see cref="DrawsOfRow"/> each row has an n of its own, as documents have. U(x) = −b·x − Σ_blocks log(n!/∏ x_c!).
/// </summary>
public sealed class MultinomialLayer : Layer
{
    /// <summary>The name in files.</summary>
    public const string Name = "multinomial";

    internal const string CategoriesField = "categories", DrawsField = "draws";

    // Of one row: the counts of single precision are exact far beyond.
    const int MostDraws = 1 << 20;

    /// <summary>
    /// In place of a number of draws: each row has as many as its counts add up to. The machine of a row is the one of so many draws, all
    /// with the same parameters, so that rows of different sums have different partition functions.
    /// </summary>
    public const int DrawsOfRow = 0;

    readonly Matrix bias;

    // The draws of each row of the state that a view belongs to, [B × 1].
    readonly Matrix? rowDraws;

    /// <summary>Blocks of one-hot categories, or softmaxes with several draws.</summary>
    /// <param name="units">Blocks × categories.</param>
    /// <param name="categories">Categories in a block; the number of units for a single softmax.</param>
    /// <param name="draws">Draws from each block's softmax; <see cref="DrawsOfRow"/> for those of each row, in one block.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentException">The units do not divide into blocks, a number is below 1, or there are several blocks of draws
    /// by row.</exception>
    public MultinomialLayer(int units, int categories, int draws = 1, Placement? placement = null) : base(units, placement)
    {
        if (categories < 1 || units % categories != 0)
            throw new ArgumentException($"{units} units do not divide into blocks of {categories} categories");
        if (draws < 0) throw new ArgumentException($"a softmax needs at least one draw, not {draws}");
        if (draws == DrawsOfRow && categories != units)
            throw new ArgumentException($"draws by row are of one softmax, not of {units / categories}");
        Categories = categories;
        Draws = draws;
        bias = new Matrix(1, units, Placement);
        Parameters = [new("bias", bias)];
    }

    // Over the parameters of another layer.
    MultinomialLayer(MultinomialLayer shared, int draws, Matrix? rowDraws) : base(shared.Units, shared.Placement)
    {
        (Categories, Draws, bias, Parameters, this.rowDraws) = (shared.Categories, draws, shared.bias, shared.Parameters, rowDraws);
    }

    /// <summary>Categories in a block.</summary>
    public int Categories { get; }

    /// <summary>Draws from each block's softmax; <see cref="DrawsOfRow"/> where each row has its own.</summary>
    public int Draws { get; }

    /// <summary>Whether each row has draws of its own.</summary>
    public override bool DrawsByRow => Draws == DrawsOfRow;

    /// <summary>The layer of so many draws, over the same parameters.</summary>
    /// <param name="draws">At least 1.</param>
    /// <exception cref="ArgumentException">There are fewer, or this layer's number is settled.</exception>
    public MultinomialLayer WithDraws(int draws) => !DrawsByRow ? throw new ArgumentException($"{this} units have their draws")
        : draws < 1 ? throw new ArgumentException($"a softmax needs at least one draw, not {draws}")
        : new(this, draws, null);

    /// <inheritdoc/>
    internal override Layer OfRows(Matrix draws) => new MultinomialLayer(this, DrawsOfRow, draws);

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
        AddArrangements(states, energies, -scale);
    }

    /// <summary>
    /// values[B × 1] += scale·Σ_blocks log(n!/∏ x_c!): the number of orders that draws of these counts come in. log p of the counts is that
    /// of the draws in their order and this.
    /// </summary>
    internal void AddArrangements(Matrix states, Matrix values, double scale)
    {
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
                double sum = 0;
                foreach (double count in counts)
                {
                    sum += count;
                    if (count != 0) coefficient -= LogFactorial.Of(count);
                }
                coefficient += LogFactorial.Of(DrawsByRow ? sum : Draws);
            }
            values[r, 0] += scale * coefficient;
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>values += scale·Σ_blocks n·log Σ_c e^{I_c + b_c}: the counts are summed out exactly, without a random draw.</summary>
    /// <exception cref="NotSupportedException">Draws are by row, and those of the rows are not known here.</exception>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null)
    {
        if (!DrawsByRow)
        {
            values.AddLogSumExp(inputs, bias, Categories, scale * Draws);
            return;
        }
        Matrix draws = RequireRowDraws();
        using Workspace.Loan sums = Workspace.Of(workspace, inputs.Rows, 1, inputs.Placement);
        Matrix sum = sums;
        sum.Fill(0);
        sum.AddLogSumExp(inputs, bias, Categories, scale);
        sum.SetScaled(sum, draws);
        values.SetSum(values, 1, sum);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Draws are by row, and those of the rows are not known here.</exception>
    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null)
    {
        Matrix? draws = DrawsByRow ? RequireRowDraws() : null;
        destination.SetSoftmaxMean(inputs, bias, Categories, draws is null ? Draws : 1);
        if (draws is not null) destination.SetScaled(destination, draws);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Draws are by row, and those of the rows are not known here.</exception>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null)
    {
        if (DrawsByRow) destination.SampleSoftmax(inputs, bias, RequireRowDraws(), rng);
        else destination.SampleSoftmax(inputs, bias, Categories, Draws, rng);
    }

    /// <inheritdoc/>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null) =>
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);

    /// <inheritdoc/>
    public override long? StateCount
    {
        get
        {
            if (DrawsByRow) return null;
            double count = Math.Pow(BlockStates(Draws, Categories), Blocks);
            return count <= 1L << 62 ? (long)Math.Round(count) : null;
        }
    }

    /// <summary>Every vector of counts once, block 0 changing fastest.</summary>
    public override void SetStates(long first, Matrix destination)
    {
        if (DrawsByRow) base.SetStates(first, destination);
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
        double[]? ofRows = DrawsByRow ? RequireRowDraws().ReadColumn(0) : null;
        var counts = new double[Units];
        for (int r = 0; r < states.Rows; r++)
        {
            for (int block = 0; block < Blocks; block++) counts[block * Categories + (isHigh ? Categories - 1 : 0)] = ofRows?[r] ?? Draws;
            states.WriteRow(r, counts);
        }
    }

    /// <inheritdoc/>
    public override int ColumnsPerUnit => Draws == 1 ? Categories : 0;

    /// <inheritdoc/>
    public override int Alternatives => Draws == 1 ? Categories - 1 : 0;

    /// <inheritdoc/>
    public override void SetAlternative(int number, Span<double> value)
    {
        if (Draws != 1) base.SetAlternative(number, value);
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
            if (DrawsByRow && !(Math.Abs(sum - Math.Round(sum)) <= 1e-3 && sum <= MostDraws))
                return $"the row adds up to {sum:R}, but multinomial units with draws by row are counts: their sum is a whole number, at "
                    + $"most {MostDraws}";
            if (!DrawsByRow && !(Math.Abs(sum - Draws) <= 1e-3 * Draws))
                return $"columns {block * Categories + 1}..{(block + 1) * Categories} add up to {sum:R}, but this multinomial block has "
                    + $"{Draws} {(Draws == 1 ? "draw" : "draws")}: every row needs as many"
                    + (Blocks == 1 ? "; documents of different length are learned with draws by row (--draws row)" : "");
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
            double sum = 0, draws = Draws;
            if (DrawsByRow)
                for (int c = 0; c < part.Length; c++) draws += means[block * Categories + c];
            for (int c = 0; c < part.Length; c++) sum += part[c] = Math.Log(Math.Max(means[block * Categories + c] / draws, 1e-7));
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
    public override string ToString() => Draws == 1 ? $"{Blocks} × {Categories} {Kind}" : DrawsByRow ? $"{Units} {Kind} (draws by row)"
        : $"{Blocks} × {Categories} {Kind} ({Draws} draws)";

    static string? FaultOf(LayerDescription layer) =>
        layer.Categories is int categories && (categories < 1 || layer.Size % categories != 0)
            ? $"has {categories} categories, which do not divide its size {layer.Size}"
        : layer.Draws < 0 ? $"has {layer.Draws} draws; expected 1 or more, or {DrawsOfRow} for those of each row"
        : layer.Draws == DrawsOfRow && (layer.Categories ?? layer.Size) != layer.Size ? "has draws by row and several softmaxes; expected "
            + "one"
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

    Matrix RequireRowDraws() => rowDraws ?? throw new NotSupportedException($"{this}: how many draws the rows have is not known here; the "
        + $"machine of so many draws ({nameof(WithDraws)}) answers");
}
