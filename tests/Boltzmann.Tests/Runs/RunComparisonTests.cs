namespace Boltzmann.Tests.Runs;

/// <summary>Run folders beside each other; the folders are written here, so that every number is known.</summary>
public sealed class RunComparisonTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Write(string name, string settings, string metrics, bool finished = true)
    {
        Directory.CreateDirectory(folder[name]);
        string end = finished ? ", \"finished\": true" : "";
        File.WriteAllText(Path.Combine(folder[name], "settings.json"), $"{{\"version\": 1, \"model\": \"rbm\", {settings}{end}}}\n");
        if (metrics.Length > 0) File.WriteAllText(Path.Combine(folder[name], "metrics.csv"), metrics);
        return folder[name];
    }

    // Columns with units in brackets, and columns of plain words.
    const string Old = "epoch,accuracy [share],validation-log-likelihood [nats],validation-log-likelihood-error [nats],"
        + "validation-log-likelihood-effective-samples [chains],time [s]\n",
        Plain = "epoch,accuracy,validation-log-likelihood,validation-log-likelihood-standard-error,"
        + "validation-log-likelihood-effective-sample-size,seconds\n";

    [Fact]
    public void Runs_that_differ_in_the_seed_alone_are_one_group_with_mean_and_standard_error()
    {
        string[] runs =
        [
            Write("a", "\"seed\": \"1\", \"hidden\": 8", Old + "1,0.5,-100,0.1,90,1\n2,0.6,-90,0.2,80,2\n"),
            Write("b", "\"seed\": \"2\", \"hidden\": 8", Plain + "1,0.7,-104,0.1,90,1\n2,0.8,-94,0.2,80,2\n"),
            Write("c", "\"seed\": \"3\", \"hidden\": 8", Old + "1,0.5,-102,0.1,90,1\n2,0.7,-92,0.2,80,2\n"),
            Write("d", "\"seed\": \"1\", \"hidden\": 16", Old + "1,0.5,-80,0.1,90,1\n"),
        ];
        RunComparison comparison = RunComparison.Of(runs);
        Assert.Equal(["validation-log-likelihood", "accuracy"], comparison.Metrics);
        Assert.Equal(["hidden"], comparison.Differing);
        Assert.Equal([3, 1], comparison.Groups.Select(group => group.Runs.Count));
        Assert.Equal("a … c", comparison.Groups[0].Name);

        // -90, -94, -92: mean -92, deviation 2, error 2/√3.
        Score last = comparison.Groups[0].Last("validation-log-likelihood")!;
        Assert.Equal(-92, last.Mean, 1e-12);
        Assert.Equal(2 / Math.Sqrt(3), last.StandardError, 1e-12);
        MetricReading first = comparison.Groups[0].Curve("validation-log-likelihood")[0];
        Assert.Equal((1, -102.0), (first.Epoch, first.Value));
        Assert.Equal(2 / Math.Sqrt(3), first.StandardError!.Value, 1e-12);

        // A run alone has the error of its estimate.
        Assert.Equal(new MetricReading(1, -80, 0.1), comparison.Groups[1].Curve("validation-log-likelihood").Single());
        Assert.Contains("−92.0 ± 1.2", ComparisonText.OverSeeds(comparison, comparison.MetricOf(null)).ToText());
        Assert.Contains("−90.00 ± 0.20", ComparisonText.EachRun(comparison, comparison.MetricOf(null)).ToText());
    }

    [Fact]
    public void The_best_epoch_follows_the_direction_of_a_metric_and_never_the_test_split()
    {
        string run = Write("a", "\"seed\": \"1\"", "epoch,validation-accuracy,reconstruction-error,test-accuracy,weight-norm\n"
            + "1,0.5,0.3,0.9,1\n2,0.8,0.1,0.7,2\n3,0.6,0.2,0.8,3\n");
        RunMetrics metrics = RunMetrics.Read(RunFolder.Open(run));
        Assert.Equal(2, metrics.Find("validation-accuracy")!.Best!.Value.Epoch);
        Assert.Equal(2, metrics.Find("reconstruction-error")!.Best!.Value.Epoch);
        Assert.Null(metrics.Find("test-accuracy")!.Best);
        Assert.Null(metrics.Find("weight-norm")!.Best);
        Assert.Equal(0.8, metrics.Find("test-accuracy")!.Last!.Value.Value);
        Assert.Equal(("test rows", "held-out rows", "training rows", ""), (MetricOrder.RowsOf("test-accuracy"),
            MetricOrder.RowsOf("validation-accuracy"), MetricOrder.RowsOf("accuracy"), MetricOrder.RowsOf("weight-norm")));
    }

    [Fact]
    public void What_is_not_to_be_believed_is_not_a_number_and_does_not_enter_a_mean()
    {
        RunComparison comparison = RunComparison.Of(
        [
            Write("a", "\"seed\": \"1\"", Old + "1,0.5,-100,0.1,90,1\n2,0.5,NaN,5,1.2,1\n"),
            Write("b", "\"seed\": \"2\"", Old + "1,0.5,-102,0.1,90,1\n2,0.5,-90,0.1,80,1\n"),
        ]);
        Score last = comparison.Groups.Single().Last("validation-log-likelihood")!;
        Assert.Equal([-90], last.PerRow);
        Assert.Equal([1], comparison.Groups[0].Curve("validation-log-likelihood").Select(reading => reading.Epoch));
        Assert.Contains("n/a", ComparisonText.EachRun(comparison, "validation-log-likelihood").ToText());
        Assert.Contains("(1 of 2)", ComparisonText.OverSeeds(comparison, "validation-log-likelihood").ToText());
    }

    [Fact]
    public void Runs_of_unlike_epochs_and_layers_have_curves_of_their_own()
    {
        RunComparison comparison = RunComparison.Of(
        [
            Write("short", "\"seed\": \"1\", \"hidden\": 8", "epoch,accuracy\n1,0.1\n2,0.2\n"),
            Write("long", "\"seed\": \"1\", \"hidden\": 9", "epoch,accuracy\n1,0.1\n2,0.2\n3,0.3\n4,0.4\n"),
            Write("deep", "\"seed\": \"1\", \"hidden\": [8, 4]", "layer,epoch,accuracy\n1,1,0.1\n1,2,0.2\n2,1,0.5\n"),
        ]);
        Assert.Equal([2, 4, 0], comparison.Groups.Select(group => group.Curve("accuracy").Count));
        Assert.Equal(["layer-2/accuracy", "layer-1/accuracy"], comparison.Runs[2].Metrics.Names);
        Assert.Equal(0.5, comparison.Runs[2].Metrics.Find("layer-2/accuracy")!.Last!.Value.Value);
        Assert.Equal("accuracy", comparison.MetricOf(null));
    }

    [Fact]
    public void Unfinished_runs_and_runs_without_metrics_are_named()
    {
        RunComparison comparison = RunComparison.Of(
        [
            Write("half", "\"seed\": \"1\"", "epoch,accuracy\n1,0.1\n", finished: false),
            Write("empty", "\"seed\": \"2\"", "", finished: false),
        ]);
        Assert.Equal([$"{folder["half"]}: is unfinished, after 1 epoch", $"{folder["empty"]}: has no metrics yet, and is unfinished"],
            comparison.Notes);
    }

    [Fact]
    public void A_folder_of_runs_stands_for_them_and_others_are_refused_by_name()
    {
        Write("runs/seed-1", "\"seed\": \"1\"", "epoch,accuracy\n1,0.1\n");
        Write("runs/seed-2", "\"seed\": \"2\"", "epoch,accuracy\n1,0.3\n");
        Assert.Equal(["seed-1", "seed-2"], RunComparison.Of([folder["runs"]]).Runs.Select(run => run.Name));
        Write("other/seed-1", "\"seed\": \"1\"", "epoch,accuracy\n1,0.1\n");
        Assert.Equal(["runs/seed-1", "runs/seed-2", "other/seed-1"],
            RunComparison.Of([folder["runs"], folder["other/seed-1"], folder["runs/seed-2"]]).Runs.Select(run => run.Name));
        Directory.CreateDirectory(folder["nothing"]);
        Refused([folder["runs"], folder["nothing"]], $"{folder["nothing"]}: is not the folder of a run");
        Refused([folder["runs"], folder["absent"]], $"{folder["absent"]}: no such folder");
        Refused([folder["other"]], "1 run; expected two or more");
        Assert.Contains("did you mean 'accuracy'?", Assert.Throws<BadInputException>(() =>
            RunComparison.Of([folder["runs"]]).MetricOf("acuracy")).Message);

        static void Refused(string[] paths, string because) =>
            Assert.Contains(because, Assert.Throws<BadInputException>(() => RunComparison.Of(paths)).Message);
    }

    [Fact]
    public void The_page_is_one_file_that_fetches_nothing_and_has_curves_with_bands()
    {
        RunComparison comparison = RunComparison.Of(
        [
            Write("a<b", "\"seed\": \"1\", \"hidden\": 8", Old + "1,0.5,-100,0.1,90,1\n2,0.6,-90,0.2,80,2\n"),
            Write("b", "\"seed\": \"2\", \"hidden\": 8", Old + "1,0.7,-104,0.1,90,1\n2,0.8,-94,0.2,80,2\n"),
            Write("c", "\"seed\": \"1\", \"hidden\": 16", Old + "1,0.7,-99,0.1,90,1\n2,0.8,-89,0.2,80,2\n"),
        ]);
        string page = ComparisonReport.Render(comparison, "accuracy", "boltzmann compare a b c");
        Assert.DoesNotContain("src=\"http", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain("a<b", page);
        Assert.Contains("prefers-color-scheme:dark", page);
        Assert.Equal(2, page.Split("<figure>").Length - 1);
        Assert.Contains("bz-band", page);
        // The chosen metric comes first.
        Assert.True(page.IndexOf("aria-label=\"accuracy\"", StringComparison.Ordinal)
            < page.IndexOf("aria-label=\"validation-log-likelihood\"", StringComparison.Ordinal));
        Assert.Contains("Of held-out rows. Higher is better.", page);
    }
}
