using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Boltzmann.Cli.Help;

/// <summary>What help pages say of options and commands beside their descriptions.</summary>
static class HelpNotes
{
    static readonly ConditionalWeakTable<Option, Note> notes = [];
    static readonly ConditionalWeakTable<Command, Example[]> examples = [];

    // Options that many commands share are known by their names.
    static readonly HashSet<string> main = ["--data", "--split", "--rows", "--label-column", "--out", "--picture"];

    // Options that a short page of a command without marked ones leaves to the whole page.
    static readonly HashSet<string> minor = ["--header", $"--{RowOptions.ScaleBytes}", $"--{RowOptions.IgnoreExtra}", "--unseen",
        $"--{RowOptions.Format}", $"--{RowOptions.Delimiter}", $"--{RowOptions.Decimal}", $"--{RowOptions.Na}", $"--{RowOptions.Array}",
        $"--{RowOptions.LabelsFrom}", "--extrapolate", "--means", "--image", "--passages", "--map-rows"];

    static readonly Dictionary<string, HelpGroup> known = new()
    {
        ["--data"] = HelpGroup.Data,
        ["--split"] = HelpGroup.Data,
        ["--rows"] = HelpGroup.Data,
        ["--label-column"] = HelpGroup.Data,
        ["--header"] = HelpGroup.Data,
        [$"--{RowOptions.ScaleBytes}"] = HelpGroup.Data,
        [$"--{RowOptions.IgnoreExtra}"] = HelpGroup.Data,
        [$"--{RowOptions.Missing}"] = HelpGroup.Data,
        ["--unseen"] = HelpGroup.Data,
        [$"--{RowOptions.Format}"] = HelpGroup.Data,
        [$"--{RowOptions.Delimiter}"] = HelpGroup.Data,
        [$"--{RowOptions.Decimal}"] = HelpGroup.Data,
        [$"--{RowOptions.Na}"] = HelpGroup.Data,
        [$"--{RowOptions.Array}"] = HelpGroup.Data,
        [$"--{RowOptions.LabelsFrom}"] = HelpGroup.Data,
        ["--spread"] = HelpGroup.Output,
        ["--out"] = HelpGroup.Output,
        ["--force"] = HelpGroup.Output,
        ["--resume"] = HelpGroup.Output,
        ["--picture"] = HelpGroup.Output,
        ["--animation"] = HelpGroup.Output,
        ["--image"] = HelpGroup.Output,
        ["--passages"] = HelpGroup.Output,
        ["--map"] = HelpGroup.Output,
        ["--map-rows"] = HelpGroup.Output,
    };

    /// <summary>Puts an option into a group.</summary>
    /// <param name="option">The option.</param>
    /// <param name="group">What it is about.</param>
    /// <param name="isMain">Whether the short page of a command with many options has it.</param>
    public static T In<T>(this T option, HelpGroup group, bool isMain = false) where T : Option
    {
        notes.AddOrUpdate(option, new(group, isMain));
        return option;
    }

    /// <summary>Gives a command's help page examples.</summary>
    public static Command WithExamples(this Command command, params (string Line, string What)[] lines)
    {
        examples.AddOrUpdate(command, [.. lines.Select(line => new Example($"boltzmann {line.Line}", line.What))]);
        return command;
    }

    /// <summary>What an option is about.</summary>
    public static HelpGroup GroupOf(Option option) => option.Recursive || option is VersionOption ? HelpGroup.Common
        : notes.TryGetValue(option, out Note? note) ? note.Group : known.GetValueOrDefault(option.Name, HelpGroup.Options);

    /// <summary>Whether the short page of a command with many options has the option.</summary>
    public static bool IsMain(Option option) => notes.TryGetValue(option, out Note? note) ? note.IsMain : main.Contains(option.Name);

    /// <summary>Whether a short page of a command that marks none leaves the option out.</summary>
    public static bool IsMinor(Option option) => minor.Contains(option.Name);

    /// <summary>Whether its command says that the option is important, and so that others are less so.</summary>
    public static bool IsMarked(Option option) => notes.TryGetValue(option, out Note? note) && note.IsMain;

    /// <summary>Lines to type, and what they do.</summary>
    public static IReadOnlyList<Example> ExamplesOf(Command command) => examples.TryGetValue(command, out Example[]? lines) ? lines : [];

    /// <summary>A line to type.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="What">What it does.</param>
    public sealed record Example(string Line, string What);

    sealed record Note(HelpGroup Group, bool IsMain);
}
