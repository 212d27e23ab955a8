using System.IO.Compression;

namespace Boltzmann.Data;

/// <summary>Reads one array of a NumPy archive (NPZ: a zip of NPY files), and class labels if another one holds them.</summary>
public static class NpzReader
{
    const string Ending = ".npy";
    const int Shown = 20;

    /// <summary>Reads rows.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="array">Name of the array; null for the first there is of <c>x</c>, <c>X</c>, <c>x_train</c>, <c>X_train</c> and the
    /// like, <c>data</c>, <c>images</c>, <c>arr_0</c>, else the only one.</param>
    /// <param name="labels">Name of an array of labels, whole numbers or texts; null for the one that is usual beside those rows: <c>y</c>,
    /// <c>target</c> or <c>labels</c>, <c>y_train</c>, <c>y_test</c>, if there is one.</param>
    /// <param name="scale">For arrays of bytes, what one step is worth; null to find out:
    /// 1 where all are 0 or 1, 1/255 where one is above 16, else 1 by the greatest.</param>
    /// <exception cref="BadInputException">The file is missing or damaged, has no such array, or the array is not one of finite
    /// numbers.</exception>
    public static Dataset Read(string path, string? array = null, string? labels = null, double? scale = null)
    {
        using Stream file = InputBytes.OpenFile(path);
        return Read(file, path, array, labels, scale);
    }

    /// <summary>Reads rows in which NaN stands for a value that is not known, and may so occur; infinities may not.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="array">Name of the array, as for <see cref="Read(string, string?, string?, double?)"/>.</param>
    /// <param name="scale">For arrays of bytes, as there.</param>
    /// <exception cref="BadInputException">As there.</exception>
    public static Dataset ReadWithMissing(string path, string? array = null, double? scale = null)
    {
        using Stream file = InputBytes.OpenFile(path);
        return Read(file, path, array, null, scale, missing: true);
    }

    /// <summary>Whether the archive has rows for a test under a usual name, such as <c>x_test</c>.</summary>
    internal static bool HasTest(Stream file, string path) => ArrayNames.Rows(Names(file, path), isTest: true) is not null;

    /// <summary>Names of the arrays.</summary>
    internal static ICollection<string> Names(Stream file, string path)
    {
        using ZipArchive archive = Open(file, path);
        return Entries(archive, path).Keys;
    }

    internal static Dataset Read(Stream file, string path, string? array = null, string? labels = null, double? scale = null,
        bool missing = false, bool isTest = false)
    {
        using ZipArchive archive = Open(file, path);
        var entries = Entries(archive, path);
        string name = array ?? ArrayNames.Rows(entries.Keys, isTest)
            ?? (isTest ? throw NoArray("of rows for a test (x_test)")
                : entries.Count == 1 ? entries.Keys.First() : throw NoArray("'x', 'data' or 'arr_0'"));
        using InputBytes input = Find(name);
        Dataset data = NpyReader.Read(input, scale, missing: missing);
        string? labelName = labels ?? ArrayNames.Labels(entries.Keys, name);
        if (labelName is null) return data.Named(Path.GetFileName(path));
        // Of an array that nobody asked for it must be plain that it holds labels.
        if (labels is null && !AreLabels(labelName)) return data.Named(Path.GetFileName(path));
        using InputBytes labelInput = Find(labelName);
        var (found, classes) = ArrayLabels.Read(labelInput);
        if (found.Length != data.Count) throw new BadInputException($"{labelInput.Name}: has {found.Length} labels for {data.Count} rows");
        return new(Path.GetFileName(path), data.Rows) { Image = data.Image, Labels = found, LabelNames = classes };

        InputBytes Find(string wanted) => InputBytes.Over(entries.TryGetValue(wanted,
            out ZipArchiveEntry? entry) ? entry : throw NoArray(Quoted.Text(wanted)), path, file.Length);

        bool AreLabels(string wanted)
        {
            using InputBytes header = Find(wanted);
            NpyHeader found = NpyHeader.Read(header);
            return found.Axes is [_] or [_, 1] && found.Format.Kind != ElementKind.Float
                && (ArrayNames.IsUsual(name) || found.Axes[0] == data.Count);
        }

        BadInputException NoArray(string wanted)
        {
            string[] known = [.. entries.Keys.Order(StringComparer.Ordinal)];
            string all = string.Join(", ", known.Take(Shown).Select(one => $"{Quoted.Text(one)} [{Shape(one)}]"));
            return new($"{path}: has no array {wanted}: expected the name of one of: {(known.Length == 0 ? "none" : all)}"
                + (known.Length > Shown ? $" and {known.Length - Shown} more" : "") + " (--array)");
        }

        string Shape(string one)
        {
            try
            {
                using InputBytes header = Find(one);
                return string.Join(" × ", NpyHeader.Read(header).Axes);
            }
            catch (BadInputException)
            {
                return "not of numbers";
            }
        }
    }

    internal static ZipArchive Open(Stream file, string path)
    {
        try
        {
            file.Position = 0;
            return new(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{path}: not a readable NPZ archive ({e.Message})", e);
        }
    }

    internal static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive archive, string path)
    {
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
}
