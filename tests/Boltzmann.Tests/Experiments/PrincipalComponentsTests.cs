using Boltzmann.Experiments;

namespace Boltzmann.Tests.Experiments;

/// <summary>Principal components are the best linear code.</summary>
public class PrincipalComponentsTests
{
    static Placement Double { get; } = new(new CpuBackend(1), Precision.Float64);

    // Independent columns of deviations 8, 4, 2, 1, 1, turned by a rotation that mixes them.
    static Dataset Rows()
    {
        double[] deviations = [8, 4, 2, 1, 1];
        var normal = new Matrix(3000, 5, Double);
        normal.SampleNormal(new Rng(4));
        var values = new double[normal.Rows * 5];
        for (int r = 0; r < normal.Rows; r++)
        {
            double[] x = [.. normal.ReadRow(r).Zip(deviations, (z, d) => z * d)];
            for (int turn = 0; turn < 4; turn++)
            {
                double a = x[turn], b = x[turn + 1];
                (x[turn], x[turn + 1]) = (0.6 * a - 0.8 * b, 0.8 * a + 0.6 * b);
            }
            for (int c = 0; c < 5; c++) values[5 * r + c] = x[c] + 10 * c;
        }
        return new("rows", new NumberRows(values, 5));
    }

    [Theory, InlineData(1, 22), InlineData(2, 6), InlineData(3, 2)]
    public void What_they_leave_out_is_the_variance_of_the_other_directions(int count, double left)
    {
        Dataset data = Rows();
        PrincipalComponents components = PrincipalComponents.Of(data, count, Double);
        Matrix rows = data.ToMatrix(Double), again = components.Decode(components.Encode(rows));
        again.SetSum(rows, 1, again, -1);
        // A variance of 3000 normal numbers has a relative error of √(2/3000), 2.6 %.
        Assert.Equal(left, again.Summarize().SumOfSquares / rows.Rows, 4 * 0.026 * left);
    }

    [Fact]
    public void All_of_them_rebuild_rows()
    {
        Dataset data = Rows();
        PrincipalComponents components = PrincipalComponents.Of(data, 5, Double);
        Matrix rows = data.ToMatrix(0, 20, Double), again = components.Decode(components.Encode(rows));
        for (int r = 0; r < 20; r++)
            for (int c = 0; c < 5; c++) Assert.Equal(rows[r, c], again[r, c], 1e-10);
    }
}
