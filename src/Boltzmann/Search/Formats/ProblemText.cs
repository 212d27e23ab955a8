using System.Buffers.Text;
using System.Globalization;
using Boltzmann.Data;

namespace Boltzmann.Searching;

/// <summary>The words of a problem file, line by line; what is wrong is named by file, line and column.</summary>
sealed class ProblemText
{
    readonly byte[] bytes;
    int position, lineStart, lineEnd = -1, tokenStart;

    ProblemText(string name, byte[] bytes)
    {
        Name = name;
        this.bytes = bytes;
    }

    /// <summary>The file, as it appears in messages.</summary>
    public string Name { get; }

    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The number of the line, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Whether the line has no further word.</summary>
    public bool IsLineEnd
    {
        get
        {
            while (position < lineEnd && IsBlank(bytes[position])) position++;
            return position >= lineEnd;
        }
    }

    /// <summary>Opens a file, through gzip if it is packed; "-" is standard input.</summary>
    public static ProblemText Open(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        using var all = new MemoryStream();
        byte[] block = new byte[1 << 16];
        for (int read; (read = input.ReadSome(block)) > 0;)
        {
            if (all.Length + read > Array.MaxLength) throw new BadInputException($"{input.Name}: holds more than {Array.MaxLength:N0} "
                + $"bytes");
            all.Write(block, 0, read);
        }
        return new(input.Name, all.ToArray());
    }

    /// <summary>A text, for tests.</summary>
    public static ProblemText Over(string name, byte[] bytes) => new(name, bytes);

    /// <summary>Goes to the next line with a word on it.</summary>
    public bool NextLine()
    {
        while (lineEnd < bytes.Length)
        {
            position = lineStart = lineEnd + 1;
            if (Line == 0 && bytes is [0xEF, 0xBB, 0xBF, ..]) position = 3;
            if (position >= bytes.Length && Line > 0) return false;
            Line++;
            int end = position <= bytes.Length ? bytes.AsSpan(position).IndexOf((byte)'\n') : -1;
            lineEnd = end < 0 ? bytes.Length : position + end;
            if (!IsLineEnd) return true;
        }
        return false;
    }

    /// <summary>The next word of the line, which must have one.</summary>
    /// <param name="expected">What it should be.</param>
    public ReadOnlySpan<byte> Word(string expected)
    {
        if (IsLineEnd) throw new BadInputException($"{Name}, line {Line}: ends where {expected} was expected");
        tokenStart = position;
        while (position < lineEnd && !IsBlank(bytes[position])) position++;
        return bytes.AsSpan(tokenStart, position - tokenStart);
    }

    /// <summary>The first byte of the line's next word; 0 at its end.</summary>
    public byte Peek() => IsLineEnd ? (byte)0 : bytes[position];

    /// <summary>The line's next word, which stays there; empty at its end.</summary>
    public ReadOnlySpan<byte> PeekWord()
    {
        if (IsLineEnd) return [];
        int end = position;
        while (end < lineEnd && !IsBlank(bytes[end])) end++;
        return bytes.AsSpan(position..end);
    }

    /// <summary>The rest of the line, without blanks around it; the line is then at its end.</summary>
    /// <exception cref="BadInputException">It is not UTF-8.</exception>
    public string Rest()
    {
        ReadOnlySpan<byte> rest = bytes.AsSpan(position..lineEnd);
        if (!System.Text.Unicode.Utf8.IsValid(rest)) throw LineFault("is not valid UTF-8");
        position = lineEnd;
        return System.Text.Encoding.UTF8.GetString(rest).Trim();
    }

    /// <summary>Passes over the rest of the line.</summary>
    public void SkipLine() => position = lineEnd;

    /// <summary>A whole number of a range.</summary>
    public long Whole(string expected, long least, long most)
    {
        ReadOnlySpan<byte> word = Word(expected);
        if (!Utf8Parser.TryParse(word, out long value, out int used) || used != word.Length)
            throw Fault($"{Quoted.Text(word)} is not a whole number; expected {expected}");
        return value >= least && value <= most ? value
            : throw Fault($"{value} is not {expected}: expected {least} to {most}");
    }

    /// <summary>A finite number.</summary>
    public double Number(string expected)
    {
        ReadOnlySpan<byte> word = Word(expected);
        if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            throw Fault($"{Quoted.Text(word)} is not a number; expected {expected}");
        return double.IsFinite(value) ? value : throw Fault($"{Quoted.Text(word)} is not a finite number; expected {expected}");
    }

    /// <summary>Throws unless the line is at its end.</summary>
    public void RequireLineEnd(string after)
    {
        if (!IsLineEnd) throw FaultAt(position, $"{Quoted.Text(Word("a word"))} follows {after}, where the line should end");
    }

    /// <summary>An error at the word that was read last.</summary>
    public BadInputException Fault(string message) => FaultAt(tokenStart, message);

    /// <summary>An error of the line, or of the whole file.</summary>
    public BadInputException LineFault(string message) =>
        new(Line > 0 ? $"{Name}, line {Line}: {message}" : $"{Name}: {message}");

    BadInputException FaultAt(int at, string message) => new($"{Name}, line {Line}, column {at - lineStart + 1}: {message}");

    static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\f' or (byte)'\v';
}
