namespace Boltzmann.Data;

/// <summary>A data set known by name: what it is, its parts and its files. Generated sets have no files.</summary>
public sealed class NamedSet
{
    internal NamedSet(string name, string description, ImageShape? image, int columns, params (DataSplit Split, int Rows)[] parts)
    {
        Name = name;
        Description = description;
        Image = image;
        Columns = columns;
        Parts = parts.ToDictionary(part => part.Split, part => part.Rows);
        Folder = name;
    }

    /// <summary>What to ask for.</summary>
    public string Name { get; }

    /// <summary>What it is and where it comes from, in a line.</summary>
    public string Description { get; }

    /// <summary>How a row is a picture, if it is one.</summary>
    public ImageShape? Image { get; }

    /// <summary>Values per row.</summary>
    public int Columns { get; }

    /// <summary>The parts it is published in, with their rows.</summary>
    public IReadOnlyDictionary<DataSplit, int> Parts { get; }

    /// <summary>Folder of its files below a root.</summary>
    public string Folder { get; internal init; }

    /// <summary>Its files.</summary>
    public IReadOnlyList<DataFile> Files { get; internal init; } = [];

    /// <summary>Whether it is made here, from a seed.</summary>
    public bool IsGenerated => Files.Count == 0;

    /// <summary>Whether <c>data get</c> can fetch it.</summary>
    public bool CanFetch => Files.Count > 0 && Files.All(file => file.Mirrors.Count > 0);

    /// <summary>
    /// The file that it is, for a set that is a table of text: it is read as that file is, cell by cell or as numbers. Null for other sets.
    /// </summary>
    internal string? Table { get; init; }

    /// <summary>Whether it is a table of text, whose columns may be chosen and told what they hold as those of a file.</summary>
    public bool IsTable => Table is not null;

    /// <summary>Reads one of <see cref="Parts"/>.</summary>
    internal Func<NamedSet, DataOptions, Dataset> Read { get; init; } = (set, _) =>
        throw new NotSupportedException($"{set.Name} has no reader");

    /// <summary>Reads its sequences, for a set that is some; null for other sets.</summary>
    internal Func<NamedSet, SequenceOptions, SequenceParts>? ReadSequences { get; init; }

    /// <summary>Whether its rows are the steps of sequences, which <see cref="SequenceSource"/> opens.</summary>
    public bool IsSequences => ReadSequences is not null;

    /// <summary>Which options of sequences have a meaning for it.</summary>
    internal SequenceUse Use { get; init; }

    /// <summary>Whether it is a sequence to be memorised, of which nothing is held out.</summary>
    internal bool IsWhole { get; init; }

    /// <summary>
    /// The folder below the first root that has all files, packed or not; null if there is none, or the set is generated.
    /// </summary>
    /// <param name="folder">The root to look into first; null for none.</param>
    public string? FindFolder(string? folder = null) => IsGenerated ? null
        : DataFolders.Search(folder).Select(root => Path.Combine(root,
            Folder)).FirstOrDefault(path => Files.All(file => FindFile(path, file.Name) is not null));

    /// <summary>The path of a file, packed or not, in the first root that has it.</summary>
    /// <exception cref="BadInputException">No root has it; the message names them.</exception>
    internal string Locate(string file, DataOptions options) => LocateIn(options.Folder, file);

    /// <summary>The same, with the root to look into first; null for none.</summary>
    /// <exception cref="BadInputException">No root has it; the message names them.</exception>
    internal string LocateIn(string? folder, string file)
    {
        IReadOnlyList<string> roots = DataFolders.Search(folder);
        return roots.Select(root => FindFile(Path.Combine(root, Folder), file)).FirstOrDefault(path => path is not null)
            ?? throw new BadInputException($"{Name}: {Folder}/{file} is in none of {string.Join(", ", roots)}: {HowToGet}");
    }

    static string? FindFile(string folder, string file)
    {
        string path = Path.Combine(folder, file), other = file.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path + ".gz";
        return File.Exists(path) ? path : File.Exists(other) ? other : null;
    }

    /// <summary>What to do when it is missing.</summary>
    internal string HowToGet => CanFetch ? $"expected it there; 'boltzmann data get {Name}' fetches it"
        : "expected it there; no place to fetch it from is known, so it has to be put there by hand";
}
