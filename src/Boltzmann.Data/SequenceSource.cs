namespace Boltzmann;

/// <summary>One entry point for sequences: a file by its ending.</summary>
public static class SequenceSource
{
    /// <summary>The kinds of files that are read, as <see cref="SequenceOptions.Format"/> names them.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. SequenceFormats.All.Select(format => format.Name)];

    /// <summary>Opens a file.</summary>
    /// <param name="nameOrPath">A path; - is standard input.</param>
    /// <param name="options">What the file does not say itself, and how much of it is held out.</param>
    /// <returns>A file is to learn from, but for what is held out; there is no validation part where the share is 0.</returns>
    /// <exception cref="BadInputException">There is no such file, or it cannot be used; the message says why.</exception>
    public static SequenceParts Open(string nameOrPath, SequenceOptions? options = null)
    {
        options ??= new();
        return SequenceSplit.HoldBack(ReadFile(nameOrPath, options), options);
    }

    static SequenceParts ReadFile(string path, SequenceOptions options)
    {
        using InputBytes input = InputBytes.Open(path);
        SequenceFormat format = SequenceFormats.Of(path, input, options.Format);
        SequenceOptionCheck.Check(input.Name, format.Use, options);
        return format.Read(input, options);
    }
}
