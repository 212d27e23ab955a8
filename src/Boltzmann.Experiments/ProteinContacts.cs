namespace Boltzmann.Experiments;

/// <summary>Contacts of a family by machines and by plain methods.</summary>
/// <param name="context">Is told how it goes.</param>
/// <param name="family">The sequences.</param>
/// <param name="known">File of known contacts.</param>
/// <param name="joined">Potts machines.</param>
/// <param name="machine">The one that is drawn.</param>
/// <param name="seeds">How many there are of it.</param>
sealed class ProteinContacts(ExperimentContext context, ProteinFamily family, string known, IReadOnlyList<ProteinMachine> joined,
    ProteinMachine machine, int seeds)
{
    const int Separation = 5;
    const double Pseudocount = 0.2;

    readonly KnownContacts truth = KnownContacts.Read(known, family.SiteNames);

    /// <summary>The map of the machine's pairs.</summary>
    public string Map { get; private set; } = "";

    /// <summary>Precision over the number of pairs.</summary>
    public string Curves { get; private set; } = "";

    /// <summary>The table, with the pictures on the way.</summary>
    public TextTable Run()
    {
        double[][,] ours = [.. Enumerable.Range(0, seeds).Select(seed => Of(machine, seed))];
        context.Say("mean-field direct coupling analysis");
        (string Name, double[][,] Scores)[] ways =
        [
            ("mutual information", [ContactScores.Corrected(new PairShares(family).MutualInformation())]),
            ("mean-field direct coupling", [Scores(MeanFieldCouplings.Of(family, Pseudocount))]),
            .. joined.Select(potts => (potts.Name, (double[][,])[Of(potts, 0)])),
            (machine.Name, ours),
            ($"{machine.Name}, mean of {seeds} seeds", [Mean(ours)]),
        ];
        int n = family.Sites;
        var table = new TextTable("", $"first {n / 2}", $"first {n}", $"first {2 * n}", $"first {5 * n}");
        foreach (var (name, scores) in ways)
            table.Add([name, .. new[] { n / 2, n, 2 * n, 5 * n }.Select(count => Text(scores.Select(s => Precision(s, count))))]);
        IReadOnlyList<Contact> all = Ranked(ours[0]);
        table.Add(["any pair", .. Enumerable.Repeat($"{Contact.Precision(all, IsTrue, all.Count):F3}", 4)]);
        Map = new ContactMap(family.SiteNames, Ranked(Mean(ours)), truth).Svg();
        Curves = SvgChart.Line(new ChartFrame("Known contacts among the first pairs")
        {
            XTitle = "pairs",
            YTitle = "share",
            FromZero = true,
        }, [.. ways.Where(way => way.Scores.Length == 1).Select(way => Curve(way.Name, Ranked(way.Scores[0])))]);
        return table;
    }

    ChartSeries Curve(string name, IReadOnlyList<Contact> ranked)
    {
        var points = new List<ChartPoint>();
        int hits = 0;
        for (int k = 0; k < Math.Min(ranked.Count, 6 * family.Sites); k++)
        {
            if (IsTrue(ranked[k].First, ranked[k].Second)) hits++;
            if (k >= 9) points.Add(new(k + 1, hits / (k + 1.0)));
        }
        return new(name, points);
    }

    static string Text(IEnumerable<double> values)
    {
        var score = new Score([.. values]);
        return score.PerRow.Count == 1 ? $"{score.Mean:F3}" : $"{score.Mean:F3} ± {score.StandardError:F3}";
    }

    static double[,] Mean(double[][,] scores)
    {
        var mean = new double[scores[0].GetLength(0), scores[0].GetLength(1)];
        foreach (double[,] one in scores)
            for (int i = 0; i < mean.GetLength(0); i++)
                for (int j = 0; j < mean.GetLength(1); j++) mean[i, j] += one[i, j] / scores.Length;
        return mean;
    }

    double[,] Of(ProteinMachine learned, int seed) => Scores(EffectiveCouplings.Of(learned.Load(seed), family.Learned));

    double[,] Scores(Matrix couplings) => ContactScores.Of(couplings, family.Letters, family.Gap);

    double Precision(double[,] scores, int count) => Contact.Precision(Ranked(scores), IsTrue, count);

    static IReadOnlyList<Contact> Ranked(double[,] scores) => Contact.Ranked(scores, (i, j) => j - i >= Separation);

    bool IsTrue(int i, int j) => truth.Contains($"{i + 1}", $"{j + 1}");
}
