using System.Globalization;
using System.Text;

namespace Boltzmann.Data;

/// <summary>The words of a line, between blanks.</summary>
ref struct TextTokens(ReadOnlySpan<byte> line)
{
    ReadOnlySpan<byte> rest = line;

    /// <summary>Words so far.</summary>
    public int Number { get; private set; }

    /// <summary>The next word; false behind the last one.</summary>
    public bool Next(out ReadOnlySpan<byte> word)
    {
        rest = rest.TrimStart(" \t"u8);
        int length = rest.IndexOfAny((byte)' ', (byte)'\t');
        word = length < 0 ? rest : rest[..length];
        rest = rest[word.Length..];
        if (word.IsEmpty) return false;
        Number++;
        return true;
    }

    /// <summary>A word of the form <c>index:value</c>.</summary>
    /// <param name="word">The word.</param>
    /// <param name="index">0 or more.</param>
    /// <param name="value">Finite in single precision.</param>
    public static bool IsPair(ReadOnlySpan<byte> word, out int index, out double value)
    {
        (index, value) = (0, 0);
        int colon = word.IndexOf((byte)':');
        return colon > 0 && int.TryParse(word[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && IsValue(word[(colon + 1)..], out value);
    }

    /// <summary>A number that single precision can hold.</summary>
    public static bool IsValue(ReadOnlySpan<byte> word, out double value) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite((float)value);

    /// <summary>A word as messages show it.</summary>
    public static string Quote(ReadOnlySpan<byte> word) => Quoted.Text(Encoding.UTF8.GetString(word));
}
