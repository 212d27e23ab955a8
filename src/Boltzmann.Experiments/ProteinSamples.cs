namespace Boltzmann.Experiments;

/// <summary>
/// New sequences of a machine beside natural ones: shares of letters and pairs, how likely and how far from any known one.
/// </summary>
sealed class ProteinSamples(ExperimentContext context, ProteinFamily family, ProteinMachine machine)
{
    const int Samples = 2000, Sweeps = 500, Points = 2500, Dots = 300;
    const double Cold = 0.7;

    /// <summary>Covariances of pairs of letters, data against samples.</summary>
    public string Moments { get; private set; } = "";

    /// <summary>log p against the distance to the nearest natural sequence.</summary>
    public string Distances { get; private set; } = "";

    /// <summary>The table, with the pictures on the way.</summary>
    public TextTable Run(Measurements kept)
    {
        TrainedModel trained = TrainedModel.Load(machine.Run(0).ModelPath, context.Placement);
        Dataset warm = Drawn(trained, 1), cold = Drawn(trained, Cold);
        PairShares natural = new(family), own = new(warm, family.Letters);
        var (singles, pairs) = (Singles(natural, own), Pairs(natural, own));
        var table = new TextTable("", "of letters", "of pairs of letters, less those of independent sites");
        table.Add("correlation of shares, data and samples", $"{Correlations.Of(singles.Data, singles.Model):F4}",
            $"{Correlations.Of(pairs.Data, pairs.Model):F4}");
        int every = Math.Max(1, pairs.Data.Length / Points);
        Moments = SvgChart.Scatter(new ChartFrame("Covariances of pairs of letters")
        {
            XTitle = "natural sequences",
            YTitle = "samples",
        }, [new("pairs", [.. Enumerable.Range(0, pairs.Data.Length).Where(k => k % every == 0)
            .Select(k => new ChartPoint(pairs.Data[k], pairs.Model[k]))])]);
        double logPartition = LogPartition(kept);
        Distances = SvgChart.Scatter(new ChartFrame("How likely sequences are, and how far from any learned one")
        {
            XTitle = "share of sites that differ from the nearest learned sequence",
            YTitle = "log p, nats",
        }, [Series("test", family.Test), Series("samples", warm), Series($"samples at temperature {Cold}", cold)]);
        return table;

        ChartSeries Series(string name, Dataset rows)
        {
            Dataset some = rows.Select([.. Enumerable.Range(0, Math.Min(Dots, rows.Count)).Select(i => i * rows.Count
                / Math.Min(Dots, rows.Count))]);
            double[] nearest = SequenceIdentity.Nearest(some, family.Learned, family.Letters);
            EnergyModel own = machine.Load(0);
            IReadOnlyList<double> logs = FreeEnergy.LogLikelihood(own, some.ToMatrix(own.Placement), logPartition).PerRow;
            return new(name, [.. nearest.Select((identity, i) => new ChartPoint(1 - identity, logs[i]))]);
        }
    }

    // What the likelihoods of the table rest on: mean log p and mean free energy are apart by it.
    double LogPartition(Measurements kept)
    {
        EnergyModel own = machine.Load(0);
        double free = FreeEnergy.PerRow(own, family.Test.ToMatrix(own.Placement)).Mean;
        return -free - machine.Score(kept, 0).Test;
    }

    Dataset Drawn(TrainedModel trained, double temperature)
    {
        context.Say($"samples at temperature {temperature}");
        Matrix rows = trained.Sample(new SampleRequest
        {
            Count = context.Quick ? 100 : Samples,
            Sweeps = context.Quick ? 20 : Sweeps,
            Temperature = temperature,
            Descent = Descent.States,
        }, context.Context).Rows;
        return new($"samples at {temperature}", new MatrixRows(rows));
    }

    (double[] Data, double[] Model) Singles(PairShares natural, PairShares own)
    {
        int q = family.Letters;
        return ([.. Enumerable.Range(0, natural.Units).Select(u => natural.Single(u / q, u % q))],
            [.. Enumerable.Range(0, natural.Units).Select(u => own.Single(u / q, u % q))]);
    }

    (double[] Data, double[] Model) Pairs(PairShares natural, PairShares own)
    {
        int q = family.Letters;
        List<double> data = [], model = [];
        for (int u = 0; u < natural.Units; u++)
            for (int v = (u / q + 1) * q; v < natural.Units; v++)
            {
                data.Add(Covariance(natural, u, v));
                model.Add(Covariance(own, u, v));
            }
        return ([.. data], [.. model]);

        double Covariance(PairShares shares, int u, int v) =>
            shares.Pair(u / q, u % q, v / q, v % q) - shares.Single(u / q, u % q) * shares.Single(v / q, v % q);
    }
}
