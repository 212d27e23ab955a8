namespace Boltzmann.Tests.Data;

public class DatasetTests
{
    static readonly Placement Double = new(ReferenceBackend.Shared, Precision.Float64);

    static Dataset Numbers(params double[][] rows) => new("numbers", new NumberRows([.. rows.SelectMany(row => row)], rows[0].Length));

    static double[][] Entries(Dataset data)
    {
        Matrix matrix = data.ToMatrix(Double);
        return [.. Enumerable.Range(0, data.Count).Select(matrix.ReadRow)];
    }

    public static TheoryData<string> Kinds => ["bytes", "single", "double"];

    static Rows Make(string kind)
    {
        byte[] values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        return kind switch
        {
            "bytes" => new ByteRows(values, 3, scale: 0.5),
            "single" => new NumberRows(Array.ConvertAll(values, x => x * 0.5f), 3),
            _ => new NumberRows(Array.ConvertAll(values, x => x * 0.5), 3),
        };
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_of_rows_gathers_what_it_reads(string kind)
    {
        Rows rows = Make(kind);
        var batch = new Matrix(3, 3, Double);
        rows.Gather([3, 0, 3], batch);
        Assert.Equal(new double[,] { { 4.5, 5, 5.5 }, { 0, 0.5, 1 }, { 4.5, 5, 5.5 } }, batch.ToArray());
        var row = new double[3];
        rows.Read(1, row);
        Assert.Equal([1.5, 2, 2.5], row);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Gather([4, 0, 0], batch));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Gather([-1, 0, 0], batch));
        Assert.Throws<ArgumentException>(() => rows.Gather([0], batch));
        Assert.Throws<ArgumentException>(() => rows.Read(0, new double[2]));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_warm_gather_allocates_nothing(string kind)
    {
        var rows = new SelectedRows(new SelectedRows(Make(kind), [3, 2, 1, 0]), [0, 1, 2]);
        var batch = new Matrix(2, 3, Double);
        int[] indices = [0, 2];
        Assert.Equal(0, Allocation.Least(() => rows.Gather(indices, batch)));
        Assert.Equal([4.5, 5, 5.5], batch.ReadRow(0));
    }

    [Fact]
    public void A_selection_of_a_selection_keeps_rows_labels_and_weights_together()
    {
        var data = new Dataset("some", Make("double"))
        {
            Labels = [0, 1, 2, 3],
            RowWeights = [1, 2, 3, 4],
            LabelNames = ["a", "b", "c", "d"]
        };
        Dataset some = data.Select([3, 1, 1, 0]).Select([2, 0]);
        Assert.Equal([[1.5, 2, 2.5], [4.5, 5, 5.5]], Entries(some));
        Assert.Equal([1, 3], some.Labels!);
        Assert.Equal([2, 4], some.RowWeights!);
        Assert.Equal(4, some.Classes);
        Assert.Equal([2, 3], data.Take(5, first: 2).Labels!);
        Assert.Same(data, data.Take(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Select([4]));
    }

    [Fact]
    public void Statistics_are_exact_also_where_the_mean_is_large()
    {
        Dataset data = Numbers([1e9 + 1, -5, 7], [1e9 + 2, 5, 7], [1e9 + 3, 0, 7]);
        Assert.Equal([1e9 + 2, 0, 7], data.Means());
        Assert.Equal([2 / 3.0, 50 / 3.0, 0], data.Statistics.Variances.Select(x => Math.Round(x, 12)), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1e9 + 1, -5, 7], data.Minimum());
        Assert.Equal([1e9 + 3, 5, 7], data.Maximum());
    }

    [Fact]
    public void Row_weights_count_as_repeated_rows()
    {
        double[][] rows = [[1, 5], [2, 7], [4, -1]];
        var weighted = new Dataset("weighted", Numbers(rows).Rows) { RowWeights = [3, 0, 1] };
        Dataset repeated = Numbers(rows[0], rows[0], rows[0], rows[2]);
        Assert.Equal(repeated.Means(), weighted.Means());
        Assert.Equal(repeated.Statistics.Variances, weighted.Statistics.Variances, (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(repeated.Entropy, weighted.Entropy, 14);
    }

    [Fact]
    public void Entropy_counts_equal_rows_as_one()
    {
        Assert.Equal(0.5 * Math.Log(2) + 0.5 * Math.Log(4), Numbers([0, 1], [-0.0, 1], [1, 0], [1, 1]).Entropy, 14);
        Assert.Equal(0, Numbers([3], [3]).Entropy);
    }

    [Fact]
    public void What_does_not_fit_the_rows_is_refused()
    {
        Rows rows = Make("bytes");
        Assert.Throws<ArgumentException>(() => new Dataset("x", rows) { Labels = [1] });
        Assert.Throws<ArgumentException>(() => new Dataset("x", rows) { RowWeights = [1, 1, 1, -1] });
        Assert.Throws<ArgumentException>(() => new Dataset("x", rows) { RowWeights = [1] });
        Assert.Throws<ArgumentException>(() => new Dataset("x", rows) { Image = new(2, 2) });
        Assert.Throws<ArgumentException>(() => new Dataset("x", rows) { ColumnNames = ["a"] });
        Assert.Throws<ArgumentException>(() => new ByteRows(new byte[5], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset("x", rows).ToMatrix(3, 2));
    }
}
