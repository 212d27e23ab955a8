using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>boltzmann tune on the command line.</summary>
public sealed class TuneCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string[] Tune(params string[] more) => ["tune", "train", "rbm", "--data", "demo", "--hidden", "4", "--metrics",
        "weight-norm", "--metric", "validation-reconstruction-error", "--budget", "3", .. more];

    [Fact]
    public void A_search_prints_its_trials_and_names_the_best_run_whose_options_repeat_it()
    {
        CommandLine run = CommandLine.Succeed(Tune("--epochs", "3", "--over", "learning-rate=0.01..0.3", "batch-size=10,20",
            "--out", folder["search"]));
        Assert.Contains("validation-reconstruction-error of held-out rows after so many epochs, lower is better", run.Output);
        Assert.Equal(["trial-01", "trial-02", "trial-03", "tune.html", "tune.json"],
            Directory.EnumerateFileSystemEntries(folder["search"]).Select(path => Path.GetFileName(path)).Order());

        JsonNode json = CommandLine.Succeed("tune", "train", "rbm", "--resume", folder["search"], "--json").Json;
        Assert.Equal("done already", json["status"]!.GetValue<string>());
        Assert.Equal([1, 3], json["epochs"]!.AsArray().Select(epochs => epochs!.GetValue<int>()));
        Assert.Equal(3, json["trials"]!.AsArray().Count);
        string best = json["best"]!["run"]!.GetValue<string>(), options = json["best"]!["options"]!.GetValue<string>();
        Assert.Contains(best, run.Output);
        Assert.Contains("--learning-rate ", options);

        // In one round the trial is what the options give.
        CommandLine.Succeed(Tune("--epochs", "3", "--over", "learning-rate=0.01..0.3", "--first-epochs", "3", "--out", folder["flat"]));
        TuneRecord flat = TuneRecord.Read(Path.Combine(folder["flat"], "tune.json"));
        CommandLine.Succeed(["train", "rbm", "--data", "demo", "--hidden", "4", "--epochs", "3", "--metrics", "weight-norm",
            "validation-reconstruction-error:3", "--out", folder["again"], .. flat.Best!.Options.Split(' ')]);
        Assert.Equal(flat.Best.Last!.Value,
            RunMetrics.Read(RunFolder.Open(folder["again"])).Find("validation-reconstruction-error")!.Last!.Value.Value);
    }

    [Fact]
    public void Impossible_searches_are_refused_and_leave_nothing()
    {
        Refused("--batch-size is searched by --over batch-size=10,20", "--over", "batch-size=10,20", "--batch-size", "30");
        Refused("--over batch-sise: there is no such setting; did you mean 'batch-size'?", "--over", "batch-sise=10,20");
        Refused("expected NAME=VALUES", "--over", "batch-size");
        Refused("expected --validation-rows N above 0", "--validation-rows", "0");
        CommandLine.Run("tune", "train", "rbm", "--data", "demo", "--metric", "test-log-likelihood", "--out", folder["x"])
            .IsRefused("what is chosen by the test split");
        CommandLine.Run("tune", "train", "rbm", "--resume", folder["x"], "--budget", "4").IsRefused("--budget does not go with it");
        CommandLine.Run("tune", "train", "rbm", "--resume", folder["x"]).IsRefused("no such file");
        CommandLine.Run("tune", "fine-tune").IsRefused("needs a MODEL");
        Assert.Empty(folder.Names);

        void Refused(string because, params string[] more) =>
            CommandLine.Run(Tune(["--out", folder["x"], .. more])).IsRefused(because);
    }

    [Fact]
    public void The_settings_of_a_machine_along_given_edges_are_searched()
    {
        File.WriteAllText(folder["pairs.csv"], "0,1\n1,2\n2,3\n");
        string[] search = ["tune", "train", "bm", "--data", "bars-and-stripes", "--method", "pl", "--metric",
            "validation-pseudo-likelihood", "--over", "learning-rate=0.01..0.1", "--budget", "2", "--epochs", "1"];
        JsonNode json = CommandLine.Succeed([.. search, "--edges", folder["pairs.csv"], "--out", folder["search"], "--json"]).Json;
        RunFolder best = RunFolder.Open(json["best"]!["run"]!.GetValue<string>());
        Assert.Equal(3, ((TrainPlan)RunPlan.From(best.Settings)).Edges!.Count);
        CommandLine.Run("tune", "train", "bm", "--resume", folder["search"], "--edges", folder["pairs.csv"])
            .IsRefused("--edges does not go with it");
        CommandLine.Run([.. search, "--edges", folder["none.csv"], "--out", folder["x"]]).IsRefused("none.csv");
    }

    [Fact]
    public void A_fine_tuning_is_searched_too()
    {
        CommandLine.Succeed("train", "rbm", "--train-rows", "300", "--hidden", "12", "--epochs", "1", "--metrics", "weight-norm", "--out",
            folder["rbm"]);
        JsonNode json = CommandLine.Succeed("tune", "fine-tune", folder["rbm"], "--train-rows", "300", "--epochs", "3", "--budget", "3",
            "--over", "learning-rate=0.001..0.1", "--out", folder["search"], "--json").Json;
        Assert.Equal("validation-accuracy", json["metric"]!.GetValue<string>());
        Assert.Equal("network", RunFolder.Open(json["best"]!["run"]!.GetValue<string>()).Settings.Text("model"));
    }

    [Fact]
    public void A_search_that_is_killed_at_any_moment_continues_to_the_same_result()
    {
        string[] search = [.. Tune("--over", "learning-rate=0.001..0.5", "--quiet", "--out")];
        CommandLine.Succeed([.. search, folder["whole"]]);
        foreach (int milliseconds in (ReadOnlySpan<int>)[50, 300, 300, 600])
        {
            using Process process = Start([.. search, folder["parts"]]);
            var waited = Stopwatch.StartNew();
            while (!File.Exists(Path.Combine(folder["parts"], "tune.json")) && waited.Elapsed < TimeSpan.FromSeconds(60)) Thread.Sleep(10);
            process.WaitForExit(milliseconds);
            process.Kill();
            process.WaitForExit();
            _ = TuneRecord.Read(Path.Combine(folder["parts"], "tune.json"));
        }
        CommandLine.Succeed([.. search, folder["parts"]]);
        Assert.Equal(File.ReadAllText(Path.Combine(folder["whole"], "tune.json")),
            File.ReadAllText(Path.Combine(folder["parts"], "tune.json")));
        string best = TuneRecord.Read(Path.Combine(folder["parts"], "tune.json")).Best!.Folder;
        Rbm a = ModelFile.LoadRbm(Path.Combine(folder["whole"], best, "model.safetensors")),
            b = ModelFile.LoadRbm(Path.Combine(folder["parts"], best, "model.safetensors"));
        foreach (var (one, other) in a.Parameters.Zip(b.Parameters)) Assert.Equal(one.Value.ToArray(), other.Value.ToArray());
    }

    static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Boltzmann.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
