using System.Text;
using System.Text.Unicode;

namespace Boltzmann.Data;

/// <summary>
/// The records of a text, one by one. Of the text it holds a stretch that has the record, or the lines that show what it is like.
/// </summary>
sealed class TextRecords : IDisposable
{
    const int FirstBuffer = 1 << 17, LongestRecord = 64 << 20, LongestSample = 1 << 20, LongestStart = 64;

    readonly InputBytes input;
    readonly Stream? decoded;   // where the text is not UTF-8
    RecordCutter cutter = new(',');
    byte[] buffer = new byte[FirstBuffer];
    int start, end, record;   // of what is not passed yet, and where the record begins
    bool isAtEnd;
    long nextLine = 1;

    /// <exception cref="BadInputException">The text has zero bytes.</exception>
    public TextRecords(InputBytes input)
    {
        this.input = input;
        end = input.ReadSome(buffer.AsSpan(0, 2));
        isAtEnd = end < 2;
        bool? bigEndian = buffer.AsSpan(0, end) switch { [0xFF, 0xFE] => false, [0xFE, 0xFF] => true, _ => null };
        if (bigEndian is bool isBig)
        {
            decoded = Encoding.CreateTranscodingStream(new InputStream(input), new UnicodeEncoding(isBig, byteOrderMark: false,
                throwOnInvalidBytes: true), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            end = 0;
        }
        Fill();
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8)) start = 3;
    }

    /// <summary>Cells of the record.</summary>
    public int Count => cutter.Count;

    /// <summary>The line on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>What separates cells, as <see cref="RecordCutter"/> has it.</summary>
    public char Delimiter
    {
        get => cutter.Delimiter;
        set => cutter = new(value);
    }

    /// <summary>A cell of the record, as UTF-8; until the next one.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => cutter.Cell(buffer.AsSpan(record), column);

    /// <summary>A cell of the record.</summary>
    /// <exception cref="BadInputException">It is not UTF-8.</exception>
    public string Text(int column)
    {
        ReadOnlySpan<byte> bytes = Bytes(column);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes)
            : throw new BadInputException($"{input.Name}, line {Line}, column {column + 1}: {Quoted.Text(bytes)} is not UTF-8: "
                + "expected a text in UTF-8 or, with a byte order mark, UTF-16");
    }

    /// <summary>Goes to the next record; empty lines are passed over.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="BadInputException">It is not well formed.</exception>
    public bool Read()
    {
        while (start < end || !isAtEnd)
        {
            if (!cutter.Cut(buffer.AsSpan(start, end - start), isAtEnd))
            {
                Fill();
                continue;
            }
            (record, Line) = (start, nextLine);
            start += cutter.Length;
            nextLine += cutter.Lines;
            if (cutter.Fault is string fault) throw new BadInputException($"{input.Name}, line {Line}, column {cutter.Count}: not "
                + $"well-formed CSV ({fault})");
            if (!cutter.IsEmpty) return true;
        }
        return false;
    }

    /// <summary>Passes over a line if it is wanted, with empty lines before it.</summary>
    /// <param name="isWanted">Told the line without blanks at its ends.</param>
    /// <returns>The line; null if the next one that is not empty was not wanted, or there is none.</returns>
    public string? PassLine(Func<string, bool> isWanted)
    {
        int at = start, lines = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(at, end - at);
            int length = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (!isAtEnd && (length < 0 || length == rest.Length - 1))
            {
                at -= start;
                Fill();
                at += start;
                continue;
            }
            string line = Encoding.UTF8.GetString(length < 0 ? rest : rest[..length]).Trim(' ', '\t');
            if (line != "" && !isWanted(line)) return null;
            at = length < 0 ? end : at + length + (rest[length..].StartsWith("\r\n"u8) ? 2 : 1);
            lines++;
            if (line == "" && at < end) continue;
            start = at;
            nextLine += lines;
            return line == "" ? null : line;
        }
    }

    /// <summary>Some records from here on, without passing over them: as many as a megabyte has, but two at least.</summary>
    /// <param name="most">No more than this.</param>
    /// <param name="separator">What separates their cells.</param>
    public List<string[]> Sample(int most, char separator)
    {
        var records = new List<string[]>();
        var own = new RecordCutter(separator);
        for (int at = 0; records.Count < most && (start + at < end || !isAtEnd);)
        {
            if (!own.Cut(buffer.AsSpan(start + at, end - start - at), isAtEnd))
            {
                if (end - start >= LongestSample && (records.Count > 1 || HasTwoLines)) break;
                Fill();
                continue;
            }
            if (own.Fault is not null) break;
            if (!own.IsEmpty) records.Add(Cells(own, buffer.AsSpan(start + at, own.Length)));
            at += own.Length;
        }
        return records;
    }

    /// <summary>The beginning of what comes next.</summary>
    public ReadOnlySpan<byte> Start => buffer.AsSpan(start, Math.Min(end - start, LongestStart));

    /// <summary>Whether a zero byte is among those at hand: the file is no text then.</summary>
    public bool HasZero => buffer.AsSpan(start, end - start).Contains((byte)0);

    /// <inheritdoc/>
    public void Dispose() => decoded?.Dispose();

    bool HasTwoLines => buffer.AsSpan(start, end - start).Count((byte)'\n') > 1 || buffer.AsSpan(start, end - start).Count((byte)'\r') > 1;

    static string[] Cells(RecordCutter cutter, ReadOnlySpan<byte> text)
    {
        byte[] copy = text.ToArray();   // reading cells changes it
        var cells = new string[cutter.Count];
        for (int c = 0; c < cells.Length; c++) cells[c] = Encoding.UTF8.GetString(cutter.Cell(copy, c));
        return cells;
    }

    void Fill()
    {
        if (isAtEnd) return;
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length)
        {
            if (end >= LongestRecord) throw new BadInputException($"{input.Name}, line {nextLine}: is longer than {LongestRecord} bytes "
                + "(a quotation mark without end?)");
            Array.Resize(ref buffer, 2 * end);
        }
        int read = ReadSome(buffer.AsSpan(end));
        isAtEnd = read < buffer.Length - end;
        end += read;
    }

    int ReadSome(Span<byte> destination)
    {
        if (decoded is null) return input.ReadSome(destination);
        try
        {
            return decoded.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (DecoderFallbackException e)
        {
            throw new BadInputException($"{input.Name}: is not well-formed UTF-16 ({e.Message})", e);
        }
    }
}
