using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>
/// The path of a classifier: a CSV file, pre-training, fine-tuning, judging, predictions in a CSV file; and what refuses to go along.
/// </summary>
public sealed class FineTuneTests : IDisposable
{
    const int Rows = 240;

    readonly string folder = Directory.CreateTempSubdirectory("boltzmann-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string In(string name) => Path.Combine(folder, name);

    // Three kinds of flowers, each about a centre of its own, on scales of their own; the last column a number that follows from the first
    // two.
    string Csv(string name, bool withKind = true, Func<int, string>? kindOf = null, Func<int, double, string>? sizeOf = null)
    {
        var random = new Random(5);
        string[] kinds = ["lily", "rose, wild", "tulip"];
        using var writer = new StreamWriter(In(name));
        writer.WriteLine($"a,b,c,d,{(withKind ? "kind" : "size")}");
        for (int r = 0; r < Rows; r++)
        {
            int k = r % 3;
            double[] x = [.. Enumerable.Range(0, 4).Select(c => 10 * c + (c == k ? 3 : 0) + random.NextDouble())];
            double size = 2 * x[0] - x[1];
            string last = withKind ? $"\"{kindOf?.Invoke(r) ?? kinds[k]}\"" : sizeOf?.Invoke(r, size) ?? $"{size:R}";
            writer.WriteLine($"{string.Join(',', x.Select(v => v.ToString("R")))},{last}");
        }
        return In(name);
    }

    string Pretrained(string csv, string name = "stack")
    {
        CommandLine.Succeed("train", "dbn", "--data", csv, "--label-column", "-1", "--scale", "min-max", "--binarize", "none", "--hidden",
            "12", "8", "--epochs", "3", "--quiet", "--metrics", "weight-norm", "--out", In(name));
        return In(name);
    }

    [Fact]
    public void A_table_is_learned_judged_and_predicted_from_end_to_end()
    {
        string csv = Csv("flowers.csv"), tuned = In("tuned");
        CommandLine run = CommandLine.Succeed("fine-tune", Pretrained(csv), "--epochs", "60", "--learning-rate", "0.02", "--batch-size",
            "20", "--out", tuned);
        Assert.Contains("validation-accuracy", run.Output);
        Assert.Contains("% error) on 24 held-out rows", run.Output);
        foreach (string file in (string[])["settings.json", "metrics.csv", "model.safetensors", "checkpoint.safetensors", "report.html"])
            Assert.True(File.Exists(Path.Combine(tuned, file)), file);
        string report = File.ReadAllText(Path.Combine(tuned, "report.html"));
        Assert.Contains("What was taken for what", report);
        Assert.Contains("Reliability of probabilities", report);

        // Centres 3 apart in boxes of side 1: whoever has learned anything makes no mistake.
        JsonNode judged = CommandLine.Succeed("evaluate", tuned, "--json", "--metrics", "accuracy", "confusion").Json;
        Assert.Equal(1, judged["accuracy"]!.GetValue<double>());
        Assert.Equal(["lily", "rose, wild", "tulip"], judged["confusion"]!["classes"]!.AsArray().Select(c => c!.GetValue<string>()));
        Assert.Equal(Rows / 3, judged["confusion"]!["counts"]![1]![1]!.GetValue<double>());
        Assert.Contains("recall", CommandLine.Succeed("evaluate", tuned).Output);

        CommandLine.Succeed("predict", tuned, "--probabilities", "--out", In("predictions.csv"));
        string[] lines = File.ReadAllLines(In("predictions.csv"));
        Assert.Equal("prediction,p(lily),\"p(rose, wild)\",p(tulip)", lines[0]);
        Assert.Equal(Rows + 1, lines.Length);
        Assert.StartsWith("\"rose, wild\",", lines[2]);
        Assert.Equal(["lily", "rose, wild", "tulip"], CommandLine.Succeed("predict", tuned, "--rows", "3",
            "--json").Json["predictions"]!.AsArray().Select(p => p!.GetValue<string>()));
    }

    [Fact]
    public void A_number_is_predicted_in_its_own_units()
    {
        string csv = Csv("sizes.csv", withKind: false), tuned = In("tuned");
        CommandLine.Succeed("fine-tune", Pretrained(csv), "--task", "regression", "--epochs", "150", "--learning-rate", "0.02",
            "--batch-size", "20", "--out", tuned, "--quiet");
        Assert.InRange(CommandLine.Succeed("evaluate", tuned, "--json").Json["r_squared"]!.GetValue<double>(), 0.9, 1);
        double[] predicted = [.. CommandLine.Succeed("predict", tuned,
            "--json").Json["predictions"]!.AsArray().Select(p => p!.GetValue<double>())];
        double[] truth = [.. File.ReadLines(csv).Skip(1).Select(line => double.Parse(line.Split(',')[^1]))];
        double mean = truth.Average();
        Assert.InRange(predicted.Zip(truth, (p, t) => (p - t) * (p - t)).Sum() / truth.Sum(t => (t - mean) * (t - mean)), 0, 0.1);
        Assert.Contains("Predicted against true", File.ReadAllText(Path.Combine(tuned, "report.html")));
    }

    [Fact]
    public void A_run_that_goes_on_ends_at_the_bytes_of_one_that_did_not_stop_and_a_finished_one_is_left_alone()
    {
        string stack = Pretrained(Csv("flowers.csv"));
        string[] common = ["fine-tune", stack, "--early-stopping", "none", "--dropout", "0.3", "--batch-size", "20", "--quiet"];
        CommandLine.Succeed([.. common, "--epochs", "4", "--out", In("whole")]);
        CommandLine.Succeed([.. common, "--epochs", "2", "--out", In("parts")]);
        CommandLine.Succeed("fine-tune", "--resume", In("parts"), "--epochs", "4", "--quiet");
        using SafetensorsFile a = SafetensorsFile.Open(Path.Combine(In("whole"), "model.safetensors")),
            b = SafetensorsFile.Open(Path.Combine(In("parts"), "model.safetensors"));
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
        Assert.Contains("done already", CommandLine.Succeed([.. common, "--epochs", "4", "--out", In("whole"), "--json"]).Output);
        // Another model in the same place makes another run.
        Directory.Delete(stack, recursive: true);
        CommandLine.Succeed("train", "rbm", "--data", In("flowers.csv"), "--label-column", "kind", "--scale", "min-max", "--binarize",
            "none", "--hidden", "5", "--epochs", "1", "--quiet", "--metrics", "weight-norm", "--out", stack);
        CommandLine.Run([.. common, "--epochs", "4", "--out", In("whole")]).IsRefused("--force");
    }

    [Fact]
    public void Random_weights_and_further_layers_begin_where_asked_and_the_report_compares()
    {
        string stack = Pretrained(Csv("flowers.csv"));
        CommandLine.Succeed("fine-tune", stack, "--random-start", "--hidden", "6", "--epochs", "2", "--out", In("random"), "--quiet");
        Assert.Equal([12, 8, 6, 3], ModelFile.LoadNetwork(Path.Combine(In("random"),
            "model.safetensors")).Layers.Select(layer => layer.Units));
        CommandLine.Succeed("fine-tune", stack, "--epochs", "2", "--compare", In("random"), "--out", In("tuned"), "--quiet");
        Assert.Contains("validation accuracy, random start", File.ReadAllText(Path.Combine(In("tuned"), "report.html")));
        // A network may learn on.
        CommandLine.Succeed("fine-tune", In("tuned"), "--epochs", "1", "--out", In("more"), "--quiet");
    }

    [Fact]
    public void What_cannot_be_fine_tuned_is_refused_and_leaves_nothing()
    {
        string csv = Csv("flowers.csv"), stack = Pretrained(csv), bad = In("bad");
        CommandLine Refused(string because, params string[] arguments) =>
            CommandLine.Run(["fine-tune", stack, .. arguments, "--out", bad]).IsRefused(because);
        Refused("all 240 rows are of one class", "--data", Csv("one.csv", kindOf: _ => "lily"), "--validation-rows", "0");
        Refused("has no label", "--data", Csv("missing.csv", kindOf: r => r == 7 ? "" : r % 2 == 0 ? "lily" : "tulip"));
        Refused("row 5 is 'NaN'", "--task", "regression", "--data",
            Csv("nan.csv", withKind: false, sizeOf: (r, size) => r == 4 ? "NaN" : $"{size}"), "--validation-rows", "0");
        Refused("which needs validation rows", "--early-stopping", "validation-accuracy", "--validation-rows", "0");
        Refused("needs validation rows", "--plateau", "validation-loss", "--validation-rows", "0");
        Refused("'validation-zeal', which is not measured", "--early-stopping", "validation-zeal");
        Refused("--hidden must be at least 1", "--hidden", "0");
        Refused("has 784 columns", "--data", "digits");
        Refused("no column", "--label-column", "sort");
        string held = Csv("other.csv", kindOf: r => r == 3 ? "daisy" : "lily");
        Refused("daisy", "--validation-data", held);
        Refused("--validation-rows does not go with it", "--validation-data", held, "--validation-rows", "5");
        CommandLine.Run("fine-tune", "--out", bad).IsRefused("needs a MODEL");
        CommandLine.Run("fine-tune", In("nowhere"), "--out", bad).IsRefused();
        Assert.False(Directory.Exists(bad));

        CommandLine.Succeed("fine-tune", stack, "--epochs", "1", "--out", In("tuned"), "--quiet");
        CommandLine.Run("evaluate", In("tuned"), "--data", held, "--label-column",
            "kind").IsRefused("'daisy', which the network has not learned");
        CommandLine.Run("evaluate", In("tuned"), "--metrics", "log-likelihood").IsRefused("does not go with");
        CommandLine.Run("evaluate", stack, "--metrics", "accuracy").IsRefused();
        CommandLine.Run("predict", stack).IsRefused("holds a dbn without labels; expected a network or a model trained with --labels");
        CommandLine.Run("predict", In("tuned"), "--data", csv, "--label-column", "kind", "--out", In("p.txt")).IsRefused(".csv or .npy");
    }
}
