using System.Globalization;
using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Which epoch of a machine is kept whose states are too many to be summed after every epoch.</summary>
public sealed class KeptSequenceTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Fourteen units on either side are 16 384 states: annealed after each epoch, and within reach of enumeration here.
    [Theory]
    [InlineData("rnn-rbm", "--recurrent", "6")]
    [InlineData("rtrbm")]
    [InlineData("crbm")]
    public void The_best_epoch_is_the_most_probable_one_of_held_out_steps(string kind, params string[] more)
    {
        JsonNode result = CommandLine.Succeed(["train", kind, "--data", Pieces("all.json", 0, 10), "--low", "60", "--high", "73",
            "--hidden", "14", "--learning-rate", "0.05", "0.05", "--epochs", "40", "--keep", "best", "--out", folder["run"], "--quiet",
            "--json", .. more]).Json["result"]!;
        JsonNode exact = CommandLine.Succeed("evaluate", folder["run"], "--data", Pieces("held.json", 9, 1), "--metrics", "log-likelihood",
            "--json").Json["log-likelihood"]!;
        Assert.Equal("enumeration", exact["method"]!.GetValue<string>());
        double truth = exact["mean"]!.GetValue<double>();
        Assert.Equal(truth, result["log-likelihood"]!.GetValue<double>(), 0.1);

        string[][] lines = [.. File.ReadAllLines(folder["run/metrics.csv"]).Select(line => line.Split(','))];
        int column = Array.IndexOf(lines[0], "log-likelihood");
        double[] epochs = [.. lines.Skip(1).Select(line => double.Parse(line[column], CultureInfo.InvariantCulture))];
        int best = epochs.Index().MaxBy(e => e.Item).Index;
        Assert.Equal(truth, epochs[best], 0.1);
        Assert.Contains($"The machine is that of epoch {best + 1}, ", File.ReadAllText(folder["run/report.html"]));
    }

    [Fact]
    public void What_early_stopping_watches_settles_the_best_epoch()
    {
        CommandLine.Succeed("train", "rnn-rbm", "--data", Pieces("all.json", 0, 10), "--low", "60", "--high", "73", "--hidden", "14",
            "--recurrent", "6", "--epochs", "4", "--keep", "best", "--early-stopping", "rmse", "--out", folder["run"], "--quiet");
        Assert.Contains(", the best by rmse", File.ReadAllText(folder["run/report.html"]));
    }

    // Two parts that go up and down, with notes of chance.
    string Pieces(string file, int first, int count)
    {
        var pieces = new JsonArray();
        for (int piece = first; piece < first + count; piece++)
        {
            var chance = new Random(piece);
            pieces.Add((JsonNode)new JsonArray([.. Enumerable.Range(0, 20).Select(t =>
                (JsonNode)new JsonArray(60 + (t + piece) % 7, 67 + (2 * t + piece) % 5, 72 + chance.Next(2)))]));
        }
        File.WriteAllText(folder[file], pieces.ToJsonString());
        return folder[file];
    }
}
