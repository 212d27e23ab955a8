using System.Buffers;

namespace Boltzmann.Data;

/// <summary>
/// Cuts one record of a text into cells, as RFC 4180 has them and people write them: blanks around cells, line ends of any system, quoted
/// cells with separators, line breaks and doubled quotation marks.
/// </summary>
/// <param name="delimiter">Between cells; a blank for runs of blanks and tabs, with those at the ends of a line passed over.</param>
sealed class RecordCutter(char delimiter)
{
    const byte Quote = (byte)'"';

    readonly SearchValues<byte> stops = SearchValues.Create(delimiter == ' ' ? " \t\r\n"u8 : [(byte)delimiter, (byte)'\r', (byte)'\n']);
    readonly bool isBlank = delimiter == ' ', skipsTabs = delimiter != '\t';
    int[] starts = new int[16], ends = new int[16];
    bool[] isDoubled = new bool[16];

    /// <summary>Between cells.</summary>
    public char Delimiter => delimiter;

    /// <summary>Cells of the record.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the record, with the line break behind it.</summary>
    public int Length { get; private set; }

    /// <summary>Line breaks in the record and behind it.</summary>
    public int Lines { get; private set; }

    /// <summary>Whether the line is empty, or has only blanks.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>What is wrong with the last cell; null if nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Cuts the record that the text begins with.</summary>
    /// <param name="text">The text from there on.</param>
    /// <param name="isWhole">Whether it goes to the end of the input.</param>
    /// <returns>False if more of the text is needed to tell where the record ends.</returns>
    public bool Cut(ReadOnlySpan<byte> text, bool isWhole)
    {
        (Count, Lines, IsEmpty, Fault) = (0, 0, false, null);
        int at = 0;
        while (true)
        {
            at = SkipBlanks(text, at);
            if (at == text.Length && !isWhole) return false;
            // Blanks at the end of a line separate nothing.
            bool isCell = !isBlank || Count == 0 || (at < text.Length && text[at] is not ((byte)'\r' or (byte)'\n'));
            if (isCell && at < text.Length && text[at] == Quote)
            {
                if (!CutQuoted(text, isWhole, ref at)) return false;
                if (Fault is not null) return End(text.Length);
            }
            else if (isCell)
            {
                int length = text[at..].IndexOfAny(stops);
                if (length < 0 && !isWhole) return false;
                int from = at, to = at = length < 0 ? text.Length : at + length;
                while (to > from && IsBlank(text[to - 1])) to--;
                Add(from, to, doubled: false);
                IsEmpty = Count == 1 && to == from;
            }
            if (at == text.Length) return End(at);
            switch (text[at++])
            {
                case (byte)'\n':
                    Lines++;
                    return End(at);
                case (byte)'\r':
                    if (at == text.Length && !isWhole) return false;
                    Lines++;
                    return End(at < text.Length && text[at] == '\n' ? at + 1 : at);
            }
        }
    }

    /// <summary>
    /// A cell of the record, as it stands in the text that was cut; its doubled quotation marks become single ones there.
    /// </summary>
    public ReadOnlySpan<byte> Cell(Span<byte> text, int column)
    {
        if (isDoubled[column])
        {
            int to = starts[column];
            for (int from = to; from < ends[column]; from++)
            {
                text[to++] = text[from];
                if (text[from] == Quote) from++;
            }
            ends[column] = to;
            isDoubled[column] = false;
        }
        return text[starts[column]..ends[column]];
    }

    bool End(int length)
    {
        Length = length;
        IsEmpty &= Count == 1;
        return true;
    }

    bool CutQuoted(ReadOnlySpan<byte> text, bool isWhole, ref int at)
    {
        int from = ++at;
        bool doubled = false;
        while (true)
        {
            int length = text[at..].IndexOf(Quote);
            if (length < 0)
            {
                if (isWhole) Fault = "a quotation mark without end";
                Add(from, from, doubled: false);
                return isWhole;
            }
            at += length + 1;
            if (at == text.Length && !isWhole) return false;
            if (at == text.Length || text[at] != Quote) break;
            doubled = true;
            at++;
        }
        Add(from, at - 1, doubled);
        Lines += Breaks(text[from..(at - 1)]);
        at = SkipBlanks(text, at);
        if (at == text.Length) return isWhole;
        bool isEnd = stops.Contains(text[at]) || (isBlank && text[at - 1] != Quote);
        if (!isEnd) Fault = "text behind a closing quotation mark";
        // A run of blanks is a separator by itself.
        if (isBlank && isEnd && text[at] is not ((byte)'\r' or (byte)'\n')) at--;
        return true;
    }

    void Add(int from, int to, bool doubled)
    {
        if (Count == starts.Length)
        {
            Array.Resize(ref starts, 2 * Count);
            Array.Resize(ref ends, 2 * Count);
            Array.Resize(ref isDoubled, 2 * Count);
        }
        (starts[Count], ends[Count], isDoubled[Count]) = (from, to, doubled);
        Count++;
    }

    int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && IsBlank(text[at])) at++;
        return at;
    }

    bool IsBlank(byte x) => x == ' ' || (x == '\t' && skipsTabs);

    static int Breaks(ReadOnlySpan<byte> text)
    {
        int breaks = text.Count((byte)'\n');
        for (int at = 0; text[at..].IndexOf((byte)'\r') is >= 0 and int next; at += next + 1)
            if (at + next + 1 == text.Length || text[at + next + 1] != '\n') breaks++;
        return breaks;
    }
}
