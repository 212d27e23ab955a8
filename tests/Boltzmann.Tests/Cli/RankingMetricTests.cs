namespace Boltzmann.Tests.Cli;

/// <summary>boltzmann evaluate --metrics of ranking and of numbers.</summary>
public sealed class RankingMetricTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Two columns of noise, one that tells the class.
    string Table(string name, Func<int, string> target)
    {
        File.WriteAllText(folder[name], "a,b,c,y\n" + string.Concat(Enumerable.Range(0, 90).Select(r =>
            $"{(r % 3 == 0 ? 1 : 0)},{r & 1},{r >> 1 & 1},{target(r)}\n")));
        return folder[name];
    }

    [Fact]
    public void Classes_are_judged_by_ranking_with_errors()
    {
        string[] data = ["--data", Table("classes.csv", r => r % 3 == 0 || r == 1 ? "yes" : "no"), "--label-column", "y"];
        CommandLine.Succeed(["train", "classification-rbm", .. data, "--hidden", "4", "--epochs", "100", "--quiet", "--out",
            folder["m"]]);
        string[] ask = ["evaluate", folder["m"], .. data, "--metrics", "roc-auc", "average-precision", "balanced-accuracy", "log-loss",
            "loss"];
        CommandLine judged = CommandLine.Succeed([.. ask, "--json"]);
        var json = judged.Json;
        double Number(params string[] path) => (double)path.Aggregate(json, (node, name) => node[name]!);
        // One of 31 "yes" looks like every "no": right of all 59 for the others, of half of them for this one.
        Assert.Equal((30 + 0.5) / 31, Number("roc_auc", "macro"), 0.03);
        Assert.Equal(Number("loss"), Number("log_loss"), 1e-9);
        foreach (string name in (string[])["roc_auc", "average_precision", "balanced_accuracy", "log_loss"])
            Assert.InRange(Number("standard_errors", name), 1e-6, 0.2);
        Assert.Null(json["accuracy"]);
        string text = CommandLine.Succeed(ask).Output;
        Assert.Matches(@"ROC AUC +0\.9\d+ ± 0\.0\d", text);
        Assert.Matches("log loss .nats per row. +0", text);
        CommandLine.Run("evaluate", folder["m"], "--metrics", "rmse").IsRefused("--metrics rmse does not go with");
    }

    [Fact]
    public void Numbers_are_judged_in_their_units()
    {
        string[] data = ["--data", Table("numbers.csv", r => $"{(r % 3 == 0 ? 10 : 20) + (r & 1)}"), "--label-column", "y"];
        CommandLine.Succeed(["train", "rbm", .. data, "--hidden", "6", "--epochs", "2", "--quiet", "--out", folder["m"]]);
        CommandLine.Succeed(["fine-tune", folder["m"], .. data, "--task", "regression", "--epochs", "60", "--quiet", "--out",
            folder["net"]]);
        string[] ask = ["evaluate", folder["net"], .. data, "--metrics", "rmse", "mae", "r2"];
        var json = CommandLine.Succeed([.. ask, "--json"]).Json;
        double rmse = (double)json["rmse"]!, mae = (double)json["mae"]!, square = (double)json["r_squared"]!;
        Assert.InRange(mae, 0, rmse);
        double variance = Enumerable.Range(0, 90).Select(r => (r % 3 == 0 ? 10.0 : 20) + (r & 1)).ToArray() is var y
            ? y.Average(x => (x - y.Average()) * (x - y.Average())) : 0;
        Assert.Equal(1 - rmse * rmse / variance, square, 1e-9);
        Assert.True((double)json["standard_errors"]!["rmse"]! >= 0);
        Assert.Contains("mean absolute error", CommandLine.Succeed(ask).Output);
        CommandLine.Run(["evaluate", folder["net"], .. data, "--metrics", "roc-auc"]).IsRefused("--metrics roc-auc does not go with");
    }
}
