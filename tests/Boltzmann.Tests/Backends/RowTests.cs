namespace Boltzmann.Tests.Backends;

/// <summary>
/// Blocks that are read and written, rows that are filled, picked, exchanged, labelled and counted: exact on every backend, at awkward
/// sizes.
/// </summary>
public class RowTests
{
    static readonly int[] Columns = [0, 1, 7, 8, 15, 16, 17, 31, 33, 1000];

    /// <summary>Every backend, and one with nothing but the core, so that the defaults are tested as well.</summary>
    static Backend[] Backends { get; } = [ReferenceBackend.Shared, .. KernelCase.Cpus, new CoreBackend(new CpuBackend(1))];

    static IEnumerable<Placement> Placements =>
        from backend in Backends from precision in Enum.GetValues<Precision>() select new Placement(backend, precision);

    // The padding of single precision holds hostile values where an operation writes past its columns.
    static double[,] Values(int rows, int columns, int seed)
    {
        double[,] values = KernelCase.Values(rows, columns, seed);
        double[] hostile = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];
        for (int i = 0; i < Math.Min(values.Length, hostile.Length); i++) values[i % rows, i * 7 % columns] = hostile[i];
        return values;
    }

    [Fact]
    public void Blocks_of_rows_and_columns_go_in_and_out()
    {
        foreach (Placement placement in Placements)
            foreach (int columns in Columns)
            {
                double[,] values = Values(5, columns, columns);
                Matrix matrix = Matrix.From(values, placement);
                Assert.Equal(values, matrix.ToArray());
                var rows = new double[3 * columns];
                matrix.ReadRows(1, 3, rows);
                Assert.Equal(values.Cast<double>().Skip(columns).Take(3 * columns), rows);
                var other = new Matrix(5, columns, placement);
                other.WriteRows(2, 3, rows);
                Assert.Equal(rows, other.ToArray().Cast<double>().Skip(2 * columns));
                Assert.All(other.ToArray().Cast<double>().Take(2 * columns), x => Assert.Equal(0, x));
                int first = columns / 3, count = columns - first - columns / 4;
                var block = new double[5 * count];
                matrix.ReadColumns(first, count, block);
                Assert.Equal(from r in Enumerable.Range(0, 5) from c in Enumerable.Range(first, count) select values[r, c], block);
                other.Fill(0);
                other.WriteColumns(first, count, block);
                for (int c = 0; c < columns; c++)
                    Assert.Equal(c >= first && c < first + count ? matrix.ReadColumn(c) : new double[5], other.ReadColumn(c));
                KernelCase.AssertPadded(other);
            }
    }

    [Fact]
    public void Blocks_outside_are_refused_with_their_place()
    {
        var matrix = new Matrix(4, 3);
        string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.Contains("rows 3..5 are not inside a [4 × 3] matrix", Message(() => matrix.ReadRows(3, 2, new double[6])));
        Assert.Contains("2 rows of a [4 × 3] matrix have 6 values, not 5", Message(() => matrix.WriteRows(0, 2, new double[5])));
        Assert.Contains("columns 2..4 are not inside a [4 × 3] matrix", Message(() => matrix.WriteColumns(2, 2, new double[8])));
        Assert.Contains("2 columns of a [4 × 3] matrix have 8 values, not 9", Message(() => matrix.ReadColumns(1, 2, new double[9])));
        Assert.Contains("entry (0, 3) is not inside", Message(() => matrix.WriteColumn(3, new double[4])));
    }

    [Fact]
    public void Matrices_are_filled_together_and_copied_together()
    {
        foreach (Placement placement in Placements)
            foreach (int columns in Columns)
            {
                Matrix[] matrices = [Matrix.From(Values(3, columns, 1), placement), Matrix.From(Values(1, columns + 1, 2), placement)];
                Matrix[] copies = [.. matrices.Select(m => m.Like(m.Rows, m.Columns))];
                Matrix.Copy(copies, matrices);
                for (int i = 0; i < copies.Length; i++) Assert.Equal(matrices[i].ToArray(), copies[i].ToArray());
                Matrix.Fill(matrices, -2.5);
                foreach (Matrix matrix in matrices)
                {
                    Assert.All(matrix.ToArray().Cast<double>(), x => Assert.Equal(-2.5, x));
                    KernelCase.AssertPadded(matrix);
                }
            }
    }

    [Fact]
    public void Rows_change_places_where_the_mask_is_not_zero()
    {
        foreach (Placement placement in Placements)
            foreach (int columns in Columns)
            {
                double[,] left = Values(9, columns, 1), right = Values(9, columns, 2);
                double[,] mask = new double[9, 1];
                for (int r = 0; r < 9; r++) mask[r, 0] = r % 3 == 0 ? 1 : r % 5 == 0 ? -0.5 : 0;
                Matrix a = Matrix.From(left, placement), b = Matrix.From(right, placement);
                a.ExchangeRows(b, Matrix.From(mask, placement));
                double[,] ofA = a.ToArray(), ofB = b.ToArray();
                for (int r = 0; r < 9; r++)
                    for (int c = 0; c < columns; c++)
                    {
                        Assert.Equal(mask[r, 0] == 0 ? left[r, c] : right[r, c], ofA[r, c]);
                        Assert.Equal(mask[r, 0] == 0 ? right[r, c] : left[r, c], ofB[r, c]);
                    }
            }
    }

    [Fact]
    public void Labels_become_one_hot_rows()
    {
        foreach (Placement placement in Placements)
            foreach (int columns in Columns.Skip(1))
            {
                int[] labels = [.. Enumerable.Range(0, 7).Select(r => r * 5 % columns)];
                Matrix matrix = Matrix.From(Values(7, columns, 3), placement);
                matrix.SetOneHot(labels);
                for (int r = 0; r < 7; r++)
                    Assert.Equal(Enumerable.Range(0, columns).Select(c => c == labels[r] ? 1.0 : 0), matrix.ReadRow(r));
            }
    }

    [Fact]
    public void Rows_are_picked_from_matrices_of_either_precision()
    {
        int[] indices = [10, 0, 3, 4, 7, 8, 3, 10];
        foreach (Placement placement in Placements)
            foreach (Precision precision in Enum.GetValues<Precision>())
                foreach (int columns in Columns)
                {
                    double[,] values = Values(11, columns, 4);
                    Matrix whole = Matrix.From(values, placement with { Precision = precision });
                    Matrix picked = new(indices.Length, columns, placement);
                    picked.GatherRows([whole.RowRange(0, 4), whole.RowRange(4, 4), whole.RowRange(8, 3)], indices);
                    for (int i = 0; i < indices.Length; i++) Assert.Equal(whole.ReadRow(indices[i]), picked.ReadRow(i));
                }
    }

    [Fact]
    public void Rows_are_picked_from_another_backend()
    {
        Matrix source = Matrix.From(Values(5, 6, 1), new(ReferenceBackend.Shared, Precision.Float64));
        Matrix picked = new(3, 6, new(new CpuBackend(1), Precision.Float32));
        picked.GatherRows([source], [4, 0, 4]);
        Assert.Equal(source.Clone(Precision.Float32).ReadRow(4), picked.ReadRow(2));
    }

    [Fact]
    public void Rows_are_picked_from_numbers_of_the_host()
    {
        int[] indices = [6, 0, 3, 3, 5];
        foreach (Placement placement in Placements)
            foreach (int columns in Columns)
            {
                double[] doubles = [.. Values(7, columns, 5).Cast<double>()];
                float[] singles = [.. doubles.Select(x => (float)x)];
                byte[] bytes = [.. Enumerable.Range(0, 7 * columns).Select(i => (byte)(i * 37))];
                Matrix picked = new(indices.Length, columns, placement);
                picked.Gather(HostValues.Of(doubles), indices);
                RequireRows(picked, indices, i => placement.Precision == Precision.Float32 ? (float)doubles[i] : doubles[i]);
                picked.Gather(HostValues.Of(singles), indices);
                RequireRows(picked, indices, i => singles[i]);
                picked.Gather(HostValues.Of(bytes), indices, 0.25);
                RequireRows(picked, indices, i => bytes[i] * 0.25);
            }
    }

    static void RequireRows(Matrix picked, int[] indices, Func<int, double> number)
    {
        for (int i = 0; i < indices.Length; i++)
            Assert.Equal(Enumerable.Range(0, picked.Columns).Select(c => number(indices[i] * picked.Columns + c)), picked.ReadRow(i));
        KernelCase.AssertPadded(picked);
    }

    [Fact]
    public void Scores_count_hits_and_sum_errors_and_targets()
    {
        foreach (Placement placement in Placements)
            foreach (int columns in Columns.Skip(1))
            {
                double[,] outputs = KernelCase.Values(33, columns, 6), targets = KernelCase.Values(33, columns, 7);
                // Ties go to the first, and so must both sides.
                for (int c = 0; c < columns; c++) (outputs[0, c], targets[0, c]) = (0.25, c == 0 ? 1 : 0);
                Matrix totals = new(1, 2 + 2 * columns, placement.Double);
                totals.Fill(1);
                totals.AddScores(Matrix.From(outputs, placement), Matrix.From(targets, placement));
                double right = 1, errors = 1;
                double[] sums = [.. Enumerable.Repeat(1.0, columns)], squares = [.. sums];
                for (int r = 0; r < 33; r++)
                {
                    double[] y = [.. Enumerable.Range(0, columns).Select(c => outputs[r, c])];
                    double[] t = [.. Enumerable.Range(0, columns).Select(c => targets[r, c])];
                    bool isRight = columns == 1 ? y[0] > 0.5 == t[0] > 0.5 : Array.IndexOf(y, y.Max()) == Array.IndexOf(t, t.Max());
                    if (isRight) right++;
                    for (int c = 0; c < columns; c++)
                    {
                        sums[c] += t[c];
                        squares[c] += t[c] * t[c];
                        errors += (y[c] - t[c]) * (y[c] - t[c]);
                    }
                }
                Assert.Equal([right, errors, .. sums, .. squares], totals.ReadRow(0));
            }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Placement place = Placement.Default;
        Matrix a = new(4, 3, place), b = new(4, 3, place), mask = new(4, 1, place);
        string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.Contains("other memory", Message(() => a.ExchangeRows(a, mask)));
        Assert.Contains("[4 × 2]", Message(() => a.ExchangeRows(new Matrix(4, 2, place), mask)));
        Assert.Contains("[3 × 1]", Message(() => a.ExchangeRows(b, new Matrix(3, 1, place))));
        Assert.Contains("label 3 is not one of 3 columns", Message(() => a.SetOneHot([0, 1, 2, 3])));
        Assert.Contains("3 labels do not fit [4 × 3]", Message(() => a.SetOneHot([0, 1, 2])));
        Assert.Contains("row 4 is not one of 4", Message(() => a.GatherRows([b], [0, 1, 2, 4])));
        Assert.Contains("part 1 has 5 rows", Message(() => a.GatherRows([b, new Matrix(5, 3, place)], [0, 1, 2, 3])));
        Assert.Contains("row 2 is not one of 2", Message(() => a.Gather(HostValues.Of(new byte[7]), [0, 1, 1, 2])));
        Assert.Contains("[1 × 8] in Float64", Message(() => new Matrix(1, 8, place).AddScores(a, b)));
    }

    [Fact]
    public void Warm_operations_on_rows_allocate_nothing()
    {
        Placement place = new(new CpuBackend(2), Precision.Float32);
        Matrix a = new(200, 999, place), b = new(200, 999, place), mask = new(200, 1, place), totals = new(1, 2 + 2 * 999, place.Double);
        int[] indices = [.. Enumerable.Range(0, 200).Select(i => i * 7 % 200)];
        HostValues singles = HostValues.Of(new float[200 * 999]), doubles = HostValues.Of(new double[200 * 999]);
        Matrix[] both = [a, b];
        mask.Fill(1);
        var values = new double[200];
        Assert.Equal(0, Allocation.Least(() =>
        {
            a.ExchangeRows(b, mask);
            a.SetOneHot(indices);
            a.GatherRows([b], indices);
            a.Gather(singles, indices);
            a.Gather(doubles, indices);
            totals.AddScores(a, b);
            Matrix.Fill(both, 3);
            a.ReadColumn(3, values);
            a.WriteColumn(4, values);
        }));
    }
}
