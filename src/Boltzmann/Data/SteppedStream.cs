namespace Boltzmann.Data;

/// <summary>
/// A stretch of another stream, given as asked for up to a place and byte by byte from there on, so that whoever reads it takes no byte
/// there that it does not need.
/// </summary>
/// <param name="source">Read from where it stands.</param>
/// <param name="stepFrom">The place in the source from which single bytes are given.</param>
sealed class SteppedStream(Stream source, long stepFrom) : Stream
{
    /// <summary>Where in the source the last piece began that was given.</summary>
    public long LastStart { get; private set; } = source.Position;

    /// <summary>Whether the last piece was a single byte, so that nothing was given beyond what was needed.</summary>
    public bool IsStepping => LastStart >= stepFrom;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => source.Position; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        LastStart = source.Position;
        return source.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(1, stepFrom - LastStart))]);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
