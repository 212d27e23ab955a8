namespace Boltzmann.Models;

/// <summary>
/// Weights between all units of one layer: φ = ½·xᵀ·W·x, W symmetric with zero diagonal, so that each pair counts once. Units of two values
/// are columns. One-hot blocks are units of several columns (a Potts machine): every pair of blocks has a square of W, and the squares on
/// the diagonal are zero.
/// </summary>
public sealed class Within : WithinLayer
{
    /// <summary>Joins the units of a layer by given weights, which are shared.</summary>
    /// <param name="layer">Its number.</param>
    /// <param name="weights">W, [columns × columns].</param>
    /// <param name="unitColumns">Columns of a unit: 1 for two values, else the categories of one-hot blocks.</param>
    /// <exception cref="ArgumentException">The weights do not divide into units.</exception>
    public Within(int layer, Matrix weights, int unitColumns = 1) : base(layer)
    {
        if (unitColumns < 1 || weights.Rows % unitColumns != 0)
            throw new ArgumentException($"weights of {weights.Rows} columns do not divide into units of {unitColumns}");
        (Weights, UnitColumns) = (weights, unitColumns);
        Parameters = [new(Name, weights, IsWeight: true)];
    }

    /// <summary>Joins the units of a layer, weights 0.</summary>
    /// <param name="layers">All layers of the machine.</param>
    /// <param name="layer">Its number.</param>
    public Within(IReadOnlyList<Layer> layers, int layer) : this(layer,
        new Matrix(layers[layer].Units, layers[layer].Units, layers[layer].Placement), Math.Max(1, layers[layer].ColumnsPerUnit))
    { }

    /// <summary>W, [columns × columns].</summary>
    public Matrix Weights { get; }

