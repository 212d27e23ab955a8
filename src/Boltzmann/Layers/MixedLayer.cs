using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// Units of several kinds side by side, as the columns of a table are: real, binary and one-hot units in one layer. Given inputs they are
/// independent, p(x | I) = Π_parts p(x_part | I_part), so that U, log-normalisers and energies are sums over the parts. One layer means
/// one matrix of weights, and every model that takes a layer takes a table.
/// </summary>
/// <remarks>
/// The parameters are those of the whole layer: one row of biases and one of precisions γ, which only Gaussian parts use; of other columns
/// it is 1 and stays so. Parts are Bernoulli, spin, Gaussian or one-hot multinomial units.
/// </remarks>
public sealed class MixedLayer : Layer
{
    /// <summary>The name in files.</summary>
    public const string Name = "mixed";

    internal const string PartsField = "parts", PartKinds = "bernoulli, spin, gaussian or multinomial units of one draw";

    readonly MixedPart[] parts;
    readonly int[] partOf;
    readonly Matrix bias, precision;
    // 1 in Gaussian columns, 0 elsewhere; null without any.
    readonly Matrix? isReal;

    /// <summary>A layer of the units of others, in order, with copies of their parameters.</summary>
    /// <param name="parts">At least one layer, all in one place and precision.</param>
    /// <exception cref="ArgumentException">A layer is of another kind than those named above, or lies elsewhere.</exception>
    public MixedLayer(IReadOnlyList<Layer> parts) : base(parts.Sum(part => part.Units), parts.Count > 0 ? parts[0].Placement : null)
    {
        this.parts = new MixedPart[parts.Count];
        partOf = new int[Units];
        bias = new Matrix(1, Units, Placement);
        precision = Matrix.Row(Units, 1, Placement);
        for (int p = 0, first = 0; p < parts.Count; first += parts[p++].Units)
        {
            Layer part = parts[p];
            if (part.Placement != Placement) throw new ArgumentException($"{part} units lie at {part.Placement}, not {Placement}");
            this.parts[p] = MixedPart.Of(part.Clone(), first);
            partOf.AsSpan(first, part.Units).Fill(p);
            bias.WriteColumns(first, part.Units, part.Bias.ReadRow(0));
            if (part is not GaussianLayer reals) continue;
            precision.WriteColumns(first, part.Units, reals.Precision.ReadRow(0));
            LearnsPrecision |= reals.LearnsPrecision;
            isReal ??= new Matrix(1, Units, Placement);
            double[] ones = new double[part.Units];
            Array.Fill(ones, 1);
            isReal.WriteColumns(first, part.Units, ones);
        }
        Parameters = [new("bias", bias), new("precision", precision, IsPositive: true, IsFixed: !LearnsPrecision)];
    }

    internal static LayerKind Registration { get; } = new(Name, UnitValues.Reals, (layer, placement) =>
        new MixedLayer([.. PartsOf(layer)!.Select(part => part.Create(placement)!)]))
    {
        Fields = [new(PartsField, LayerFieldType.Any), new(QuadraticLayer.LearnsPrecisionField,
            LayerFieldType.Flag) { IsOfLearning = true }],
        Parameters = ["bias", "precision"],
        Fault = FaultOf,
        HasParts = true,
    };

    /// <summary>The layer of these parts, described.</summary>
    internal static LayerDescription Describe(IReadOnlyList<LayerDescription> parts)
    {
        bool learns = parts.Any(part => part.Flag(QuadraticLayer.LearnsPrecisionField));
        var array = new JsonArray();
        foreach (LayerDescription part in parts)
        {
            JsonObject json = part.ToJson();
            json.Remove(QuadraticLayer.LearnsPrecisionField);
            json.Remove(MultinomialLayer.DrawsField);   // always one
            array.Add((JsonNode)json);
        }
        var fields = new JsonObject { [PartsField] = array };
        if (learns) fields[QuadraticLayer.LearnsPrecisionField] = true;
        return new(Name, parts.Sum(part => part.Size)) { Fields = fields };
    }

    /// <summary>What stands side by side: layers of their own with the parameters that the parts have now.</summary>
    public IReadOnlyList<Layer> Parts => [.. Enumerable.Range(0, parts.Length).Select(PartLayer)];

    /// <summary>γ of Gaussian columns, 1 elsewhere; [1 × units].</summary>
    public Matrix Precision => precision;

