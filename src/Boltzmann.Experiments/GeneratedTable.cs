using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// A table of mixed columns drawn from a law that is known: four hidden groups, the columns independent within each. So it is known, too,
/// what anybody could make of a row with gaps.
/// </summary>
static class GeneratedTable
{
    const uint Stream = 0x67656e72;

    /// <summary>What pages call it.</summary>
    public const string Name = "generated";

    static readonly double[] shares = [0.4, 0.3, 0.2, 0.1];
    static readonly Words region = new("region", ["north", "east", "south", "west", "abroad"],
        [[0.6, 0.2, 0.1, 0.1, 0], [0.1, 0.6, 0.1, 0.2, 0], [0.05, 0.1, 0.7, 0.1, 0.05], [0.1, 0.1, 0.1, 0.2, 0.5]]);

    static readonly Words owner = new("owner", ["no", "yes"], [[0.8, 0.2], [0.3, 0.7], [0.1, 0.9], [0.6, 0.4]]);
    static readonly Words kind = new("kind", ["new", "usual", "special"], [[0.7, 0.25, 0.05], [0.1, 0.85, 0.05], [0.1, 0.3, 0.6],
        [0.05, 0.15, 0.8]]);

    static readonly Column[] columns =
    [
        new Normal("temperature", 1, [(12.0, 2.0), (18.0, 1.5), (24.0, 3.0), (5.0, 4.0)]),
        new LogNormal("income", 0, [(7.5, 0.3), (8.1, 0.25), (8.9, 0.4), (7.9, 0.8)]),
        new Poisson("children", [0.3, 1.5, 2.5, 0.8]),
        region, owner, kind,
    ];

    /// <summary>Rows drawn from the law.</summary>
    public static ExperimentTable Draw(int rows, ulong seed)
    {
        var rng = new Rng(seed, Stream);
        return new(Name, [.. columns.Select(column => column.Name)], [.. Enumerable.Range(0, rows).Select(_ =>
        {
            int group = Pick(shares, rng);
            return Array.ConvertAll(columns, column => column.Draw(group, rng));
        })]);
    }

    /// <summary>What the law expects of a column of numbers, given the fields of a row that have a value.</summary>
    /// <param name="fields">The row; an empty field has no value.</param>
    /// <param name="column">The column's place.</param>
    public static double Mean(string[] fields, int column) => Over(fields, column, k => columns[column].Mean(k));

    /// <summary>The probability of a field, given the other fields of a row that have a value.</summary>
    /// <param name="fields">The row; an empty field has no value.</param>
    /// <param name="column">The column's place: one of words or counts.</param>
    /// <param name="word">The field.</param>
    public static double Probability(string[] fields, int column, string word) =>
        Over(fields, column, k => Math.Exp(columns[column].LogProbability(k, word)));

    // The mean over groups, by their probabilities given the other columns.
    static double Over(string[] fields, int column, Func<int, double> value)
    {
        double[] logs = [.. shares.Select((share, k) => Math.Log(share)
            + columns.Select((one, c) => c == column || fields[c].Length == 0 ? 0 : one.LogProbability(k, fields[c])).Sum())];
        double sum = Scalar.LogSumExp(logs);
        return logs.Select((log, k) => Math.Exp(log - sum) * value(k)).Sum();
    }

    static int Pick(double[] probabilities, Rng rng)
    {
        double u = rng.NextUniform();
        for (int k = 0; k < probabilities.Length - 1; k++)
            if ((u -= probabilities[k]) < 0) return k;
        return probabilities.Length - 1;
    }

    // Box and Muller.
    static double NextNormal(Rng rng) => Math.Sqrt(-2 * Math.Log(1 - rng.NextUniform())) * Math.Cos(2 * Math.PI * rng.NextUniform());

    static string Text(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    abstract record Column(string Name)
    {
        public abstract string Draw(int group, Rng rng);

        // Of real numbers a density, as if they were not rounded, up to a constant that is the same in all groups.
        public abstract double LogProbability(int group, string field);

        public virtual double Mean(int group) => throw new InvalidOperationException($"{Name} has no numbers");
    }

    sealed record Words(string Name, string[] All, double[][] Probabilities) : Column(Name)
    {
        public override string Draw(int group, Rng rng) => All[Pick(Probabilities[group], rng)];

        public override double LogProbability(int group, string field) => Math.Log(Probabilities[group][Array.IndexOf(All, field)]);
    }

    sealed record Normal(string Name, int Decimals, (double Mean, double Deviation)[] Of) : Column(Name)
    {
        public override string Draw(int group, Rng rng) => Text(Of[group].Mean + Of[group].Deviation * NextNormal(rng), Decimals);

        public override double LogProbability(int group, string field) => LogNormalDensity(Number(field), Of[group]);

        public override double Mean(int group) => Of[group].Mean;

        public static double LogNormalDensity(double x, (double Mean, double Deviation) law)
        {
            double z = (x - law.Mean) / law.Deviation;
            return -z * z / 2 - Math.Log(law.Deviation);
        }
    }

    sealed record LogNormal(string Name, int Decimals, (double Mean, double Deviation)[] Of) : Column(Name)
    {
        public override string Draw(int group, Rng rng) => Text(Math.Exp(Of[group].Mean + Of[group].Deviation * NextNormal(rng)), Decimals);

        public override double LogProbability(int group, string field) => Normal.LogNormalDensity(Math.Log(Number(field)), Of[group]);

        public override double Mean(int group) => Math.Exp(Of[group].Mean + Of[group].Deviation * Of[group].Deviation / 2);
    }

    sealed record Poisson(string Name, double[] Rates) : Column(Name)
    {
        // Knuth's: the number of uniform draws whose product stays above e^−rate.
        public override string Draw(int group, Rng rng)
        {
            double least = Math.Exp(-Rates[group]), product = rng.NextUniform();
            int count = 0;
            for (; product > least; product *= rng.NextUniform()) count++;
            return $"{count}";
        }

        public override double LogProbability(int group, string field)
        {
            double count = Number(field);
            return count * Math.Log(Rates[group]) - Rates[group] - Enumerable.Range(1, (int)count).Sum(i => Math.Log(i));
        }

        public override double Mean(int group) => Rates[group];
    }
}
