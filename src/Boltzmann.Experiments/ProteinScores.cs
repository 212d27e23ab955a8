namespace Boltzmann.Experiments;

/// <summary>What a machine of a family came to: mean log-likelihoods in nats a sequence.</summary>
/// <param name="HeldOut">Of the far sequences that settings are chosen by; NaN for none.</param>
/// <param name="Test">Of the test.</param>
/// <param name="FarTest">Of its far sequences; NaN for none.</param>
/// <param name="Weighed">Of what was learned from, by weights.</param>
/// <param name="Gap">Reverse less forward log Z.</param>
/// <param name="Seconds">Of learning.</param>
sealed record ProteinScores(double HeldOut, double Test, double FarTest, double Weighed, double Gap, double Seconds)
{
    /// <summary>As numbers to be kept.</summary>
    public double[] ToNumbers() => [HeldOut, Test, FarTest, Weighed, Gap, Seconds];

    /// <summary>What <see cref="ToNumbers"/> gave.</summary>
    public static ProteinScores From(double[] n) => new(n[0], n[1], n[2], n[3], n[4], n[5]);

    /// <summary>Of independent sites: log-likelihoods by smoothed shares, one half added to each count.</summary>
    public static ProteinScores OfIndependentSites(ProteinFamily family)
    {
        int letters = family.Letters;
        var counts = new double[family.Sites * letters];
        Array.Fill(counts, 0.5);
        var row = new double[counts.Length];
        for (int r = 0; r < family.Learned.Count; r++)
        {
            family.Learned.Rows.Read(r, row);
            for (int u = 0; u < row.Length; u++) counts[u] += row[u];
        }
        double total = family.Learned.Count + letters * 0.5;
        return new(Of(family.FarHeldOut), Of(family.Test), Of(family.FarTest), double.NaN, 0, double.NaN);

        double Of(Dataset? rows)
        {
            if (rows is null) return double.NaN;
            double sum = 0;
            for (int r = 0; r < rows.Count; r++)
            {
                rows.Rows.Read(r, row);
                for (int u = 0; u < row.Length; u++) sum += row[u] == 0 ? 0 : Math.Log(counts[u] / total);
            }
            return sum / rows.Count;
        }
    }
}
