using System.Text.Json;

namespace Boltzmann;

/// <summary>log Z: a number without error, or an estimate with what is needed to judge it.</summary>
sealed class LogPartitionResult
{
    readonly LogPartitionEstimate? forward, reverse;
    readonly string reverseFrom = "", start = "";
    readonly BetaSpacing spacing;

    public LogPartitionResult(double exact) => Value = exact;

    public LogPartitionResult(LogPartitionEstimate forward, LogPartitionEstimate? reverse, string reverseFrom, string start,
        BetaSpacing spacing)
    {
        (this.forward, this.reverse, this.reverseFrom, this.start, this.spacing) = (forward, reverse, reverseFrom, start, spacing);
        Value = forward.Value;
    }

    public double Value { get; }

    public bool IsExact => forward is null;

    /// <summary>The reverse estimate; null if there is none.</summary>
    public double? ReverseValue => reverse?.Value;

    /// <summary>What speaks against trusting the numbers.</summary>
    public IEnumerable<string> Warnings =>
        forward is null ? [] : reverse is null ? [.. Alone(forward)] : new LogPartitionBracket(forward, reverse).Warnings;

    /// <summary>Whether to believe it; null for an exact number. Without a reverse estimate nothing is known to be right.</summary>
    BracketVerdict? Verdict => forward is null ? null
        : reverse is not null ? new LogPartitionBracket(forward, reverse).Verdict
        : forward.Chains > 1 && !(forward.EffectiveSampleSize >= 2) ? BracketVerdict.NotToBeBelieved : BracketVerdict.Doubtful;

    /// <summary>The verdict in a line for people; null for an exact number.</summary>
    /// <param name="isColoured">For a terminal: green for an estimate that nothing speaks against, red for one that cannot be right, yellow
    /// for others.</param>
    public string? VerdictText(bool isColoured)
    {
        if (forward is null) return null;
        const int Red = 31, Green = 32, Yellow = 33;
        string weight = $"effective sample size {NumberText.Short(forward.EffectiveSampleSize, 3)} of {forward.Chains} chains";
        string between = reverse is null ? "no reverse estimate to bound it from above"
            : $"{NumberText.Short(reverse.Value - forward.Value, 2)} nats between forward and reverse estimates";
        string gap = $"{between}, {weight}";
        return Verdict switch
        {
            BracketVerdict.Trustworthy => Coloured(Green, $"log Z may be trusted: {gap}"),
            BracketVerdict.Doubtful => Coloured(Yellow, $"log Z is doubtful: {gap}"),
            _ => Coloured(Red, $"log Z is not to be believed: {gap}"),
        };

        string Coloured(int color, string words) => isColoured ? $"\u001b[{color}m{words}\u001b[0m" : words;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("log_partition");
        json.WriteString("method", IsExact ? "exact" : "ais");
        json.WriteFiniteOrNull("value", Value);
        if (forward is not null)
        {
            json.WriteFiniteOrNull("lower", forward.Lower);
            json.WriteFiniteOrNull("upper", forward.Upper);
            json.WriteFiniteOrNull("reverse_value", ReverseValue ?? double.NaN);
            json.WriteNumber("chains", forward.Chains);
            json.WriteNumber("betas", forward.Betas);
            json.WriteFiniteOrNull("effective_sample_size", forward.EffectiveSampleSize);
            json.WriteFiniteOrNull("standard_error", forward.StandardError);
            json.WriteString("spacing", spacing == BetaSpacing.Sigmoid ? "sigmoid" : "linear");
            json.WriteString("start", start);
            if (reverse is not null)
            {
                json.WriteStartObject("reverse");
                json.WriteString("from", reverseFrom);
                json.WriteFiniteOrNull("lower", reverse.Lower);
                json.WriteFiniteOrNull("upper", reverse.Upper);
                json.WriteNumber("chains", reverse.Chains);
                json.WriteFiniteOrNull("effective_sample_size", reverse.EffectiveSampleSize);
                json.WriteFiniteOrNull("standard_error", reverse.StandardError);
                json.WriteEndObject();
            }
            json.WriteString("verdict", Verdict switch
            {
                BracketVerdict.Trustworthy => "trustworthy",
                BracketVerdict.Doubtful => "doubtful",
                _ => "not-to-be-believed"
            });
            json.WriteStartArray("warnings");
            foreach (string warning in Warnings) json.WriteStringValue(warning);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>A line for the exact value or one for each estimate.</summary>
    /// <param name="table">Of quantity, value, error, remark.</param>
    /// <param name="name">What it is called.</param>
    public void AddTo(TextTable table, string name)
    {
        if (forward is null)
        {
            table.Add(name, NumberText.Short(Value, 8), "", "exact");
            return;
        }
        Add($"{name}, forward AIS", forward, "on average too low");
        if (reverse is not null) Add($"{name}, reverse AIS", reverse, reverseFrom == "samples" ? "from exact samples: on average too "
            + "high" : "from data: on average too high if the chains mix");

        void Add(string quantity, LogPartitionEstimate estimate, string bias) =>
            table.Add(quantity, NumberText.Short(estimate.Value, 6), NumberText.Short(estimate.StandardError, 2),
            $"{NumberText.Short(estimate.Lower, 6)} to {NumberText.Short(estimate.Upper, 6)}; {estimate.Chains} chains, {estimate.Betas} "
                + $"betas, effective sample size {NumberText.Short(estimate.EffectiveSampleSize, 3)}; {bias}");
    }

    // The bracket's own warning about chains, for an estimate that stands alone.
    static IEnumerable<string> Alone(LogPartitionEstimate estimate)
    {
        if (estimate.EffectiveSampleSize < 0.1 * estimate.Chains)
            yield return $"{estimate.Method}: {NumberText.Short(estimate.EffectiveSampleSize, 2)} of {estimate.Chains} chains carry the "
                + "weight, so its error is not to be trusted; take more betas";
        yield return "without a reverse estimate nothing bounds log Z from above, and log-likelihoods may be too good";
    }
}
