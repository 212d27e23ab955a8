using System.Text;

namespace Boltzmann.Data;

/// <summary>Fields of a line of text: between delimiters, or within quotation marks, which are doubled inside.</summary>
/// <param name="delimiter">Between fields.</param>
sealed class FieldSplitter(byte[] delimiter)
{
    /// <summary>By what a line shows: <c>::</c> if it is there, else whichever of comma, semicolon and tab it has most of.</summary>
    /// <param name="line">The first line.</param>
    /// <param name="stated">The delimiter, if somebody has said it.</param>
    public static FieldSplitter Of(ReadOnlySpan<byte> line, char? stated)
    {
        if (stated is char known) return new([(byte)known]);
        if (line.IndexOf("::"u8) >= 0) return new("::"u8.ToArray());
        byte best = (byte)',';
        foreach (byte candidate in ";\t"u8)
            if (line.Count(candidate) > line.Count(best)) best = candidate;
        return new([best]);
    }

    /// <summary>Where the fields stand; false where a quotation mark has no end.</summary>
    public bool Split(ReadOnlySpan<byte> line, List<Range> fields)
    {
        fields.Clear();
        for (int start = 0; ;)
        {
            int end = start;
            if (start < line.Length && line[start] == (byte)'"')
            {
                for (end++; ; end++)
                {
                    int quote = line[end..].IndexOf((byte)'"');
                    if (quote < 0) return false;
                    end += quote + 1;
                    if (end == line.Length || line[end] != (byte)'"') break;
                }
            }
            int length = line[end..].IndexOf(delimiter);
            end = length < 0 ? line.Length : end + length;
            fields.Add(Trimmed(line, start, end));
            if (length < 0) return true;
            start = end + delimiter.Length;
        }
    }

    /// <summary>A field without quotation marks.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        string text = Encoding.UTF8.GetString(Bare(field));
        return field.StartsWith("\""u8) ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>The inside of a field.</summary>
    public static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> field) =>
        field.Length > 1 && field[0] == (byte)'"' && field[^1] == (byte)'"' ? field[1..^1] : field;

    static Range Trimmed(ReadOnlySpan<byte> line, int start, int end)
    {
        while (start < end && line[start] == (byte)' ') start++;
        while (end > start && line[end - 1] == (byte)' ') end--;
        return start..end;
    }
}