    /// <summary>Whether learning moves the precision of Gaussian columns.</summary>
    public bool LearnsPrecision { get; }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override JsonObject Fields => (JsonObject)Describe([.. parts.Select(part =>
        LayerDescription.Of(part.Template))]).Fields.DeepClone();

    /// <inheritdoc/>
    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null)
    {
        energies.AddRowSums(states, bias, -scale);
        if (isReal is null) return;
        using Workspace.Loan squares = Workspace.Like(workspace, states), gammas = Workspace.Like(workspace, precision);
        Matrix squared = squares, gamma = gammas;
        squared.SetScaled(states, states);
        gamma.SetScaled(precision, isReal);
        energies.AddRowSums(squared, gamma, scale / 2);
    }

    /// <inheritdoc/>
    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null)
    {
        foreach (MixedPart part in parts)
        {
            using Workspace.Loan input = Columns(inputs, part, workspace), own = Columns(bias, part, workspace);
            if (part.HasPrecision)
            {
                using Workspace.Loan gamma = Columns(precision, part, workspace);
                part.AddLogNormalizer(input, own, gamma, values, scale, workspace);
            }
            else part.AddLogNormalizer(input, own, null, values, scale, workspace);
        }
    }

    /// <inheritdoc/>
    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        Set(inputs, destination, null, workspace);

    /// <inheritdoc/>
    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) =>
        Set(inputs, destination, rng, workspace);

    /// <summary>∂(−U)/∂b = x; ∂(−U)/∂γ = −x²/2 in Gaussian columns, for means ⟨x²⟩ = ⟨x⟩² + 1/γ in place of x².</summary>
    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null)
    {
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);
        if (!LearnsPrecision || isReal is null) return;
        using Workspace.Loan lent = Workspace.Like(workspace, precision), inverse = Workspace.Like(workspace, precision);
        Matrix sums = lent, variances = inverse;
        sums.SetColumnSums(states, states, rowWeights, -scale / 2);
        if (inputs is not null)
        {
            variances.SetScaled(isReal, precision, -1);
            sums.SetSum(sums, 1, variances, -scale / 2 * (rowWeights?.Summarize().Sum ?? states.Rows));
        }
        sums.SetScaled(sums, isReal);
        gradients[1].SetSum(gradients[1], 1, sums);
    }

    /// <inheritdoc/>
    public override int BlockColumns => parts.Max(part => part.Template.BlockColumns);

    /// <inheritdoc/>
    public override int BlockEnd(int column)
    {
        MixedPart part = parts[partOf[column]];
        return part.First + part.Template.BlockEnd(column - part.First);
    }

    /// <inheritdoc/>
    public override long? StateCount
    {
        get
        {
            double count = 1;
            foreach (MixedPart part in parts)
            {
                if (part.Template.StateCount is not long own) return null;
                count *= own;
            }
            return count <= 1L << 62 ? (long)Math.Round(count) : null;
        }
    }

    /// <summary>Every state once, those of the first part changing fastest.</summary>
    public override void SetStates(long first, Matrix destination)
    {
        if (StateCount is null) base.SetStates(first, destination);
        var row = new double[Units];
        for (int r = 0; r < destination.Rows; r++)
        {
            long index = first + r;
            foreach (MixedPart part in parts)
            {
                long own = part.Template.StateCount!.Value;
                var state = new Matrix(1, part.Units, Placement);
                part.Template.SetStates(index % own, state);
                state.ReadRow(0, row.AsSpan(part.First, part.Units));
                index /= own;
            }
            destination.WriteRow(r, row);
        }
    }

    /// <inheritdoc/>
    public override string? Complaint(ReadOnlySpan<double> row)
    {
        foreach (MixedPart part in parts)
        {
            if (part.Template.Complaint(row.Slice(part.First, part.Units)) is not string complaint) continue;
            return parts.Length == 1 ? complaint : $"of columns {part.First + 1}..{part.End}, {part.Template}, {complaint}";
        }
        return null;
    }

    /// <inheritdoc/>
    public override void SetExtreme(bool isHigh, Matrix states, Rng rng)
    {
        for (int p = 0; p < parts.Length; p++)
        {
            var own = new Matrix(states.Rows, parts[p].Units, Placement);
            PartLayer(p).SetExtreme(isHigh, own, rng);
            states.PutColumns(own, parts[p].First);
        }
    }

    /// <inheritdoc/>
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        for (int p = 0; p < parts.Length; p++)
        {
            Layer own = PartLayer(p);
            own.SetFromMoments(means.Slice(parts[p].First, own.Units), variances.Slice(parts[p].First, own.Units));
            bias.PutColumns(own.Bias, parts[p].First);
            if (own.QuadraticPrecision is Matrix gamma) precision.PutColumns(gamma, parts[p].First);
        }
    }

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new MixedLayer([.. Parts.Select(part => part.Clone(placement))]);
        copy.CopyFrom(this);
        return copy;
    }

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(" + ", parts.Select(part => part.Template))})";

    /// <summary>Columns of one part after another, in any order of parts; of one-hot blocks all columns or none.</summary>
    /// <inheritdoc/>
    protected override Layer? OfSize(IReadOnlyList<int> units)
    {
        var chosen = new List<Layer>();
        for (int first = 0, end; first < units.Count; first = end)
        {
            MixedPart part = parts[partOf[units[first]]];
            for (end = first + 1; end < units.Count && partOf[units[end]] == partOf[units[first]]; end++) { }
            chosen.Add(part.Template.Part([.. units.Skip(first).Take(end - first).Select(unit => unit - part.First)]));
        }
        return chosen.Count == 1 ? chosen[0] : new MixedLayer(chosen);
    }

    void Set(Matrix inputs, Matrix destination, Rng? rng, Workspace? workspace)
    {
        foreach (MixedPart part in parts)
        {
            using Workspace.Loan input = Columns(inputs, part, workspace), own = Columns(bias, part, workspace),
                result = Workspace.Of(workspace, destination.Rows, part.Units, Placement);
            if (part.HasPrecision)
            {
                using Workspace.Loan gamma = Columns(precision, part, workspace);
                Set(part, input, own, gamma, result, rng);
            }
            else Set(part, input, own, null, result, rng);
            destination.PutColumns(result, part.First);
        }
    }

    static void Set(MixedPart part, Matrix inputs, Matrix bias, Matrix? precision, Matrix destination, Rng? rng)
    {
        if (rng is null) part.SetMean(inputs, bias, precision, destination);
        else part.Sample(inputs, bias, precision, destination, rng);
    }

    static Workspace.Loan Columns(Matrix whole, MixedPart part, Workspace? workspace)
    {
        Workspace.Loan loan = Workspace.Of(workspace, whole.Rows, part.Units, whole.Placement);
        loan.Matrix.SetColumns(whole, part.First);
        return loan;
    }

    Layer PartLayer(int index)
    {
        MixedPart part = parts[index];
        Layer layer = part.Template.Clone();
        layer.Bias.SetColumns(bias, part.First);
        layer.QuadraticPrecision?.SetColumns(precision, part.First);
        return layer;
    }

    // Null where the field is no list of layers of the kinds that can be parts.
    static LayerDescription[]? PartsOf(LayerDescription layer)
    {
        if (layer.Fields[PartsField] is not JsonArray { Count: > 0 } array) return null;
        bool learns = layer.Flag(QuadraticLayer.LearnsPrecisionField);
        LayerDescription[] parts = [.. array.Select(node => PartOf(node, learns)).OfType<LayerDescription>()];
        return parts.Length == array.Count ? parts : null;
    }

    static LayerDescription? PartOf(JsonNode? node, bool learnsPrecision)
    {
        if (node is not JsonObject json || JsonValues.Text(json["units"]) is not string units
            || JsonValues.Whole(json["size"]) is not int size) return null;
        var fields = new JsonObject();
        if (units == GaussianLayer.Name && learnsPrecision) fields[QuadraticLayer.LearnsPrecisionField] = true;
        if (units == MultinomialLayer.Name)
            fields[MultinomialLayer.CategoriesField] = JsonValues.Whole(json[MultinomialLayer.CategoriesField]) ?? size;
        bool isPart = units is BernoulliLayer.Name or SpinLayer.Name or GaussianLayer.Name or MultinomialLayer.Name
            && JsonValues.Whole(json[MultinomialLayer.DrawsField]) is null or 1;
        var part = new LayerDescription(units, size) { Fields = fields };
        return isPart && part.Fault() is null ? part : null;
    }

    static string? FaultOf(LayerDescription layer) => PartsOf(layer) is not { } parts
        ? $"has no {PartsField}, or some that are not {PartKinds}"
        : parts.Sum(part => (long)part.Size) != layer.Size ? $"has size {layer.Size}, but its parts {parts.Sum(part => (long)part.Size)}"
        : null;
}
