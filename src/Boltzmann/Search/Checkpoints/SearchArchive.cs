using System.Runtime.InteropServices;
using Boltzmann.Compute;
using Boltzmann.Persistence;

namespace Boltzmann.Searching;

/// <summary>
/// What a search consists of, by name. Each part keeps itself by one method, which gives its values and takes them back: when the archive
/// is being made, those that were given; when a search goes on, those of the file.
/// </summary>
sealed class SearchArchive
{
    const string Format = "boltzmann search", Version = "1";

    readonly OrderedDictionary<string, (Type Type, byte[] Bytes)> values = new(StringComparer.Ordinal);
    readonly string path;

    /// <summary>One to be made.</summary>
    public SearchArchive()
    {
        path = "";
    }

    SearchArchive(SafetensorsFile file)
    {
        path = file.Path;
        IsReading = true;
        foreach (StoredTensor tensor in file.Tensors)
            values[tensor.Name] = tensor.Type switch
            {
                "F64" => (typeof(double), Bytes(file.ReadDoubles(tensor.Name))),
                "I64" => (typeof(long), Bytes(file.ReadInt64s(tensor.Name))),
                "U8" => (typeof(byte), file.ReadBytes(tensor.Name)),
                _ => throw new BadInputException($"{path}: {tensor} is no part of a search"),
            };
    }

    /// <summary>Whether the values of a file are given back.</summary>
    public bool IsReading { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What the search to go on is, by name: what the file says of itself must be the same.</param>
    /// <exception cref="BadInputException">It is missing, none, damaged, or of another search; the message says which.</exception>
    public static SearchArchive Read(string path, IReadOnlyList<(string Name, string Value)> identity)
    {
        using SafetensorsFile file = Open(path, identity);
        var archive = new SearchArchive(file);
        return archive.Checksum == file.Metadata.GetValueOrDefault("checksum") ? archive
            : throw new BadInputException($"{path}: is damaged: its checksum differs");
    }

    /// <summary>Opens a file that is of the same search.</summary>
    /// <exception cref="BadInputException">As <see cref="Read"/>'s.</exception>
    public static SafetensorsFile Open(string path, IReadOnlyList<(string Name, string Value)> identity)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        try
        {
            RequireSame(file, path, identity);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    static void RequireSame(SafetensorsFile file, string path, IReadOnlyList<(string Name, string Value)> identity)
    {
        if (file.Metadata.GetValueOrDefault("format") != Format) throw new BadInputException($"{path}: is not the checkpoint of a search");
        if (file.Metadata.GetValueOrDefault("version") is var version && version != Version)
            throw new BadInputException($"{path}: is of version {Quoted.Text(version ?? "")}; this program reads version {Version}");
        foreach (var (name, value) in identity)
        {
            string was = file.Metadata.GetValueOrDefault(name) ?? "";
            if (was == value) continue;
            throw new BadInputException(name == "problem" ? $"{path}: is of another problem"
                : $"{path}: is of a search with {name} {was}, not {value}; what is resumed keeps its settings");
        }
    }

    /// <summary>Writes all values, whole or not at all.</summary>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public void Write(string path, IReadOnlyList<(string Name, string Value)> identity)
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["format"] = Format;
        writer.Metadata["version"] = Version;
        foreach (var (name, value) in identity) writer.Metadata[name] = value;
        writer.Metadata["checksum"] = Checksum;
        foreach (var (name, (type, bytes)) in values)
            if (type == typeof(double)) writer.Add(name, MemoryMarshal.Cast<byte, double>(bytes).ToArray());
            else if (type == typeof(long)) writer.Add(name, MemoryMarshal.Cast<byte, long>(bytes).ToArray());
            else writer.Add(name, bytes);
        writer.Write(path);
    }

    /// <summary>A number.</summary>
    public T Keep<T>(string name, T value) where T : unmanaged => Keep(name, [value])[0];

    /// <summary>Numbers, as many as were given.</summary>
    public T[] Keep<T>(string name, T[] numbers) where T : unmanaged
    {
        T[] kept = KeepAny(name, numbers);
        return kept.Length == numbers.Length ? kept
            : throw new BadInputException($"{path}: {name} has {kept.Length:N0} numbers; expected {numbers.Length:N0}");
    }

    /// <summary>Numbers, however many.</summary>
    public T[] KeepAny<T>(string name, T[] numbers) where T : unmanaged
    {
        if (!IsReading)
        {
            Type type = typeof(T) == typeof(ulong) ? typeof(long) : typeof(T);
            values.Add(name, (type == typeof(double) || type == typeof(long) ? type : typeof(byte), Bytes(numbers)));
            return numbers;
        }
        if (!values.TryGetValue(name, out var found)) throw new BadInputException($"{path}: has no {name}");
        return MemoryMarshal.Cast<byte, T>(found.Bytes).ToArray();
    }

    static byte[] Bytes<T>(T[] numbers) where T : unmanaged => MemoryMarshal.AsBytes<T>(numbers).ToArray();

    // By name, as a file may order its tensors by their types.
    string Checksum
    {
        get
        {
            uint all = 0;
            foreach (var (name, (_, bytes)) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                all = Crc32.Append(Crc32.Append(all, System.Text.Encoding.UTF8.GetBytes(name)), bytes);
            return $"{all:x8}";
        }
    }
}
