namespace Boltzmann.Data;

/// <summary>The lines of a text, one at a time, without their ends and without a byte order mark.</summary>
sealed class TextLines(InputBytes input)
{
    const int LongestLine = 64 << 20;

    byte[] buffer = new byte[1 << 16];
    int start, end;
    bool isOver;

    /// <summary>The number of the line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where something stands, for messages.</summary>
    public string Where => $"{input.Name}, line {Number}";

    /// <summary>The next line; false behind the last one. It is valid until the next call.</summary>
    /// <exception cref="BadInputException">The file is damaged, or a line is longer than 64 MB.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0 || (isOver && end > start))
            {
                length = length >= 0 ? searched + length : end - start;
                line = buffer.AsSpan(start, length);
                start = Math.Min(start + length + 1, end);
                if (++Number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
                if (line.EndsWith("\r"u8)) line = line[..^1];
                return true;
            }
            if (isOver)
            {
                line = default;
                input.RequireEnd();
                return false;
            }
            searched = end - start;
            Fill();
        }
    }

    void Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
        {
            if (end >= LongestLine)
                throw new BadInputException($"{input.Name}, line {Number + 1}: is longer than {LongestLine} bytes: expected rows of text");
            Array.Resize(ref buffer, 2 * buffer.Length);
        }
        int read = input.ReadSome(buffer.AsSpan(end));
        isOver = end + read < buffer.Length;
        end += read;
    }
}
