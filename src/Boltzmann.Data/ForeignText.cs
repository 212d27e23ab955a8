using System.Text;

namespace Boltzmann.Data;

/// <summary>Texts that are taken for tables by mistake: pages that a server sent in place of a file, and other formats of data.</summary>
static class ForeignText
{
    static readonly (string[] Starts, string What)[] known =
    [
        (["<!doctype", "<html", "<?xml", "<head"], "a page of the web or XML, perhaps sent in place of the file: expected a table of text"),
        (["{\"", "{'", "[{", "[["],
            "JSON: expected a table of text; JSON lines, an object on each line, are read with --format json-lines"),
        (["@relation"], "ARFF: expected a table of text, which it has below its line @data"),
        (["%pdf-", "{\\rtf"], "a document: expected a table of text"),
    ];

    /// <summary>What a text is that begins so, in words; null if it may be a table.</summary>
    public static string? Complaint(ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start).TrimStart().ToLowerInvariant();
        string packed = text.Length > 0 ? text[0] + text[1..].TrimStart() : text;
        return known.FirstOrDefault(one => one.Starts.Any(start => packed.StartsWith(start, StringComparison.Ordinal))).What is string what
            ? $"is {what}" : null;
    }
}