    /// <summary>Columns of a unit: 1 for two values, else the categories of one-hot blocks.</summary>
    public int UnitColumns { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override bool TakesOwnInputs => true;

    /// <inheritdoc/>
    public override string? Complaint(IReadOnlyList<Layer> layers) => !layers[Layer].CanBeJoined
        ? $"only bernoulli, spin and one-hot multinomial units can be joined within their layer, not {layers[Layer]}"
        : layers[Layer].ColumnsPerUnit != UnitColumns ? $"weights join units of {UnitColumns} columns, not {layers[Layer]}"
        : Weights.Rows == layers[Layer].Units && Weights.Columns == layers[Layer].Units ? null
            : $"weights are {Weights.Shape}, but join {layers[Layer]} and {layers[Layer]} units";

    /// <inheritdoc/>
    public override void SetInputs(State state, int layer, Matrix destination, double scale, double keep) =>
        destination.SetProduct(state[Layer], Weights, scale: scale, keep: keep);

    /// <inheritdoc/>
    public override void Sample(Layer units, Matrix? inputs, Matrix states, double scale, Matrix? free, Rng rng, int sweeps = 1)
    {
        if (sweeps != 1) throw new ArgumentException($"inputs that are kept up serve one sweep, not {sweeps}", nameof(sweeps));
        if (UnitColumns > 1) states.SampleSoftmaxWithin(inputs!, units.Bias, Weights, UnitColumns, rng, scale, free);
        else states.SampleTwoStateWithin(inputs!, units.Bias, Weights, units.Values.Minimum, units.Values.Maximum, rng, scale, free);
    }

    /// <inheritdoc/>
    public override void SetMean(Layer units, Matrix inputs, Matrix states, double scale, Matrix? free)
    {
        if (UnitColumns > 1) states.SetSoftmaxMeanWithin(inputs, units.Bias, Weights, UnitColumns, scale, free);
        else states.SetTwoStateMeanWithin(inputs, units.Bias, Weights, units.Values.Minimum, units.Values.Maximum, scale, free);
    }

    /// <summary>The factors' diagonal, ⟨x²⟩, has no meaning: a unit is not joined to itself. <see cref="Project"/> takes it away.</summary>
    /// <inheritdoc/>
    public override void AddMoments(State state, Matrix? rowWeights, double scale, InteractionGradient gradient) =>
        gradient.AddFactor(0, new Factor(state[Layer], gradient.Weighted(state[Layer], rowWeights), scale));

    /// <inheritdoc/>
    public override void AddInputMoments(State state, int layer, Matrix direction, double scale, InteractionGradient gradient)
    {
        // A weight serves the inputs of either end.
        gradient.AddFactor(0, new Factor(direction, state[Layer], scale));
        gradient.AddFactor(0, new Factor(state[Layer], direction, scale));
    }

    /// <inheritdoc/>
    public override void Center(IReadOnlyList<Matrix> offsets, IReadOnlyList<Matrix> differences, InteractionGradient gradient,
        IReadOnlyList<Matrix> biases, BiasProjections projections)
    {
        Matrix offset = offsets[Layer], bias = biases[Layer];
        gradient.AddFactor(0, new Factor(offset, differences[Layer], -1));
        gradient.AddFactor(0, new Factor(differences[Layer], offset, -1));
        using Workspace.Loan own = Workspace.Like(projections.Workspace, bias);
        foreach (Factor f in gradient.Factors(0))
        {
            projections.Add(bias, f.Left, f.Right, offset, -f.Scale);
            projections.Apply();
            // No unit is joined to itself: takes back what the projection counts of a unit's own.
            if (UnitColumns == 1)
            {
                own.Matrix.SetColumnSums(f.Left, f.Right, null, f.Scale);
                own.Matrix.SetScaled(own, offset);
            }
            else SetOwn(own, f, offset, projections.Workspace);
            bias.SetSum(bias, 1, own, 1);
        }
    }

    // destination = scale·Σ_r right·Σ left·μ over the columns of the same unit.
    void SetOwn(Matrix destination, in Factor f, Matrix offset, Workspace? workspace)
    {
        int blocks = Weights.Rows / UnitColumns;
        using Workspace.Loan unit = Workspace.Of(workspace, Weights.Rows, blocks, Weights.Placement),
            sums = Workspace.Of(workspace, f.Left.Rows, blocks, Weights.Placement), spread = Workspace.Like(workspace, f.Left);
        var row = new double[blocks];
        for (int column = 0; column < Weights.Rows; column++)
        {
            Array.Clear(row);
            row[column / UnitColumns] = 1;
            unit.Matrix.WriteRow(column, row);
        }
        spread.Matrix.SetScaled(f.Left, offset);
        sums.Matrix.SetProduct(spread, unit);
        spread.Matrix.SetProduct(sums, unit, transposeRight: true);
        destination.SetColumnSums(spread, f.Right, null, f.Scale);
    }

    /// <inheritdoc/>
    public override void AverageOverPresent(RowPresence presence, InteractionGradient gradient)
    {
        if (presence.Of(Layer) is not null) gradient.ScaleEntries(0, presence.OfPairs(Layer, Layer));
    }

    /// <inheritdoc/>
    public override void Project(int parameter, Matrix value) => value.Symmetrize(UnitColumns);

    /// <inheritdoc/>
    public override void SetRandom(double standardDeviation, Rng rng)
    {
        // The mean of two independent numbers has half their variance.
        base.SetRandom(Math.Sqrt(2) * standardDeviation, rng);
        Weights.Symmetrize(UnitColumns);
    }

    /// <inheritdoc/>
    public override string? Fault()
    {
        for (int row = 0; row < Weights.Rows; row++)
        {
            double[] along = Weights.ReadRow(row), across = Weights.ReadColumn(row);
            int first = row - row % UnitColumns;
            for (int c = first; c <= row; c++)
                if (along[c] != 0) return UnitColumns == 1 ? $"{Name} has {along[row]} at row {row + 1} of its diagonal, which must be zero"
                    : $"{Name} has {along[c]} at row {row + 1}, column {c + 1}, within a block of {UnitColumns} categories, where it must "
                        + "be zero";
            for (int c = 0; c < row; c++)
                if (along[c] != across[c])
                    return $"{Name} is not symmetric: row {row + 1}, column {c + 1} is {along[c]}, but its mirror {across[c]}";
        }
        return null;
    }

    /// <inheritdoc/>
    public override Interaction CloneFor(IReadOnlyList<Layer> layers) => new Within(layers, Layer);

    /// <inheritdoc/>
    public override Interaction Part(Func<int, int[]> columnsOf, Func<int, int> numberOf) =>
        new Within(numberOf(Layer), Weights.Part(columnsOf(Layer), columnsOf(Layer)), UnitColumns);

    /// <inheritdoc/>
    public override void SetPart(Matrix whole, Matrix part, Func<int, int[]> columnsOf) =>
        Dense.SetEntries(whole, part, columnsOf(Layer), columnsOf(Layer));

    /// <inheritdoc/>
    public override Interaction On(Func<int, int> numberOf) => new Within(numberOf(Layer), Weights, UnitColumns);
}
