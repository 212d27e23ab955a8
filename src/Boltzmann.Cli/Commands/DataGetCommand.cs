using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann data get NAME: fetches a named set into the cache and checks it.</summary>
static class DataGetCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var name = new Argument<string>("NAME") { Description = "A name from boltzmann data list." };
        var folder = new Option<string?>("--folder")
        {
            Description = "Fetch below this folder. By default --data-folder, otherwise the user's cache.",
            HelpName = "FOLDER"
        };
        var command = new Command("get",
            "Fetches a named data set and checks its SHA-256. Tries several mirrors, and continues where an earlier try stopped.")
            { name, folder };
        command.WithExamples(("data get mnist", "into the user's cache"));
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            NamedSet set = NamedSets.Find(parsed.GetValue(name)!)
                ?? throw new BadInputException($"'{parsed.GetValue(name)}' is not a data set: expected one of "
                    + string.Join(", ", NamedSets.All.Select(s => s.Name))
                    + DidYouMean.Question(parsed.GetValue(name)!, NamedSets.All.Select(s => s.Name)));
            string? path = set.IsGenerated ? null : Fetch(session, set, parsed.GetValue(folder) ?? session.DataFolder);
            if (session.Json)
                session.WriteJson(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("name", set.Name);
                    json.WriteBoolean("generated", set.IsGenerated);
                    json.WriteString("folder", path);
                    json.WriteNumber("bytes", set.Files.Sum(file => file.Bytes));
                    json.WriteEndObject();
                });
            else session.Output.WriteLine(path is null ? $"{set.Name} is built in; there is nothing to fetch" : $"{set.Name} is in {path}, "
                + "all files as published");
            return ExitCode.Done;
        });
        return command;
    }

    static string Fetch(Session session, NamedSet set, string? folder)
    {
        long total = set.Files.Sum(file => file.Bytes);
        return FractionDisplay.Show(session, $"fetching {set.Name}", share =>
        {
            using var downloader = new Downloader();
            return NamedSets.FetchAsync(set.Name, downloader, folder, new Bytes(session, set, total, share),
                session.Interrupted).GetAwaiter().GetResult();
        });
    }

    /// <summary>Bytes of all files, as a share; and where the bar is not seen, a line per file.</summary>
    sealed class Bytes(Session session, NamedSet set, long total, IProgress<double> share) : IProgress<DownloadProgress>
    {
        DataFile? current;

        public void Report(DownloadProgress value)
        {
            if (current != value.File)
            {
                current = value.File;
                if (!session.IsInteractive)
                    session.Say($"fetching {value.File.Name}, {value.File.Bytes:N0} bytes, from {value.Mirror.Host}");
            }
            share.Report((set.Files.TakeWhile(file => file != value.File).Sum(file => file.Bytes) + value.Bytes) / (double)total);
        }
    }
}
