using System.Text;

namespace Boltzmann.Persistence;

/// <summary>
/// Files that are replaced whole: whoever reads one, at any moment and after any kill, finds the old content or the new, never a part.
/// The content goes to NAME.tmp-PID-N beside the target, is flushed to the disk, and is then renamed over it.
/// </summary>
public static class AtomicFile
{
    const int BufferBytes = 1 << 16;
    const string Mark = ".tmp-";

    static int written;

    /// <summary>Replaces or creates a file with what <paramref name="write"/> puts into the stream.</summary>
    /// <exception cref="BadInputException">The folder does not exist or may not be written, or the path is a folder.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (Directory.Exists(path)) throw new BadInputException($"{path}: is a folder; expected a file to write");
        // The number keeps two threads of one process apart.
        string temporary = $"{path}{Mark}{Environment.ProcessId}-{Interlocked.Increment(ref written)}";
        using (FileStream stream = Create(path, temporary))
        {
            try
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            catch
            {
                stream.Dispose();
                File.Delete(temporary);
                throw;
            }
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Replaces or creates a file with these bytes.</summary>
    /// <exception cref="BadInputException">See <see cref="Write"/>.</exception>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Replaces or creates a file with this text, in UTF-8 without a byte order mark.</summary>
    /// <exception cref="BadInputException">See <see cref="Write"/>.</exception>
    public static void WriteText(string path, string text) => WriteBytes(path, new UTF8Encoding(false).GetBytes(text));

    /// <summary>Deletes what killed processes have left unfinished in a folder that no other process writes to.</summary>
    internal static void DeleteLeftovers(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, $"*{Mark}*"))
        {
            string tail = path[(path.LastIndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..];
            if (tail.Length > 0 && tail.All(c => char.IsAsciiDigit(c) || c == '-')) File.Delete(path);
        }
    }

    static FileStream Create(string path, string temporary)
    {
        try
        {
            return new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new BadInputException($"{path}: cannot be written, its folder does not exist", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BadInputException($"{path}: cannot be written, permission denied", e);
        }
    }
}
