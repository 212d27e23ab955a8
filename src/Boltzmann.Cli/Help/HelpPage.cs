using System.CommandLine;
using System.Text;

namespace Boltzmann.Cli.Help;

/// <summary>
/// The help page of a command: what it does, how it is called, examples, its options in groups. A page that would not fit on a screen has
/// the important options only, in a sentence each; all of them are on a page of their own.
/// </summary>
/// <param name="command">The command.</param>
/// <param name="width">Letters in a line.</param>
sealed class HelpPage(Command command, int width)
{
    // Names in one column, unless they are longer than this.
    const int Screen = 40, WidestName = 25, WidestExample = 60;

    // What the first page has of the options of every command.
    static readonly string[] usual = ["--help", "--version", "--json", "--quiet", "--seed", "--data-folder", "--help-all"];

    readonly StringBuilder text = new();
    bool isShort;

    /// <summary>The page.</summary>
    /// <param name="isWhole">Whether all that is known is on it, however long it is.</param>
    public string Render(bool isWhole)
    {
        string page = Page(isWhole);
        if (isWhole || page.Count(letter => letter == '\n') <= Screen) return page;
        isShort = true;
        return Page(isWhole: false);
    }

    string Page(bool isWhole)
    {
        text.Clear();
        Write("", Words(command.Description), 0);
        Section($"Usage: {Usage()}");
        Examples();
        Table("Arguments", command.Arguments.Where(a => !a.Hidden).Select(a => (a.Name, Words(a.Description))));
        Table("Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, OptionText.FirstSentence(c.Description ?? ""))));
        Option[] own = [.. command.Options.Where(option => HelpNotes.GroupOf(option) != HelpGroup.Common && !option.Hidden)];
        bool hasMain = own.Any(HelpNotes.IsMarked);
        Option[] shown = [.. own.Where(option => !isShort || (hasMain ? HelpNotes.IsMain(option) : !HelpNotes.IsMinor(option)))];
        foreach (IGrouping<HelpGroup, Option> group in shown.GroupBy(HelpNotes.GroupOf).OrderBy(g => g.Key))
            Table(Title(group.Key), group.Select(option => (OptionText.NameOf(option, isShort), OptionText.Description(option, isShort))));
        Option[] common = [.. Common()];
        if (isWhole || command is RootCommand)
            Table(Title(HelpGroup.Common), common.Where(option => !isShort || usual.Contains(option.Name)).Select(option =>
                (OptionText.NameOf(option, isShort), OptionText.Description(option, isShort))));
        text.Append('\n');
        if (!isWhole && command is not RootCommand)
            Write("", $"Every command: {string.Join(' ', common.Where(IsWork).Select(option => option.Name))}", 2);
        if (command.Subcommands.Count > 0) Write("", $"More on each command: {Path()} COMMAND --help", 2);
        if (isShort && command is not RootCommand)
        {
            int more = own.Length - shown.Length;
            Write("", $"{(more > 0 ? $"{more} more options, and more on these" : "More on these")}: {Path()} --help-all", 2);
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }

    static bool IsWork(Option option) => option.Action is null;

    string Words(string? description) =>
        isShort && command is not RootCommand ? OptionText.FirstSentence(description ?? "") : description ?? "";

    // A page that is to be short has no empty lines among its options.
    void Section(string title) => text.Append($"{(isShort && !title.StartsWith("Usage", StringComparison.Ordinal) ? "" : "\n")}{title}\n");

    IEnumerable<Option> Common()
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            foreach (Option option in at.Options)
                if (HelpNotes.GroupOf(option) == HelpGroup.Common && !option.Hidden) yield return option;
    }

    void Examples()
    {
        IReadOnlyList<HelpNotes.Example> examples = HelpNotes.ExamplesOf(command);
        if (examples.Count == 0) return;
        Section("Examples:");
        int column = examples.Select(example => example.Line.Length).Where(length => length <= WidestExample).DefaultIfEmpty(0).Max();
        foreach (HelpNotes.Example example in examples)
            if (column + 4 + example.What.Length <= width && example.Line.Length <= column)
                text.Append($"  {example.Line.PadRight(column)}  {example.What}\n");
            else text.Append($"  {example.Line}\n      {example.What}\n");
    }

    string Usage()
    {
        var words = new List<string> { Path() };
        if (command.Subcommands.Count > 0) words.Add("COMMAND");
        words.AddRange(command.Arguments.Where(a => !a.Hidden).Select(a => a.Arity.MinimumNumberOfValues > 0 ? a.Name : $"[{a.Name}]"));
        words.Add("[options]");
        return string.Join(' ', words);
    }

    string Path()
    {
        var names = new List<string>();
        for (Command? at = command; at is not null and not RootCommand; at = at.Parents.OfType<Command>().FirstOrDefault())
            names.Insert(0, at.Name);
        return string.Join(' ', ["boltzmann", .. names]);
    }

    static string Title(HelpGroup group) => group switch
    {
        HelpGroup.Metrics => "Metrics and stopping",
        HelpGroup.LogPartition => "Log Z",
        HelpGroup.Common => "Options of every command",
        _ => group.ToString(),
    };

    void Table(string title, IEnumerable<(string Name, string Words)> entries)
    {
        (string Name, string Words)[] all = [.. entries];
        if (all.Length == 0) return;
        Section($"{title}:");
        int column = command.Subcommands.Count > 0 ? Math.Min(WidestName, all.Max(entry => entry.Name.Length)) : WidestName;
        foreach (var (name, words) in all)
        {
            // What a long name leaves is too narrow to be read.
            if (name.Length > column) text.Append($"  {name}\n");
            Write(name.Length > column ? new string(' ', column + 4) : $"  {name.PadRight(column)}  ", words, column + 4);
        }
    }

    void Write(string start, string words, int indent)
    {
        string[] lines = [.. Lines.Wrap(words, width - Math.Max(start.Length, indent))];
        for (int i = 0; i < lines.Length; i++)
            text.Append($"{(i == 0 ? start : new string(' ', indent))}{lines[i]}".TrimEnd()).Append('\n');
    }
}
