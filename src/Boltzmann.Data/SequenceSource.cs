namespace Boltzmann;

/// <summary>One entry point for sequences: a named set, or a file by its ending.</summary>
public static class SequenceSource
{
    /// <summary>The kinds of files that are read, as <see cref="SequenceOptions.Format"/> names them.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. SequenceFormats.All.Select(format => format.Name)];

    /// <summary>Opens a named set or a file.</summary>
    /// <param name="nameOrPath">A name of <see cref="NamedSets"/>, or a path; - is standard input.</param>
    /// <param name="options">What the data do not say themselves, and how much of them is held out.</param>
    /// <returns>
    /// A file is to learn from, but for what is held out where it has no validation part; nothing is where the share is 0, nor of a set
    /// that is a sequence to be memorised, such as science.
    /// </returns>
    /// <exception cref="BadInputException">There is no such set or file, or it cannot be used; the message says why.</exception>
    public static SequenceParts Open(string nameOrPath, SequenceOptions? options = null)
    {
        options ??= new();
        if (NamedSets.Find(nameOrPath) is NamedSet set) return ReadSet(set, options);
        if (nameOrPath != StandardInput.Path && !File.Exists(nameOrPath) && !Directory.Exists(nameOrPath)
            && Path.GetFileName(nameOrPath) == nameOrPath && !Path.HasExtension(nameOrPath))
            throw new BadInputException($"{Quoted.Text(nameOrPath)} is neither a file nor a set of sequences: expected a file, - for "
                + $"standard input, or one of {Names}{DidYouMean.Question(nameOrPath, NamedSequences.All.Select(set => set.Name))}");
        return SequenceSplit.HoldBack(ReadFile(nameOrPath, options), options);
    }

    static string Names => string.Join(", ", NamedSequences.All.Select(set => set.Name));

    static SequenceParts ReadSet(NamedSet set, SequenceOptions options)
    {
        if (set.ReadSequences is null) throw new BadInputException($"{set.Name} has rows in no order of time: expected one of {Names}, or "
            + "the name of a file");
        if (options.Format is not null)
            throw new BadInputException($"{set.Name} is a named set, whose form is known; --format is for files");
        SequenceOptionCheck.Check(set.Name, set.Use, options);
        SequenceParts parts = set.ReadSequences(set, options);
        Check(set, DataSplit.Train, parts.Training, options);
        Check(set, DataSplit.Validation, parts.Validation, options);
        Check(set, DataSplit.Test, parts.Test, options);
        if (set.IsWhole && options.ValidationShare != 0 && options.ValidationShare != new SequenceOptions().ValidationShare)
            throw new BadInputException($"{set.Name}: is a sequence to be memorised, of which nothing is held out; --validation-share does "
                + "nothing");
        SequenceParts cut = SequenceSplit.HoldBack(parts, set.IsWhole ? options with { ValidationShare = 0 } : options);
        return new(Named(cut.Training, set.Name)!, Named(cut.Validation, $"{set.Name}-validation"), Named(cut.Test, $"{set.Name}-test"));
    }

    // A set in files has the size that is published; its files may be other ones under the same names.
    static void Check(NamedSet set, DataSplit split, Sequences? part, SequenceOptions options)
    {
        if (set.IsGenerated) return;
        int steps = part?.CountedSteps ?? 0, expected = set.Parts.GetValueOrDefault(split);
        bool isFree = options.Columns is not null || options.SkipColumns.Count > 0 || options.Alphabet is not null
            || set.Use == SequenceUse.Rolls;
        if (steps != expected || (part is not null && !isFree && part.Columns != set.Columns))
            throw new BadInputException($"{set.Name}: its {split.ToString().ToLowerInvariant()} part is {steps} × {part?.Columns}, "
                + $"expected {expected} × {set.Columns}");
    }

    static Sequences? Named(Sequences? part, string name) => part?.With(part.Steps.Named(name));

    static SequenceParts ReadFile(string path, SequenceOptions options)
    {
        using InputBytes input = InputBytes.Open(path);
        SequenceFormat format = SequenceFormats.Of(path, input, options.Format);
        SequenceOptionCheck.Check(input.Name, format.Use, options);
        return format.Read(input, options);
    }
}
