using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann data list: the named sets, and which of them are here.</summary>
static class DataListCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var command = new Command("list", "Lists the named data sets.");
        command.WithExamples(("data list", "names, sizes and where they are"));
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            if (session.Json) WriteJson(session);
            else session.Print(ToText(session));
            return ExitCode.Done;
        });
        return command;
    }

    static string ToText(Session session)
    {
        var table = new TextTable("name", "rows", "columns", "what", "where");
        foreach (NamedSet set in NamedSets.All)
        {
            // A terminal has room for the essence; what goes elsewhere is whole.
            bool isBrief = session.TableWidth is not null;
            string? folder = set.FindFolder(session.DataFolder);
            string where = set.IsGenerated ? "built in" : folder is not null ? isBrief ? "here" : folder
                : set.CanFetch ? isBrief ? "data get" : $"missing: boltzmann data get {set.Name}" : "missing";
            string rows = isBrief ? $"{set.Parts.Values.Sum()}"
                : string.Join(" + ", set.Parts.OrderBy(part => part.Key).Select(part => part.Value));
            table.Add(set.Name, rows, set.Image is ImageShape image ? $"{set.Columns} ({image.Width} × "
                + $"{image.Height})" : $"{set.Columns}", set.Description, where);
        }
        return session.Fit(table);
    }

    static void WriteJson(Session session) => session.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("sets");
        foreach (NamedSet set in NamedSets.All)
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteStartObject("rows");
            foreach (var (part, rows) in set.Parts.OrderBy(part => part.Key)) json.WriteNumber(part.ToString().ToLowerInvariant(), rows);
            json.WriteEndObject();
            json.WriteNumber("columns", set.Columns);
            json.WriteImage(set.Image);
            json.WriteString("what", set.Description);
            json.WriteBoolean("generated", set.IsGenerated);
            json.WriteBoolean("can_fetch", set.CanFetch);
            json.WriteString("folder", set.FindFolder(session.DataFolder));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
