namespace Boltzmann.Tests.Data;

/// <summary>Rows that keep a few of their entries are the rows that they stand for, in whatever is asked of them.</summary>
public class SparseRowsTests
{
    const int Count = 60, Width = 23;

    // A seventh of the entries, some of them of each sign, and a column and a row without any.
    static double[] Values(double elsewhere)
    {
        var rng = new Random(5);
        var values = new double[Count * Width];
        for (int i = 0; i < values.Length; i++)
            values[i] = i % Width == 4 || i / Width == 7 || rng.Next(7) > 0 ? elsewhere : rng.Next(-3, 4) + (elsewhere == 0 ? 0.5 : 0);
        return values;
    }

    static (Dataset Dense, Dataset Sparse) Both(bool absent, double[]? weights = null)
    {
        var dense = new NumberRows(Values(absent ? double.NaN : 0), Width);
        MissingValues? missing = absent ? MissingValues.Absent : null;
        return (new("rows", dense) { RowWeights = weights, Missing = missing, ColumnNames = Names },
            new("rows", SparseRows.Of(dense, absent)) { RowWeights = weights, Missing = missing, ColumnNames = Names });
    }

    static string[] Names { get; } = [.. Enumerable.Range(0, Width).Select(c => $"c{c}")];

    static double[,] Gathered(Dataset data, params int[] indices)
    {
        var batch = new Matrix(indices.Length, data.Columns, Placement.Default.Double);
        batch.Fill(77);
        data.Rows.Gather(indices, batch);
        return batch.ToArray();
    }

