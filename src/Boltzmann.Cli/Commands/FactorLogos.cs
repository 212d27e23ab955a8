namespace Boltzmann.Cli.Commands;

/// <summary>The factors of a model of aligned sequences as logos.</summary>
static class FactorLogos
{
    /// <summary>As SVG.</summary>
    /// <param name="model">The model.</param>
    /// <param name="factors">The factors to draw, the strongest first.</param>
    /// <exception cref="BadInputException">It did not learn aligned sequences, or has no hidden units that were asked for.</exception>
    public static string Svg(TrainedModel model, IReadOnlyList<FactorLoading> factors)
    {
        if (model.Table is not { Alphabet: Alphabet alphabet } schema)
            throw new BadInputException($"--picture draws sequence logos, and {model.Path} did not learn aligned sequences");
        if (factors.Count == 0) throw new BadInputException($"--picture needs factors, and there are none of {model.Path}");
        Matrix weights = model.Parameters.First(parameter => parameter.IsWeight).Value;
        string[] sites = [.. schema.Modelled.Select(c => schema.Columns[c].Name)];
        return SequenceLogo.Svg("Weights of hidden units, the largest first", [.. factors.Select(f => ($"h{f.Hidden}", Of(f.Hidden)))],
            alphabet, sites);

        double[,] Of(int hidden)
        {
            double[] column = weights.ReadColumn(hidden);
            int letters = alphabet.Letters.Length;
            var own = new double[sites.Length, letters];
            for (int s = 0; s < sites.Length; s++)
                for (int a = 0; a < letters; a++) own[s, a] = column[s * letters + a];
            return own;
        }
    }
}
