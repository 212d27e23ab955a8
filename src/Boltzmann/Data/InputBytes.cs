using System.Buffers.Binary;
using System.IO.Compression;

namespace Boltzmann.Data;

/// <summary>
/// The bytes of a file, a gzip file or an archive entry, read once from front to back. Knows how many there can be before it reads them,
/// so that a number in a header is held against the file before anything is allocated from it. Everything wrong becomes a
/// <see cref="BadInputException"/> with the file's name.
/// </summary>
sealed class InputBytes : IDisposable
{
    // No deflate stream expands further: a symbol takes at least one bit per 258 bytes twice over (zlib's technical notes).
    const long MostExpansion = 1032;
    const int Overshoot = 1 << 16;

    readonly Stream stream;
    readonly Stream? packed;
    byte[] ahead = [];   // looked at, and not read yet
    readonly uint? expectedCrc;
    uint crc;

    InputBytes(Stream stream, string name, long most, Stream? packed = null, uint? expectedCrc = null)
    {
        this.stream = stream;
        this.packed = packed;
        Name = name;
        Most = most;
        this.expectedCrc = expectedCrc;
    }

    /// <summary>The file, as it appears in messages.</summary>
    public string Name { get; }

    /// <summary>No more bytes than this can follow one another: the length, or what the compressed length allows.</summary>
    public long Most { get; }

    /// <summary>Whether <see cref="Most"/> is the length itself; of a gzip file it is not.</summary>
    public bool IsExact => packed is null;

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>The file itself, which can seek; it may be packed.</summary>
    public Stream Source => packed ?? stream;

    /// <summary>The path of a file that is so long that its numbers had better be mapped, and can be; null for others.</summary>
    public string? MappedPath => IsExact && Most >= ArrayReader.MappedBytes && stream is FileStream ? Name : null;

