namespace Boltzmann.Tests.Data;

/// <summary>Rows that lie in matrices.</summary>
public class MatrixRowsTests
{
    [Fact]
    public void Rows_of_several_parts_are_found_and_gathered_in_any_order()
    {
        var rows = new MatrixRows([Matrix.From(new double[,] { { 1, 2 }, { 3, 4 } }), Matrix.From(new double[,] { { 5, 6 }, { 7, 8 } }),
            Matrix.From(new double[,] { { 9, 10 } })], 2);
        Assert.Equal((5, 2), (rows.Count, rows.Columns));
        var batch = new Matrix(4, 2, Placement.Default.Double);
        rows.Gather([4, 0, 3, 0], batch);
        Assert.Equal(new double[,] { { 9, 10 }, { 1, 2 }, { 7, 8 }, { 1, 2 } }, batch.ToArray());
        var row = new double[2];
        rows.Read(2, row);
        Assert.Equal([5, 6], row);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Read(5, row));
        Assert.Throws<ArgumentOutOfRangeException>(() => rows.Gather([5], new Matrix(1, 2)));
    }

    [Fact]
    public void Parts_that_do_not_fit_together_are_refused()
    {
        Assert.Contains("part 1 is [2 × 3]",
            Assert.Throws<ArgumentException>(() => new MatrixRows([new Matrix(2, 2), new Matrix(2, 3)], 2)).Message);
        Assert.Contains("part 1 has 1 rows",
            Assert.Throws<ArgumentException>(() => new MatrixRows([new Matrix(2, 2), new Matrix(1, 2), new Matrix(2, 2)], 2)).Message);
        Assert.Throws<ArgumentException>(() => new MatrixRows([new Matrix(2, 2), new Matrix(3, 2)], 2));
        Assert.Equal((0, 7), (new MatrixRows([], 7).Count, new MatrixRows([], 7).Columns));
    }

    [Fact]
    public void Gathering_allocates_nothing_once_warm()
    {
        var rows = new MatrixRows(new Matrix(100, 50));
        var batch = new Matrix(10, 50);
        int[] indices = [.. Enumerable.Range(20, 10)];
        Assert.Equal(0, Allocation.Least(() => rows.Gather(indices, batch)));
    }
}
