using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>
/// boltzmann evaluate, predict and sample of deep Boltzmann machines that this program did not write, against sums over every state.
/// </summary>
public sealed class EvaluateDbmTests : IDisposable
{
    // Sums of some thousand terms in double precision: far below this.
    const double Tolerance = 1e-9;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static ForeignMachine Deep(int? classes = null) => classes is int k
        ? new("classification-dbm", [4, 3, 2, k], [(0, 1), (1, 2), (2, 3)], labels: 3)
        : new("dbm", [4, 3, 3, 2], [(0, 1), (1, 2), (2, 3)]);

    string Save(ForeignMachine machine) => machine.Save(folder);

    CommandLine Evaluate(string model, params string[] more) =>
        CommandLine.Succeed(["evaluate", model, "--data", folder["rows.npy"], "--json", .. more]);

    static double[] Numbers(JsonNode? node) => [.. node!.AsArray().Select(x => x!.GetValue<double>())];

    static void Near(IEnumerable<double> expected, double[] actual) =>
        Assert.All(expected.Zip(actual, (e, a) => e - a), difference => Assert.InRange(difference, -Tolerance, Tolerance));

    [Theory, InlineData(null), InlineData(3)]
    public void The_gap_of_the_bound_is_that_of_enumeration(int? classes)
    {
        string model = Save(Deep(classes));
        JsonNode json = Evaluate(model, "--metrics", "log-likelihood", "elbo", "variational-gap").Json;
        double[] likelihood = Numbers(json["log_likelihood"]!["per_row"]), bound = Numbers(json["elbo"]!["per_row"]),
            gap = Numbers(json["variational_gap"]!["per_row"]);
        double error = json["variational_gap"]!["sampling_error"]!.GetValue<double>();
        // Five errors of the mean have a false-alarm rate of 6e-7; each of the rows is allowed a tenth of a nat.
        Assert.Equal((16, 16), (gap.Length, json["variational_gap"]!["rows"]!.GetValue<int>()));
        Assert.InRange(error, 0, 0.01);
        Assert.Equal(likelihood.Zip(bound, (l, b) => l - b).Average(), gap.Average(), 5 * error + 1e-9);
        for (int r = 0; r < gap.Length; r++) Assert.Equal(likelihood[r] - bound[r], gap[r], 0.1);
        Assert.Equal(3, Numbers(Evaluate(model, "--metrics", "variational-gap", "--gap-rows",
            "3").Json["variational_gap"]!["per_row"]).Length);
        Assert.Contains("gap of the bound",
            CommandLine.Succeed("evaluate", model, "--data", folder["rows.npy"], "--metrics", "variational-gap").Output);
        CommandLine.Run("evaluate", model, "--data", folder["rows.npy"], "--metrics", "elbo", "--gap-rows",
            "3").IsRefused("--gap-rows is for --metrics variational-gap");
    }

    [Theory, InlineData(null), InlineData(3)]
    public void Exact_numbers_are_those_of_enumeration(int? classes)
    {
        ForeignMachine machine = Deep(classes);
        string model = Save(machine);
        JsonNode json = Evaluate(model, "--metrics", "log-partition", "free-energy", "log-likelihood", "pseudo-likelihood", "elbo").Json;
        double logZ = machine.LogPartition();
        double[][] rows = [.. machine.Rows()];
        Assert.Equal("exact", json["log_partition"]!["method"]!.GetValue<string>());
        Assert.Equal(logZ, json["log_partition"]!["value"]!.GetValue<double>(), Tolerance);
        Near(rows.Select(machine.FreeEnergy), Numbers(json["free_energy"]));
        double[] likelihood = Numbers(json["log_likelihood"]!["per_row"]), bound = Numbers(json["elbo"]!["per_row"]);
        Near(rows.Select(v => -machine.FreeEnergy(v) - logZ), likelihood);
        Assert.Equal(1, likelihood.Sum(Math.Exp), Tolerance);
        Assert.Equal(rows.Average(machine.PseudoLikelihood), json["pseudo_likelihood"]!["mean"]!.GetValue<double>(), Tolerance);
        Assert.Equal("mean-field", json["elbo"]!["method"]!.GetValue<string>());
        Assert.All(bound.Zip(likelihood), pair => Assert.True(pair.First <= pair.Second + Tolerance));
        Assert.True(bound.Average() > likelihood.Average() - 1, "the bound is far from what it bounds");
    }

