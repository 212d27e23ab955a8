using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Machines with memory on the command line, from training to what is made of a model.</summary>
public sealed class SequenceCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_bitmap_is_memorised_completed_and_drawn()
    {
        JsonNode result = CommandLine.Succeed("train", "dybm", "--data", "science", "--delays", "1-9", "--online", "--epochs", "1200",
            "--out", folder["science"], "--quiet", "--json").Json["result"]!;
        Assert.InRange((int)result["first-exact-recall"]!.GetValue<double>(), 1, 1200);
        Assert.Equal(35, result["steps"]!.GetValue<double>());
        foreach (string file in (string[])["settings.json", "metrics.csv", "model.safetensors", "checkpoint.safetensors", "report.html"])
            Assert.True(File.Exists(folder[$"science/{file}"]), file);
        Assert.Contains("weight over time", File.ReadAllText(folder["science/report.html"]));

        JsonNode run = CommandLine.Succeed("sample", folder["science"], "--prefix", "science:14", "--steps", "21", "--greedy", "--picture",
            folder["completed.png"], "--json").Json;
        JsonNode sample = run["samples"]![0]!;
        Assert.Equal(14, sample["prefix-steps"]!.GetValue<int>());
        var row = new double[7];
        Sequences science = SequenceSource.Open("science").Training;
        for (int t = 14; t < 35; t++)
        {
            science.Steps.Rows.Read(t, row);
            Assert.Equal(row, sample["rows"]![t - 14]!.AsArray().Select(x => x!.GetValue<double>()));
        }
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder["completed.png"])[..4]);
    }

    [Fact]
    public void A_series_is_forecast_with_its_band_in_its_own_units()
    {
        string data = Series();
        JsonNode result = CommandLine.Succeed("train", "dybm", "--data", data, "--scale", "min-max", "--delay", "6", "--out",
            folder["wave"],
            "--quiet", "--json").Json["result"]!;
        Assert.True(result["rmse"]!.GetValue<double>() < 0.5 * result["persistence-rmse"]!.GetValue<double>(), result.ToJsonString());
        JsonNode evaluated = CommandLine.Succeed("evaluate", folder["wave"], "--metrics", "rmse", "rmse-vector", "log-likelihood",
            "anomaly",
            "--by-step", folder["steps.csv"], "--json").Json;
        Assert.Equal("closed form", evaluated["log-likelihood"]!["method"]!.GetValue<string>());
        Assert.Equal(evaluated["rmse"]!.GetValue<double>() * Math.Sqrt(2), evaluated["rmse-vector"]!.GetValue<double>(), 1e-9);
        string[] lines = File.ReadAllLines(folder["steps.csv"]);
        Assert.Equal("sequence,step,log-probability,anomaly,prediction.level,prediction.slope", lines[0]);
        Assert.Equal(evaluated["steps"]!.GetValue<int>() + 1, lines.Length);

        JsonNode forecast = CommandLine.Succeed("predict", folder["wave"], "--data", data, "--horizon", "5", "--paths", "200", "--out",
            folder["ahead.csv"], "--picture", folder["ahead.svg"], "--save-state", folder["wave.safetensors"], "--json").Json;
        JsonNode first = forecast["forecast"]![0]!;
        Assert.Equal(201, first["from-step"]!.GetValue<int>());
        for (int h = 0; h < 5; h++)
        {
            double truth = 100 + 20 * Math.Sin(2 * Math.PI * (200 + h) / 25), low = first["quantiles"]!["0.05"]![h]![0]!.GetValue<double>(),
                high = first["quantiles"]!["0.95"]![h]![0]!.GetValue<double>();
            Assert.True(low < high, $"{low} to {high}");
            Assert.InRange(first["mean"]![h]![0]!.GetValue<double>(), truth - 3, truth + 3);
        }
        Assert.Contains("<svg", File.ReadAllText(folder["ahead.svg"]));
        Assert.Equal(6, File.ReadAllLines(folder["ahead.csv"]).Length);

        // A stream goes on from its state as if it had been read again.
        JsonNode again = CommandLine.Succeed("predict", folder["wave"], "--state", folder["wave.safetensors"], "--horizon", "5", "--paths",
            "0", "--json").Json, fed = CommandLine.Succeed("predict", folder["wave"], "--data", data, "--horizon", "5", "--paths", "0",
            "--json").Json;
        Assert.Equal(fed["forecast"]![0]!["mean"]!.ToJsonString(), again["forecast"]![0]!["mean"]!.ToJsonString());
        Assert.Null(fed["forecast"]![0]!["standard-deviation"]);
    }

    [Fact]
    public void A_word_is_completed_from_its_first_letters()
    {
        File.WriteAllText(folder["words.txt"], "science\nsilence\nscience\nseance\nscience\nessence\n");
        CommandLine.Succeed("train", "dybm", "--data", folder["words.txt"], "--delay", "5", "--validation-share", "0", "--out",
            folder["words"], "--quiet");
        CommandLine run = CommandLine.Succeed("sample", folder["words"], "--prefix", "SCI", "--completions", "3", "--json");
        JsonArray ends = run.Json["completions"]!.AsArray();
        Assert.Equal("science", ends[0]!["text"]!.GetValue<string>());
        Assert.True(ends[0]!["log-probability"]!.GetValue<double>() > -1);
        Assert.Contains("taken as sci", run.Error);
        JsonNode evaluated = CommandLine.Succeed("evaluate", folder["words"], "--json").Json;
        Assert.Equal(Math.Exp(-evaluated["log-likelihood"]!["mean"]!.GetValue<double>()), evaluated["perplexity"]!.GetValue<double>(), 9);
        Assert.Equal(4, CommandLine.Succeed("sample", folder["words"], "--count", "4").Output.Split('\n',
            StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("crbm", "--hidden", "5", "--delay", "3")]
    [InlineData("rtrbm", "--hidden", "5")]
    [InlineData("rnn-rbm", "--hidden", "5", "--recurrent", "4")]
    public void Music_is_learned_judged_and_played(string kind, params string[] more)
    {
        string data = Rolls();
        CommandLine.Succeed(["train", kind, "--data", data, "--low", "60", "--high", "67", "--epochs", "3", "--out", folder["run"],
            "--quiet",
            .. more]);
        JsonNode evaluated = CommandLine.Succeed("evaluate", folder["run"], "--metrics", "log-likelihood", "accuracy", "--json").Json;
        Assert.Equal("enumeration", evaluated["log-likelihood"]!["method"]!.GetValue<string>());
        Assert.InRange(evaluated["accuracy"]!.GetValue<double>(), 0, 1);
        JsonNode walked = CommandLine.Succeed("evaluate", folder["run"], "--metrics", "log-likelihood", "--method", "ais", "--chains", "50",
            "--betas", "50", "--json").Json["log-likelihood"]!;
        double exact = evaluated["log-likelihood"]!["mean"]!.GetValue<double>();
        Assert.Equal(exact, walked["forward"]!.GetValue<double>(), 0.1);
        Assert.Equal(exact, walked["reverse"]!.GetValue<double>(), 0.1);
        CommandLine.Succeed("sample", folder["run"], "--steps", "12", "--midi", folder["song.mid"], "--picture", folder["song.svg"]);
        Assert.Equal("MThd"u8, File.ReadAllBytes(folder["song.mid"]).AsSpan(0, 4));
    }

    [Fact]
    public void A_crbm_begins_at_a_dybm_of_the_same_memory()
    {
        string[] common = ["--data", Rolls(), "--low", "60", "--high", "67", "--decays", "0.5", "--quiet"];
        CommandLine.Succeed(["train", "dybm", .. common, "--epochs", "3", "--out", folder["queue"]]);
        // Steps this small move no number that is not 0.
        CommandLine.Succeed(["train", "crbm", .. common, "--hidden", "4", "--learning-rate", "1e-30", "--epochs", "1", "--init-from",
            folder["queue"], "--out", folder["more"]]);
        SequenceModel dybm = ModelFile.LoadSequence(folder["queue/model.safetensors"]), crbm = ModelFile.LoadSequence(
            folder["more/model.safetensors"]);
        Assert.Equal(dybm.ToVisible!.ToArray(), crbm.ToVisible!.ToArray());
        Assert.Equal(dybm.Visible.Bias.ToArray(), crbm.Visible.Bias.ToArray());
        CommandLine.Run(["train", "crbm", .. common, "--delay", "4", "--init-from", folder["queue"]]).IsRefused(
            "expected the same --delay");
        CommandLine.Run(["train", "crbm", .. common, "--scale", "min-max", "--init-from", folder["queue"]]).IsRefused(
            "scaled in another way");
        CommandLine.Run("train", "rtrbm", "--data", Rolls(), "--low", "60", "--high", "67", "--init-from", folder["queue"]).IsRefused(
            "holds a dybm; an rtrbm starts from an rbm");
    }

    [Fact]
    public void A_machine_that_learned_to_predict_is_asked_by_the_inference_it_learned()
    {
        // Too many units for enumeration.
        CommandLine.Succeed("train", "rtrbm", "--data", Rolls(), "--hidden", "40", "--method", "mp", "--steps", "2", "--epochs", "2",
            "--out", folder["run"], "--quiet");
        TrainedSequences trained = TrainedSequences.Load(folder["run"]);
        Assert.Equal(2, trained.PredictionSweeps);
        double asked = CommandLine.Succeed("evaluate", folder["run"], "--metrics", "rmse", "--json").Json["rmse"]!.GetValue<double>();
        Sequences held = trained.Prepared(trained.Open(new(), new RunContext(new DataCatalog())));
        PredictionScore two = SequenceEvaluation.Predictions(trained.Model, held, new() { IsMeanField = true, MeanFieldSweeps = 2 });
        Assert.Equal(("mean field", asked), (two.Method, two.Model.Rmse));
    }

    [Theory]
    [InlineData("dybm")]
    [InlineData("dybm", "--optimizer", "adam", "--learning-rate", "0.01", "0.01")]
    [InlineData("dybm", "--online", "--delays", "1-4")]
    [InlineData("crbm", "--hidden", "4", "--learning-rate", "0.01", "0.01", "--keep", "best")]
    [InlineData("rtrbm", "--hidden", "4", "--learning-rate", "0.01", "0.01", "--truncate", "7")]
    [InlineData("rtrbm", "--hidden", "4", "--method", "mp", "--steps", "2", "--learning-rate", "0.01", "0.01")]
    [InlineData("rnn-rbm", "--hidden", "4", "--recurrent", "3", "--learning-rate", "0.01", "0.01")]
    public void A_run_that_goes_on_ends_at_the_bytes_of_one_that_did_not_stop(string kind, params string[] more)
    {
        string data = Rolls();
        string[] common = ["--data", data, "--low", "60", "--high", "67", "--quiet", .. more];
        CommandLine.Succeed(["train", kind, .. common, "--epochs", "6", "--out", folder["whole"]]);
        CommandLine.Succeed(["train", kind, .. common, "--epochs", "3", "--out", folder["parts"]]);
        CommandLine.Succeed("train", kind, "--resume", folder["parts"], "--epochs", "6", "--quiet");
        using SafetensorsFile a = SafetensorsFile.Open(folder["whole/model.safetensors"]),
            b = SafetensorsFile.Open(folder["parts/model.safetensors"]);
        Assert.Equal(a.Tensors.Count, b.Tensors.Count);
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
    }

    [Theory]
    [InlineData("the delay is 0; expected 1 to 10000", "dybm", "--delay", "0")]
    [InlineData("the delay is 10001; expected 1 to 10000", "dybm", "--delay", "10001")]
    [InlineData("a decay is 1; expected at least 0 and below 1", "dybm", "--decays", "1")]
    [InlineData("the decay 0.5 is there twice", "dybm", "--decays", "0.5", "0.5")]
    [InlineData("there are no delays 3-2", "dybm", "--delays", "3-2")]
    [InlineData("neither a range nor a file", "dybm", "--delays", "nothing")]
    [InlineData("--decays does not go with it", "dybm", "--delays", "1-3", "--decays", "0.5")]
    [InlineData("--hidden", "dybm", "--hidden", "5")]
    [InlineData("--batch-size does not go with it", "dybm", "--online", "--batch-size", "5")]
    [InlineData("--reset-between is for learning step by step", "dybm", "--reset-between", "never")]
    [InlineData("finds its own step size; --learning-rate is for", "dybm", "--learning-rate", "0.1")]
    [InlineData("has no momentum", "crbm", "--optimizer", "adagrad", "--momentum", "0.5")]
    [InlineData("--steps is for --method cd", "crbm", "--method", "exact", "--steps", "3")]
    [InlineData("--centering is for steps in any order", "dybm", "--centering", "false")]
    [InlineData("Argument 'mp' not recognized", "crbm", "--method", "mp")]
    [InlineData("not by 7 gaussian", "rtrbm", "--method", "mp", "--visible-units", "gaussian")]
    [InlineData("the greatest norm of the gradient must be above 0", "rtrbm", "--clip", "0")]
    [InlineData("--hidden must be at least 1", "crbm", "--hidden", "0")]
    [InlineData("--early-stopping watches held-out steps", "dybm", "--early-stopping", "rmse")]
    [InlineData("neither a file nor", "dybm", "--data", "nowhere")]
    public void Training_refuses_what_cannot_be(string because, string kind, params string[] more)
    {
        CommandLine.Run(["train", kind, .. more.Contains("--data") ? [] : (string[])["--data", "science"], "--epochs", "1", "--out",
            folder["none"], .. more]).IsRefused(because);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Theory]
    [InlineData("horizon is 0; expected at least 1", "predict", "--horizon", "0")]
    [InlineData("--class is for models of rows", "sample", "--class", "7")]
    [InlineData("--midi is for machines that learned piano rolls", "sample", "--midi", "song.mid")]
    [InlineData("--completions is for machines that learned text", "sample", "--completions", "3", "--prefix", "a")]
    [InlineData("expected a file of a sequence, or NAME:STEPS", "sample", "--prefix", "nowhere")]
    [InlineData("the first sequence of science has 35 steps", "sample", "--prefix", "science:36")]
    [InlineData("takes 7", "sample", "--prefix", "noisy-sine:3")]
    [InlineData("the metric free-energy is for models of rows", "evaluate", "--metrics", "free-energy")]
    [InlineData("perplexity is of symbols", "evaluate", "--metrics", "perplexity")]
    [InlineData("has no test part", "evaluate", "--split", "test")]
    [InlineData("--predict-by is for machines with hidden units", "evaluate", "--predict-by", "mean-field")]
    public void Models_refuse_what_they_cannot_do(string because, string command, params string[] more)
    {
        CommandLine.Succeed("train", "dybm", "--data", "science", "--epochs", "2", "--out", folder["run"], "--quiet");
        CommandLine.Run([command, folder["run"], .. more]).IsRefused(because);
    }

    [Fact]
    public void A_state_of_another_model_is_refused()
    {
        CommandLine.Succeed("train", "dybm", "--data", "science", "--epochs", "2", "--out", folder["a"], "--quiet");
        CommandLine.Succeed("train", "dybm", "--data", "science", "--epochs", "2", "--delay", "3", "--out", folder["b"], "--quiet");
        CommandLine.Succeed("predict", folder["a"], "--data", "science", "--save-state", folder["a.safetensors"]);
        CommandLine.Run("predict", folder["b"], "--state", folder["a.safetensors"]).IsRefused("is the memory of another model");
        CommandLine.Run("predict", folder["b"], "--state", folder["b/model.safetensors"]).IsRefused("was not written by --save-state");
    }

    [Fact]
    public void Options_of_memories_are_refused_for_models_of_rows()
    {
        CommandLine.Succeed("train", "rbm", "--data", "demo", "--hidden", "4", "--epochs", "1", "--metrics", "weight-norm", "--out",
            folder["rbm"], "--quiet");
        CommandLine.Run("sample", folder["rbm"], "--steps", "5").IsRefused("--steps is for machines with memory");
        CommandLine.Run("sample", folder["rbm"], "--temperature", "0").IsRefused("--temperature must be a number above 0");
        CommandLine.Run("predict", folder["rbm"], "--horizon", "5").IsRefused("--horizon is for machines with memory");
        CommandLine.Run("evaluate", folder["rbm"], "--metrics", "anomaly").IsRefused("the metric anomaly is for machines with memory");
    }

    // A wave of two columns with little noise, by a rule of its own.
    string Series()
    {
        using var text = new StringWriter { NewLine = "\n" };
        text.WriteLine("level,slope");
        for (int t = 0; t < 200; t++)
        {
            double phase = 2 * Math.PI * t / 25, noise = 0.3 * Math.Sin(12.9898 * t) * Math.Cos(78.233 * t);
            text.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 + 20 * Math.Sin(phase) + noise},"
                + $"{Math.Cos(phase) - noise / 20}"));
        }
        File.WriteAllText(folder["wave.csv"], text.ToString());
        return folder["wave.csv"];
    }

    string Rolls()
    {
        var pieces = new JsonArray();
        for (int piece = 0; piece < 6; piece++)
            pieces.Add((JsonNode)new JsonArray([.. Enumerable.Range(0, 9 + piece).Select(t =>
                (JsonNode)new JsonArray(60 + (t + piece) % 8, 60 + (t + piece + 4) % 8))]));
        File.WriteAllText(folder["rolls.json"], pieces.ToJsonString());
        return folder["rolls.json"];
    }
}
