using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>boltzmann evaluate, on model files that the library did not write.</summary>
public sealed class EvaluateTests : IDisposable
{
    // Sums of a few hundred terms in double precision: far below this.
    const double Tolerance = 1e-9;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData("bernoulli", 6, 5, 0, 0), InlineData("gaussian", 4, 6, 0, 0), InlineData("multinomial", 6, 4, 3, 1),
        InlineData("multinomial", 3, 4, 3, 2)]
    public void Exact_numbers_agree_with_enumeration(string units, int visible, int hidden, int categories, int draws)
    {
        var model = new ForeignModel(units, visible, hidden, categories, draws);
        model.Write(folder["model.safetensors"]);
        double[][] rows = units == "gaussian"
            ? [.. Enumerable.Range(0, 10).Select(r => Enumerable.Range(0, visible).Select(i => 1.5 * Math.Sin(r + 2 * i)).ToArray())]
            : [.. model.VisibleStates().Take(10)];
        WriteNpy("rows.npy", rows);
        JsonNode json = CommandLine.Succeed("evaluate", folder["model.safetensors"], "--data", folder["rows.npy"], "--json").Json;

        double logPartition = model.LogPartition();
        double[] free = [.. rows.Select(model.FreeEnergy)];
        Assert.Equal(["model", "rows", "data", "binarize", "log_partition", "free_energy", "log_likelihood", "warnings"],
            json.AsObject().Select(p => p.Key));
        Assert.Equal("rbm", json["model"]!.GetValue<string>());
        Assert.Equal(rows.Length, json["rows"]!.GetValue<int>());
        Assert.Equal("exact", json["log_partition"]!["method"]!.GetValue<string>());
        Assert.Equal(logPartition, json["log_partition"]!["value"]!.GetValue<double>(), Tolerance);
        Near(free, json["free_energy"]!);
        Near([.. free.Select(f => -f - logPartition)], json["log_likelihood"]!["per_row"]!);
        Assert.Equal(-free.Average() - logPartition, json["log_likelihood"]!["mean"]!.GetValue<double>(), Tolerance);
        double variance = free.Sum(f => (f - free.Average()) * (f - free.Average())) / (rows.Length - 1);
        Assert.Equal(Math.Sqrt(variance / rows.Length), json["log_likelihood"]!["standard_error"]!.GetValue<double>(), Tolerance);
    }

    [Fact]
    public void A_probability_adds_up_to_one_over_all_rows()
    {
        var model = new ForeignModel("bernoulli", 6, 5);
        model.Write(folder["model.safetensors"]);
        WriteNpy("rows.npy", [.. model.VisibleStates()]);
        JsonNode json = CommandLine.Succeed("evaluate", folder["model.safetensors"], "--data", folder["rows.npy"], "--metrics",
            "log-likelihood", "--json").Json;
        Assert.Equal(1, json["log_likelihood"]!["per_row"]!.AsArray().Sum(x => Math.Exp(x!.GetValue<double>())), Tolerance);
    }

    [Fact]
    public void Exact_documents_stay_as_they_are() => GoldenFile.Check("cli/evaluate-exact.json",
        Tiny("--metrics", "log-partition", "free-energy", "log-likelihood", "pseudo-likelihood", "reconstruction").RoundedJson);

    [Fact]
    public void A_model_alone_gives_its_log_partition()
    {
        new ForeignModel("bernoulli", 4, 3).Write(folder["model.safetensors"]);
        JsonNode json = CommandLine.Succeed("evaluate", folder["model.safetensors"], "--json").Json;
        Assert.Equal(["model", "rows", "log_partition", "warnings"], json.AsObject().Select(p => p.Key));
        CommandLine.Run("evaluate", folder["model.safetensors"], "--metrics", "free-energy").IsRefused("evaluate needs --data");
    }

    // Three standard errors each way: a false alarm in 1 of 400 seeds, and the seed is fixed.
    [Theory, InlineData("samples"), InlineData("data")]
    public void AIS_has_the_documented_keys_and_its_bracket_holds_the_exact_value(string reverse)
    {
        var model = new ForeignModel("bernoulli", 4, 3);
        JsonNode json = Tiny("--method", "ais", "--betas", "200", "--burn-in", "50", "--spacing", "sigmoid", "--reverse", reverse).Json;
        JsonObject ais = json["log_partition"]!.AsObject();
        string[] documented = ["method", "value", "lower", "upper", "reverse_value", "chains", "betas", "effective_sample_size"];
        Assert.Equal(documented, ais.Select(p => p.Key).Take(documented.Length));
        Assert.Equal(("ais", 100, 200), (ais["method"]!.GetValue<string>(), ais["chains"]!.GetValue<int>(), ais["betas"]!.GetValue<int>()));
        Assert.InRange(model.LogPartition(), ais["lower"]!.GetValue<double>(), ais["upper"]!.GetValue<double>());
        Assert.InRange(model.LogPartition(), ais["reverse"]!["lower"]!.GetValue<double>(), ais["reverse"]!["upper"]!.GetValue<double>());
        Assert.InRange(ais["effective_sample_size"]!.GetValue<double>(), 1, 100);
        double shift = ais["reverse_value"]!.GetValue<double>() - ais["value"]!.GetValue<double>();
        Assert.Equal(json["log_likelihood"]!["mean"]!.GetValue<double>() - shift,
            json["log_likelihood"]!["mean_under_reverse"]!.GetValue<double>(), Tolerance);
    }

    [Fact]
    public void Without_a_reverse_estimate_there_is_a_warning_and_no_upper_side()
    {
        CommandLine run = Tiny("--method", "ais", "--betas", "50", "--reverse", "none", "--start", "uniform");
        Assert.Null(run.Json["log_partition"]!["reverse_value"]);
        Assert.Contains("nothing bounds log Z from above", run.Error);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_whatever_the_threads() =>
        Assert.Equal(Annealed("1"), Annealed("2"));

    string Annealed(string threads) =>
        Tiny("--method", "ais", "--betas", "20", "--reverse", "data", "--burn-in", "10", "--threads", threads).Output;

    [Fact]
    public void People_get_a_table()
    {
        string text = Words("evaluate", Model(), "--data", Rows(), "--metrics", "log-likelihood", "reconstruction");
        GoldenFile.Check("cli/evaluate.txt", text.Replace(folder.Path, "FOLDER"));
    }

    [Fact]
    public void Grey_values_of_binary_units_are_warned_of_and_made_bits_on_request()
    {
        WriteNpy("grey.npy", [[0.5, 0, 1, 0.25], [0.75, 0.5, 0, 1]]);
        string[] args = ["evaluate", Model(), "--data", folder["grey.npy"], "--json"];
        Assert.Contains("grey values", CommandLine.Succeed(args).Error);
        CommandLine bits = CommandLine.Succeed([.. args, "--binarize", "threshold", "--threshold", "0.4"]);
        Assert.Equal("", bits.Error);
        var model = new ForeignModel("bernoulli", 4, 3);
        Near([model.FreeEnergy([1, 0, 1, 0]), model.FreeEnergy([1, 1, 0, 1])], bits.Json["free_energy"]!);
    }

    [Fact]
    public void Fewer_rows_are_the_first_ones()
    {
        JsonNode two = Tiny("--rows", "2").Json, all = Tiny().Json;
        Assert.Equal(2, two["rows"]!.GetValue<int>());
        Assert.Equal(all["free_energy"]!.AsArray().Take(2).Select(x => x!.GetValue<double>()),
            two["free_energy"]!.AsArray().Select(x => x!.GetValue<double>()));
    }

    CommandLine Tiny(params string[] args) => CommandLine.Succeed(["evaluate", Model(), "--data", Rows(), "--json", .. args]);

    static string Words(params string[] args) => CommandLine.Succeed(args).Output;

    string Model()
    {
        new ForeignModel("bernoulli", 4, 3).Write(folder["model.safetensors"]);
        return folder["model.safetensors"];
    }

    string Rows() => WriteNpy("rows.npy", [[0, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 1]]);

    string WriteNpy(string name, double[][] rows)
    {
        File.WriteAllBytes(folder[name], NpyBytes.Of(rows));
        return folder[name];
    }

    static void Near(double[] expected, JsonNode actual)
    {
        Assert.Equal(expected.Length, actual.AsArray().Count);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i]!.GetValue<double>(), Tolerance);
    }
}