    [Fact]
    public void Annealing_brackets_what_enumeration_finds()
    {
        ForeignMachine machine = Deep();
        JsonNode json = Evaluate(Save(machine), "--metrics", "log-partition", "elbo", "--method", "ais", "--betas",
            "2000").Json["log_partition"]!;
        // Five standard errors: less than one seed in a million of a right program.
        foreach (JsonNode? estimate in (JsonNode?[])[json, json["reverse"]])
        {
            double value = (estimate!["value"] ?? json["reverse_value"])!.GetValue<double>(),
                error = estimate["standard_error"]!.GetValue<double>();
            Assert.InRange(value - machine.LogPartition(), -5 * error, 5 * error);
        }
        Assert.Equal("trustworthy", json["verdict"]!.GetValue<string>());
        string Verdict(params string[] more) => Evaluate(folder["model.safetensors"],
            ["--metrics", "log-partition", "--method", "ais", .. more]).Json["log_partition"]!["verdict"]!.GetValue<string>();
        Assert.Equal("doubtful", Verdict("--reverse", "none"));
        Assert.Equal("doubtful", Verdict("--chains", "5"));
        Assert.Null(Evaluate(folder["model.safetensors"], "--metrics", "log-partition").Json["log_partition"]!["verdict"]);
    }

    [Fact]
    public void An_estimate_that_cannot_be_right_is_called_so()
    {
        // Weights of 100: two steps find nothing of what carries the sum.
        var model = new Dbm(new BernoulliLayer(30), new BernoulliLayer(30), new BernoulliLayer(30));
        model.SetRandomWeights(100, new Rng(1));
        ModelFile.Save(folder["wild.safetensors"], model);
        CommandLine run = CommandLine.Succeed("evaluate", folder["wild.safetensors"], "--metrics", "log-partition", "--method", "ais",
            "--betas", "2", "--reverse", "none", "--json");
        Assert.Equal("not-to-be-believed", run.Json["log_partition"]!["verdict"]!.GetValue<string>());
        Assert.Contains("log Z is not to be believed", CommandLine.Succeed("evaluate", folder["wild.safetensors"], "--metrics",
            "log-partition", "--method", "ais", "--betas", "2", "--reverse", "none").Output);
    }

    [Fact]
    public void Grey_values_have_no_likelihood_and_that_is_said()
    {
        string model = Save(Deep());
        File.WriteAllBytes(folder["half.npy"], NpyBytes.Of([.. Enumerable.Repeat<double[]>([0.5, 0.5, 0.5, 0.5], 3)]));
        // The one grey value comes after the first rows that are read at once.
        File.WriteAllBytes(folder["late.npy"],
            NpyBytes.Of([.. Enumerable.Range(0, 1500).Select(r => (double[])[0, 1, r == 1400 ? 0.25 : 0, 1])]));
        foreach (string data in (string[])["half.npy", "late.npy"])
            foreach (string[] more in (string[][])[["--metrics", "log-likelihood", "elbo", "--binarize", "none"],
                ["--metrics", "pseudo-likelihood"], ["--metrics", "elbo"]])
            {
                CommandLine run = CommandLine.Succeed(["evaluate", model, "--data", folder[data], "--json", .. more]);
                Assert.Contains("no log-likelihood of anything; --binarize threshold or stochastic makes bits",
                    Assert.Single(run.Error.TrimEnd('\n').Split('\n')));
                Assert.Equal(run.Error.TrimEnd('\n'), $"boltzmann: warning: {Assert.Single(run.Json["warnings"]!.AsArray())}");
            }
        foreach (string[] more in (string[][])[["--metrics", "free-energy"], ["--metrics", "elbo", "--binarize", "threshold"],
            ["--metrics", "elbo", "--binarize", "stochastic"], ["--metrics", "elbo", "--data", folder["rows.npy"]]])
        {
            CommandLine run = CommandLine.Succeed(["evaluate", model, "--json",
                .. more.Contains("--data") ? (string[])[] : ["--data", folder["half.npy"]], .. more]);
            Assert.Equal("", run.Error);
            Assert.Empty(run.Json["warnings"]!.AsArray());
        }
    }

