using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Boltzmann.Cli;

namespace Boltzmann.Tests.Cli;

/// <summary>Help pages, pinned: they are what most people read first.</summary>
public sealed partial class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("train")]
    [InlineData("train rbm")]
    [InlineData("train classification-rbm")]
    [InlineData("train dbn")]
    [InlineData("train dbm")]
    [InlineData("train bm")]
    [InlineData("train graph")]
    [InlineData("train ratings"), InlineData("recommend")]
    [InlineData("couplings"), InlineData("contacts")]
    [InlineData("train dybm"), InlineData("train crbm"), InlineData("train rtrbm"), InlineData("train rnn-rbm")]
    [InlineData("diagnose")]
    [InlineData("fine-tune")]
    [InlineData("tune")]
    [InlineData("tune train")]
    [InlineData("tune train rbm")]
    [InlineData("tune train classification-rbm")]
    [InlineData("tune train dbn")]
    [InlineData("tune train dbm")]
    [InlineData("tune train bm")]
    [InlineData("tune train graph")]
    [InlineData("tune fine-tune")]
    [InlineData("search"), InlineData("compare")]
    [InlineData("predict")]
    [InlineData("evaluate")]
    [InlineData("transform")]
    [InlineData("nearest")]
    [InlineData("reconstruct")]
    [InlineData("encode")]
    [InlineData("decode")]
    [InlineData("sample")]
    [InlineData("complete")]
    [InlineData("score")]
    [InlineData("inspect")]
    [InlineData("export")]
    [InlineData("data")]
    [InlineData("data list")]
    [InlineData("data get")]
    [InlineData("data show")]
    [InlineData("bench")]
    [InlineData("experiment")]
    [InlineData("experiment list")]
    [InlineData("experiment run")]
    public void Help_pages_stay_as_they_are(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string dashed = string.Concat(words.Select(w => "-" + w));
        string page = CommandLine.Succeed([.. words, "--help"]).Output, whole = CommandLine.Succeed([.. words, "--help-all"]).Output;
        GoldenFile.Check($"cli/help{dashed}.txt", page);
        GoldenFile.Check($"cli/help-all{dashed}.txt", whole);

        // A screen of 100 columns.
        string[] lines = page.TrimEnd('\n').Split('\n');
        Assert.True(lines.Length <= 45, $"{lines.Length} lines");
        Assert.All([.. lines, .. whole.Split('\n')], line => Assert.True(line.Length <= 100, line));
        // No option is on neither page.
        Assert.All(OptionName().Matches(page).Select(match => match.Value), name => Assert.Contains(name, whole));
    }

    [Fact]
    public void Every_command_has_a_page_here_and_examples_that_are_understood()
    {
        RootCommand root = Application.CreateRoot(new(), TextWriter.Null, TextWriter.Null);
        string[] pages = [.. Names(root, "")];
        IEnumerable<string> pinned = typeof(HelpTests).GetMethod(nameof(Help_pages_stay_as_they_are))!
            .GetCustomAttributes<InlineDataAttribute>().Select(data => (string)data.Data[0]!).Where(command => command.Length > 0);
        Assert.Equal(pages.Order(), pinned.Order());
        foreach (string command in pages)
        {
            string help = CommandLine.Succeed([.. command.Split(' '), "--help"]).Output;
            bool hasCommands = help.Contains("\nCommands:");
            Assert.True(hasCommands || help.Contains("\nExamples:"), $"{command} has no examples");
            foreach (Match example in ExampleLine().Matches(help))
            {
                string[] words = [.. example.Groups["words"].Value.Split('>')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
                Assert.Equal([], root.Parse(words).Errors.Select(e => $"{example.Value}: {e.Message}"));
            }
        }
    }

    static IEnumerable<string> Names(Command command, string path) => command.Subcommands.Where(child => !child.Hidden).SelectMany(child =>
        (string[])[$"{path} {child.Name}".Trim(), .. Names(child, $"{path} {child.Name}")]);

    [GeneratedRegex("--[a-z0-9-]+")]
    private static partial Regex OptionName();

    [GeneratedRegex("(?m)^  boltzmann (?<words>.*?)(  .*)?$")]
    private static partial Regex ExampleLine();

    [Theory]
    [InlineData("", "boltzmann needs a command: train, fine-tune")]
    [InlineData("train", "train needs a command: rbm")]
    [InlineData("trane", "there is no command 'trane'; did you mean 'train'?; expected one of train, fine-tune")]
    [InlineData("train rmb", "there is no command 'train rmb'; did you mean 'rbm'?")]
    [InlineData("tune train dybm", "there is no command 'tune train dybm', but there is train dybm; expected one of rbm")]
    [InlineData("diag", "did you mean 'diagnose'?")]
    [InlineData("train rbm --epoch 3", "train rbm has no option '--epoch'; did you mean '--epochs'?")]
    [InlineData("train rbm --rows 100", "did you mean '--train-rows'?")]
    [InlineData("evaluate model --train-rows 100", "did you mean '--rows'?")]
    [InlineData("train rbm --mean-field-damping 0.5", "train rbm has no option '--mean-field-damping'; it is one of train dbm, train bm")]
    [InlineData("train rbm --hidden 500,500", "--hidden takes one number here, not '500,500'")]
    [InlineData("train rbm --hidden 500 500", "'500' is one value too many for --hidden")]
    [InlineData("train dbn --hidden 1,000", "a whole number, or several with blanks between them")]
    [InlineData("evaluate", "evaluate --help")]
    [InlineData("evaluate model --no-such-option", "--no-such-option")]
    [InlineData("train rbm --hidden many", "a whole number")]
    [InlineData("train rbm --l2 much", "a number")]
    [InlineData("train rbm --scale big", "min-max")]
    [InlineData("bench --cores close", "near")]
    public void What_is_not_understood_is_said_in_a_line(string arguments, string because) =>
        CommandLine.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).IsRefused(because);
}
