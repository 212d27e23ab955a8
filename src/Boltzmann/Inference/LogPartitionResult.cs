using System.Text.Json;

namespace Boltzmann.Inference;

/// <summary>log Z: a number without error, or an estimate with what is needed to judge it. In nats.</summary>
public sealed class LogPartitionResult
{
    readonly ReverseStart reverseFrom;
    readonly AnnealingStart start;
    readonly BetaSpacing spacing;

    internal LogPartitionResult(double exact) => Value = exact;

    internal LogPartitionResult(LogPartitionEstimate forward, LogPartitionEstimate? reverse, ReverseStart reverseFrom, AnnealingStart start,
        BetaSpacing spacing)
    {
        (Forward, Reverse, this.reverseFrom, this.start, this.spacing) = (forward, reverse, reverseFrom, start, spacing);
        Value = forward.Value;
    }

    /// <summary>The exact number, or the forward estimate, which is on average too low.</summary>
    public double Value { get; }

    /// <summary>Whether it was enumerated.</summary>
    public bool IsExact => Forward is null;

    /// <summary>The forward estimate; null of an exact number.</summary>
    public LogPartitionEstimate? Forward { get; }

    /// <summary>The reverse estimate, which is on average too high; null if there is none.</summary>
    public LogPartitionEstimate? Reverse { get; }

    /// <summary>What speaks against trusting the numbers.</summary>
    public IReadOnlyList<string> Warnings =>
        Forward is null ? [] : Reverse is null ? [.. Alone(Forward)] : [.. new LogPartitionBracket(Forward, Reverse).Warnings];

    /// <summary>Whether to believe it; null for an exact number. Without a reverse estimate nothing is known to be right.</summary>
    public BracketVerdict? Verdict => Forward is null ? null
        : Reverse is not null ? new LogPartitionBracket(Forward, Reverse).Verdict
        : Forward.Chains > 1 && !(Forward.EffectiveSampleSize >= 2) ? BracketVerdict.NotToBeBelieved : BracketVerdict.Doubtful;

    /// <summary>The reverse estimate; null if there is none.</summary>
    internal double? ReverseValue => Reverse?.Value;

    /// <summary>The verdict in a line for people; null for an exact number.</summary>
    /// <param name="isColoured">For a terminal: green for an estimate that nothing speaks against, red for one that cannot be right, yellow
    /// for others.</param>
    public string? VerdictText(bool isColoured)
    {
        if (Forward is null) return null;
        const int Red = 31, Green = 32, Yellow = 33;
        string weight = $"effective sample size {NumberText.Short(Forward.EffectiveSampleSize, 3)} of {Forward.Chains} chains";
        string between = Reverse is null ? "no reverse estimate to bound it from above"
            : $"{NumberText.Short(Reverse.Value - Forward.Value, 2)} nats between forward and reverse estimates";
        string gap = $"{between}, {weight}";
        return Verdict switch
        {
            BracketVerdict.Trustworthy => Coloured(Green, $"log Z may be trusted: {gap}"),
            BracketVerdict.Doubtful => Coloured(Yellow, $"log Z is doubtful: {gap}"),
            _ => Coloured(Red, $"log Z is not to be believed: {gap}"),
        };

        string Coloured(int color, string words) => isColoured ? $"\u001b[{color}m{words}\u001b[0m" : words;
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("log_partition");
        json.WriteString("method", IsExact ? "exact" : "ais");
        json.WriteFiniteOrNull("value", Value);
        if (Forward is not null)
        {
            json.WriteFiniteOrNull("lower", Forward.Lower);
            json.WriteFiniteOrNull("upper", Forward.Upper);
            json.WriteFiniteOrNull("reverse_value", ReverseValue ?? double.NaN);
            json.WriteNumber("chains", Forward.Chains);
            json.WriteNumber("betas", Forward.Betas);
            json.WriteFiniteOrNull("effective_sample_size", Forward.EffectiveSampleSize);
            json.WriteFiniteOrNull("standard_error", Forward.StandardError);
            json.WriteString("spacing", spacing == BetaSpacing.Sigmoid ? "sigmoid" : "linear");
            json.WriteString("start", start == AnnealingStart.BaseRate ? "base-rate" : "uniform");
            if (Reverse is not null)
            {
                json.WriteStartObject("reverse");
                json.WriteString("from", reverseFrom == ReverseStart.Samples ? "samples" : "data");
                json.WriteFiniteOrNull("lower", Reverse.Lower);
                json.WriteFiniteOrNull("upper", Reverse.Upper);
                json.WriteNumber("chains", Reverse.Chains);
                json.WriteFiniteOrNull("effective_sample_size", Reverse.EffectiveSampleSize);
                json.WriteFiniteOrNull("standard_error", Reverse.StandardError);
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
    internal void AddTo(TextTable table, string name)
    {
        if (Forward is null)
        {
            table.Add(name, NumberText.Short(Value, 8), "", "exact");
            return;
        }
        Add($"{name}, forward AIS", Forward, "on average too low");
        if (Reverse is not null) Add($"{name}, reverse AIS", Reverse, reverseFrom == ReverseStart.Samples
            ? "from exact samples: on average too high" : "from data: on average too high if the chains mix");

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
