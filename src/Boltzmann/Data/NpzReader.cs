using System.IO.Compression;

namespace Boltzmann.Data;

/// <summary>Reads one array of a NumPy archive (NPZ: a zip of NPY files), and class labels if another one holds them.</summary>
public static class NpzReader
{
    /// <summary>Reads rows.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="array">Name of the array; null for <c>x</c>, else <c>arr_0</c>, else the only one.</param>
    /// <param name="labels">Name of an array of integer labels; null for <c>y</c> if there is one and it has a label for each row.</param>
    /// <param name="scale">For arrays of bytes, what one step is worth; null to find out:
    /// 1 where all are 0 or 1, 1/255 where one is above 16, else 1 by the greatest.</param>
    /// <exception cref="BadInputException">The file is missing or damaged, has no such array, or the array is not one of finite
    /// numbers.</exception>
    public static Dataset Read(string path, string? array = null, string? labels = null, double? scale = null)
    {
        using FileStream file = InputBytes.OpenFile(path);
        return Read(file, path, array, labels, scale);
    }

    /// <summary>Reads rows in which NaN stands for a value that is not known, and may so occur; infinities may not.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="array">Name of the array, as for <see cref="Read(string, string?, string?, double?)"/>.</param>
    /// <param name="scale">For arrays of bytes, as there.</param>
    /// <exception cref="BadInputException">As there.</exception>
    public static Dataset ReadWithMissing(string path, string? array = null, double? scale = null)
    {
        using FileStream file = InputBytes.OpenFile(path);
        return Read(file, path, array, null, scale, missing: true);
    }

    internal static Dataset Read(Stream file, string path, string? array = null, string? labels = null, double? scale = null,
        bool missing = false)
    {
        using ZipArchive archive = Open(file, path);
        var entries = Entries(archive, path);
        string name = array ?? (entries.ContainsKey("x") ? "x" : entries.ContainsKey("arr_0") ? "arr_0"
            : entries.Count == 1 ? entries.Keys.First() : throw NoArray(path, "'x' or 'arr_0'", entries.Keys));
        using InputBytes input = Find(name);
        Dataset data = NpyReader.Read(input, scale, missing: missing);
        string? labelName = labels ?? (entries.ContainsKey("y") && name != "y" ? "y" : null);
        if (labelName is null) return data.Named(Path.GetFileName(path));
        using InputBytes labelInput = Find(labelName);
        int[] found = NpyReader.ReadLabels(labelInput);
        if (found.Length != data.Count) throw new BadInputException($"{labelInput.Name}: has {found.Length} labels for {data.Count} rows");
        return new(Path.GetFileName(path), data.Rows) { Image = data.Image, Labels = found, LabelNames = ClassLabels.Names(found) };

        InputBytes Find(string wanted) => InputBytes.Over(entries.TryGetValue(wanted,
            out ZipArchiveEntry? entry) ? entry : throw NoArray(path, Quoted.Text(wanted), entries.Keys), path, file.Length);
    }

    static ZipArchive Open(Stream file, string path)
    {
        try
        {
            return new(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{path}: not a readable NPZ archive ({e.Message})", e);
        }
    }

    static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive archive, string path)
    {
        const string Ending = ".npy";
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        try
        {
            foreach (ZipArchiveEntry entry in archive.Entries)
                if (entry.FullName.EndsWith(Ending, StringComparison.Ordinal) && !entries.TryAdd(entry.FullName[..^Ending.Length], entry))
                    throw new BadInputException($"{path}: holds two arrays named "
                        + $"{Quoted.Text(entry.FullName.AsSpan(0, entry.FullName.Length - Ending.Length))}");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            throw new BadInputException($"{path}: not a readable NPZ archive ({e.Message})", e);
        }
        return entries;
    }

    static BadInputException NoArray(string path, string wanted, IEnumerable<string> names) =>
        new($"{path}: has no array {wanted}: expected the name of one of: "
            + $"{string.Join(", ", names.Order(StringComparer.Ordinal).Take(20).Select(name => Quoted.Text(name)))}");
}
