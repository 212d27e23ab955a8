namespace Boltzmann.Tests.Compute;

public sealed class CholeskyFactorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(67)]
    public void A_product_with_a_known_vector_is_solved_for_it(int size)
    {
        double[][] matrix = Positive(size, rank: size + 3);
        double[] wanted = [.. Enumerable.Range(0, size).Select(i => Math.Cos(i))], right = Product(matrix, wanted);
        new CholeskyFactor(Copy(matrix)).Solve(right);
        for (int i = 0; i < size; i++) Assert.Equal(wanted[i], right[i], 1e-8);
    }

    [Fact]
    public void What_others_add_up_to_has_no_part_and_the_product_is_met()
    {
        // The last two columns are sums of the others: many vectors have the product, and one of them is found.
        double[][] matrix = Positive(8, rank: 6);
        double[] right = Product(matrix, [1, -2, 3, 0, 1, 2, -1, 4]), found = [.. right];
        new CholeskyFactor(Copy(matrix)).Solve(found);
        Assert.All(found, x => Assert.True(double.IsFinite(x)));
        double[] again = Product(matrix, found);
        for (int i = 0; i < right.Length; i++) Assert.Equal(right[i], again[i], 1e-6);
    }

    static double[][] Copy(double[][] rows) => [.. rows.Select(row => (double[])row.Clone())];

    // Σ a aᵀ of so many drawn vectors.
    static double[][] Positive(int size, int rank)
    {
        var rng = new Rng(3);
        double[][] matrix = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        for (int k = 0; k < rank; k++)
        {
            double[] a = [.. Enumerable.Range(0, size).Select(_ => rng.NextUniform() - 0.5)];
            for (int i = 0; i < size; i++)
                for (int j = 0; j < size; j++) matrix[i][j] += a[i] * a[j];
        }
        return matrix;
    }

    static double[] Product(double[][] matrix, double[] vector) =>
        [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];
}
