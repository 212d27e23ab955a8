using System.Text.Json.Nodes;
using System.Xml.Linq;
using Boltzmann.Searching;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>boltzmann search NAME:….</summary>
public sealed class NamedSearchCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Write(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    [Fact]
    public void Queens_are_shown_on_a_board()
    {
        CommandLine words = CommandLine.Succeed("search", "queens:6");
        string[] board = [.. words.Output.Split('\n').Where(line => line.Contains('·'))];
        Assert.Equal(6, board.Length);
        Assert.All(board, line => Assert.Equal(1, line.Count(c => c == 'Q')));
        Assert.Contains("every constraint holds", words.Output);
    }

    [Fact]
    public void Its_JSON_has_the_fields_of_every_search()
    {
        JsonNode json = CommandLine.Succeed("search", "queens:6", "--json").Json;
        Assert.Equal(["problem", "method", "seed", "threads", "status", "energy", "objective", "feasible", "proved", "satisfied",
            "violated", "found", "run", "ladder", "trace", "log_partition", "ground_states", "solutions", "marginals", "penalties"],
            json.AsObject().Select(member => member.Key));
        Assert.Equal(("satisfied", true, 0.0), (json["status"]!.GetValue<string>(), json["feasible"]!.GetValue<bool>(),
            json["energy"]!.GetValue<double>()));
        Assert.Equal(6, json["problem"]!["blocks"]!.GetValue<int>());
        JsonObject assignment = json["solutions"]![0]!["assignment"]!.AsObject();
        Assert.Equal((36, 6), (assignment.Count, assignment.Sum(entry => entry.Value!.GetValue<int>())));
    }

    [Fact]
    public void Every_name_is_searched_drawn_and_reported()
    {
        File.WriteAllBytes(folder["noisy.png"], Png.Encode(new(4, 4, 1, [0, 0, 255, 255, 0, 255, 255, 255, 0, 0, 255, 0, 0, 0, 255, 255])));
        (string Argument, string Shown)[] cases =
        [
            ($"sudoku:{Write("s.txt", "1... ..3. .4.. ...2")}", "----+----"),
            ($"colouring:{Write("g.txt", "a b\nb c\nc a\nc d\n")}", "colour 3:"),
            ($"partition:{Write("n.csv", "number\n3\n5\n8\n6\n")}", "11 = "),
            ($"tsp:{Write("t.csv", "name,x,y\na,0,0\nb,1,0\nc,1,1\nd,0,1\n")}", "best length  4"),
            ($"denoise:{folder["noisy.png"]}", "best energy"),
        ];
        foreach (var (argument, shown) in cases)
        {
            string report = folder[argument[..argument.IndexOf(':', StringComparison.Ordinal)]];
            CommandLine words = CommandLine.Succeed("search", argument, "--sweeps", "40", "--picture", folder["p.svg"], "--report", report,
                "--out", folder["best.csv"]);
            Assert.Contains(shown, words.Output);
            XDocument.Parse(File.ReadAllText(folder["p.svg"]));
            CommandLine.Succeed("search", argument, "--sweeps", "40", "--picture", folder["p.png"]);
            Assert.Equal(Png.Encode(SvgRaster.Draw(File.ReadAllText(folder["p.svg"]))), File.ReadAllBytes(folder["p.png"]));
            Assert.Contains("<svg", File.ReadAllText(Path.Combine(report, "index.html")));
            Assert.True(File.Exists(Path.Combine(report, "drawing.svg")) && File.Exists(Path.Combine(report, "best.csv")));
            Assert.StartsWith("name,value\n", File.ReadAllText(folder["best.csv"]));
        }
    }

    [Fact]
    public void Colours_are_stated_or_the_fewest_that_are_found()
    {
        string graph = $"colouring:{Write("ring.txt", "a b\nb c\nc d\nd a\n")}";
        Assert.Contains("colour 2", CommandLine.Succeed("search", graph).Output);
        Assert.DoesNotContain("colour 3", CommandLine.Succeed("search", graph).Output);
        Assert.Contains("3 colours", CommandLine.Succeed("search", graph, "--colours", "3").Output);
        CommandLine odd = CommandLine.Run("search", $"colouring:{Write("odd.txt", "a b\nb c\nc a\n")}", "--colours", "2", "--require");
        Assert.Equal(3, odd.Code);
        Assert.Contains("proved: nothing keeps all hard constraints", odd.Output);
    }

    [Fact]
    public void Bad_input_is_refused_in_a_line()
    {
        Assert.Contains("did you mean 'queens'?", CommandLine.Run("search", "quens:8").IsRefused().Error);
        Assert.Contains("1 to 256", CommandLine.Run("search", "queens:x").IsRefused().Error);
        Assert.Contains("expected queens:8", CommandLine.Run("search", "queens:").IsRefused().Error);
        Assert.Contains("no such file", CommandLine.Run("search", $"sudoku:{folder["none.txt"]}").IsRefused().Error);
        Assert.Contains("constraints alone", CommandLine.Run("search", "queens:8", "--target", "1").IsRefused().Error);
        Assert.Contains(".csv", CommandLine.Run("search", "queens:8", "--out", folder["x.txt"]).IsRefused().Error);
        Assert.Contains("is for colouring:FILE", CommandLine.Run("search", "queens:8", "--colours", "3").IsRefused().Error);
        Assert.Contains("line 2", CommandLine.Run("search", $"partition:{Write("n.txt", "3\n-1\n")}").IsRefused().Error);
        Assert.Contains("line 2", CommandLine.Run("search", $"tsp:{Write("t.txt", "1 2\n1 2 3 4\n")}").IsRefused().Error);
        Assert.Contains("not a PNG", CommandLine.Run("search", $"denoise:{Write("x.png", "x")}").IsRefused().Error);
    }
}
