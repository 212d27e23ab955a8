namespace Boltzmann.Experiments;

/// <summary>Matrix factorisation, p_user·q_item, by least squares by turns with a ridge on both sides.</summary>
sealed class FactorBaseline
{
    readonly double[][] ofUser, ofItem;
    readonly double ridge;

    /// <param name="ratings">Residuals of a simpler model.</param>
    /// <param name="factors">Length of p and q.</param>
    /// <param name="ridge">λ: the sum of squared errors and of λ(|p|² + |q|²) is least.</param>
    /// <param name="sweeps">How often each side is fitted.</param>
    /// <param name="seed">Settles where items begin.</param>
    public FactorBaseline(RatingList ratings, int factors, double ridge, int sweeps, ulong seed)
    {
        var rng = new Rng(seed);
        this.ridge = ridge;
        ofItem = [.. ratings.ItemNames.Select(_ => Enumerable.Range(0, factors).Select(_ => rng.NextUniform() - 0.5).ToArray())];
        ofUser = [.. ratings.UserNames.Select(_ => new double[factors])];
        ILookup<int, int> byUser = Enumerable.Range(0, ratings.Count).ToLookup(n => ratings.Users[n]),
            byItem = Enumerable.Range(0, ratings.Count).ToLookup(n => ratings.Items[n]);
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            Fit(ofUser, byUser, n => ofItem[ratings.Items[n]], ratings.Values);
            Fit(ofItem, byItem, n => ofUser[ratings.Users[n]], ratings.Values);
        }
    }

    /// <summary>p_user·q_item.</summary>
    public double Expected(int user, int item)
    {
        double sum = 0;
        for (int f = 0; f < ofUser[user].Length; f++) sum += ofUser[user][f] * ofItem[item][f];
        return sum;
    }

    // Each row: (Σ x xᵀ + λ)⁻¹ Σ r x over its ratings, x the other side's rows; 0 without ratings.
    void Fit(double[][] rows, ILookup<int, int> ratingsOf, Func<int, double[]> other, float[] values)
    {
        for (int row = 0; row < rows.Length; row++)
        {
            double[] own = rows[row];
            Array.Clear(own);
            double[][] squares = [.. own.Select(_ => new double[own.Length])];
            for (int f = 0; f < own.Length; f++) squares[f][f] = ridge;
            foreach (int n in ratingsOf[row])
            {
                double[] x = other(n);
                for (int f = 0; f < own.Length; f++)
                {
                    own[f] += values[n] * x[f];
                    for (int g = 0; g <= f; g++) squares[f][g] += x[f] * x[g];
                }
            }
            new CholeskyFactor(squares).Solve(own);
        }
    }
}
