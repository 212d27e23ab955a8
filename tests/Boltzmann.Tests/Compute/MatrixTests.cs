namespace Boltzmann.Tests.Compute;

public unsafe class MatrixTests
{
    static readonly Placement Single = new(ReferenceBackend.Shared, Precision.Float32),
        Double = new(ReferenceBackend.Shared, Precision.Float64);

    static Matrix New(int rows, int columns) => new(rows, columns, Double);

    static void RequireMessage(string expected, Action action) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(action).Message);

    [Theory, InlineData(1, 16), InlineData(16, 16), InlineData(17, 48), InlineData(64, 80), InlineData(784, 784), InlineData(1024, 1040),
        InlineData(0, 16)]
    public void Rows_start_on_cache_lines_an_odd_number_apart(int columns, int stride)
    {
        var matrix = new Matrix(3, columns, Single);
        Assert.Equal(stride, matrix.Stride);
        Assert.Equal(0, HostStorage.AddressOf(matrix) % 64);
        for (int i = 0; i < 3 * stride; i++) Assert.Equal(0, ((float*)HostStorage.AddressOf(matrix))[i]);
    }

    [Fact]
    public void Negative_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => New(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => New(1, -2));
    }

    [Fact]
    public void Entries_go_in_and_out()
    {
        double[,] values = { { 1, 2, 3 }, { 4, 5, 6 } };
        Matrix matrix = Matrix.From(values, Double);
        Assert.Equal(values, matrix.ToArray());
        Assert.Equal([4, 5, 6], matrix.ReadRow(1));
        Assert.Equal([2, 5], matrix.ReadColumn(1));
        matrix[1, 2] = 7.5;
        Assert.Equal(7.5, matrix[1, 2]);
        Assert.Equal("[2 × 3] Float64 on reference", matrix.ToString());
        Assert.Equal([2.5, 2.5], Matrix.Row(2, 2.5, Double).ReadRow(0));
        matrix.Fill(9);
        Assert.Equal([9, 9, 9], matrix.ReadRow(0));
    }

    [Fact]
    public void Entries_outside_are_refused_with_their_place()
    {
        Matrix matrix = New(2, 3);
        RequireMessage("entry (2, 0) is not inside a [2 × 3] matrix", () => _ = matrix[2, 0]);
        RequireMessage("entry (0, 3) is not inside", () => matrix[0, 3] = 1);
        RequireMessage("entry (-1, 0) is not inside", () => _ = matrix[-1, 0]);
        RequireMessage("row 2 is not inside a [2 × 3] matrix", () => matrix.ReadRow(2));
        RequireMessage("has 3 values, not 2", () => matrix.WriteRow(0, [1, 2]));
        RequireMessage("entry (0, 5)", () => matrix.ReadColumn(5));
    }

    [Fact]
    public void Views_of_rows_share_the_memory()
    {
        Matrix matrix = Matrix.From(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } }, Double), view = matrix.RowRange(1, 3),
            inner = view.RowRange(1, 1);
        Assert.Equal([2, 3, 4], view.ReadColumn(0));
        inner[0, 0] = 30;
        Assert.Equal(30, matrix[2, 0]);
        Assert.Same(matrix.Storage, inner.Storage);
        Assert.Same(matrix, matrix.RowRange(0, 4));
        Assert.Equal(0, matrix.RowRange(4, 0).Rows);
        RequireMessage("rows 3..5 are not inside a [4 × 1] matrix", () => matrix.RowRange(3, 2));
        RequireMessage("rows -1..0", () => matrix.RowRange(-1, 1));
        RequireMessage("rows 0..-1", () => matrix.RowRange(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.RowRange(int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void Memory_that_was_freed_is_refused()
    {
        foreach (Backend backend in new Backend[] { ReferenceBackend.Shared, CpuBackend.Shared })
        {
            var matrix = new Matrix(2, 3, new(backend, Precision.Float32));
            Matrix view = matrix.RowRange(1, 1);
            Assert.Equal((0, 64), (matrix.Offset, view.Offset));
            matrix.Storage.Dispose();
            matrix.Storage.Dispose();
            Assert.Throws<ObjectDisposedException>(() => matrix.ReadRow(0));
            Assert.Throws<ObjectDisposedException>(() => view.Fill(1));
        }
    }

    [Fact]
    public void Clones_have_memory_of_their_own_in_either_precision()
    {
        foreach (Backend backend in new Backend[] { ReferenceBackend.Shared, CpuBackend.Shared })
        {
            Matrix matrix = Matrix.From(new[,] { { 0.1, 2 }, { 1e-40, -3 } }, new(backend, Precision.Float64));
            Matrix same = matrix.Clone(), single = matrix.Clone(Precision.Float32), back = single.Clone(Precision.Float64);
            Assert.Equal(matrix.ToArray(), same.ToArray());
            Assert.Equal(Precision.Float32, single.Precision);
            Assert.Equal((float)0.1, single[0, 0]);
            Assert.Equal((float)1e-40, back[1, 0]);
            same[0, 0] = 5;
            Assert.Equal(0.1, matrix[0, 0]);
            Assert.Equal([-3.0], matrix.RowRange(1, 1).Clone().ReadRow(0)[1..]);
        }
    }

    [Fact]
    public void Products_name_the_shapes_that_do_not_fit()
    {
        Matrix batch = New(10, 768), weights = New(784, 500);
        RequireMessage("weights are [784 × 500], but the batch has 768 columns", () => New(10, 500).SetProduct(batch, weights));
        RequireMessage("a product of [10 × 784] and [784 × 500] does not fit [10 × 499]",
            () => New(10, 499).SetProduct(New(10, 784), weights));
        RequireMessage("a product of [10 × 500] and [784 × 500]ᵀ does not fit [9 × 784]",
            () => New(9, 784).SetProduct(New(10, 500), weights, transposeRight: true));
        Matrix square = New(4, 4);
        RequireMessage("also an operand", () => square.SetProduct(square, New(4, 4)));
        RequireMessage("also an operand", () => square.RowRange(0, 2).SetProduct(square.RowRange(1, 2), New(4, 4)));
        square.RowRange(0, 2).SetProduct(square.RowRange(2, 2), New(4, 4));
        RequireMessage("do not form [4 × 4]", () => square.SetOuterProducts([new(New(3, 4), New(3, 5), 1)]));
        RequireMessage("also an operand", () => square.SetOuterProducts([new(square, New(4, 4), 1)]));
    }

    [Fact]
    public void Operands_of_another_precision_or_backend_are_refused()
    {
        RequireMessage("one operand is Float64 on reference, another Float32 on reference",
            () => New(1, 2).SetSum(new Matrix(1, 2, Single)));
        RequireMessage("another Float64 on cpu",
            () => New(1, 2).SetSum(New(1, 2), 1, new Matrix(1, 2, new(CpuBackend.Shared, Precision.Float64))));
    }

    [Fact]
    public void A_copy_between_backends_goes_by_way_of_the_host()
    {
        Matrix source = Matrix.Row([1.5, -2, 1e-3], new(CpuBackend.Shared, Precision.Float64)), copy = new(1, 3, Single);
        copy.SetCopy(source);
        Assert.Equal([1.5, -2, (float)1e-3], copy.ReadRow(0));
    }

    [Fact]
    public void Element_wise_operations_name_the_shapes_that_do_not_fit()
    {
        Matrix a = New(3, 4);
        RequireMessage("[3 × 5] cannot be combined with [3 × 4]", () => a.SetSum(New(3, 5)));
        RequireMessage("[2 × 4] cannot be spread over [3 × 4]", () => a.SetSum(a, 1, New(2, 4)));
        RequireMessage("[3 × 2] cannot be spread over [3 × 4]", () => a.SetScaled(a, New(3, 2)));
        RequireMessage("the power must be 1, -1, 0.5 or -0.5, not 2", () => a.SetScaled(a, a, 2));
        RequireMessage("cannot be spread over", () => a.SetGreater(a, New(1, 3)));
        RequireMessage("the largest norm must be positive, not 0", () => a.LimitColumnNorms(0));
        RequireMessage("the largest norm must be positive, not NaN", () => a.LimitColumnNorms(double.NaN));
        foreach (var (rows, columns) in new[] { (3, 4), (1, 4), (3, 1), (1, 1) }) a.SetSum(a, 1, New(rows, columns));
    }

    [Fact]
    public void Sums_and_units_name_the_shapes_that_do_not_fit()
    {
        Matrix batch = New(3, 4), row = New(1, 4), column = New(3, 1);
        RequireMessage("column sums of [3 × 4] do not fit [1 × 5]", () => New(1, 5).SetColumnSums(batch));
        RequireMessage("row weights are [2 × 1], but the batch has 3 rows", () => row.SetColumnSums(batch, rowWeights: New(2, 1)));
        RequireMessage("[3 × 5] cannot be combined with [3 × 4]", () => row.SetColumnSums(batch, New(3, 5)));
        RequireMessage("one value per row of [3 × 4] does not fit [2 × 1]", () => New(2, 1).AddRowSums(batch));
        RequireMessage("[1 × 5] cannot be a row for [3 × 4]", () => column.AddRowSums(batch, New(1, 5)));
        RequireMessage("[1 × 3] cannot be a row for [3 × 4]", () => New(3, 4).SetTwoStateMean(batch, New(1, 3), 0, 1));
        RequireMessage("4 columns do not divide into blocks of 3 categories", () => New(3, 4).SetSoftmaxMean(batch, row, 3));
        RequireMessage("4 columns do not divide into blocks of 0 categories", () => column.AddLogSumExp(batch, row, 0));
        RequireMessage("cannot be a row for", () => New(3, 4).SampleRectified(batch, row, New(1, 1), new Rng()));
    }

    [Fact]
    public void Adam_needs_both_states()
    {
        Matrix w = New(2, 2), state = New(2, 2);
        RequireMessage("Adam needs two state matrices", () => w.Update(state, null, [], new(0.1, IsAdam: true)));
        RequireMessage("cannot be the optimiser's state of", () => w.Update(New(2, 3), null, [], new(0.1)));
    }
}
