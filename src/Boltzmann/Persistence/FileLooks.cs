using System.Text;

namespace Boltzmann.Persistence;

/// <summary>What a file looks like by its first bytes, for whoever gave the wrong one.</summary>
static class FileLooks
{
    /// <summary>As many first bytes as are looked at.</summary>
    public const int Bytes = 64;

    const byte FirstPrintable = 0x20, Delete = 0x7f;

    // Signatures of the formats that this program reads or writes.
    static readonly (byte[] Start, string What)[] known =
    [
        ([0x93, .. "NUMPY"u8], "a NumPy array"),
        ([(byte)'P', (byte)'K', 3, 4], "a zip archive, such as .npz"),
        ([0x1f, 0x8b], "a gzip file"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG picture"),
        ([.. "PAR1"u8], "a Parquet table"),
        ([0, 0, 8, 1], "an IDX file of labels"),
        ([0, 0, 8, 3], "an IDX file of pictures"),
    ];

    /// <summary>A table of text, a NumPy array, …; null when it looks like nothing known.</summary>
    /// <param name="start">The first bytes of the file, all of it if it is short.</param>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        foreach (var (signature, what) in known)
            if (start.StartsWith(signature)) return what;
        if (start.Length == 0 || !IsText(start)) return null;
        string first = Encoding.UTF8.GetString(start).TrimStart('\ufeff').TrimStart();
        return first.StartsWith('{') || first.StartsWith('[') ? "JSON"
            : first.StartsWith('<') ? "a page" : first.AsSpan().ContainsAny(",;\t") ? "a table of text, such as a CSV" : "text";
    }

    static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
            if (one is (< FirstPrintable and not ((byte)'\t' or (byte)'\n' or (byte)'\r')) or Delete) return false;
        return true;
    }
}
