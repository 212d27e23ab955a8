using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Numbers of a training that a person may trust, or is told not to.</summary>
public sealed class TrustTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Prices of some hundreds beside a number of deviation 1.
    string Prices()
    {
        var random = new Random(5);
        File.WriteAllText(folder["price.csv"], "price,z\n" + string.Concat(Enumerable.Range(0, 100)
            .Select(_ => $"{200 + 1000 * random.NextDouble():F2},{2 * random.NextDouble() - 1:F3}\n")));
        return folder["price.csv"];
    }

    CommandLine Train(string run, params string[] more) =>
        CommandLine.Succeed(["train", "rbm", "--data", Prices(), "--visible-units", "gaussian", "--epochs", "5", "--out", folder[run],
            .. more]);

    [Fact]
    public void A_log_likelihood_that_evaluate_enumerates_is_the_same_number_in_training()
    {
        Train("run", "--hidden", "4");
        MetricsTable metrics = MetricsTable.Open(folder["run/metrics.csv"]);
        double judged = CommandLine.Succeed("evaluate", folder["run"], "--split", "validation", "--json")
            .Json["log_likelihood"]!["mean"]!.GetValue<double>();
        Assert.Equal(judged, metrics[4, "validation-log-likelihood"]!.Value, 1e-6 * Math.Abs(judged));
        Assert.DoesNotContain(MetricColumns.ErrorOf("validation-log-likelihood"), metrics.Columns);
    }

    [Fact]
    public void An_estimate_that_is_not_to_be_believed_is_no_number_and_the_reason_is_said_once()
    {
        CommandLine run = Train("run", "--hidden", "40", "--metrics", "weight-norm", "validation-log-likelihood:1", "--early-stopping",
            "validation-log-likelihood", "--patience", "2");
        Assert.Contains("validation-log-likelihood n/a", run.Output);
        string warning = Assert.Single(run.Error.TrimEnd('\n').Split('\n'), line => line.Contains("is n/a"));
        Assert.Contains("annealed importance sampling is not to be believed", warning);
        Assert.Contains("early stopping passes over such epochs", warning);
        MetricsTable metrics = MetricsTable.Open(folder["run/metrics.csv"]);
        Assert.True(double.IsNaN(metrics[4, "validation-log-likelihood"]!.Value));
        Assert.NotNull(metrics[4, MetricColumns.ErrorOf("validation-log-likelihood")]);
        Assert.InRange(metrics[4, MetricColumns.SamplesOf("validation-log-likelihood")]!.Value, 1, 100);
        // The page takes more care, and where that does not help it gives the reason in place of a number.
        string report = File.ReadAllText(folder["run/report.html"]);
        Assert.Contains("effective sample size", report);
        Assert.True(report.Contains("no number to be believed") == report.Contains("log Z is not to be believed"));
    }

    [Fact]
    public void An_estimate_that_holds_has_its_error_beside_it()
    {
        CommandLine run = CommandLine.Succeed("train", "rbm", "--data", "digits", "--train-rows", "300", "--validation-rows", "50",
            "--hidden", "30", "--epochs", "1", "--metrics", "validation-log-likelihood", "--out", folder["run"]);
        Assert.Matches("validation-log-likelihood −[0-9.]+ ± [0-9.]+ \\(AIS, effective sample size [0-9.]+", run.Output);
        Assert.DoesNotContain("n/a", run.Output);
        MetricsTable metrics = MetricsTable.Open(folder["run/metrics.csv"]);
        Assert.InRange(metrics[0, MetricColumns.ErrorOf("validation-log-likelihood")]!.Value, 0, 1);
        Assert.Contains("effective sample size", File.ReadAllText(folder["run/report.html"]));
    }

    [Fact]
    public void A_run_whose_columns_have_units_goes_on_and_is_read_and_its_columns_are_plain_words_from_then_on()
    {
        Train("run", "--hidden", "4", "--metrics", "validation-log-likelihood:1");
        string path = folder["run/metrics.csv"];
        string text = File.ReadAllText(path), header = text[..text.IndexOf('\n')];
        Assert.Equal("epoch,validation-log-likelihood,seconds,rows-per-second", header);
        File.WriteAllText(path, text.Replace(header, "epoch,validation-log-likelihood [nats (AIS)],time [s],speed [rows/s]"));
        CommandLine.Succeed("train", "rbm", "--resume", folder["run"], "--epochs", "7");
        MetricsTable metrics = MetricsTable.Open(path);
        Assert.Equal(7, metrics.Column("validation-log-likelihood").Count(value => value is not null));
        Assert.StartsWith(header + "\n", File.ReadAllText(path));
    }

    [Fact]
    public void Columns_far_from_the_deviation_of_their_units_are_named_with_the_way_out()
    {
        Assert.Contains("column 'price' has a standard deviation of", Train("wide", "--hidden", "4").Error);
        Assert.Contains("--scale standardize", Train("wide", "--hidden", "4", "--force").Error);
        Assert.Equal("", Train("scaled", "--hidden", "4", "--scale", "standardize").Error);
    }

    // Of two hundred rows eight are of a class that the first column tells.
    string Rare()
    {
        File.WriteAllText(folder["rare.csv"], "a,b,c,kind\n"
            + string.Concat(Enumerable.Range(0, 200).Select(r =>
            $"{(r % 25 == 0 ? 1 : 0)},{r & 1},{r >> 1 & 1},{(r % 25 == 0 ? "rare" : "common")}\n")));
        return folder["rare.csv"];
    }

    [Fact]
    public void Unbalanced_classes_are_named_and_rare_ones_are_learned_though_accuracy_ties()
    {
        string[] data = ["--data", Rare(), "--label-column", "kind"];
        CommandLine.Succeed(["train", "rbm", .. data, "--hidden", "8", "--epochs", "2", "--quiet", "--metrics", "weight-norm", "--out",
            folder["start"]]);
        CommandLine tuned = CommandLine.Succeed(["fine-tune", folder["start"], .. data, "--stratify", "--validation-rows", "50", "--epochs",
            "200", "--batch-size", "20", "--learning-rate", "0.02", "--patience", "3", "--quiet", "--out", folder["net"]]);
        Assert.Contains("classes are unbalanced: 'common' has", tuned.Error);
        CommandLine judged = CommandLine.Succeed(["evaluate", folder["net"], .. data, "--json"]);
        Assert.Contains("'rare' has 8 of 200 rows", judged.Error);
        Assert.Equal((1.0, 1.0), (judged.Json["balanced_accuracy"]!.GetValue<double>(),
            judged.Json["average_precision"]!["macro"]!.GetValue<double>()));
        Assert.Equal(2, judged.Json["average_precision"]!["per_class"]!.AsArray().Count);
        Assert.Contains("balanced accuracy", CommandLine.Succeed(["evaluate", folder["net"], .. data]).Output);
        string report = File.ReadAllText(folder["net/report.html"]);
        Assert.Contains("classes are unbalanced", report);
        Assert.Contains("average precision", report);
    }

    [Fact]
    public void A_deep_machine_and_a_graph_with_labels_are_trained_by_accuracy()
    {
        string[] data = ["--data", Rare(), "--label-column", "kind", "--epochs", "2", "--quiet", "--metrics", "validation-accuracy",
            "balanced-accuracy", "cross-entropy"];
        CommandLine dbm = CommandLine.Succeed(["train", "dbm", .. data, "--labels", "--hidden", "5", "4", "--early-stopping",
            "validation-accuracy", "--out", folder["dbm"]]);
        Assert.Contains("classes are unbalanced", dbm.Error);
        Assert.NotNull(MetricsTable.Open(folder["dbm/metrics.csv"])[1, "validation-accuracy"]);
        File.WriteAllText(folder["graph.json"],
            """{"layers": [{"name": "row", "units": "bernoulli", "size": 3, "visible": true}, {"name": "kind", "units": "multinomial", "size": 2, "labels": true}, {"name": "h", "units": "bernoulli", "size": 4}], "connections": [["row", "h"], ["kind", "h"]]}""");
        CommandLine.Succeed(["train", "graph", folder["graph.json"], .. data, "--out", folder["graph"]]);
        JsonNode judged = CommandLine.Succeed("evaluate", folder["graph"], "--metrics", "accuracy", "loss", "balanced-accuracy", "--split",
            "train", "--json").Json;
        Assert.NotNull(judged["accuracy"]);
        CommandLine.Run(["train", "dbm", .. data, "--hidden", "5", "4", "--out", folder["none"]])
            .IsRefused("is not defined for this kind of model, which has no labels");
        Assert.False(Directory.Exists(folder["none"]));
    }

    static string Text(string html) =>
        System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "<[^>]+>", "\n"));

    [Fact]
    public void The_report_says_what_evaluate_says_and_how_much_better_it_is_than_columns_alone()
    {
        Train("run", "--hidden", "4", "--scale", "standardize");
        string report = Text(File.ReadAllText(folder["run/report.html"]));
        JsonNode judged = CommandLine.Succeed("evaluate", folder["run"], "--split", "validation", "--json").Json;
        double mean = judged["log_likelihood"]!["mean"]!.GetValue<double>(), error = judged["log_likelihood"]!["standard_error"]!
            .GetValue<double>();
        var told = System.Text.RegularExpressions.Regex.Match(report, "log-likelihood of 10 held-out rows\\s+−([0-9.]+) ± ([0-9.]+) nats "
            + "per row");
        Assert.True(told.Success, report[report.IndexOf("held-out rows", StringComparison.Ordinal)..][..200]);
        Assert.Equal(-mean, double.Parse(told.Groups[1].Value), error);
        Assert.Equal(error, double.Parse(told.Groups[2].Value), 0.06 * error);
        Assert.Contains("exact: log Z was found by going through all states", report);
        Assert.Matches("compared with columns alone\\s+(better|worse) by [0-9.]+ ± [0-9.]+ nats per row", report);
        Assert.Contains("default 256", report);
        Assert.Contains("Of 100 chains the first 10 began at rows, the others at noise", report);
    }

    [Fact]
    public void The_bound_of_a_stack_has_the_verdict_of_the_log_Z_that_it_rests_on()
    {
        CommandLine.Succeed("train", "dbn", "--train-rows", "200", "--validation-rows", "50", "--hidden", "40", "30", "--epochs", "1",
            "--metrics", "weight-norm", "--quiet", "--out", folder["dbn"]);
        string report = Text(File.ReadAllText(folder["dbn/report.html"]));
        Assert.Contains("lower bound on the log-likelihood of 50 held-out rows", report);
        Assert.Matches("log Z (may be trusted|is doubtful): ", report);
        Assert.Contains("log Z of the two upper layers, reverse", report);
        Assert.DoesNotContain("exact: log Z", report);
    }

    [Fact]
    public void A_row_has_the_same_log_likelihood_whatever_rows_it_is_scored_with()
    {
        CommandLine.Succeed("train", "rbm", "--train-rows", "200", "--validation-rows", "50", "--hidden", "30", "--epochs", "1",
            "--metrics", "weight-norm", "--quiet", "--out", folder["run"]);
        string[] Scores(int rows) => [.. CommandLine.Succeed("score", folder["run"], "--data", "digits", "--by", "log-likelihood", "--rows",
            $"{rows}").Output.Split('\n').Skip(1).Take(3)];
        Assert.Equal(Scores(40), Scores(3));
    }
}
