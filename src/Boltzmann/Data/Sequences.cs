namespace Boltzmann;

/// <summary>
/// Rows in the order of time: all steps of some sequences, one after the other, and where each sequence begins. Immutable; values stay
/// where they are.
/// </summary>
public sealed class Sequences
{
    readonly int[] first, warmUp;

    /// <summary>Steps that are one sequence, or several.</summary>
    /// <param name="steps">All steps, [T × columns]; their row weights count each step.</param>
    /// <param name="first">The number of each sequence's first step, rising from 0; null for one sequence.</param>
    /// <param name="names">A name for each sequence; null for their numbers from 1.</param>
    /// <param name="warmUp">For each sequence how many steps at its beginning are read to fill the memory, and neither learned nor scored:
    /// a part of a longer sequence begins so. Null for none.</param>
    /// <exception cref="BadInputException">There are no steps, or a sequence has none that counts.</exception>
    /// <exception cref="ArgumentException">First steps do not rise from 0, or not every sequence has a name or warm-up.</exception>
    public Sequences(Dataset steps, IReadOnlyList<int>? first = null, IReadOnlyList<string>? names = null,
        IReadOnlyList<int>? warmUp = null)
    {
        if (steps.Count == 0 || first is { Count: 0 }) throw new BadInputException($"{steps.Name}: has no sequences");
        Steps = steps;
        this.first = [.. first ?? [0]];
        if (this.first[0] != 0) throw new ArgumentException("the first sequence begins at step 0", nameof(first));
        Names = names ?? [.. Enumerable.Range(1, this.first.Length).Select(i => $"{i}")];
        this.warmUp = [.. warmUp ?? new int[this.first.Length]];
        if (Names.Count != Count) throw new ArgumentException($"{Names.Count} names for {Count} sequences", nameof(names));
        if (this.warmUp.Length != Count)
            throw new ArgumentException($"{this.warmUp.Length} warm-ups for {Count} sequences", nameof(warmUp));
        for (int i = 0; i < Count; i++)
        {
            if (LengthOf(i) <= 0) throw new BadInputException($"{steps.Name}: sequence {Names[i]} has no steps");
            if (this.warmUp[i] < 0 || this.warmUp[i] >= LengthOf(i)) throw new BadInputException($"{steps.Name}: sequence {Names[i]} has "
                + $"{LengthOf(i)} steps, of which {this.warmUp[i]} would only warm the memory up: expected fewer");
        }
    }

    /// <summary>All steps of all sequences, one after the other.</summary>
    public Dataset Steps { get; }

    /// <summary>What they are called in messages and reports.</summary>
    public string Name => Steps.Name;

    /// <summary>How many sequences.</summary>
    public int Count => first.Length;

    /// <summary>Values of a step.</summary>
    public int Columns => Steps.Columns;

    /// <summary>The number among <see cref="Steps"/> of each sequence's first step.</summary>
    public IReadOnlyList<int> First => first;

    /// <summary>A name for each sequence.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many steps at the beginning of each sequence only fill the memory.</summary>
    public IReadOnlyList<int> WarmUp => warmUp;

    /// <summary>
    /// The symbols that the columns stand for, one-hot, where the sequences are text; the last one, empty, ends a text. Null for other
    /// data.
    /// </summary>
    public IReadOnlyList<string>? Symbols { get; init; }

    /// <summary>
    /// The lowest pitch, as MIDI numbers it, where each column is a key of a piano roll; null for other data.
    /// </summary>
    public int? LowestPitch { get; init; }

    /// <summary>Steps of a sequence.</summary>
    public int LengthOf(int sequence) => (sequence + 1 < first.Length ? first[sequence + 1] : Steps.Count) - first[sequence];

    /// <summary>Steps of the longest sequence.</summary>
    public int Longest => Enumerable.Range(0, Count).Max(LengthOf);

