using static Boltzmann.Tests.Backends.KernelCase;

namespace Boltzmann.Tests.Backends;

public class ProductTests
{
    public static TheoryData<int, int, int, Precision> Shapes => KernelCase.Shapes;

    [Theory, MemberData(nameof(Shapes))]
    public void A_product_agrees_with_the_reference(int m, int k, int n, Precision precision) =>
        Check(Values(m, k, 1), Values(k, n, 2), precision, transpose: false, scale: 1, keep: 0);

    [Theory, MemberData(nameof(Shapes))]
    public void A_product_with_a_transposed_matrix_agrees_with_the_reference(int m, int k, int n, Precision precision) =>
        Check(Values(m, k, 3), Values(n, k, 4), precision, transpose: true, scale: 1, keep: 0);

    [Theory, MemberData(nameof(Shapes))]
    public void A_product_is_scaled_and_added_to_what_is_kept(int m, int k, int n, Precision precision)
    {
        Check(Values(m, k, 5), Values(k, n, 6), precision, transpose: false, scale: -0.7, keep: 0.3);
        Check(Values(m, k, 5), Values(n, k, 6), precision, transpose: true, scale: 1.5, keep: 1);
        Check(Values(m, k, 5), Values(k, n, 6), precision, transpose: false, scale: 2.5, keep: 0);
    }

    [Theory]
    [InlineData(0.0), InlineData(0.02), InlineData(0.1), InlineData(0.19), InlineData(0.5)]
    public void Products_of_sparse_states_agree_with_the_reference(double density)
    {
        foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 })
            foreach (int rows in new[] { 1, 10, 33 })
            {
                Check(Values(rows, 200, 7, density), Values(200, 130, 8), precision, transpose: false, scale: 1, keep: 0);
                Check(States(rows, 200, 9, density), Values(133, 200, 10), precision, transpose: true, scale: 1, keep: 0);
                Check(Values(rows, 600, 17, density), Values(600, 110, 18), precision, transpose: false, scale: 1, keep: 0);
                Check(Values(rows, 130, 11, density), Values(77, 130, 12), precision, transpose: true, scale: 0.5, keep: 2);
            }
    }

    [Fact]
    public void Infinities_and_NaN_appear_where_the_reference_has_them_and_nowhere_else()
    {
        foreach (bool transpose in new[] { false, true })
            foreach (double hostile in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                double[,] left = Values(9, 50, 13), right = transpose ? Values(21, 50, 14) : Values(50, 21, 14);
                left[4, 7] = hostile;
                right[3, 5] = hostile;
                Check(left, right, Precision.Float32, transpose, 1, 0);
                Check(left, right, Precision.Float64, transpose, 1, 0);
            }
    }

    [Fact]
    public void A_product_overwrites_NaN_when_nothing_is_kept()
    {
        foreach (CpuBackend backend in Cpus)
            foreach (bool transpose in new[] { false, true })
            {
                var destination = Matrix.From(new double[,] { { double.NaN } }, new(backend, Precision.Float32));
                destination.SetProduct(destination.Like(1, 3), transpose ? destination.Like(1, 3) : destination.Like(3, 1), transpose);
                Assert.Equal(0.0, destination[0, 0]);
            }
    }

    [Fact]
    public void A_warm_product_allocates_nothing()
    {
        var placement = new Placement(new CpuBackend(threads: 2), Precision.Float32);
        Matrix left = Matrix.From(Values(40, 300, 15, 0.2), placement), right = Matrix.From(Values(300, 200, 16), placement);
        Matrix product = left.Like(40, 200), back = left.Like(40, 300);
        Assert.Equal(0, Allocation.Least(Step));

        void Step()
        {
            product.SetProduct(left, right);
            back.SetProduct(product, right, transposeRight: true);
        }
    }

    [Theory]
    [InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Gathered_bytes_are_scaled_rows_of_the_source(Precision precision)
    {
        foreach (int columns in new[] { 0, 1, 7, 8, 15, 16, 17, 33, 784 })
        {
            var bytes = new byte[20 * columns + 1];
            new Random(17).NextBytes(bytes);
            var indices = new int[columns == 784 ? 100 : 9];
            for (int i = 0; i < indices.Length; i++) indices[i] = i * 7 % 20;
            HostValues source = HostValues.Of(bytes);
            var expected = new Matrix(indices.Length, columns, Plain(precision));
            expected.Backend.Gather(expected, source, indices, 1 / 255.0);
            foreach (CpuBackend backend in Cpus)
            {
                var actual = new Matrix(indices.Length, columns, new(backend, precision));
                backend.Gather(actual, source, indices, 1 / 255.0);
                AssertClose(expected, actual, expected, roundings: 3);      // of the scale, of the product, of the reference
            }
        }
    }

    static void Check(double[,] left, double[,] right, Precision precision, bool transpose, double scale, double keep)
    {
        int m = left.GetLength(0), k = left.GetLength(1), n = right.GetLength(transpose ? 0 : 1);
        double[,] old = Values(m, n, 99);
        Placement plain = Plain(precision);
        Matrix expected = Matrix.From(old, plain), magnitudes = Matrix.From(old.Absolute(), plain);
        expected.SetProduct(Matrix.From(left, plain), Matrix.From(right, plain), transpose, scale, keep);
        magnitudes.SetProduct(Matrix.From(left.Absolute(), plain), Matrix.From(right.Absolute(), plain), transpose, Math.Abs(scale),
            Math.Abs(keep));
        Matrix? first = null;
        foreach (CpuBackend backend in Cpus)
        {
            var placement = new Placement(backend, precision);
            Matrix actual = Matrix.From(old, placement);
            actual.SetProduct(Matrix.From(left, placement), Matrix.From(right, placement), transpose, scale, keep);
            // At one width, threads never change a bit; then one comparison with the reference serves them all.
            if (backend.Threads > 1)
            {
                AssertSameBits(first!, actual);
                continue;
            }
            first = actual;
            AssertClose(expected, actual, magnitudes, roundings: k + 8);
        }
    }
}
