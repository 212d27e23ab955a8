namespace Boltzmann.Data;

/// <summary>Standard input as a file that can be opened more than once: it is read into memory when it is first asked for.</summary>
static class StandardInput
{
    /// <summary>What stands for it on the command line.</summary>
    public const string Path = "-";

    /// <summary>The file, as it appears in messages.</summary>
    public const string Name = "standard input";

    static readonly Lazy<byte[]> bytes = new(() =>
    {
        using Stream input = Console.OpenStandardInput();
        return ReadAll(input);
    });

    /// <summary>Its bytes, from the first one on.</summary>
    public static Stream Open() => new MemoryStream(bytes.Value, writable: false);

    /// <summary>What is left of a stream that cannot seek.</summary>
    public static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
