using System.Text.Json.Nodes;

namespace Boltzmann.Data;

/// <summary>
/// Ranks as standard normal numbers: a value of rank r among n becomes Φ⁻¹((r − ½)/n), equal values the score of their middle rank (van
/// der Waerden 1952). Whatever shape a column has, heavy tails and 1e300 among them, its scores are as normal as its ties allow.
/// </summary>
/// <remarks>
/// At most 256 values are kept, evenly by rank; between them the map is linear. A value that occurs often owns an interval of scores, all
/// of which come back as that value. Beyond the values of the training the score goes on by log(1 + distance/spread), spread being the
/// interquartile range/1.349 where it is positive: what lies further stays further, and no number is too large.
/// </remarks>
public sealed record NormalScores : ColumnScale
{
    internal const string Name = "normal-scores";

    const string ValuesKey = "values", ScoresKey = "scores", LowKey = "low", HighKey = "high", SpreadKey = "spread";
    const int MostKnots = 256;

    // Beyond any score that is drawn: where the interval of a tied least or greatest value ends.
    const double Far = 40;

    // A value that holds at least so large a share of the column is a tie.
    const double LeastTie = 1.0 / 64;

    readonly double[] values, scores, low, high;
    readonly double spread;

    NormalScores(double[] values, double[] scores, double[] low, double[] high, double spread) =>
        (this.values, this.scores, this.low, this.high, this.spread) = (values, scores, low, high, spread);

    /// <inheritdoc/>
    public override double Transform(double value)
    {
        if (double.IsNaN(value)) return value;
        if (value < values[0]) return scores[0] - Beyond(values[0], value);
        if (value > values[^1]) return scores[^1] + Beyond(value, values[^1]);
        int at = Array.BinarySearch(values, value);
        if (at >= 0) return scores[at];
        at = ~at;
        // Halves first: the difference of two numbers may be too large for one.
        double share = (value / 2 - values[at - 1] / 2) / (values[at] / 2 - values[at - 1] / 2);
        return high[at - 1] + share * (low[at] - high[at - 1]);
    }

    /// <inheritdoc/>
    public override double Inverse(double value)
    {
        if (double.IsNaN(value)) return value;
        if (value < low[0]) return values[0] - Back(scores[0] - value);
        if (value > high[^1]) return values[^1] + Back(value - scores[^1]);
        // The last value whose interval begins at or below the score.
        int at = Array.BinarySearch(low, value);
        if (at < 0) at = Math.Max(0, ~at - 1);
        if (value <= high[at] || at == values.Length - 1) return values[at];
        double share = (value - high[at]) / (low[at + 1] - high[at]);
        return values[at] + share * values[at + 1] - share * values[at];
    }

    /// <summary>Whether both have the same values and scores.</summary>
    public bool Equals(NormalScores? other) => other is not null && spread == other.spread && values.SequenceEqual(other.values)
        && scores.SequenceEqual(other.scores) && low.SequenceEqual(other.low) && high.SequenceEqual(other.high);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(values.Length, values[0], values[^1], spread);

    /// <summary>Learns the ranks of a column.</summary>
    /// <param name="column">At least one number, no NaN. Sorted in place.</param>
    internal static NormalScores Fit(double[] column)
    {
        Array.Sort(column);
        int n = column.Length;
        var values = new List<double>();
        List<double> scores = [], low = [], high = [];
        double step = Math.Max(1, (n - 1.0) / (MostKnots - 1)), next = 0;
        for (int first = 0, end; first < n; first = end)
        {
            for (end = first + 1; end < n && column[end] == column[first]; end++) { }
            bool isTie = end - first > 1 && end - first >= LeastTie * n;
            // Ties are all kept: there are at most 64. Of the others a value at every step of ranks, and both ends.
            if (!isTie && end - 1 < next && first > 0 && end < n) continue;
            while (next < end) next += step;
            values.Add(column[first]);
            double middle = Score((first + end) / 2.0);
            scores.Add(middle);
            low.Add(!isTie ? middle : first > 0 ? Score(first) : -Far);
            high.Add(!isTie ? middle : end < n ? Score(end) : Far);
        }
        double quartiles = column[(int)(0.75 * (n - 1))] / 1.349 - column[(int)(0.25 * (n - 1))] / 1.349;
        double range = column[^1] / 2 - column[0] / 2;
        double spread = quartiles > 0 ? quartiles : range > 0 ? range : 1;
        return new([.. values], [.. scores], [.. low], [.. high], spread);

        double Score(double rank) => NormalDistribution.Quantile(rank / n);
    }

    internal override JsonObject ToJson() => new()
    {
        [KindKey] = Name,
        [ValuesKey] = Json(values),
        [ScoresKey] = Json(scores),
        [LowKey] = Json(low),
        [HighKey] = Json(high),
        [SpreadKey] = spread,
    };

    internal static NormalScores? Read(JsonObject json)
    {
        if (Numbers(json[ValuesKey]) is not { Length: > 0 } values || Numbers(json[ScoresKey]) is not { } scores
            || scores.Length != values.Length || Numbers(json[LowKey]) is not { } low
            || Numbers(json[HighKey]) is not { } high || JsonValues.Number(json[SpreadKey]) is not double spread || !(spread > 0)
            || low.Length != values.Length || high.Length != values.Length) return null;
        for (int i = 0; i < values.Length; i++)
            if (low[i] > scores[i] || scores[i] > high[i] || (i > 0 && (values[i] <= values[i - 1] || low[i] < high[i - 1]))) return null;
        return new(values, scores, low, high, spread);
    }

    double Beyond(double above, double below) => Math.Log(1 + Math.Min(double.MaxValue, above / spread - below / spread));

    double Back(double distance) => Math.Min(double.MaxValue, spread * (Math.Exp(distance) - 1));
}
