using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>boltzmann evaluate of deep belief networks, with and without labels.</summary>
public sealed class EvaluateDbnTests : IDisposable
{
    // Sums of a few hundred terms in double precision: far below this.
    const double Tolerance = 1e-9;

    static readonly Placement place = Placement.Default.Double;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Four layers, the ways up and down apart, weights that matter.
    Dbn Save(int? classes = null, params int[] units)
    {
        Layer[] layers = [.. units.Select(n => new BernoulliLayer(n, place))];
        Dbn model = classes is int k ? Dbn.OfLabelled(k, layers) : Dbn.Of(layers);
        model.Untie();
        var rng = new Rng(7);
        foreach (Parameter p in model.Parameters)
            for (int r = 0; r < p.Value.Rows; r++)
                for (int c = 0; c < p.Value.Columns; c++) p.Value[r, c] = 2 * rng.NextUniform() - 1;
        ModelFile.Save(folder["model.safetensors"], model);
        return model;
    }

    // All rows of 5 bits.
    Matrix Rows()
    {
        var rows = new Matrix(32, 5, place);
        new BernoulliLayer(5, place).SetStates(0, rows);
        using FileStream file = File.Create(folder["rows.npy"]);
        NpyWriter.Write(file, 32, 5, Precision.Float64, [rows]);
        return rows;
    }

    CommandLine Evaluate(params string[] more) =>
        CommandLine.Succeed(["evaluate", folder["model.safetensors"], "--data", folder["rows.npy"], "--json", .. more]);

    static void Near(IReadOnlyList<double> expected, JsonNode? actual)
    {
        Assert.Equal(expected.Count, actual!.AsArray().Count);
        for (int i = 0; i < expected.Count; i++) Assert.Equal(expected[i], actual[i]!.GetValue<double>(), Tolerance);
    }

    [Theory, InlineData(null), InlineData(3)]
    public void What_can_be_enumerated_is_exact(int? classes)
    {
        Dbn model = Save(classes, 5, 4, 3, 4);
        Matrix rows = Rows();
        JsonNode json = Evaluate(classes is null ? [] : ["--metrics", "elbo", "log-likelihood"]).Json;
        Assert.Equal(["model", "rows", "data", "binarize", "log_partition", "log_likelihood", "elbo", "warnings"],
            json.AsObject().Select(p => p.Key));
        Assert.Equal(Exact.LogPartition(model.TopModel), json["log_partition"]!["value"]!.GetValue<double>(), Tolerance);
        Score exact = DbnLikelihood.ExactLogLikelihood(model, rows), bound = DbnLikelihood.ExactBound(model, rows);
        Near(exact.PerRow, json["log_likelihood"]!["per_row"]);
        Near(bound.PerRow, json["elbo"]!["per_row"]);
        Assert.Equal(bound.Mean, json["elbo"]!["mean"]!.GetValue<double>(), Tolerance);
        Assert.Equal(bound.StandardError, json["elbo"]!["standard_error"]!.GetValue<double>(), Tolerance);
        Assert.Equal(1, json["log_likelihood"]!["per_row"]!.AsArray().Sum(x => Math.Exp(x!.GetValue<double>())), Tolerance);
    }

    [Theory, InlineData(null), InlineData(3)]
    public void An_annealed_bound_lies_where_the_exact_one_does(int? classes)
    {
        Dbn model = Save(classes, 5, 4, 3, 4);
        Score bound = DbnLikelihood.ExactBound(model, Rows());
        foreach (string reverse in (string[])["samples", "data"])
        {
            JsonNode json = Evaluate("--metrics", "elbo", "--method", "ais", "--passes", "200", "--betas", "200", "--reverse",
                reverse).Json, elbo = json["elbo"]!, logPartition = json["log_partition"]!;
            Assert.Equal("ais", logPartition["method"]!.GetValue<string>());
            Assert.Equal("base-rate", logPartition["start"]!.GetValue<string>());
            // Two independent errors, together; beyond five of them lie fewer than one in a million seeds.
            double error = Math.Sqrt(Math.Pow(elbo["sampling_error"]!.GetValue<double>(), 2)
                + Math.Pow(logPartition["standard_error"]!.GetValue<double>(), 2));
            Assert.InRange(error, 1e-6, 0.1);
            Assert.Equal(bound.Mean, elbo["mean"]!.GetValue<double>(), 5 * error);
            double shift = logPartition["value"]!.GetValue<double>() - logPartition["reverse_value"]!.GetValue<double>();
            Assert.Equal(elbo["mean"]!.GetValue<double>() + shift, elbo["mean_under_reverse"]!.GetValue<double>(), Tolerance);
            // Chains from data are as good as samples on so small a model, so the two directions agree.
            Assert.Equal(0, shift, 5 * (logPartition["standard_error"]!.GetValue<double>()
                + logPartition["reverse"]!["standard_error"]!.GetValue<double>()));
        }
    }

