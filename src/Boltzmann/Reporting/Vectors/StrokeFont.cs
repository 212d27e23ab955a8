using System.Globalization;

namespace Boltzmann.Reporting;

/// <summary>
/// Letters as lines of a pen, for text in pictures without a font at hand: ASCII, the letters of Latin-1, and the signs that charts and
/// drawings use. Any other character is an empty box.
/// </summary>
static partial class StrokeFont
{
    // Of the design: capitals reach from 0 to 14, small letters from 4.5.
    const double Baseline = 14, UnitsPerSize = 19.5, Space = 2.9, Blank = 5, NarrowBlank = 2.5, RaisedSize = 0.55;

    // Between thousands.
    const char NarrowSpace = '\u202F';

    static readonly Lazy<Dictionary<char, (double Width, IReadOnlyList<Polyline> Lines)>> glyphs = new(Read);

    /// <summary>How far a text of a size goes.</summary>
    public static double Width(string text, double size)
    {
        double units = 0;
        foreach (char letter in Known(text)) units += Advance(letter);
        return units * size / UnitsPerSize;
    }

    /// <summary>The lines of a text.</summary>
    /// <param name="text">One line.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="size">As a font's: capitals are 0.72 of it.</param>
    public static IEnumerable<Polyline> Lines(string text, double x, double y, double size)
    {
        double scale = size / UnitsPerSize;
        foreach (char letter in Known(text))
        {
            if (letter is not (' ' or NarrowSpace))
                foreach (Polyline line in Of(letter).Lines) yield return line.Placed(x + Space / 2 * scale, y - Baseline * scale, scale);
            x += Advance(letter) * scale;
        }
    }

    // Two halves of a character beyond the first 65,536 are one box.
    static IEnumerable<char> Known(string text) => text.EnumerateRunes().Select(rune => rune.IsBmp ? (char)rune.Value : Unknown);

    static double Advance(char letter) => letter switch
    {
        ' ' => Blank,
        NarrowSpace => NarrowBlank,
        _ => Of(letter).Width + Space,
    };

    static (double Width, IReadOnlyList<Polyline> Lines) Of(char letter) =>
        glyphs.Value.TryGetValue(letter, out var known) ? known : glyphs.Value[Unknown];

    static Dictionary<char, (double, IReadOnlyList<Polyline>)> Read()
    {
        var read = new Dictionary<char, (double Width, IReadOnlyList<Polyline> Lines)>();
        foreach (string line in Glyphs.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Trim('\r').Split(' ', 3);
            read[parts[0][0]] = (double.Parse(parts[1], CultureInfo.InvariantCulture), SvgPath.Read(parts[2]));
        }
        foreach (string sign in Raised.Split(' '))
        {
            var (width, lines) = read[sign[1]];
            read[sign[0]] = (RaisedSize * width, [.. lines.Select(line => line.Placed(0, 0, RaisedSize))]);
        }
        foreach (string letter in Accented.Split(' '))
        {
            var ((width, lines), (markWidth, mark)) = (read[letter[1]], read[letter[2]]);
            bool isBelow = letter[2] == '¸';
            double up = isBelow || char.IsLower(letter[1]) ? 0 : -4.5;
            // The mark stands in the middle, over the letter.
            read[letter[0]] = (width, [.. lines, .. mark.Select(line => line.Placed((width - markWidth) / 2, up, 1))]);
        }
        return read;
    }
}
