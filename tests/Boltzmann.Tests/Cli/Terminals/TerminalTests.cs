using System.Text.RegularExpressions;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Cli.Terminals;

/// <summary>What a person is left with on a terminal of a common width.</summary>
public sealed partial class TerminalTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(80)]
    [InlineData(110)]
    [InlineData(200)]
    public async Task Training_leaves_one_line_an_epoch_in_aligned_columns_and_nothing_of_what_moved(int columns)
    {
        Assert.SkipUnless(PseudoTerminal.Exists, "needs python3 with its pty module");
        var (screen, code) = await PseudoTerminal.Run(columns, "train", "rbm", "--train-rows", "600", "--hidden", "30", "--epochs", "6",
            "--out", folder["run"]);
        Assert.Equal(0, code);
        Assert.Equal(0, screen.Overflows);
        string all = string.Join('\n', screen.Lines);
        int[] places = [.. screen.Lines.Index().Where(line => EpochLine().IsMatch(line.Item)).Select(line => line.Index)];
        Assert.True(places.Length == 6, all);
        Assert.Equal(Enumerable.Range(places[0], 6), places);
        Assert.Equal(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"], places.Select(place => screen.Lines[place].Trim().Split(' ')[0]));

        // Every text of the table ends where a column ends.
        string rule = screen.Lines[places[0] - 1];
        Assert.Matches("^─+(  ─+)+$", rule);
        int[] ends = [.. Column().Matches(rule).Select(match => match.Index + match.Length)];
        foreach (string line in (IEnumerable<string>)[screen.Lines[places[0] - 2], .. places.Select(place => screen.Lines[place])])
            Assert.All(Cell().Matches(line), cell => Assert.True(ends.Contains(cell.Index + cell.Length), $"{cell.Value}\n{all}"));
        Assert.Contains("log-likelihood", screen.Lines[places[0] - 2]);
        Assert.Equal(columns >= 110, all.Contains("reconstruction"));
        Assert.Equal(columns >= 200, all.Contains("activity"));

        // Before the table a heading, after it the curve and where the run is: bars, wheels and percentages are gone.
        Assert.DoesNotContain("━", all);
        Assert.DoesNotMatch("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏%]", all);
        Assert.Matches("[▁▂▃▄▅▆▇█]{2}", screen.Lines[places[^1] + 1]);
        Assert.StartsWith("written to", screen.Lines[places[^1] + 2]);
    }

    [Fact]
    public async Task Layers_of_a_stack_and_warnings_have_lines_of_their_own()
    {
        Assert.SkipUnless(PseudoTerminal.Exists, "needs python3 with its pty module");
        var (screen, code) = await PseudoTerminal.Run(80, "train", "dbn", "--data", "bars-and-stripes", "--hidden", "8", "6", "--epochs",
            "2", "--validation-rows", "5", "--metrics", "validation-log-likelihood:1", "weight-norm", "--out", folder["run"]);
        Assert.Equal(0, code);
        Assert.Equal(0, screen.Overflows);
        Assert.Equal(4, screen.Lines.Count(line => LayerLine().IsMatch(line)));
        Assert.Equal(4, screen.Lines.Count(line => line.Contains("exact")));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(110)]
    public async Task Tables_are_no_wider_than_the_terminal(int columns)
    {
        Assert.SkipUnless(PseudoTerminal.Exists, "needs python3 with its pty module");
        CommandLine.Succeed("train", "rbm", "--data", "demo", "--hidden", "4", "--epochs", "1", "--quiet", "--out", folder["run"]);
        foreach (string command in (string[])["data list", "data show demo", $"inspect {folder["run"]}", "experiment list",
            $"diagnose {folder["run"]} --sweeps 20 --burn-in 5", $"evaluate {folder["run"]} --metrics log-partition log-likelihood"])
        {
            var (screen, code) = await PseudoTerminal.Run(columns, command.Split(' '));
            Assert.True(code == 0 && screen.Overflows == 0, $"{command}\n{string.Join('\n', screen.Lines)}");
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(110)]
    public async Task A_search_leaves_its_result_and_nothing_of_how_it_stood(int columns)
    {
        Assert.SkipUnless(PseudoTerminal.Exists, "needs python3 with its pty module");
        File.WriteAllText(folder["ring.txt"], "60 60\n" + string.Join('\n', Enumerable.Range(1, 60).Select(i => $"{i} {i % 60 + 1}")));
        var (screen, code) = await PseudoTerminal.Run(columns, "search", folder["ring.txt"], "--seconds", "1", "--method", "tempering");
        string all = string.Join('\n', screen.Lines);
        Assert.True(code == 0 && screen.Overflows == 0, all);
        Assert.Contains("best cut", all);
        Assert.DoesNotContain("since the last improvement", all);
    }

    [GeneratedRegex(@"^ *\d/6 ")]
    private static partial Regex EpochLine();

    [GeneratedRegex(@"^ *[12]/2 +[12]/2 ")]
    private static partial Regex LayerLine();

    [GeneratedRegex("─+")]
    private static partial Regex Column();

    // Words of one cell are one blank apart.
    [GeneratedRegex(@"\S+( \S+)*")]
    private static partial Regex Cell();
}
