namespace Boltzmann.Tests.Cli;

/// <summary>Help pages, pinned: they are what most people read first.</summary>
public sealed class HelpTests
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
    [InlineData("diagnose")]
    [InlineData("fine-tune")]
    [InlineData("predict")]
    [InlineData("evaluate")]
    [InlineData("transform")]
    [InlineData("reconstruct")]
    [InlineData("sample")]
    [InlineData("inspect")]
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
        // The usage line begins with the name of the program that runs, here the tests.
        string help = CommandLine.Succeed([.. words, "--help"]).Output.Replace("  Boltzmann.Tests ", "  boltzmann ");
        GoldenFile.Check($"cli/help{string.Concat(words.Select(w => "-" + w))}.txt",
            string.Join('\n', help.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd())));
    }

    [Theory]
    [InlineData("", "Required command was not provided")]
    [InlineData("trane", "'trane'")]
    [InlineData("train rmb", "'rmb'")]
    [InlineData("evaluate", "evaluate --help")]
    [InlineData("evaluate model --no-such-option", "--no-such-option")]
    [InlineData("train rbm --hidden many", "a whole number")]
    [InlineData("train rbm --l2 much", "a number")]
    [InlineData("train rbm --scale big", "min-max")]
    [InlineData("bench --cores close", "near")]
    public void What_is_not_understood_is_said_in_a_line(string arguments, string because) =>
        CommandLine.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).IsRefused(because);
}