    static double[] Row(Dataset data, int row)
    {
        var values = new double[data.Columns];
        data.Rows.Read(row, values);
        return values;
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Batches_and_rows_are_those_of_dense_rows(bool absent)
    {
        var (dense, sparse) = Both(absent);
        int[] indices = [3, 7, 0, 59, 3];
        Assert.Equal(Gathered(dense, indices), Gathered(sparse, indices));
        for (int r = 0; r < Count; r++) Assert.Equal(Row(dense, r), Row(sparse, r));
        Assert.InRange(sparse.Rows.Entries!.Value, 100, Count * Width / 4);
        Assert.Null(dense.Rows.Entries);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Selected_rows_and_columns_stay_sparse_and_are_those_of_dense_rows(bool absent)
    {
        var (dense, sparse) = Both(absent);
        string[] columns = ["c9", "c4", "c0", "c21"];
        Dataset few = dense.Select([5, 2, 2, 40]).InColumns(columns, ignoreExtra: true),
            same = sparse.Select([5, 2, 2, 40]).InColumns(columns, ignoreExtra: true);
        Assert.Equal(Gathered(few, 0, 3, 1, 2), Gathered(same, 0, 3, 1, 2));
        Assert.Equal(Row(few, 3), Row(same, 3));
        Assert.Equal(Enumerable.Range(0, 4).Sum(r => Row(few, r).Count(x => absent ? !double.IsNaN(x) : x != 0)), same.Rows.Entries);
        Equal(few.Statistics, same.Statistics);
    }

    [Theory, InlineData(false, false), InlineData(false, true), InlineData(true, false), InlineData(true, true)]
    public void Statistics_and_entropy_count_what_is_not_kept(bool absent, bool isWeighted)
    {
        double[]? weights = isWeighted ? [.. Enumerable.Range(0, Count).Select(r => r % 5 * 0.25)] : null;
        var (dense, sparse) = Both(absent, weights);
        Equal(dense.Statistics, sparse.Statistics);
        Assert.Equal(dense.Select([1, 2, 1, 7, 7, 3]).Entropy, sparse.Select([1, 2, 1, 7, 7, 3]).Entropy, 1e-12);
    }

    // The sums are taken in another order: 60 terms in double precision.
    static void Equal(ColumnStatistics expected, ColumnStatistics actual)
    {
        Assert.Equal(expected.Minimum, actual.Minimum);
        Assert.Equal(expected.Maximum, actual.Maximum);
        for (int c = 0; c < expected.Means.Length; c++)
        {
            Assert.Equal(expected.Means[c], actual.Means[c], 1e-12);
            Assert.Equal(expected.Variances[c], actual.Variances[c], 1e-12);
        }
    }

    [Fact]
    public void Complete_rows_are_those_with_every_entry()
    {
        double[] values = [1, 2, double.NaN, 4, 0, 6];
        var data = new Dataset("rows", SparseRows.Of(new NumberRows(values, 2), absent: true)) { Missing = MissingValues.Absent };
        Dataset complete = data.CompleteRows();
        Assert.Equal((2, null), (complete.Count, complete.Missing));
        Assert.Equal([0.0, 6], Row(complete, 1));
        Assert.Equal([0.5, 4], Row(data.WithoutGaps().Select([0]), 0).Select((x, c) => c == 0 ? x / 2 : x + 2));
    }

    [Fact]
    public void Scaling_to_a_range_leaves_zeros_where_the_least_value_is_zero()
    {
        double[] values = [0, 4, 2, 0, 1, 0];
        var dense = new Dataset("rows", new NumberRows(values, 2));
        var sparse = new Dataset("rows", SparseRows.Of(dense.Rows));
        Assert.Equal([0, 1, 1, 0, 0.5, 0], Flat(MinMaxScaler.Fit(sparse).Transform(sparse)));
        Assert.Equal(Flat(Standardizer.Fit(dense).Transform(dense)).Select(x => Math.Round(x, 14)),
            Flat(Standardizer.Fit(sparse).Transform(sparse)).Select(x => Math.Round(x, 14)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Scaled_rows_stay_sparse_where_what_is_not_kept_stays_what_it_is(bool absent)
    {
        var (dense, sparse) = Both(absent);
        Dataset Scaled(Dataset data) => MinMaxScaler.Fit(data).Transform(data);
        // Of columns with negative values zeros move; what is absent has nothing that could.
        Assert.Equal(absent ? sparse.Rows.Entries : null, Scaled(sparse).Rows.Entries);
        Equal(Scaled(dense).Statistics, Scaled(sparse).Statistics);
        Assert.Equal(Gathered(Scaled(dense), 1, 8), Gathered(Scaled(sparse), 1, 8));
        var counts = new Dataset("counts", new SparseRows([0, 1, 3, 3], [0, 0, 2], [4, 2, 3], 3));
        Assert.Equal(3, Scaled(counts).Rows.Entries);
        Assert.Equal([1.0, 0, 0, 0.5, 0, 1, 0, 0, 0], Flat(Scaled(counts)));
        Assert.Equal(new double[,] { { 1, 0, 0 }, { 0.5, 0, 1 } }, Gathered(Scaled(counts), 0, 1));
        Assert.Equal([0.5, 0, 0.3333], Scaled(counts).Means().Select(x => Math.Round(x, 4)));
    }

    static double[] Flat(Dataset data) => [.. Enumerable.Range(0, data.Count).SelectMany(r => Row(data, r))];

    [Fact]
    public void A_batch_larger_than_a_chunk_of_the_transfer_is_clean()
    {
        // 30 columns of which a chunk holds all rows of a batch, and 200 000 of which it holds one.
        foreach (int width in (int[])[30, 200_000])
        {
            var rows = new SparseRows([0, 2, 2, 3], [1, width - 1, 0], [5, 6, 7], width);
            var batch = new Matrix(4, width, Placement.Default.Double);
            rows.Gather([0, 1, 2, 0], batch);
            double[,] values = batch.ToArray();
            Assert.Equal((5, 6, 7, 5), (values[0, 1], values[0, width - 1], values[2, 0], values[3, 1]));
            Assert.Equal(5.0 + 6 + 7 + 5 + 6, values.Cast<double>().Sum());
        }
    }

    [Fact]
    public void Gathering_allocates_nothing_once_warm()
    {
        var rows = SparseRows.Of(new NumberRows(Values(0), Width));
        var view = new SelectedRows(rows, [.. Enumerable.Range(0, Count).Reverse()]);
        var batch = new Matrix(10, Width);
        int[] indices = [.. Enumerable.Range(20, 10)];
        Assert.Equal(0, Allocation.Least(() => view.Gather(indices, batch)));
    }

    // As dense numbers the rows would be 80 MB, and were so for each epoch once; a batch of 20 of them is 1.6 MB, which is taken once.
    [Fact]
    public void A_warm_epoch_allocates_no_row_and_the_rows_stay_sparse()
    {
        const int Rows = 1000, Columns = 20_136, Each = 200;
        int[] starts = [.. Enumerable.Range(0, Rows + 1).Select(r => r * Each)];
        int[] columns = [.. Enumerable.Range(0, Rows * Each).Select(e => e / Each % 100 + e % Each * 100)];
        var data = new Dataset("rows", new SparseRows(starts, columns, null, Columns));
        var model = new Rbm(new BernoulliLayer(Columns), new BernoulliLayer(2));
        var trainer = new Trainer(model, new ContrastiveDivergence(), new Sgd(), new TrainerOptions { BatchSize = 20 });
        long before = 0;
        foreach (TrainingProgress progress in trainer.Run(data, epochs: 2))
            if (progress is { Epoch: 1, Completed: not null }) before = GC.GetAllocatedBytesForCurrentThread();
        // What begins and ends an epoch, and not one vector of columns.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Columns * sizeof(float));
        Assert.Equal(Rows * Each, data.Rows.Entries);
    }

    // As dense numbers these rows would be 1.6 GB; a vector of columns is 160 kB, and there are a few.
    [Fact]
    public void Memory_follows_the_entries_and_not_the_columns()
    {
        const int Rows = 20_000, Columns = 20_000, Each = 10;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var starts = new int[Rows + 1];
        var columns = new int[Rows * Each];
        for (int r = 0; r < Rows; r++)
        {
            starts[r + 1] = (r + 1) * Each;
            for (int e = 0; e < Each; e++) columns[r * Each + e] = (r * 7 % 1000) + e * 1900;
        }
        var data = new Dataset("rows", new SparseRows(starts, columns, null, Columns));
        var (train, test) = Split.Random(data, 0.1, new Rng(1));
        Scaling scaling = MinMaxScaler.Fit(train);
        NumberRange.Check(train, scaling, Precision.Float32);
        Dataset scaled = scaling.Transform(test);
        scaled.Rows.Gather([.. Enumerable.Range(0, 20)], new Matrix(20, Columns));
        Assert.InRange(train.Entropy, 1, Math.Log(Rows));
        Assert.Equal(Each / (double)Columns, train.Means().Average(), 1e-6);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Fact]
    public void Arrays_that_make_no_rows_are_refused()
    {
        Assert.Contains("rise", Refused([0, 2], [1, 1], null, 3));
        Assert.Contains("rise", Refused([0, 2], [2, 1], null, 3));
        Assert.Contains("within 0..2", Refused([0, 1], [3], null, 3));
        Assert.Contains("starts", Refused([0, 1], [0, 1], null, 3));
        Assert.Contains("ends before", Refused([0, 2, 1, 2], [0, 1], null, 3));
        Assert.Contains("1 values for 2", Refused([0, 2], [0, 1], [1f], 3));
        Assert.Contains("NaN", Refused([0, 1], [0], [float.NaN], 3));

        static string Refused(int[] starts, int[] columns, float[]? values, int width) =>
            Assert.Throws<ArgumentException>(() => new SparseRows(starts, columns, values, width)).Message;
    }
}
