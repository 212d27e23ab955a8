namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// The operations of one CD-1 step by name, as a trainer composes them, and some that other trainers have, on data with the zeros of MNIST
/// and hidden states of a trained machine.
/// </summary>
sealed class OperationSet
{
    const int StoredRows = 10_000, MostStoredBytes = 1 << 28, RowOfImage = 28;
    const double Limit = 1000;

    // [V × H], [1 × V], [1 × H], [B × V] and [B × H].
    readonly Matrix weights, change, first, second, total, visibleBias, visibleChange, hiddenBias, hiddenChange, data, v1, visibleInputs,
        gathered, h0, h1, states, drawn, hiddenInputs, hiddenTotal;
    readonly Factor[] factors;
    readonly ByteRows stored;
    readonly int[] indices;
    readonly Rng rng = new();
    readonly UpdateRule momentum = new(LearningRate: 1e-9, Momentum: 0.5, L2: 1e-4);
    readonly UpdateRule momentumL1 = new(LearningRate: 1e-9, Momentum: 0.5, L1: 1e-4);
    readonly UpdateRule adam = new(LearningRate: 1e-9, Momentum: 0.9, IsAdam: true, Time: 1000);

    /// <summary>Operands of a shape.</summary>
    public OperationSet(BenchShape shape, Placement placement)
    {
        (int visible, int hidden, int batch) = (shape.Visible, shape.Hidden, shape.Batch);
        Matrix New(int rows, int columns) => new(rows, columns, placement);
        (weights, change, first, second, total) = (New(visible, hidden), New(visible, hidden), New(visible, hidden), New(visible, hidden),
            New(visible, hidden));
        (visibleBias, visibleChange, hiddenBias, hiddenChange) = (New(1, visible), New(1, visible), New(1, hidden), New(1, hidden));
        (data, v1, visibleInputs, gathered) = (New(batch, visible), New(batch, visible), New(batch, visible), New(batch, visible));
        (h0, h1, states, drawn, hiddenInputs, hiddenTotal) = (New(batch, hidden), New(batch, hidden), New(batch, hidden),
            New(batch, hidden), New(batch, hidden), New(batch, hidden));
        weights.SampleNormal(rng);
        weights.SetSum(weights, 0.01);
        var random = new Random(1);
        WriteStrokes(data, random);
        // About one hidden unit in seven is on, as in a trained machine.
        hiddenBias.Fill(-2);
        hiddenInputs.SetProduct(data, weights);
        states.SampleTwoState(hiddenInputs, hiddenBias, 0, 1, rng);
        drawn.SetCopy(states);
        h0.SetTwoStateMean(hiddenInputs, hiddenBias, 0, 1);
        h1.SetCopy(h0);
        v1.SampleUniform(rng);
        factors = [new(data, h0, 1.0 / batch), new(v1, h1, -1.0 / batch)];
        int rows = Math.Min(StoredRows, MostStoredBytes / visible);
        var bytes = new byte[rows * visible];
        random.NextBytes(bytes);
        stored = new ByteRows(bytes, visible);
        indices = [.. Enumerable.Range(0, batch).Select(_ => random.Next(rows))];
    }

    /// <summary>The names of all operations, in the order in which they are timed.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "gather", "up", "hidden-mean", "hidden-sample", "down", "visible-mean", "up-means", "update", "update-adam", "update-l1", "biases",
        "column-sums", "sum", "sum-weights", "max-norm", "step",
    ];

    /// <summary>Products of V·H·B multiply-adds that an operation consists of; 0 for other work.</summary>
    public static int Products(string name) => name switch
    {
        "up" or "down" or "up-means" => 1,
        "update" or "update-adam" or "update-l1" => 2,
        "step" => 5,
        _ => 0,
    };

    /// <summary>The operation of a name.</summary>
    public Action Find(string name) => name switch
    {
        "gather" => () => stored.Gather(indices, gathered),
        "up" => () => hiddenInputs.SetProduct(data, weights),
        "hidden-mean" => () => h1.SetTwoStateMean(hiddenInputs, hiddenBias, 0, 1),
        "hidden-sample" => () => drawn.SampleTwoState(hiddenInputs, hiddenBias, 0, 1, rng),
        "down" => () => visibleInputs.SetProduct(states, weights, transposeRight: true),
        "visible-mean" => () => v1.SetTwoStateMean(visibleInputs, visibleBias, 0, 1),
        "up-means" => () => hiddenInputs.SetProduct(v1, weights),
        "update" => () => weights.Update(change, null, factors, momentum),
        "update-adam" => () => weights.Update(first, second, factors, adam),
        "update-l1" => () => weights.Update(change, null, factors, momentumL1),
        "biases" => UpdateBiases,
        "column-sums" => () => hiddenChange.SetColumnSums(h0),
        "sum" => () => hiddenTotal.SetSum(h0, 1, h1, -1),
        "sum-weights" => () => total.SetSum(weights, 1, change, 1),
        "max-norm" => () => weights.LimitColumnNorms(Limit),
        "step" => Step,
        _ => throw new ArgumentException($"there is no operation '{name}'"),
    };

    void Step()
    {
        hiddenInputs.SetProduct(data, weights);
        h0.SetTwoStateMean(hiddenInputs, hiddenBias, 0, 1);
        drawn.SampleTwoState(hiddenInputs, hiddenBias, 0, 1, rng);
        visibleInputs.SetProduct(drawn, weights, transposeRight: true);
        v1.SetTwoStateMean(visibleInputs, visibleBias, 0, 1);
        hiddenInputs.SetProduct(v1, weights);
        h1.SetTwoStateMean(hiddenInputs, hiddenBias, 0, 1);
        weights.Update(change, null, factors, momentum);
        UpdateBiases();
    }

    void UpdateBiases()
    {
        double scale = 1e-9 / data.Rows;
        visibleChange.SetColumnSums(data, scale: scale, keep: momentum.Momentum);
        visibleChange.SetColumnSums(v1, scale: -scale, keep: 1);
        visibleBias.SetSum(visibleBias, 1, visibleChange, 1);
        hiddenChange.SetColumnSums(h0, scale: scale, keep: momentum.Momentum);
        hiddenChange.SetColumnSums(h1, scale: -scale, keep: 1);
        hiddenBias.SetSum(hiddenBias, 1, hiddenChange, 1);
    }

    // Strokes: runs of about 6 pixels, 19 % of all; rows of 28 repeat with small shifts, as digits do.
    static void WriteStrokes(Matrix data, Random random)
    {
        var row = new double[data.Columns];
        for (int r = 0; r < data.Rows; r++)
        {
            Array.Clear(row);
            for (int c = 0; c + 7 < row.Length; c++)
                if (c % RowOfImage is > 4 and < 20 && random.NextDouble() < 0.055)
                    for (int i = 0; i < 7; i++) row[c + i] = 0.2 + 0.8 * random.NextDouble();
            data.WriteRow(r, row);
        }
    }
}
