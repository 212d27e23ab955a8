using System.Text.Json.Nodes;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>boltzmann search.</summary>
public sealed class SearchCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // A ring of five: at most four edges are cut.
    string Ring()
    {
        File.WriteAllText(folder["ring.txt"], "5 5\n1 2\n2 3\n3 4\n4 5\n5 1\n");
        return folder["ring.txt"];
    }

    [Fact]
    public void Search_finds_the_cut_and_tells_of_it_in_words_and_JSON()
    {
        CommandLine words = CommandLine.Succeed("search", Ring(), "--sweeps", "40", "--method", "tempering");
        Assert.Contains("ring.txt (rudy): max-cut, 5 variables, 5 pairs", words.Output);
        Assert.Contains("best cut  4", words.Output);
        Assert.Contains("the sweeps were done", words.Output);

        JsonNode json = CommandLine.Succeed("search", Ring(), "--target", "4", "--json", "--solutions", "3", "--method", "tempering").Json;
        Assert.Equal(["problem", "method", "seed", "threads", "status", "energy", "objective", "feasible", "proved", "satisfied",
            "violated",
            "found", "run", "ladder", "trace", "log_partition", "ground_states", "solutions", "marginals", "penalties"],
            json.AsObject().Select(member => member.Key));
        Assert.Equal("target", json["status"]!.GetValue<string>());
        Assert.Equal(-4, json["energy"]!.GetValue<double>());
        Assert.Equal("maximise", json["objective"]!["sense"]!.GetValue<string>());
        Assert.Equal(5, json["solutions"]![0]!["bits"]!.GetValue<string>().Length);
        Assert.Equal(["beta", "energy", "deviation", "acceptance", "swap_rate", "round_trips"],
            json["ladder"]![0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void Few_variables_are_enumerated_and_the_answer_proved()
    {
        JsonNode json = CommandLine.Succeed("search", Ring(), "--json").Json;
        Assert.Equal(("exact", "proved", true, 10), (json["method"]!.GetValue<string>(), json["status"]!.GetValue<string>(),
            json["proved"]!.GetValue<bool>(), json["ground_states"]!.GetValue<int>()));
    }

    [Theory, InlineData("tempering"), InlineData("annealing"), InlineData("descent")]
    public void Every_method_writes_its_state_and_pictures(string method)
    {
        CommandLine.Succeed("search", Ring(), "--method", method, "--sweeps", "50", "--out", folder["best.csv"], "--picture",
            folder["t.svg"],
            "--report", folder["report"]);
        string[] lines = File.ReadAllLines(folder["best.csv"]);
        Assert.Equal(["name,value", "x1", "x2", "x3", "x4", "x5"], lines.Select(line => line.Split(',') is [var name, _]
            && name != "name" ? name
            : line));
        Assert.StartsWith("<svg", File.ReadAllText(folder["t.svg"]));
        Assert.True(File.Exists(Path.Combine(folder["report"], "trace.svg")));
        foreach (string name in (string[])["best.json", "best.npy"])
        {
            CommandLine.Succeed("search", Ring(), "--method", method, "--sweeps", "50", "--out", folder[name]);
            Assert.True(File.Exists(folder[name]));
        }
    }

    [Fact]
    public void A_target_that_is_not_reached_ends_with_code_3_where_it_is_required()
    {
        Assert.Equal(3, CommandLine.Run("search", Ring(), "--target", "5", "--sweeps", "20", "--method", "tempering", "--require").Code);
        Assert.Equal(0, CommandLine.Run("search", Ring(), "--target", "5", "--sweeps", "20", "--method", "tempering").Code);
        Assert.Equal(0, CommandLine.Run("search", Ring(), "--target", "4", "--sweeps", "20", "--method", "tempering", "--require").Code);
    }

    [Fact]
    public void Bad_input_is_refused_in_a_line()
    {
        Assert.Contains("no such file", CommandLine.Run("search", folder["none.txt"]).IsRefused().Error);
        Assert.Contains("--betas 0.2 3", CommandLine.Run("search", Ring(), "--betas", "3", "1").IsRefused().Error);
        Assert.Contains("--betas 0.2 3", CommandLine.Run("search", Ring(), "--betas", "0", "1").IsRefused().Error);
        Assert.Contains(".csv", CommandLine.Run("search", Ring(), "--out", folder["best.txt"]).IsRefused().Error);
        Assert.Contains("--method", CommandLine.Run("search", Ring(), "--method", "tempring").IsRefused().Error);
        Assert.Contains("--sweeps", CommandLine.Run("search", Ring(), "--sweeps", "0").IsRefused().Error);
    }
}
