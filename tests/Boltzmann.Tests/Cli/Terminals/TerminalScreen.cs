using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Boltzmann.Tests.Cli.Terminals;

/// <summary>
/// A terminal that understands what programs send to one that moves its cursor: what a person sees in the end, with all that scrolled
/// away above it. Colours are passed over; a sequence that it does not know fails the test.
/// </summary>
sealed partial class TerminalScreen(int columns)
{
    readonly List<StringBuilder> lines = [new()];
    int row, column;

    /// <summary>The lines, without the blanks at their ends.</summary>
    public IReadOnlyList<string> Lines => [.. lines.Select(line => line.ToString().TrimEnd())];

    /// <summary>How often a line was longer than the terminal is wide, and went on in the next one.</summary>
    public int Overflows { get; private set; }

    /// <summary>Takes in what a program wrote.</summary>
    public void Write(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\r': column = 0; break;
                case '\n': MoveTo(row + 1); break;
                case '\u001b':
                    Match match = Sequence().Match(text, at);
                    Assert.True(match.Success, $"an unknown sequence: {text.Substring(at, Math.Min(10, text.Length - at))[1..]}");
                    Obey(match.Groups["command"].Value, match.Groups["number"].Value);
                    at += match.Length - 1;
                    break;
                default: Put(text[at]); break;
            }
        }
    }

    void Put(char letter)
    {
        if (column == columns)
        {
            Overflows++;
            (column, _) = (0, MoveTo(row + 1));
        }
        StringBuilder line = lines[row];
        if (line.Length <= column) line.Append(' ', column + 1 - line.Length);
        line[column++] = letter;
    }

    int MoveTo(int target)
    {
        row = Math.Max(0, target);
        while (lines.Count <= row) lines.Add(new());
        return row;
    }

    void Obey(string command, string number)
    {
        int count = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int stated) ? stated : 1;
        switch (command)
        {
            case "A": MoveTo(row - count); break;
            case "B": MoveTo(row + count); break;
            case "C": column = Math.Min(columns - 1, column + count); break;
            case "D": column = Math.Max(0, column - count); break;
            case "G": column = Math.Clamp(count - 1, 0, columns - 1); break;
            case "K" when number == "2": lines[row].Clear(); break;
            case "K" when number is "" or "0": lines[row].Length = Math.Min(lines[row].Length, column); break;
            case "J" when number is "" or "0":
                lines[row].Length = Math.Min(lines[row].Length, column);
                lines.RemoveRange(row + 1, lines.Count - row - 1);
                break;
            // Colours; the cursor shown or hidden; the keypad.
            case "m" or "h" or "l" or "=" or ">": break;
            default: Assert.Fail($"an unknown sequence: {number}{command}"); break;
        }
    }

    [GeneratedRegex(@"\G\u001b(\[(?<number>[?0-9;]*)(?<command>[A-Za-z])|(?<command>[=>]))")]
    private static partial Regex Sequence();
}