    /// <summary>How many steps count: all but those that only fill the memory.</summary>
    public int CountedSteps => Steps.Count - warmUp.Sum();

    /// <summary>The number of a step in its sequence, from 1, steps that only fill the memory not counted.</summary>
    public int PlaceOf(int step)
    {
        int sequence = Array.BinarySearch(first, step);
        if (sequence < 0) sequence = ~sequence - 1;
        return step - first[sequence] - warmUp[sequence] + 1;
    }

    /// <summary>The numbers of the steps that count, in order.</summary>
    public int[] Counted() => [.. Enumerable.Range(0, Count)
        .SelectMany(i => Enumerable.Range(first[i] + warmUp[i], LengthOf(i) - warmUp[i]))];

    /// <summary>For each step, the number of its sequence.</summary>
    public int[] SequenceOfSteps() => [.. Enumerable.Range(0, Count).SelectMany(i => Enumerable.Repeat(i, LengthOf(i)))];

    /// <summary>Some sequences in the given order. Copies no values.</summary>
    /// <exception cref="BadInputException">None is chosen.</exception>
    public Sequences Select(IReadOnlyList<int> sequences)
    {
        var rows = new List<int>();
        var begins = new List<int>();
        foreach (int i in sequences)
        {
            begins.Add(rows.Count);
            rows.AddRange(Enumerable.Range(first[i], LengthOf(i)));
        }
        return With(Steps.Select(rows.ToArray()), begins, [.. sequences.Select(i => Names[i])], [.. sequences.Select(i => warmUp[i])]);
    }

    /// <summary>
    /// The steps of one sequence from a step on, at most so many, with up to so many steps before them to warm the memory up. Copies no
    /// values.
    /// </summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="from">Its first step that counts, from 0.</param>
    /// <param name="count">How many count.</param>
    /// <param name="before">Steps before them, as far as there are any.</param>
    /// <exception cref="BadInputException">There are no such steps.</exception>
    public Sequences Range(int sequence, int from, int count, int before = 0)
    {
        int length = LengthOf(sequence);
        if (from < 0 || count <= 0 || from > length - count) throw new BadInputException($"{Name}: sequence {Names[sequence]} has {length} "
            + $"steps: {count} from number {from} on are not among them");
        int warm = Math.Min(before, from);
        return With(Steps.Take(count + warm, first[sequence] + from - warm), [0], [Names[sequence]], [warm]);
    }

    /// <summary>
    /// The first sequences, whole, until so many steps that count are reached; of a first one that is longer so many of its steps. Copies
    /// no values.
    /// </summary>
    /// <param name="steps">How many steps suffice, at least 1.</param>
    public Sequences Beginning(int steps)
    {
        if (CountedSteps <= steps) return this;
        int own = LengthOf(0) - warmUp[0];
        if (own > steps) return Range(0, warmUp[0], steps, warmUp[0]);
        int taken = 0;
        return Select([.. Enumerable.Range(0, Count).TakeWhile(s =>
        {
            bool isNeeded = taken < steps;
            taken += LengthOf(s) - warmUp[s];
            return isNeeded;
        })]);
    }

    /// <summary>The same sequences of other values, such as scaled ones.</summary>
    /// <exception cref="ArgumentException">Another number of steps.</exception>
    public Sequences With(Dataset steps) => steps.Count == Steps.Count ? With(steps, first, Names, warmUp)
        : throw new ArgumentException($"{steps.Count} steps for {Steps.Count}", nameof(steps));

    /// <inheritdoc/>
    public override string ToString() => Count == 1 ? $"{Name} [{Steps.Count} steps × {Columns}]"
        : $"{Name} [{Count} sequences, {Steps.Count} steps × {Columns}]";

    Sequences With(Dataset steps, IReadOnlyList<int> begins, IReadOnlyList<string> names, IReadOnlyList<int> warm) =>
        new(steps, begins, names, warm) { Symbols = Symbols, LowestPitch = LowestPitch };
}
