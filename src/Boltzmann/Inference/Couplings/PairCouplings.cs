namespace Boltzmann.Inference;

/// <summary>What pairs of columns of a trained model say about each other; see <see cref="EffectiveCouplings"/>.</summary>
public sealed class PairCouplings
{
    readonly int letters;
    readonly int? gap;
    readonly string[] unitNames;
    readonly Lazy<double[,]> scores;

    internal PairCouplings(Matrix values, IReadOnlyList<string> sites, IReadOnlyList<string> unitNames, int letters, int? gap)
    {
        (Values, Sites, this.unitNames, this.letters, this.gap) = (values, sites, [.. unitNames], letters, gap);
        scores = new(() => ContactScores.Of(Values, this.letters, this.gap));
    }

    /// <summary>J, [units × units], in double precision.</summary>
    public Matrix Values { get; }

    /// <summary>Names of the sites: of units of two values their columns, of one-hot blocks a name for each block.</summary>
    public IReadOnlyList<string> Sites { get; }

    /// <summary>Units of a site.</summary>
    public int Letters => letters;

    /// <summary>F, [sites × sites], corrected; see <see cref="ContactScores"/>.</summary>
    public double[,] Scores => scores.Value;

    /// <summary>Pairs of sites, the strongest first.</summary>
    /// <param name="separation">The least |i − j| of a pair, by the numbers that sites are called where all are, else by their
    /// order.</param>
    public IReadOnlyList<Contact> Ranked(int separation = 1)
    {
        int[] places = [.. Sites.Select((name, order) => int.TryParse(name, out int number) ? number : -1)];
        if (places.Contains(-1)) places = [.. Enumerable.Range(0, Sites.Count)];
        return Contact.Ranked(Scores, (i, j) => Math.Abs(places[i] - places[j]) >= separation);
    }

    /// <summary>Pairs of units of different sites, those with the largest |J| first.</summary>
    /// <param name="count">How many.</param>
    public IReadOnlyList<(string First, string Second, double Coupling)> Strongest(int count)
    {
        var first = new PriorityQueue<(int I, int J, double Coupling), double>();
        var row = new double[Values.Columns];
        for (int i = 0; i < row.Length; i++)
        {
            Values.ReadRow(i, row);
            for (int j = (i / letters + 1) * letters; j < row.Length; j++)
                if (first.Count < count) first.Enqueue((i, j, row[j]), Math.Abs(row[j]));
                else if (Math.Abs(row[j]) > Math.Abs(first.Peek().Coupling)) first.EnqueueDequeue((i, j, row[j]), Math.Abs(row[j]));
        }
        return [.. first.UnorderedItems.Select(item => item.Element).OrderByDescending(pair => Math.Abs(pair.Coupling))
            .ThenBy(pair => pair.I).ThenBy(pair => pair.J).Select(pair => (unitNames[pair.I], unitNames[pair.J], pair.Coupling))];
    }
}
