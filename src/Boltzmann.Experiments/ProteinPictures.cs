namespace Boltzmann.Experiments;

/// <summary>Drawings of machines of protein families.</summary>
static class ProteinPictures
{
    /// <summary>Logos of the hidden units with the largest weights.</summary>
    public static string Logos(Rbm machine, ProteinFamily family, int count)
    {
        int[] strongest = [.. Enumerable.Range(0, machine.Hidden.Units)
            .OrderByDescending(h => machine.Weights.ReadColumn(h).Sum(w => w * w)).Take(count)];
        return SequenceLogo.Svg("Weights of the hidden units with the largest ones", [.. strongest.Select(h => ($"h{h}", Of(h)))],
            family.Alphabet, family.SiteNames);

        double[,] Of(int hidden)
        {
            double[] column = machine.Weights.ReadColumn(hidden);
            var own = new double[family.Sites, family.Letters];
            for (int u = 0; u < column.Length; u++) own[u / family.Letters, u % family.Letters] = column[u];
            return own;
        }
    }
}