    [Fact]
    public void A_stack_of_one_machine_is_judged_as_that_machine()
    {
        Dbn model = Save(null, 5, 4);
        Rows();
        JsonNode deep = Evaluate("--metrics", "elbo", "log-likelihood", "reconstruction").Json;
        ModelFile.Save(folder["model.safetensors"], model.Top);
        JsonNode flat = Evaluate("--metrics", "log-likelihood", "reconstruction").Json;
        double[] expected = [.. flat["log_likelihood"]!["per_row"]!.AsArray().Select(x => x!.GetValue<double>())];
        Near(expected, deep["log_likelihood"]!["per_row"]);
        Near(expected, deep["elbo"]!["per_row"]);
        foreach (var (name, value) in flat["reconstruction"]!.AsObject())
            Assert.Equal(value!.GetValue<double>(), deep["reconstruction"]![name]!.GetValue<double>(), Tolerance);
    }

    [Fact]
    public void Reconstructions_go_through_the_stack()
    {
        Dbn model = Save(null, 5, 4, 3, 4);
        Matrix rows = Rows(), back = model.Reconstruct(rows, 3);
        double squares = 0, entropy = 0;
        for (int r = 0; r < 32; r++)
            for (int c = 0; c < 5; c++)
            {
                squares += Math.Pow(rows[r, c] - back[r, c], 2);
                entropy -= Math.Log(rows[r, c] == 1 ? back[r, c] : 1 - back[r, c]);
            }
        JsonNode json = Evaluate("--metrics", "reconstruction").Json["reconstruction"]!;
        Assert.Equal(squares / 160, json["mean_squared_error"]!.GetValue<double>(), Tolerance);
        Assert.Equal(entropy / 32, json["cross_entropy"]!.GetValue<double>(), Tolerance);
    }

    [Fact]
    public void People_are_told_what_the_numbers_rest_on()
    {
        Save(null, 5, 4, 3, 4);
        Rows();
        string[] command = ["evaluate", folder["model.safetensors"], "--data", folder["rows.npy"]];
        string exact = CommandLine.Succeed(command).Output;
        Assert.Contains("log Z of the top pair", exact);
        Assert.Contains("nats per row; exact", exact);
        CommandLine annealed = CommandLine.Succeed([.. command, "--metrics", "elbo", "--method", "ais", "--reverse", "none"]);
        Assert.Contains("10 draws of the way up each", annealed.Output);
        Assert.Contains("without a reverse estimate", annealed.Error);
        Assert.Equal(["model", "rows", "log_partition", "warnings"],
            CommandLine.Succeed("evaluate", folder["model.safetensors"], "--json").Json.AsObject().Select(p => p.Key));
    }

    [Fact]
    public void What_cannot_be_enumerated_is_refused_before_anything_is_estimated()
    {
        Save(null, 5, 13, 4);
        Rows();
        CommandLine.Run("evaluate", folder["model.safetensors"], "--data", folder["rows.npy"], "--metrics",
            "log-likelihood").IsRefused("at most 4096 each");
        Assert.Equal("sampled", Evaluate().Json["elbo"]!["method"]!.GetValue<string>());
    }

    [Fact]
    public void Labels_and_rows_are_judged_apart()
    {
        Save(3, 5, 4, 3);
        Rows();
        string[] command = ["evaluate", folder["model.safetensors"], "--data", folder["rows.npy"]];
        CommandLine.Run([.. command, "--metrics", "accuracy", "elbo"]).IsRefused("ask for one of the two");
        CommandLine.Run([.. command, "--metrics", "free-energy"]).IsRefused("expected loss, accuracy, balanced-accuracy, "
            + "average-precision, roc-auc, log-loss, confusion, log-partition, log-likelihood, reconstruction, elbo");
        CommandLine.Run([.. command, "--metrics", "accuracy", "--chains",
            "5"]).IsRefused("--chains does not go with accuracy of a classification-dbn");
        CommandLine.Run([.. command, "--binarize", "threshold"]).IsRefused("--binarize does not go with loss");
        Assert.Equal("exact", CommandLine.Succeed([.. command, "--method", "exact",
            "--json"]).Json["log_partition"]!["method"]!.GetValue<string>());
    }
}
