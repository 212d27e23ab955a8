using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Machines with labels on the command line, from training to prediction.</summary>
public sealed class ClassificationCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Two columns that say the class and one that does not.
    string Csv(string name = "rows.csv", string[]? classes = null)
    {
        classes ??= ["yes", "no", "perhaps"];
        string[] bits = ["1,0", "0,1", "1,1"];
        File.WriteAllLines(folder[name],
            ["a,b,c,answer", .. Enumerable.Range(0, 60).Select(r => $"{bits[r % 3]},{r / 3 % 2},{classes[r % classes.Length]}")]);
        return folder[name];
    }

    string[] Train(string run, params string[] more) =>
    [
        "train", "classification-rbm", "--data", Csv(), "--label-column", "answer", "--out", folder[run], .. more,
        .. ((string[][])[["--hidden", "8"], ["--epochs", "20"],
            ["--learning-rate", "0.5"]]).Where(option => !more.Contains(option[0])).SelectMany(option => option),
    ];

    [Theory, InlineData("generative"), InlineData("discriminative"), InlineData("hybrid")]
    public void Classes_of_any_text_are_learned_predicted_and_judged(string objective)
    {
        CommandLine run = CommandLine.Succeed(Train("run", "--objective", objective, "--epochs", "60"));
        Assert.Contains("classification-rbm 3 bernoulli × 8 bernoulli + 3 classes", run.Output);
        Assert.Equal(["no", "perhaps", "yes"], ModelFile.Describe(folder["run/model.safetensors"]).Classes!);
        string report = File.ReadAllText(folder["run/report.html"]);
        Assert.Contains("Classification RBM, 3 × 8", report);
        Assert.Contains("What was taken for what", report);
        Assert.Contains("Counts over 6 held-out rows, 100.00 % of them right", report);
        Assert.Contains("Reliability of probabilities", report);
        string[] data = ["--data", Csv(), "--label-column", "answer"];
        JsonNode judged = CommandLine.Succeed(["evaluate", folder["run"], .. data, "--json"]).Json;
        Assert.Equal(1, judged["accuracy"]!.GetValue<double>());
        Assert.Equal(20, judged["confusion"]!["counts"]![1]![1]!.GetValue<double>());
        string[] predicted = CommandLine.Succeed(["predict", folder["run"], .. data]).Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["prediction", "yes", "no", "perhaps", "yes"], predicted.Take(5));

        ClassificationRbm model = ModelFile.LoadClassificationRbm(folder["run/model.safetensors"]);
        JsonNode probabilities = CommandLine.Succeed(["predict", folder["run"], .. data, "--probabilities",
            "--json"]).Json["probabilities"]!;
        Matrix expected = model.PredictProbabilities(Matrix.From(new double[,] { { 1, 0, 0 } }));
        for (int y = 0; y < 3; y++) Assert.Equal(expected[0, y], probabilities[0]![y]!.GetValue<double>(), 1e-5);
    }

    [Fact]
    public void A_run_that_goes_on_ends_at_the_bytes_of_one_that_did_not_stop()
    {
        string[] rates = ["--learning-rate", "0.5", "0.4", "--quiet"];
        CommandLine.Succeed(Train("whole", ["--epochs", "4", .. rates]));
        CommandLine.Succeed(Train("parts", ["--epochs", "2", .. rates]));
        CommandLine.Succeed("train", "classification-rbm", "--resume", folder["parts"], "--epochs", "4", "--quiet");
        Training.Teaching.AssertClose(ModelFile.LoadClassificationRbm(folder["whole/model.safetensors"]),
            ModelFile.LoadClassificationRbm(folder["parts/model.safetensors"]), 0);
        CommandLine.Run("train", "rbm", "--resume", folder["parts"]).IsRefused("is a run of train classification-rbm; expected train");
    }

    [Fact]
    public void Deep_networks_take_labels_beside_the_layer_below_the_top()
    {
        string[] data = ["--data", Csv(), "--label-column", "answer"];
        CommandLine run = CommandLine.Succeed(["train", "dbn", .. data, "--labels", "--objective", "hybrid", "--hidden", "8", "6",
            "--epochs", "40", "--learning-rate", "0.3", "--metrics", "weight-norm", "reconstruction-error", "accuracy", "--out",
                folder["run"]]);
        Assert.Contains("classification-dbn 3 bernoulli × 8 bernoulli × 6 bernoulli + 3 classes", run.Output);
        Assert.Contains("What was taken for what", File.ReadAllText(folder["run/report.html"]));
        MetricsTable metrics = MetricsTable.Open(folder["run/metrics.csv"]);
        Assert.Equal(80, metrics.Rows);
        Assert.Null(metrics[0, "accuracy"]);
        Assert.NotNull(metrics[79, "reconstruction-error"]);
        Assert.Equal(CommandLine.Succeed(["evaluate", folder["run"], .. data, "--metrics", "accuracy",
            "--json"]).Json["accuracy"]!.GetValue<double>(), metrics[79, "accuracy"]!.Value, 0.15);
        Assert.Equal(61, CommandLine.Succeed(["predict", folder["run"], .. data]).Output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("layers.3.bias", CommandLine.Succeed("inspect", folder["run"]).Output);
        Assert.Equal(6, CommandLine.Succeed(["transform", folder["run"], .. data, "--rows", "5"]).Output.TrimEnd('\n').Split('\n').Length);
        Assert.Equal(4, CommandLine.Succeed("sample", folder["run"], "--count", "3", "--sweeps", "5", "--class",
            "no").Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Samples_of_a_class_look_like_it()
    {
        // The classes are told by two columns; of 200 draws of a well-taught model at least nine in ten have them.
        CommandLine.Succeed(Train("run", "--objective", "generative", "--epochs", "400", "--quiet"));
        foreach (var (name, bits) in new[] { ("yes", "1,0"), ("no", "0,1"), ("perhaps", "1,1") })
        {
            string[] lines = CommandLine.Succeed("sample", folder["run"], "--class", name, "--count", "200", "--sweeps", "100",
                "--states").Output.TrimEnd('\n').Split('\n')[1..];
            Assert.InRange(lines.Count(line => line.StartsWith(bits, StringComparison.Ordinal)), 180, 200);
        }
        CommandLine.Run("sample", folder["run"], "--class", "never").IsRefused("has no class 'never'; its classes are no, perhaps, yes");
    }

    [Fact]
    public void A_machine_without_labels_gives_what_it_has()
    {
        CommandLine.Succeed("train", "rbm", "--data", Csv(), "--label-column", "answer", "--hidden", "8", "--epochs", "3", "--metrics",
            "weight-norm", "--quiet", "--out", folder["rbm"]);
        CommandLine.Succeed(Train("run", "--init-from", folder["rbm/model.safetensors"], "--learning-rate", "0", "--epochs", "1", "--l2",
            "0", "--quiet"));
        Assert.Equal(ModelFile.LoadRbm(folder["rbm/model.safetensors"]).Weights.ToArray(),
            ModelFile.LoadClassificationRbm(folder["run/model.safetensors"]).Weights.ToArray());
        CommandLine.Succeed(Train("again", "--init-from", folder["run/model.safetensors"], "--learning-rate", "0", "--epochs", "1", "--l2",
            "0", "--quiet"));
        Training.Teaching.AssertClose(ModelFile.LoadClassificationRbm(folder["run/model.safetensors"]),
            ModelFile.LoadClassificationRbm(folder["again/model.safetensors"]), 0);
        CommandLine.Run(Train("other", "--init-from", folder["rbm/model.safetensors"], "--hidden",
            "9")).IsRefused("joins 3 bernoulli × 8 bernoulli units");
    }

    [Fact]
    public void Bad_input_is_refused_in_one_line_and_nothing_is_left()
    {
        string[] rows = ["--label-column", "answer", "--out", folder["run"]];
        CommandLine.Run(["train", "classification-rbm", "--data", Csv("one.csv", ["same"]), .. rows]).IsRefused("one class");
        CommandLine.Run(["train", "dbn", "--labels", "--data", Csv("one.csv", ["same"]), .. rows]).IsRefused("one class");
        File.WriteAllLines(folder["plain.csv"], ["a,b", "0,1", "1,0", "1,1"]);
        CommandLine.Run("train", "classification-rbm", "--data", folder["plain.csv"], "--out",
            folder["run"]).IsRefused("has no labels, which this model learns with its rows: --label-column says");
        CommandLine.Run(Train("run", "--validation-rows", "0", "--early-stopping",
            "validation-accuracy")).IsRefused("needs validation rows");
        CommandLine.Run(Train("run", "--metrics", "free-energy-gap")).IsRefused("'free-energy-gap' is not defined");
        CommandLine.Run("train", "rbm", "--data", Csv(), "--label-column", "answer", "--metrics", "accuracy", "--out",
            folder["run"]).IsRefused("'accuracy' is not defined");
        CommandLine.Run(Train("run", "--generative-weight", "-1")).IsRefused("--generative-weight must be at least 0");
        Assert.False(Directory.Exists(folder["run"]));
        CommandLine.Succeed(Train("done", "--quiet"));
        string[] other = ["--data", Csv("other.csv", ["yes", "never"]), "--label-column", "answer"];
        CommandLine.Run(["evaluate", folder["done"], .. other, "--metrics",
            "accuracy"]).IsRefused("is of class 'never', which the model has not learned");
        CommandLine.Run(["evaluate", folder["done"], .. other, "--metrics",
            "log-partition"]).IsRefused("does not go with classification-rbm");
        CommandLine.Run("sample", folder["done"], "--class", "yes", "--count", "2", "--temperature", "-1").IsRefused();
    }
}