    /// <summary>
    /// Opens a file, through gzip if it begins with gzip's magic number; <c>-</c> is standard input. What cannot seek is read into memory.
    /// </summary>
    public static InputBytes Open(string path)
    {
        Stream file = OpenFile(path);
        try
        {
            return Over(file, path == StandardInput.Path ? StandardInput.Name : path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for reading; what stands in the way becomes one clear line.</summary>
    public static Stream OpenFile(string path)
    {
        try
        {
            if (path == StandardInput.Path) return StandardInput.Open();
            if (Directory.Exists(path)) throw new BadInputException($"{path}: is a folder, expected a file");
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            if (file.CanSeek) return file;
            using (file) return new MemoryStream(StandardInput.ReadAll(file), writable: false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path}: no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{path}: cannot be opened ({e.Message})", e);
        }
    }

    /// <summary>Reads a seekable stream from its beginning, through gzip if it begins with gzip's magic number.</summary>
    public static InputBytes Over(Stream source, string name)
    {
        Span<byte> magic = stackalloc byte[2];
        source.Position = 0;
        int read = source.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        source.Position = 0;
        if (!GzipMembers.IsMagic(magic[..read])) return new(source, name, source.Length);
        if (source.Length < 18) throw new BadInputException($"{name}: the gzip file is truncated at {source.Length} bytes");
        return new(new GzipMembers(source, name), name, Expanded(source.Length), source);
    }

    /// <summary>Reads an entry of a zip archive.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="archive">The archive's name.</param>
    /// <param name="archiveBytes">The archive's length, which no entry's compressed length can exceed.</param>
    public static InputBytes Over(ZipArchiveEntry entry, string archive, long archiveBytes)
    {
        string name = $"{archive}, entry {Quoted.Text(entry.FullName)}";
        try
        {
            if (entry.CompressedLength > archiveBytes || entry.Length > Expanded(entry.CompressedLength))
                throw new BadInputException($"{name}: {entry.CompressedLength} compressed bytes cannot hold {entry.Length}");
            return new(entry.Open(), name, entry.Length, expectedCrc: entry.Crc32);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw new BadInputException($"{name}: cannot be read ({e.Message})", e);
        }
    }

    /// <summary>Throws unless this many bytes follow, neither more nor fewer, before anyone allocates room for them.</summary>
    public void RequireRest(UInt128 bytes, string what)
    {
        long rest = Most - Position;
        if (bytes > (ulong)rest && !IsExact) throw Differs($"no more than {rest} can follow");
        if (IsExact && bytes != (ulong)rest) throw Differs($"{rest} follow");
        if (IsExact || EndsLike(Position + (long)bytes)) return;
        // Several members, or padding: only unpacking shows how many bytes there are.
        rest = Unpacked(Position + (long)bytes) - Position;
        if (bytes != (ulong)rest) throw Differs(rest > (long)bytes + Overshoot ? $"more than {bytes} follow" : $"{rest} follow");

        BadInputException Differs(string found) =>
            new($"{Name}: {what} take {bytes} bytes, but {found} the header (truncated, or trailing bytes)");
    }

    // Whether the file is as long as it would be if it had one member, whose size, modulo 2³², is in the last four bytes.
    bool EndsLike(long length)
    {
        long at = packed!.Position;
        Span<byte> size = stackalloc byte[4];
        packed.Position = packed.Length - size.Length;
        packed.ReadExactly(size);
        packed.Position = at;
        return BinaryPrimitives.ReadUInt32LittleEndian(size) == unchecked((uint)length);
    }

    // How many bytes there are; ends early where they are many more than wanted.
    long Unpacked(long wanted)
    {
        long at = packed!.Position, count = 0;
        packed.Position = 0;
        using (var members = new GzipMembers(packed, Name))
        {
            var block = new byte[Overshoot];
            for (int read = -1; read != 0 && count <= wanted + Overshoot; count += read) read = Checked(members, block);
        }
        packed.Position = at;
        return count;
    }

    /// <summary>Looks at the bytes that come next, without passing over them.</summary>
    /// <returns>As many as are wanted, or as there are.</returns>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (ahead.Length < count)
        {
            int known = ahead.Length;
            Array.Resize(ref ahead, count);
            Array.Resize(ref ahead, known + Checked(stream, ahead.AsSpan(known)));
        }
        return ahead.AsSpan(0, Math.Min(count, ahead.Length));
    }

    /// <summary>Fills the span, or says that the file is truncated.</summary>
    public void Read(Span<byte> destination, string what)
    {
        int read = ReadSome(destination);
        if (read < destination.Length) throw new BadInputException($"{Name}: truncated at {Position} bytes, within {what}");
    }

    /// <summary>Reads until the span is full or the bytes end, and says how many came.</summary>
    public int ReadSome(Span<byte> destination)
    {
        int read = Math.Min(ahead.Length, destination.Length);
        ahead.AsSpan(0, read).CopyTo(destination);
        if (read > 0) ahead = ahead[read..];
        read += Checked(stream, destination[read..]);
        Position += read;
        if (expectedCrc is not null) crc = Crc32.Append(crc, destination[..read]);
        if (Position > Most) throw new BadInputException($"{Name}: more follows than the {Most} bytes it states (trailing bytes)");
        return read;
    }

    /// <summary>Reads everything that is left.</summary>
    public byte[] ReadAll()
    {
        const int Start = 1 << 16;
        var all = new byte[IsExact ? Math.Clamp(Most - Position, 1, Array.MaxLength) : Start];
        int count = 0;
        while (true)
        {
            count += ReadSome(all.AsSpan(count));
            if (count < all.Length || Position == Most) break;
            if (count == Array.MaxLength) throw new BadInputException($"{Name}: more than {count} bytes do not fit into memory");
            Array.Resize(ref all, (int)Math.Min(Array.MaxLength, 2L * count));
        }
        RequireEnd();
        return count == all.Length ? all : all[..count];
    }

    int Checked(Stream from, Span<byte> destination)
    {
        try
        {
            return from.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new BadInputException($"{Name}: damaged after {Position} bytes ({e.Message})", e);
        }
    }

    /// <summary>Throws unless all bytes have been read and the sums agree.</summary>
    public void RequireEnd()
    {
        Span<byte> one = stackalloc byte[1];
        if (ReadSome(one) != 0) throw new BadInputException($"{Name}: trailing bytes after the {Position - 1} expected");
        if (expectedCrc is uint sum && sum != crc) throw new BadInputException($"{Name}: the check sum differs, the file is damaged");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        packed?.Dispose();
    }

    static long Expanded(long compressed) => compressed > long.MaxValue / MostExpansion ? long.MaxValue : compressed * MostExpansion;
}