    [Fact]
    public void Without_being_asked_a_small_machine_is_judged_by_its_likelihood_and_a_large_one_by_its_bound()
    {
        Assert.Equal(["model", "rows", "data", "binarize", "log_partition", "log_likelihood", "elbo", "warnings"],
            Evaluate(Save(Deep())).Json.AsObject().Select(p => p.Key));
        // Its hidden layers have 2^20 joint states, but only 2^10 need be listed.
        ModelFile.Save(folder["middle.safetensors"], new Dbm(new BernoulliLayer(4), new BernoulliLayer(10), new BernoulliLayer(10)));
        Assert.Contains("log_likelihood", Evaluate(folder["middle.safetensors"]).Json.AsObject().Select(p => p.Key));
        var large = new Dbm(new BernoulliLayer(4), new BernoulliLayer(30), new BernoulliLayer(30));
        ModelFile.Save(folder["large.safetensors"], large);
        Assert.Equal(["model", "rows", "data", "binarize", "log_partition", "elbo", "warnings"],
            Evaluate(folder["large.safetensors"], "--betas", "20").Json.AsObject().Select(p => p.Key));
        CommandLine.Run("evaluate", folder["large.safetensors"], "--data", folder["rows.npy"], "--metrics",
            "log-likelihood").IsRefused("sums over every state of the hidden units");
        CommandLine.Run("evaluate", folder["large.safetensors"], "--passes", "3", "--data",
            folder["rows.npy"]).IsRefused("--passes is for --metrics elbo, which is the bound of a dbn");
    }

    [Fact]
    public void Classes_of_one_hidden_layer_have_their_exact_probabilities()
    {
        var machine = new ForeignMachine("classification-dbm", [4, 3, 3], [(0, 1), (1, 2)], labels: 2);
        JsonNode json = CommandLine.Succeed("predict", Save(machine), "--data", folder["rows.npy"], "--probabilities", "--json",
            "--precision", "float64").Json;
        double[][] rows = [.. machine.Rows()];
        for (int r = 0; r < rows.Length; r++) Near(machine.Classes(rows[r]), Numbers(json["probabilities"]![r]));
    }

    [Fact]
    public void Labelled_machines_are_judged_by_their_labels()
    {
        CommandLine.Succeed("train", "dbm", "--data", "demo", "--labels", "--hidden", "8", "5", "--epochs", "2", "--metrics", "weight-norm",
            "--quiet", "--out", folder["run"]);
        Assert.Contains("accuracy", CommandLine.Succeed("evaluate", folder["run"], "--split", "train").Output);
        Assert.Contains("log Z", CommandLine.Succeed("evaluate", folder["run"], "--split", "train", "--rows", "5", "--metrics",
            "log-partition").Output);
        Assert.Equal(2, CommandLine.Run("evaluate", folder["run"], "--metrics", "accuracy", "elbo").Code);
        // What only rows need asks of the rows.
        JsonNode ofRows = CommandLine.Succeed("evaluate", folder["run"], "--split", "train", "--rows", "5", "--method", "ais", "--betas",
            "20", "--json").Json;
        Assert.Equal("ais", ofRows["log_partition"]!["method"]!.GetValue<string>());
        Assert.True(ofRows["elbo"] is not null && ofRows["accuracy"] is null);
        CommandLine.Run("evaluate", folder["run"], "--method", "ais", "--metrics",
            "accuracy").IsRefused("--method does not go with accuracy");
        string name = ModelFile.Describe(folder["run/model.safetensors"]).Classes![0];
        Assert.Equal(5, CommandLine.Succeed("sample", folder["run"], "--class", name, "--count", "4", "--sweeps", "3",
            "--states").Output.TrimEnd('\n').Split('\n').Length);
        CommandLine.Run("sample", folder["run"], "--class", "nobody").IsRefused("has no class 'nobody'");
    }

