using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann data: named data sets, and what is in any.</summary>
static class DataCommand
{
    public static Command Create(Func<ParseResult, Session> open) => new("data", "Data sets by name: what there is, how to get it, how it looks.")
    {
        DataListCommand.Create(open), DataGetCommand.Create(open), DataShowCommand.Create(open),
    };

    /// <summary>The folder that has all files of a set, packed or not; null if none has. Generated sets need none.</summary>
    public static string? FolderOf(NamedSet set, string? first) => DataFolders.Search(first).Select(root => Path.Combine(root, set.Folder))
        .FirstOrDefault(folder => set.Files.All(file => File.Exists(Path.Combine(folder, file.Name)) || (file.Name.EndsWith(".gz", StringComparison.Ordinal) && File.Exists(Path.Combine(folder, file.Name[..^3])))));
}
