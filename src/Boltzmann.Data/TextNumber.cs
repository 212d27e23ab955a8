using System.Globalization;
using System.Text;

namespace Boltzmann.Data;

/// <summary>Reads numbers as tables have them: finite, with a decimal point or comma, and without separators of thousands.</summary>
static class TextNumber
{
    const int MostDigits = 19, LongestNumber = 512;
    const ulong MostExact = 1ul << 53;

    static readonly double[] powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
        1e19, 1e20, 1e21, 1e22];

    /// <summary>Reads the number nearest to what is written.</summary>
    /// <param name="text">All of it, without blanks around.</param>
    /// <param name="comma">Whether fractions stand behind a comma.</param>
    /// <param name="value">The number.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, bool comma, out double value)
    {
        byte sign = comma ? (byte)',' : (byte)'.';
        int at = text is [(byte)'-' or (byte)'+', ..] ? 1 : 0, first = at, point = -1;
        ulong digits = 0;
        for (; at < text.Length; at++)
        {
            int digit = text[at] - '0';
            if ((uint)digit <= 9) digits = digits * 10 + (uint)digit;
            else if (text[at] == sign && point < 0) point = at;
            else break;
        }
        int count = at - first - (point < 0 ? 0 : 1), behind = point < 0 ? 0 : at - point - 1;
        // Both the digits and the power are doubles exactly, so that their quotient is rounded once (Clinger 1990).
        if (at == text.Length && count is > 0 and <= MostDigits && digits <= MostExact && behind < powers.Length)
        {
            value = digits / powers[behind];
            if (text[0] == '-') value = -value;
            return true;
        }
        return TryReadSlowly(text, comma, out value);
    }

    /// <summary>Whether a text is a number.</summary>
    public static bool IsNumber(string text, bool comma) => TryRead(Encoding.UTF8.GetBytes(text), comma, out _);

    /// <summary>Reads a word for truth as 1 or 0: True, true, TRUE, False, false, FALSE.</summary>
    public static bool TryReadTruth(ReadOnlySpan<byte> text, out double value)
    {
        bool isTrue = text.SequenceEqual("True"u8) || text.SequenceEqual("true"u8) || text.SequenceEqual("TRUE"u8);
        value = isTrue ? 1 : 0;
        return isTrue || text.SequenceEqual("False"u8) || text.SequenceEqual("false"u8) || text.SequenceEqual("FALSE"u8);
    }

    // Exponents, and more digits than a double has.
    static bool TryReadSlowly(ReadOnlySpan<byte> text, bool comma, out double value)
    {
        value = 0;
        if (text.IsEmpty || !char.IsAsciiDigit((char)text[^1]) && text[^1] is not ((byte)'.' or (byte)',')) return false;
        if (comma)
        {
            if (text.Length > LongestNumber || text.Contains((byte)'.')) return false;
            Span<byte> copy = stackalloc byte[text.Length];
            text.CopyTo(copy);
            copy.Replace((byte)',', (byte)'.');
            return double.TryParse(copy, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