    [Fact]
    public void Chains_around_given_units_draw_from_the_conditional_distribution()
    {
        const int Chains = 4000;
        ForeignMachine machine = Deep();
        string model = Save(machine);
        double[] given = [.. machine.Rows().ElementAt(5)];
        JsonNode json = CommandLine.Succeed("sample", model, "--data", folder["rows.npy"], "--clamp", "0-1", "--count", "16", "--sweeps",
            "1", "--states", "--json").Json;
        double[][] rows = [.. machine.Rows()];
        for (int r = 0; r < 16; r++) Assert.Equal(rows[r].Take(2), Numbers(json["rows"]![r]).Take(2));

        using (FileStream file = File.Create(folder["partial.npy"]))
        {
            var partial = new Matrix(Chains, 4, Placement.Default.Double);
            for (int r = 0; r < Chains; r++) partial.WriteRow(r, [given[0], given[1], double.NaN, double.NaN]);
            NpyWriter.Write(file, Chains, 4, Precision.Float64, [partial]);
        }
        JsonNode filled = CommandLine.Succeed("sample", model, "--impute", folder["partial.npy"], "--sweeps", "200", "--states",
            "--json").Json["rows"]!;
        double[] probabilities = [.. rows.Where(v => v[0] == given[0] && v[1] == given[1]).Select(v => Math.Exp(-machine.FreeEnergy(v)))];
        for (int k = 0; k < 4; k++)
        {
            double expected = probabilities[k] / probabilities.Sum(), seen = filled.AsArray()
                .Count(row => row![2]!.GetValue<double>() == (k & 1) && row[3]!.GetValue<double>() == k >> 1) / (double)Chains;
            // Five standard deviations for each of four counts: false alarms below three in a million seeds.
            Assert.InRange(seen - expected, -5 * Math.Sqrt(expected * (1 - expected) / Chains),
                5 * Math.Sqrt(expected * (1 - expected) / Chains));
        }
    }

    [Fact]
    public void Features_are_those_of_the_library_by_any_inference()
    {
        string model = Save(Deep());
        Dbm machine = ModelFile.LoadDbm(model);
        Matrix rows = DataSource.Open(folder["rows.npy"], new()).ToMatrix(machine.Placement);
        foreach (int layer in (int[])[1, 2, 3])
        {
            string[] command = ["transform", model, "--data", folder["rows.npy"], "--layer", $"{layer}", "--json"];
            Same(machine.Transform(rows, layer), command);
            Same(machine.TransformUpward(rows, layer, doubled: false), [.. command, "--inference", "upward"]);
            Same(machine.TransformUpward(rows, layer), [.. command, "--inference", "doubled"]);
        }
        string both = CommandLine.Succeed("transform", model, "--data", folder["rows.npy"], "--layers", "1", "3").Output;
        Assert.StartsWith("1.h0,1.h1,1.h2,3.h0,3.h1\n", both);
        CommandLine.Run("transform", model, "--data", folder["rows.npy"], "--layers", "1", "4").IsRefused("--layers 4: ");
        CommandLine.Run("transform", model, "--data", folder["rows.npy"], "--layers", "1",
            "1").IsRefused("--layers 1 1: asks for layer 1 twice");
        CommandLine.Run("transform", model, "--data", folder["rows.npy"], "--layers", "1", "--layer", "1").IsRefused("choose");
        CommandLine.Run("transform", model, "--data", folder["rows.npy"], "--passes", "2", "--inference",
            "doubled").IsRefused("does not go with it");
        Same(machine.Reconstruct(rows), ["reconstruct", model, "--data", folder["rows.npy"], "--json"]);
        CommandLine.Succeed("reconstruct", model, "--data", folder["rows.npy"], "--stochastic", "--passes", "3", "--steps", "2", "--layer",
            "3");
        Assert.Contains("weights.2-3", CommandLine.Succeed("inspect", model).Output);

        static void Same(Matrix expected, string[] command)
        {
            JsonNode actual = CommandLine.Succeed(command).Json["rows"]!;
            for (int r = 0; r < expected.Rows; r++) Assert.Equal(expected.ReadRow(r), Numbers(actual[r]), (x, y) => Math.Abs(x - y) < 2e-6);
        }
    }

