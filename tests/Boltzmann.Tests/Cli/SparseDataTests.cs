using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Sparse rows from the command line: shown, learned from, and read again as the training's were.</summary>
public sealed class SparseDataTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Write(string name, IEnumerable<string> lines)
    {
        File.WriteAllText(folder[name], string.Join('\n', lines) + "\n");
        return folder[name];
    }

    [Fact]
    public void Entries_and_their_share_are_shown()
    {
        string path = Write("x.svm", ["1 1:1 3:1", "0 2:1"]);
        CommandLine shown = CommandLine.Succeed("data", "show", path);
        Assert.Contains("x.svm: 2 rows × 3", shown.Output);
        Assert.Contains("3 entries, 50.00 % of all; the others are 0", shown.Output);
        Assert.Contains("columns counted from 1", shown.Error);
        JsonNode json = CommandLine.Succeed("data", "show", path, "--json").Json;
        Assert.Equal((3, 0.5), ((int)json["entries"]!, (double)json["share"]!));
        Assert.Contains("the others are absent",
            CommandLine.Succeed("data", "show", Write("u.data", ["1\t10\t5", "2\t11\t3"]), "--format", "ratings").Output);
    }

    // Counted from 0 in training, where a 0 occurs; the rows that are judged have none, and not the last column either.
    [Fact]
    public void Later_files_are_counted_and_as_wide_as_the_training_file()
    {
        string train = Write("train.svm", Enumerable.Range(0, 40).Select(r => $"{r % 2} {(r % 2 == 0 ? "0:1 4:1" : "1:1 2:1")}")),
            test = Write("test.svm", ["1 1:1 2:1", "1 1:1"]), dense = Write("test.csv", ["0,1,1,0,0", "0,1,0,0,0"]);
        CommandLine.Succeed("train", "rbm", "--data", train, "--hidden", "3", "--epochs", "2", "--quiet", "--out", folder["run"]);
        JsonNode Judged(string data, out string said)
        {
            CommandLine run = CommandLine.Succeed("evaluate", folder["run"], "--data", data, "--metrics", "log-likelihood", "--json");
            said = run.Error;
            return run.Json["log_likelihood"]!["per_row"]!;
        }
        string expected = Judged(dense, out _).ToJsonString();
        Assert.Equal(expected, Judged(test, out string note).ToJsonString());
        Assert.Contains("test.svm: columns counted from 0, as in training", note);
        CommandLine.Run("evaluate", folder["run"], "--data", Write("far.svm", ["1 5:1"]))
            .IsRefused("line 1: has the index 5, expected at most 4");
        CommandLine.Succeed("evaluate", folder["run"]);
    }

    [Fact]
    public void A_classifier_learns_from_sparse_rows_and_is_fine_tuned_on_them()
    {
        string train = Write("train.dat", Enumerable.Range(0, 60).Select(r => r % 2 == 0 ? "3 2 0:1 4:1" : "8 2 1:1 2:1"));
        CommandLine.Succeed("train", "classification-rbm", "--data", train, "--format", "counts", "--hidden", "4", "--epochs", "30",
            "--quiet", "--out", folder["run"]);
        Assert.Equal(1, (double)CommandLine.Succeed("evaluate", folder["run"], "--json").Json["accuracy"]!);
        CommandLine.Succeed("train", "rbm", "--data", train, "--format", "counts", "--hidden", "4", "--epochs", "5", "--quiet", "--out",
            folder["rbm"]);
        CommandLine.Succeed("fine-tune", folder["rbm"], "--epochs", "100", "--batch-size", "10", "--learning-rate", "0.02", "--patience",
            "100", "--quiet", "--out", folder["net"]);
        Assert.Equal(1, (double)CommandLine.Succeed("evaluate", folder["net"], "--json").Json["accuracy"]!);
    }

    // Ratings of two people: they learn as rows with absent entries do, and a run of them resumes.
    [Fact]
    public void Ratings_are_learned_as_rows_with_absent_entries()
    {
        string ratings = Write("ratings.tsv", ["1\t10\t5\t881250949", "1\t11\t3\t881250950", "2\t10\t1\t881250951"]);
        string[] train = ["train", "rbm", "--data", ratings, "--format", "ratings", "--hidden", "2", "--out", folder["m"]];
        CommandLine.Run(train).IsRefused("row 1, column 1: 5 is outside 0..1");
        CommandLine run = CommandLine.Succeed([.. train, "--scale", "min-max", "--epochs", "2"]);
        Assert.Contains("1 of 2 rows have absent entries", run.Error);
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["m"], "settings.json")))!;
        Assert.Equal(("ratings", "absent"), ((string)settings["format"]!, (string)settings["missing"]!));
        CommandLine.Succeed("train", "rbm", "--resume", folder["m"], "--epochs", "3");
        string own = CommandLine.Succeed("evaluate", folder["m"], "--metrics", "free-energy", "--json").Output;
        // Another file of the same entries, its lines in another order, says the same.
        string other = Write("other.tsv", ["2\t10\t1", "1\t11\t3", "1\t10\t5"]);
        Assert.Equal(own.Replace("ratings.tsv", "other.tsv"), CommandLine.Succeed("evaluate", folder["m"], "--data", other, "--format",
            "ratings", "--metrics", "free-energy", "--json").Output);
        CommandLine.Run("transform", folder["m"], "--out", folder["f.npy"]).IsRefused("ratings have absent entries");
    }

    [Fact]
    public void Documents_of_different_length_are_refused_with_their_sums()
    {
        string docs = Write("docs.csv", ["3,0,1", "0,2,0", "1,1,5"]);
        CommandLine.Run("train", "rbm", "--data", docs, "--visible-units", "multinomial", "--draws", "4", "--hidden", "2", "--out",
            folder["m"]).IsRefused("row 2, columns 1..3 add up to 2, but this multinomial block has 4 draws: every row needs as many");
        Assert.False(Directory.Exists(folder["m"]));
    }

    [Fact]
    public void Standardizing_many_sparse_rows_is_refused_in_words()
    {
        string wide = Write("wide.svm", Enumerable.Range(0, 200).Select(r => $"0 {r + 1}:1 100000:2"));
        CommandLine.Run("train", "rbm", "--data", wide, "--visible-units", "gaussian", "--scale", "standardize", "--hidden", "2", "--out",
            folder["m"]).IsRefused("--scale standardize moves every 0 of its 180 × 100,000 sparse rows");
    }

    // 900 rows of 20 136 columns: an estimate of log Z moves 150 chains through 1000 temperatures, an epoch 100 chains 45 times.
    [Fact]
    public void Default_metrics_leave_out_what_would_outlast_the_training()
    {
        var plan = TrainPlan.Of(ModelKind.Rbm);
        Rbm wide = new(new BernoulliLayer(20_136), new BernoulliLayer(64)), small = new(new BernoulliLayer(784), new BernoulliLayer(256)),
            few = new(new BernoulliLayer(20_136), new BernoulliLayer(10));
        var options = new TrainerOptions { Metrics = [.. MetricDefaults.DefaultMetrics(true).Select(MetricCatalog.Parse)] };
        Assert.Equal(["validation-log-likelihood"], LikelihoodCost.LeftOut(plan, options, wide, 900));
        Assert.Empty(LikelihoodCost.LeftOut(plan, options, wide, 20_000));
        Assert.Empty(LikelihoodCost.LeftOut(plan, options, small, 900));
        Assert.Empty(LikelihoodCost.LeftOut(plan, options, few, 900));
        Assert.Empty(LikelihoodCost.LeftOut(plan with { EarlyStopping = "validation-log-likelihood" }, options, wide, 900));
        Assert.Empty(LikelihoodCost.LeftOut(plan with { Metrics = ["validation-log-likelihood"] }, options, wide, 900));
    }
}
