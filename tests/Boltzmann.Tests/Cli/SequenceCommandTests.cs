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
        Assert.Equal(201, again["forecast"]![0]!["from-step"]!.GetValue<int>());
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
        // The next letter of a text is asked for, not what follows its end.
        JsonNode next = CommandLine.Succeed("predict", folder["words"], "--data", folder["words.txt"], "--paths", "0", "--json").Json;
        int end = next["columns"]!.AsArray().Count - 1;
        Assert.Equal("end", next["columns"]![end]!.GetValue<string>());
        Assert.Equal(8, next["forecast"]![0]!["from-step"]!.GetValue<int>());
        Assert.True(next["forecast"]![0]!["mean"]![0]![end]!.GetValue<double>() > 0.9, next.ToJsonString());
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
    public void A_crbm_begins_at_another_of_the_same_units_and_letters()
    {
        string text = Counted(), other = folder["other.txt"];
        File.WriteAllText(other, "dd 1\nef 1\n");
        string[] common = ["--hidden", "4", "--validation-share", "0", "--epochs", "1", "--quiet"];
        CommandLine.Succeed(["train", "crbm", "--data", text, .. common, "--out", folder["first"]]);
        // Steps this small move no number that is not 0.
        CommandLine.Succeed(["train", "crbm", "--data", text, .. common, "--learning-rate", "1e-30", "--init-from", folder["first"],
            "--out", folder["second"]]);
        SequenceModel a = ModelFile.LoadSequence(folder["first/model.safetensors"]),
            b = ModelFile.LoadSequence(folder["second/model.safetensors"]);
        for (int p = 0; p < a.Parameters.Count; p++) Assert.Equal(a.Parameters[p].Value.ToArray(), b.Parameters[p].Value.ToArray());
        CommandLine.Run(["train", "crbm", "--data", other, .. common, "--init-from", folder["first"]]).IsRefused("another alphabet");
        CommandLine.Run(["train", "crbm", "--data", text, .. common, "--hidden-units", "spin", "--init-from", folder["first"]]).IsRefused(
            "hidden units, but this run");
    }

    [Fact]
    public void Steps_drawn_by_their_counts_teach_what_is_frequent()
    {
        // Of a thousand and eleven lines a thousand go on with b.
        CommandLine.Succeed("train", "crbm", "--data", Counted(), "--hidden", "4", "--draw-by-count", "--validation-share", "0", "--epochs",
            "400", "--batch-size", "1000", "--learning-rate", "0.05", "--out", folder["run"], "--quiet");
        JsonNode ends = CommandLine.Succeed("sample", folder["run"], "--prefix", "a", "--completions", "2", "--json").Json["completions"]!;
        Assert.Equal("ab", ends[0]!["text"]!.GetValue<string>());
        Assert.Equal(Math.Log(1000.0 / 1011), ends[0]!["log-probability"]!.GetValue<double>(), 0.02);
    }

    [Theory]
    [InlineData("does not go with --online", "crbm", "--online")]
    [InlineData("does not go with --online", "crbm", "--ignore-counts")]
    [InlineData("lbfgs, which weighs all steps at once", "dybm")]
    public void Drawing_by_counts_is_refused_where_it_does_nothing(string reason, string kind, params string[] more) =>
        CommandLine.Run(["train", kind, "--data", Counted(), "--draw-by-count", .. more]).IsRefused(reason);

    [Fact]
    public void Texts_without_counts_are_not_drawn_by_them()
    {
        File.WriteAllText(folder["plain.txt"], "ab\nba\n");
        CommandLine.Run("train", "crbm", "--data", folder["plain.txt"], "--draw-by-count").IsRefused("has no counts");
    }

    string Counted()
    {
        File.WriteAllText(folder["counted.txt"], "ab 1000\nac 10\naa 1\n");
        return folder["counted.txt"];
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
    [InlineData("--batch-size does not go with --online", "dybm", "--online", "--batch-size", "5")]
    [InlineData("--reset-between does nothing without --online", "dybm", "--reset-between", "never")]
    [InlineData("--learning-rate does not go with --optimizer lbfgs", "dybm", "--learning-rate", "0.1")]
    [InlineData("--momentum does nothing without --optimizer sgd or adam", "crbm", "--optimizer", "adagrad", "--momentum", "0.5")]
    [InlineData("--steps is for --method cd", "crbm", "--method", "exact", "--steps", "3")]
    [InlineData("--centering does not go with --optimizer lbfgs", "dybm", "--centering", "false")]
    [InlineData("--method mp is for learning through time", "crbm", "--method", "mp")]
    [InlineData("not by 7 gaussian", "rtrbm", "--method", "mp", "--visible-units", "gaussian")]
    [InlineData("the greatest norm of the gradient must be above 0", "rtrbm", "--clip", "0")]
    [InlineData("--truncate must be at least 1", "rtrbm", "--truncate", "0")]
    [InlineData("chains would have to change their context", "crbm", "--method", "pcd")]
    [InlineData("chains would have to change their context", "crbm", "--method", "fpcd")]
    [InlineData("chains would have to change their context", "rtrbm", "--method", "pt")]
    [InlineData("its gradient is exact at no cost", "dybm", "--method", "cd")]
    [InlineData("--method must be one of cd, mp, exact, not 'gibbs'", "rnn-rbm", "--method", "gibbs")]
    [InlineData("--shuffle does not go with --online", "dybm", "--online", "--shuffle", "true")]
    [InlineData("--delay does nothing beside --delays", "dybm", "--delays", "1-3", "--delay", "2")]
    [InlineData("--patience does nothing without --early-stopping", "dybm", "--patience", "2")]
    [InlineData("--patience must be at least 1", "dybm", "--data", "noisy-sine", "--early-stopping", "rmse", "--patience", "0")]
    [InlineData("--l2 must be at least 0", "dybm", "--l2", "-1")]
    [InlineData("--sigma does nothing without gaussian or relu units; the visible units are bernoulli", "dybm", "--sigma", "2")]
    [InlineData("--sigma does nothing without gaussian, relu or drelu units", "crbm", "--visible-units", "bernoulli", "--sigma", "2")]
    [InlineData("--learn-precision does nothing without gaussian or relu units", "crbm", "--learn-precision", "true")]
    [InlineData("nothing is held out; --validation-share does nothing", "dybm", "--validation-share", "0.2")]
    [InlineData("has a validation part of its own", "dybm", "--data", "words", "--validation-share", "0.2")]
    [InlineData("--scale is for numbers", "dybm", "--data", "words", "--scale", "standardize")]
    [InlineData("expected --visible-units multinomial", "dybm", "--data", "words", "--visible-units", "gaussian")]
    [InlineData("takes 30.2 GiB", "dybm", "--data", "bouncing-balls", "--videos", "2", "--delay", "10000")]
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
    [InlineData("--method ais is for machines with hidden units", "evaluate", "--method", "ais")]
    [InlineData("--chains does nothing here: the likelihood is exact", "evaluate", "--chains", "10")]
    [InlineData("--greedy is a temperature of 0", "sample", "--greedy", "--temperature", "0.5")]
    [InlineData("--image is for --animation and --picture", "sample", "--image", "7x1")]
    [InlineData("from 1 to 1000", "sample", "--prefix", "a", "--completions", "1001")]
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

    [Theory]
    [InlineData("1,2,3\n4,5,6\n", "has 2 lines of delays for 7 units")]
    [InlineData("1,2\n", "has 1 lines of delays for 7 units")]
    [InlineData("1,1,1,1,1,1,1\n1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n",
        "line 2 has 6 delays for 7 units")]
    [InlineData("1,1,1,1,1,1,1\n1,1,1,1,1,1,0\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n",
        "the delay from unit 2 to unit 7 is 0; expected 1 to 10000")]
    [InlineData("1,1,x,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n1,1,1,1,1,1,1\n",
        "line 1, number 3 is 'x'; expected a whole number of steps")]
    public void A_file_of_delays_that_does_not_fit_is_refused(string text, string because)
    {
        File.WriteAllText(folder["delays.csv"], text);
        CommandLine.Run("train", "dybm", "--data", "science", "--delays", folder["delays.csv"], "--out", folder["none"])
            .IsRefused(because);
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Theory]
    [InlineData("level,slope\n1,2\n3,inf\n", "line 3, column 2 ('slope'): is 'inf'")]
    [InlineData("level,slope\n1,2\nNaN,4\n", "line 3, column 1 ('level'): has no value")]
    [InlineData("level\n1\n2\n", "found 1 columns")]
    [InlineData("level,slope\n", "has no sequences")]
    public void What_is_to_be_forecast_is_held_against_the_model(string text, string because)
    {
        CommandLine.Succeed("train", "dybm", "--data", Series(), "--epochs", "2", "--out", folder["wave"], "--quiet");
        File.WriteAllText(folder["new.csv"], text);
        CommandLine.Run("predict", folder["wave"], "--data", folder["new.csv"], "--out", folder["ahead.csv"], "--save-state",
            folder["s.safetensors"]).IsRefused(because);
        Assert.False(File.Exists(folder["ahead.csv"]) || File.Exists(folder["s.safetensors"]));
    }

    [Fact]
    public void Nothing_is_learned_where_all_would_be_held_out()
    {
        File.WriteAllText(folder["short.csv"], "x\n1\n2\n");
        CommandLine.Run("train", "dybm", "--data", folder["short.csv"], "--validation-share", "0.9", "--out", folder["none"])
            .IsRefused("all of which would be in the validation part");
        CommandLine.Run("train", "dybm", "--data", Rolls(), "--warm-up", "3", "--out", folder["none"])
            .IsRefused("--warm-up is for a single");
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public void A_run_goes_on_as_it_began()
    {
        CommandLine.Succeed("train", "dybm", "--data", Series(), "--epochs", "2", "--out", folder["wave"], "--quiet");
        CommandLine.Run("train", "dybm", "--resume", folder["wave"], "--epochs", "4", "--scale", "standardize")
            .IsRefused("--scale is for a new run");
        CommandLine.Run("train", "dybm", "--resume", folder["wave"], "--epochs", "4", "--optimizer", "adam")
            .IsRefused("this run learned by --optimizer lbfgs");
        CommandLine.Run("train", "rbm", "--resume", folder["wave"], "--epochs", "4").IsRefused("is a run of train dybm");
        CommandLine.Run("train", "crbm", "--resume", folder["wave"], "--epochs", "4").IsRefused("is a run of train dybm");
    }

    [Fact]
    public void What_a_training_stated_of_its_file_does_not_hinder_other_files()
    {
        File.WriteAllText(folder["several.csv"], "who;x\n" + string.Concat(Enumerable.Range(0, 40).Select(t => $"{t / 10};{t % 3},5\n")));
        CommandLine.Succeed("train", "dybm", "--data", folder["several.csv"], "--sequence-column", "who", "--delimiter", ";", "--decimal",
            "comma", "--epochs", "2", "--out", folder["run"], "--quiet");
        File.WriteAllBytes(folder["one.npy"], NpyBytes.Of([.. Enumerable.Range(0, 30).Select(t => new[] { t % 3 + 0.5 })]));
        Assert.Equal(30, CommandLine.Succeed("evaluate", folder["run"], "--data", folder["one.npy"], "--json").Json["steps"]!
            .GetValue<int>());
        CommandLine.Run("evaluate", folder["run"], "--data", folder["one.npy"], "--sequence-column", "who")
            .IsRefused("--sequence-column does nothing here");
    }

    [Fact]
    public void A_file_of_any_name_is_read_as_stated()
    {
        File.WriteAllText(folder["words.list"], "one\ntwo\none\n");
        CommandLine.Succeed("train", "dybm", "--data", folder["words.list"], "--format", "text", "--epochs", "2", "--validation-share", "0",
            "--out", folder["run"], "--quiet");
        File.WriteAllText(folder["more.list"], "two\n");
        Assert.Equal(4, CommandLine.Succeed("evaluate", folder["run"], "--data", folder["more.list"], "--format", "text", "--json")
            .Json["steps"]!.GetValue<int>());
        CommandLine.Run("predict", folder["run"], "--data", folder["more.list"], "--format", "idx").IsRefused("--format must be one of");
    }

    [Fact]
    public void Predictions_by_chains_look_at_the_first_steps_and_say_so()
    {
        CommandLine run = CommandLine.Succeed("train", "crbm", "--data", "noisy-sine", "--hidden", "13", "--validation-share", "0.5",
            "--epochs", "1", "--out", folder["few"], "--json");
        Assert.Contains("300 steps held out: ", run.Error);
        JsonNode result = run.Json["result"]!;
        Assert.Equal(["log-likelihood", "rmse", "persistence-rmse", "steps", "sequences", "steps-per-second"],
            result.AsObject().Select(p => p.Key));
        Assert.True(double.IsFinite(result["log-likelihood"]!.GetValue<double>()));
        string many = folder["many.csv"];
        File.WriteAllText(many, "x\n" + string.Concat(Enumerable.Range(0, 3000).Select(t => $"{t % 7}\n")));
        run = CommandLine.Succeed("train", "crbm", "--data", many, "--hidden", "13", "--validation-share", "0.5", "--epochs", "1",
            "--out", folder["many"], "--json");
        Assert.Contains("the first 1,000 of 1,500 steps held out: ", run.Error);
        Assert.Equal(1000, run.Json["result"]!["steps"]!.GetValue<int>());
    }

    [Fact]
    public void An_odd_step_is_listed_with_its_column()
    {
        string[] lines = File.ReadAllLines(Series());
        // The last one: those after it would remember it.
        lines[200] = lines[200].Split(',')[0] + ",30";
        File.WriteAllLines(folder["odd.csv"], lines);
        CommandLine.Succeed("train", "dybm", "--data", folder["wave.csv"], "--scale", "standardize", "--delay", "4", "--out",
            folder["run"], "--quiet");
        JsonNode first = CommandLine.Succeed("evaluate", folder["run"], "--data", folder["odd.csv"], "--metrics", "anomaly", "--json")
            .Json["anomaly"]![0]!;
        Assert.Equal((200, "slope"), (first["step"]!.GetValue<int>(), first["column"]!.GetValue<string>()));
        Assert.Contains("slope", CommandLine.Succeed("evaluate", folder["run"], "--data", folder["odd.csv"], "--metrics", "anomaly")
            .Output);
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        string data = Rolls();
        foreach (string threads in (string[])["1", "3"])
            CommandLine.Succeed("train", "rnn-rbm", "--data", data, "--low", "60", "--high", "67", "--hidden", "20", "--recurrent", "9",
                "--epochs", "2", "--threads", threads, "--out", folder[threads], "--quiet");
        using SafetensorsFile a = SafetensorsFile.Open(folder["1/model.safetensors"]),
            b = SafetensorsFile.Open(folder["3/model.safetensors"]);
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
    }

    [Fact]
    public void A_noisy_sine_is_predicted_to_its_noise()
    {
        // Of the 600 steps that are learned. The noise has a standard deviation of 0.1; twenty lags cannot tell all of it from the sine.
        JsonNode result = CommandLine.Succeed("train", "dybm", "--data", "noisy-sine", "--delay", "20", "--validation-share", "0", "--out",
            folder["sine"], "--quiet", "--json").Json["result"]!;
        Assert.InRange(result["rmse"]!.GetValue<double>(), 0.1, 0.11);
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
