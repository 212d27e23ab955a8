namespace Boltzmann.Models;

/// <summary>Weights between every unit of one layer and every unit of another: φ = x_lowerᵀ·W·x_upper.</summary>
public sealed class Dense : Interaction
{
    /// <summary>Joins two layers by given weights, which are shared.</summary>
    /// <param name="lower">Number of the lower layer.</param>
    /// <param name="upper">Number of the upper layer, above <paramref name="lower"/>.</param>
    /// <param name="weights">W, [units of the lower layer × units of the upper layer].</param>
    public Dense(int lower, int upper, Matrix weights) : base(lower, upper)
    {
        (Lower, Upper, Weights) = (lower, upper, weights);
        Name = NameOf(lower, upper);
        Parameters = [new(Name, weights, IsWeight: true)];
    }

    /// <summary>Joins two layers, weights 0.</summary>
    /// <param name="layers">All layers of the machine.</param>
    /// <param name="lower">Number of the lower layer.</param>
    /// <param name="upper">Number of the upper layer.</param>
    public Dense(IReadOnlyList<Layer> layers, int lower, int upper) : this(lower, upper,
        new Matrix(layers[lower].Units, layers[upper].Units, layers[lower].Placement))
    { }

    /// <summary>Number of the lower layer.</summary>
    public int Lower { get; }

    /// <summary>Number of the upper layer.</summary>
    public int Upper { get; }

    /// <summary>W, [units of the lower layer × units of the upper layer].</summary>
    public Matrix Weights { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override string? Complaint(IReadOnlyList<Layer> layers) =>
        Weights.Rows == layers[Lower].Units && Weights.Columns == layers[Upper].Units ? null
        : $"weights are {Weights.Shape}, but join {layers[Lower]} and {layers[Upper]} units";

    /// <inheritdoc/>
    public override void SetInputs(State state, int layer, Matrix destination, double scale, double keep)
    {
        if (layer == Upper) destination.SetProduct(state[Lower], Weights, scale: scale, keep: keep);
        else destination.SetProduct(state[Upper], Weights, transposeRight: true, scale: scale, keep: keep);
    }

    /// <inheritdoc/>
    public override InputProduct? ProductFor(State state, int layer, double scale, double keep) =>
        layer == Upper ? new(state[Lower], Weights, false, scale, keep) : new(state[Upper], Weights, true, scale, keep);

    /// <inheritdoc/>
    public override void AddMoments(State state, Matrix? rowWeights, double scale, InteractionGradient gradient) =>
        gradient.AddFactor(0, new Factor(state[Lower], gradient.Weighted(state[Upper], rowWeights), scale));

    /// <inheritdoc/>
    public override void AddInputMoments(State state, int layer, Matrix direction, double scale, InteractionGradient gradient) =>
        gradient.AddFactor(0, layer == Upper ? new Factor(state[Lower], direction, scale) : new Factor(direction, state[Upper], scale));

    /// <inheritdoc/>
    public override void Center(IReadOnlyList<Matrix> offsets, IReadOnlyList<Matrix> differences, InteractionGradient gradient,
        IReadOnlyList<Matrix> biases, BiasProjections projections)
    {
        gradient.AddFactor(0, new Factor(offsets[Lower], differences[Upper], -1));
        gradient.AddFactor(0, new Factor(differences[Lower], offsets[Upper], -1));
        foreach (Factor f in gradient.Factors(0))
        {
            projections.Add(biases[Lower], f.Left, f.Right, offsets[Upper], -f.Scale);
            projections.Add(biases[Upper], f.Right, f.Left, offsets[Lower], -f.Scale);
        }
    }

    /// <inheritdoc/>
    public override void AverageOverPresent(RowPresence presence, InteractionGradient gradient)
    {
        Matrix? rows = presence.Of(Lower), columns = presence.Of(Upper);
        if (rows is not null && columns is not null) gradient.ScaleEntries(0, presence.OfPairs(Lower, Upper));
        else if (rows is not null) gradient.ScaleRows(0, rows);
        else if (columns is not null) gradient.ScaleColumns(0, columns);
    }

    /// <inheritdoc/>
    public override (int Parameter, bool AreColumns)? Incoming(int layer) => (0, layer == Upper);

    /// <inheritdoc/>
    public override Interaction On(Func<int, int> numberOf) => new Dense(numberOf(Lower), numberOf(Upper), Weights);

    /// <inheritdoc/>
    public override Interaction CloneFor(IReadOnlyList<Layer> layers) => new Dense(layers, Lower, Upper);

    /// <inheritdoc/>
    public override Interaction Part(Func<int, int[]> columnsOf, Func<int, int> numberOf) =>
        new Dense(numberOf(Lower), numberOf(Upper), Weights.Part(columnsOf(Lower), columnsOf(Upper)));

    /// <inheritdoc/>
    public override void SetPart(Matrix whole, Matrix part, Func<int, int[]> columnsOf) =>
        SetEntries(whole, part, columnsOf(Lower), columnsOf(Upper));

    internal static void SetEntries(Matrix whole, Matrix part, int[] rows, int[] columns)
    {
        for (int r = 0; r < rows.Length; r++)
        {
            double[] row = whole.ReadRow(rows[r]), values = part.ReadRow(r);
            for (int c = 0; c < columns.Length; c++) row[columns[c]] = values[c];
            whole.WriteRow(rows[r], row);
        }
    }

    internal static string NameOf(int lower, int upper) => $"weights.{lower}-{upper}";
}
