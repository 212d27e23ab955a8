namespace Boltzmann.Compute;

/// <summary>The largest modulus of a matrix's eigenvalues.</summary>
static class SpectralRadius
{
    // The root of the power 2^30 of a norm is off by a factor of 1 + 1e-8 where eigenvectors are a thousandth of parallel.
    const int Squarings = 30;

    /// <summary>ρ = lim ‖A^k‖^{1/k} (Gelfand 1941), by squaring A again and again, scaled to norm 1 each time.</summary>
    /// <param name="matrix">Square; in double precision.</param>
    /// <returns>0 where a power of it is 0.</returns>
    public static double Of(Matrix matrix)
    {
        Matrix power = matrix.Clone(), square = power.Like(power.Rows, power.Columns);
        double log = 0;
        for (int k = 0; k <= Squarings; k++)
        {
            double norm = Math.Sqrt(power.Summarize().SumOfSquares);
            if (!(norm > 0)) return 0;
            log += Math.ScaleB(Math.Log(norm), -k);
            power.SetSum(power, 1 / norm);
            square.SetProduct(power, power);
            (power, square) = (square, power);
        }
        return Math.Exp(log);
    }
}
