using System.Text.Json;

namespace Boltzmann.Inference;

/// <summary>log Z of the machines of all lengths that some rows have.</summary>
public sealed class LengthPartitions
{
    readonly SortedDictionary<int, LogPartitionResult> found;

    LengthPartitions(SortedDictionary<int, LogPartitionResult> found) => this.found = found;

    /// <summary>log Z by the number of draws, in nats.</summary>
    public IReadOnlyDictionary<int, LogPartitionResult> Found => found;

    /// <summary>Whether all of them are exact.</summary>
    public bool IsExact => found.Values.All(one => one.IsExact);

    /// <summary>Whether all of them have an estimate from above.</summary>
    public bool HasReverse => found.Count > 0 && found.Values.All(one => one.Reverse is not null);

    /// <summary>The worst of the verdicts on them; null where all are exact.</summary>
    public BracketVerdict? Verdict => IsExact ? null : found.Values.Max(one => one.Verdict);

    /// <summary>What speaks against trusting the numbers.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            int doubtful = found.Values.Count(one => one.Verdict is BracketVerdict.Doubtful or BracketVerdict.NotToBeBelieved);
            if (doubtful > 0)
                yield return $"log Z is doubtful at {doubtful} of {found.Count} lengths: more --chains or --betas narrow it";
        }
    }

    /// <summary>The exact number, or the forward estimate.</summary>
    public double Value(int draws) => found[draws].Value;

    /// <summary>The reverse estimate.</summary>
    public double Reverse(int draws) => found[draws].ReverseValue!.Value;

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("log_partitions");
        foreach (var (draws, one) in found)
        {
            json.WriteStartObject();
            json.WriteNumber("draws", draws);
            one.Write(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Finds them, for every length that rows have.</summary>
    /// <param name="request">How.</param>
    /// <param name="model">The machine of rows with draws of their own.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="draws">The draws of each.</param>
    /// <param name="context">Seed, bars, Ctrl-C.</param>
    /// <exception cref="BadInputException">The way asked for does not lead there.</exception>
    internal static LengthPartitions Find(LogPartitionRequest request, Rbm model, ModelRows rows, IReadOnlyList<int> draws,
        RunContext context)
    {
        var found = new SortedDictionary<int, LogPartitionResult>();
        int[] lengths = [.. draws.Where(n => n > 0).Distinct().Order()];
        if (request.BurnIn == 0)
            throw new BadInputException("--burn-in 0: chains backwards begin at rows of any length, and need sweeps to come to that of "
                + "theirs");
        var pairs = new PairRows(new StackModel(new([model])), rows, context.Seed);
        // Of all rows, whatever their length: those of one length are few.
        IReadOnlyList<Layer> rates = Annealing.BaseRate(model, pairs.Lower(LogPartitionSearch.BaseRateRows));
        RunContext quiet = context with { Observer = new SilentObserver() };
        context.Track("log Z of each length", progress =>
        {
            for (int i = 0; i < lengths.Length; i++)
            {
                context.Interrupted.ThrowIfCancellationRequested();
                found[lengths[i]] = LogPartitionSearch.Find(request, model.WithDraws(lengths[i]), pairs, quiet,
                    [((MultinomialLayer)rates[0]).WithDraws(lengths[i]), .. rates.Skip(1)]);
                progress.Report((i + 1.0) / lengths.Length);
            }
            return true;
        });
        return new(found);
    }
}
