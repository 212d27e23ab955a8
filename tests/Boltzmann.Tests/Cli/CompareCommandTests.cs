using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>boltzmann compare, and train --seeds, which ends with it.</summary>
public sealed class CompareCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string[] Train(params string[] more) =>
        ["train", "rbm", "--data", "demo", "--hidden", "4", "--epochs", "2", "--metrics", "reconstruction-error", "weight-norm", .. more];

    [Fact]
    public void Runs_of_several_seeds_are_ordinary_runs_with_a_table_and_a_page_of_their_mean()
    {
        CommandLine run = CommandLine.Succeed(Train("--seeds", "3", "--seed", "5", "--out", folder["seeds"]));
        Assert.Equal(["compare.html", "seed-5", "seed-6", "seed-7"],
            Directory.EnumerateFileSystemEntries(folder["seeds"]).Select(path => Path.GetFileName(path)).Order());
        Assert.Contains("seed-5 … seed-7", run.Output);
        Assert.Contains("± standard error of the mean over seeds", run.Output);
        Assert.Equal("6", RunFolder.Open(Path.Combine(folder["seeds"], "seed-6")).Settings.Text("seed"));

        // The same as the run alone.
        CommandLine.Succeed(Train("--seed", "6", "--out", folder["alone"]));
        Assert.Equal(LastOf(folder["alone"]), LastOf(Path.Combine(folder["seeds"], "seed-6")));

        // Again: done already, in one document.
        JsonNode json = CommandLine.Succeed(Train("--seeds", "3", "--seed", "5", "--out", folder["seeds"], "--json")).Json;
        Assert.Equal("done already", json["status"]!.GetValue<string>());
        JsonNode group = json["groups"]!.AsArray().Single()!;
        Assert.Equal(["5", "6", "7"], group["seeds"]!.AsArray().Select(seed => seed!.GetValue<string>()));
        double[] values = [.. new[] { "seed-5", "seed-6", "seed-7" }.Select(name => LastOf(Path.Combine(folder["seeds"], name)))];
        double mean = values.Average();
        Assert.Equal(mean, group["metrics"]!["reconstruction-error"]!["mean"]!.GetValue<double>(), 1e-12);
        Assert.Equal(Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / 2 / 3),
            group["metrics"]!["reconstruction-error"]!["standard_error"]!.GetValue<double>(), 1e-12);

        // A further seed leaves the others as they are; other settings are refused before anything is trained.
        CommandLine.Succeed(Train("--seeds", "4", "--seed", "5", "--out", folder["seeds"]));
        Assert.True(Directory.Exists(Path.Combine(folder["seeds"], "seed-8")));
        CommandLine.Run(Train("--seeds", "5", "--seed", "5", "--out", folder["seeds"], "--l1", "0.1"))
            .IsRefused("holds a run with other settings (l1)");
        Assert.False(Directory.Exists(Path.Combine(folder["seeds"], "seed-9")));
    }

    static double LastOf(string run) => RunMetrics.Read(RunFolder.Open(run)).Find("reconstruction-error")!.Last!.Value.Value;

    [Fact]
    public void Several_seeds_are_refused_where_one_run_is_meant()
    {
        CommandLine.Run(Train("--seeds", "1", "--out", folder["seeds"])).IsRefused("--seeds must be a whole number of at least 2");
        CommandLine.Succeed(Train("--out", folder["one"]));
        CommandLine.Run(Train("--seeds", "2", "--out", folder["one"])).IsRefused("is the folder of one run");
        CommandLine.Run("train", "rbm", "--resume", folder["one"], "--seeds", "2").IsRefused("--resume continues one run");
        Assert.Equal(["one"], folder.Names);
    }

    [Fact]
    public void Compare_prints_what_differs_and_one_document_with_json()
    {
        CommandLine.Succeed(Train("--out", folder["a"]));
        CommandLine.Succeed(Train("--out", folder["b"], "--learning-rate", "0.2"));
        CommandLine run = CommandLine.Succeed("compare", folder["a"], folder["b"], "--page", folder["page.html"]);
        Assert.Contains("learning-rate", run.Output);
        Assert.Contains("reconstruction-error", run.Output);
        Assert.DoesNotContain("standard error of the mean", run.Output);
        Assert.Contains("boltzmann compare", File.ReadAllText(folder["page.html"]));

        JsonNode json = CommandLine.Succeed("compare", folder["a"], folder["b"], "--metric", "weight-norm", "--json").Json;
        Assert.Equal("weight-norm", json["metric"]!.GetValue<string>());
        Assert.Equal(["learning-rate"], json["differing"]!.AsArray().Select(name => name!.GetValue<string>()));
        JsonNode first = json["runs"]!.AsArray()[0]!;
        Assert.True(first["finished"]!.GetValue<bool>());
        Assert.Equal(2, first["metrics"]!["reconstruction-error"]!["last"]!["epoch"]!.GetValue<int>());
        Assert.Null(first["metrics"]!["weight-norm"]!["best"]);
        Assert.Null(json["page"]);
    }

    [Fact]
    public void Compare_refuses_what_is_no_run_and_metrics_that_nobody_measured()
    {
        CommandLine.Succeed(Train("--out", folder["a"]));
        CommandLine.Succeed(Train("--out", folder["b"], "--learning-rate", "0.2"));
        Directory.CreateDirectory(folder["empty"]);
        CommandLine.Run("compare", folder["a"], folder["empty"]).IsRefused($"{folder["empty"]}: is not the folder of a run");
        CommandLine.Run("compare", folder["a"]).IsRefused("expected two or more");
        CommandLine.Run("compare", folder["a"], folder["b"], "--metric", "weight-nrom").IsRefused("did you mean 'weight-norm'?");
        File.Delete(Path.Combine(folder["b"], "metrics.csv"));
        CommandLine without = CommandLine.Succeed("compare", folder["a"], folder["b"]);
        Assert.Contains($"{folder["b"]}: has no metrics", without.Error);
    }
}
