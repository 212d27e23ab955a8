using System.Buffers.Binary;
using System.IO.Compression;

namespace Boltzmann.Data;

/// <summary>
/// What a gzip file holds: the data of all its members, one after the other, and nothing behind them but zeros (RFC 1952). Check sum
/// and size of every member are held against its data. .NET's own stream for gzip accepts a missing trailer and any bytes behind it.
/// </summary>
/// <param name="source">The file, which can seek and stands at the first member; it stays open.</param>
/// <param name="name">The file, as it appears in messages.</param>
sealed class GzipMembers(Stream source, string name) : Stream
{
    const int TrailerBytes = 8, Block = 1 << 14;
    const byte Deflated = 8, HasHeaderSum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Unknown = 0xE0;

    SteppedStream? compressed;
    DeflateStream? inflater;
    long dataStart;
    uint crc, size;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whether a stream begins like a gzip file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <exception cref="BadInputException">A member is truncated, or its sum or size differs, or more than zeros follows the
    /// last.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0 && (inflater is not null || OpenMember()))
        {
            int read = inflater!.Read(buffer);
            if (read == 0)
            {
                CloseMember();
                continue;
            }
            crc = Crc32.Append(crc, buffer[..read]);
            size += (uint)read;   // modulo 2³², as files have it
            return read;
        }
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inflater?.Dispose();
        base.Dispose(disposing);
    }

    bool OpenMember()
    {
        Span<byte> header = stackalloc byte[10];
        long start = source.Position;
        int read = source.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (!IsMagic(header[..read]))
        {
            RequireZeros(header[..read]);
            return false;
        }
        if (read < header.Length) throw Truncated();
        if (header[2] != Deflated || (header[3] & Unknown) != 0)
            throw new BadInputException($"{name}: the gzip member at byte {start} is of an unknown kind");
        SkipOptional(header[3]);
        dataStart = source.Position;
        // Where the file has one member, its data end before the last eight bytes; stepping over their last byte shows it.
        (compressed, inflater) = Inflate(source.Length - TrailerBytes - 1);
        (crc, size) = (0, 0);
        return true;
    }

    void SkipOptional(byte flags)
    {
        if ((flags & HasExtra) != 0)
        {
            int length = Next() | Next() << 8;
            for (int i = 0; i < length; i++) Next();
        }
        foreach (byte text in (ReadOnlySpan<byte>)[HasName, HasComment])
        {
            if ((flags & text) == 0) continue;
            while (Next() != 0) continue;
        }
        if ((flags & HasHeaderSum) == 0) return;
        Next();
        Next();
    }

    void CloseMember()
    {
        source.Position = compressed!.IsStepping ? source.Position : DataEnd(compressed.LastStart);
        inflater!.Dispose();
        (compressed, inflater) = (null, null);
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        if (source.ReadAtLeast(trailer, trailer.Length, throwOnEndOfStream: false) < trailer.Length) throw Truncated();
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != crc)
            throw new BadInputException($"{name}: damaged, the check sum of a gzip member differs");
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != size)
            throw new BadInputException($"{name}: damaged, the size of a gzip member differs");
    }

    // An inflater takes pieces and does not say how much of the last one it needed: the data once more, stepping through that piece.
    long DataEnd(long lastPiece)
    {
        source.Position = dataStart;
        var (_, again) = Inflate(lastPiece);
        using (again)
        {
            var unused = new byte[Block];
            while (again.Read(unused) > 0) continue;
        }
        return source.Position;
    }

    (SteppedStream, DeflateStream) Inflate(long stepFrom)
    {
        var pieces = new SteppedStream(source, stepFrom);
        return (pieces, new DeflateStream(pieces, CompressionMode.Decompress));
    }

    void RequireZeros(ReadOnlySpan<byte> start)
    {
        var buffer = new byte[Block];
        for (ReadOnlySpan<byte> part = start; part.Length > 0; part = buffer.AsSpan(0, source.Read(buffer)))
            if (part.ContainsAnyExcept((byte)0))
                throw new BadInputException($"{name}: trailing bytes other than zeros after the last gzip member");
    }

    int Next() => source.ReadByte() is >= 0 and int next ? next : throw Truncated();

    BadInputException Truncated() => new($"{name}: the gzip file is truncated at {source.Length} bytes");
}
