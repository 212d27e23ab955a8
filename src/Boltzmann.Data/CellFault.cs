using System.Text;

namespace Boltzmann.Data;

/// <summary>What to say of a cell that is not the number it should be.</summary>
static class CellFault
{
    /// <summary>The cell, as messages show it.</summary>
    public static string Shown(ReadOnlySpan<byte> cell) => cell.IsEmpty ? "empty" : Quoted.Text(Encoding.UTF8.GetString(cell));

    /// <summary>What was expected in its place, and how to read it.</summary>
    public static string Expected(ReadOnlySpan<byte> cell, bool comma, bool isMissing)
    {
        string text = Encoding.UTF8.GetString(cell);
        if (isMissing && !cell.IsEmpty) return "it stands for a missing value; say what gaps mean (--missing absent|unknown)";
        if (text.EndsWith('%') && TextNumber.IsNumber(text[..^1].TrimEnd(), comma))
            return "expected a finite number without a percent sign, or the column as text (--types)";
        if (TextNumber.IsNumber(text, !comma))
            return comma ? "expected a finite number with a decimal comma, as elsewhere in the table (--decimal point)"
                : "expected a finite number with a decimal point (--decimal comma)";
        if (HasThousands(text))
            return "expected a finite number without separators of thousands"
                + (comma == text.LastIndexOf(',') > text.LastIndexOf('.') || !text.Contains('.') || !text.Contains(',') ? ""
                    : comma ? " (--decimal point)" : " (--decimal comma)");
        return "expected a finite number" + (cell.IsEmpty && isMissing ? ", or what gaps mean (--missing absent|unknown)" : "");
    }

    // Digits in threes: 1,234,567 or 1.234,5 or 1 234 or 1'234.
    static bool HasThousands(string text)
    {
        string digits = text.TrimStart('+', '-');
        int marks = digits.Count(x => x is ',' or '.' or ' ' or '\'' or '_' or '\u00A0' or '\u202F' or '’');
        return marks > 0 && char.IsAsciiDigit(digits[0]) && digits.Count(char.IsAsciiDigit) == digits.Length - marks;
    }
}