    [Fact]
    public void A_network_from_a_machine_begins_with_its_layers()
    {
        CommandLine.Succeed("train", "dbm", "--data", "demo", "--hidden", "8", "5", "--epochs", "2", "--metrics", "weight-norm", "--quiet",
            "--out", folder["run"]);
        Dbm machine = ModelFile.LoadDbm(folder["run/model.safetensors"]);
        string[] common = ["fine-tune", folder["run"], "--learning-rate", "0", "--epochs", "1", "--quiet"];
        CommandLine.Succeed([.. common, "--out", folder["plain"]]);
        CommandLine.Succeed([.. common, "--doubled", "--out", folder["doubled"]]);
        CommandLine.Succeed([.. common, "--mean-field-input", "--out", folder["wide"]]);
        double[,] first = machine.Connections[0].Weights.ToArray(), second = machine.Connections[1].Weights.ToArray();
        Assert.Equal(first, ModelFile.LoadNetwork(folder["plain/model.safetensors"]).Layers[0].Weights.ToArray());
        double[,] doubled = ModelFile.LoadNetwork(folder["doubled/model.safetensors"]).Layers[0].Weights.ToArray(),
            wide = ModelFile.LoadNetwork(folder["wide/model.safetensors"]).Layers[0].Weights.ToArray();
        Assert.Equal(15, wide.GetLength(0));
        for (int h = 0; h < 8; h++)
        {
            for (int v = 0; v < 10; v++) Assert.Equal((2 * first[v, h], first[v, h]), (doubled[v, h], wide[v, h]));
            for (int u = 0; u < 5; u++) Assert.Equal(second[h, u], wide[10 + u, h]);
        }
        Assert.Equal(second, ModelFile.LoadNetwork(folder["wide/model.safetensors"]).Layers[1].Weights.ToArray());
    }

    [Fact]
    public void A_network_that_hears_from_above_finds_its_machine_again()
    {
        CommandLine.Succeed("train", "dbm", "--data", "demo", "--hidden", "8", "5", "--epochs", "2", "--metrics", "weight-norm", "--quiet",
            "--out", folder["run"]);
        string[] rates = ["--learning-rate", "0.01", "0.005", "--quiet", "--validation-rows", "100", "--early-stopping", "none"];
        CommandLine.Succeed(["fine-tune", folder["run"], "--mean-field-input", "--epochs", "2", "--out", folder["whole"], .. rates]);
        CommandLine.Succeed(["fine-tune", folder["run"], "--mean-field-input", "--epochs", "1", "--out", folder["parts"], .. rates]);
        Directory.Delete(folder["run"], recursive: true);
        CommandLine.Succeed("fine-tune", "--resume", folder["parts"], "--epochs", "2", "--quiet");
        Assert.Equal(ModelFile.LoadNetwork(folder["whole/model.safetensors"]).Parameters.SelectMany(p => p.Value.ToArray().Cast<double>()),
            ModelFile.LoadNetwork(folder["parts/model.safetensors"]).Parameters.SelectMany(p => p.Value.ToArray().Cast<double>()));
        Assert.Contains("accuracy", CommandLine.Succeed("evaluate", folder["whole"], "--split", "train").Output);
        string predicted = CommandLine.Succeed("predict", folder["whole"], "--split", "train", "--rows", "3").Output;
        CommandLine.Succeed("transform", folder["whole"], "--split", "train", "--rows", "3", "--layer", "1");
        // One file holds all of it; 0.1.0 kept the machine in a file of its own, which is still found.
        Assert.False(File.Exists(folder["whole/input.safetensors"]));
        Network network = ModelFile.LoadNetwork(folder["whole/model.safetensors"]);
        ModelDescription description = ModelFile.Describe(folder["whole/model.safetensors"]);
        ModelFile.Save(folder["whole/input.safetensors"], network.InputMachine!);
        ModelFile.Save(folder["whole/model.safetensors"], new Network(network.Layers, network.Head), description.Training,
            description.Classes);
        Assert.Equal(predicted, CommandLine.Succeed("predict", folder["whole"], "--split", "train", "--rows", "3").Output);
        File.Delete(folder["whole/input.safetensors"]);
        CommandLine.Run("predict", folder["whole"], "--split", "train").IsRefused("input.safetensors should hold");
    }

    [Fact]
    public void Options_of_deep_machines_are_refused_for_others()
    {
        CommandLine.Succeed("train", "rbm", "--data", "demo", "--hidden", "4", "--epochs", "1", "--metrics", "weight-norm", "--quiet",
            "--out", folder["rbm"]);
        CommandLine.Run("fine-tune", folder["rbm"], "--mean-field-input", "--out", folder["x"]).IsRefused("--mean-field-input needs a dbm");
        CommandLine.Run("fine-tune", folder["rbm"], "--doubled", "--out", folder["x"]).IsRefused("--doubled is for a dbm");
        CommandLine.Run("transform", folder["rbm"], "--inference", "doubled").IsRefused("--inference doubled is for a dbm");
    }
}
