namespace Boltzmann.Data;

/// <summary>Checked bytes as a stream, for readers of text.</summary>
sealed class InputStream(InputBytes input) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => input.Position; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => input.ReadSome(buffer);
    public override int Read(byte[] buffer, int offset, int count) => input.ReadSome(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
