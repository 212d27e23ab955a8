using System.Text.Json.Nodes;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>boltzmann search where probabilities are asked for, and where a model is searched.</summary>
public sealed class ProbabilityCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Two spins that want to agree, the first with a field: E = −s₁s₂ − s₁.
    string Pair()
    {
        File.WriteAllText(folder["pair.coo"], "# vartype=SPIN\n0 0 -1\n0 1 -1\n");
        return folder["pair.coo"];
    }

    string Trained()
    {
        CommandLine.Succeed("train", "rbm", "--data", "bars-and-stripes", "--hidden", "6", "--epochs", "1", "--quiet", "--out",
            folder["run"]);
        return folder["run"];
    }

    [Fact]
    public void Marginals_and_log_Z_are_told_exactly_and_by_chains()
    {
        double z = Math.Exp(2 / 1.5) + Math.Exp(0 / 1.5) + Math.Exp(-2 / 1.5) + Math.Exp(0 / 1.5), up = (Math.Exp(2 / 1.5) + 1) / z;
        JsonNode exact = CommandLine.Succeed("search", Pair(), "--marginals", "--temperature", "1.5", "--json").Json;
        Assert.Equal(("exact", 1.5), (exact["marginals"]!["method"]!.GetValue<string>(),
            exact["marginals"]!["temperature"]!.GetValue<double>()));
        JsonNode first = exact["marginals"]!["variables"]![0]!;
        Assert.Equal("x0", first["name"]!.GetValue<string>());
        Assert.Equal(up, first["probability"]!.GetValue<double>(), 1e-9);
        Assert.Equal(Math.Log(z), exact["log_partition"]!["value"]!.GetValue<double>(), 1e-9);

        foreach (string method in (string[])["tempering", "population"])
        {
            JsonNode json = CommandLine.Succeed("search", Pair(), "--marginals", "--temperature", "1.5", "--method", method, "--sweeps",
                "400", "--json").Json;
            JsonNode found = json["marginals"]!["variables"]![0]!;
            double error = found["standard_error"]!.GetValue<double>();
            Assert.InRange(found["probability"]!.GetValue<double>(), up - 4 * error, up + 4 * error);
            Assert.InRange(error, 1e-9, 0.05);
            if (method == "population")
                Assert.InRange(json["log_partition"]!["value"]!.GetValue<double>(), Math.Log(z) - 0.1, Math.Log(z) + 0.1);
        }
        Assert.Contains("p(1) at T = 1", CommandLine.Succeed("search", Pair(), "--marginals").Output);
        Assert.Contains("log Z at beta", CommandLine.Succeed("search", Pair(), "--method", "population", "--sweeps", "200").Output);
    }

    [Fact]
    public void A_problem_of_constraints_has_marginals_given_that_they_hold()
    {
        // The two solutions of four queens are equally likely: each square of theirs has a half.
        foreach (string method in (string[])["auto", "exact", "tempering"])
        {
            JsonNode json = CommandLine.Succeed("search", "queens:4", "--marginals", "--method", method, "--sweeps", "600", "--json").Json;
            JsonArray squares = json["marginals"]!["variables"]!.AsArray();
            Assert.Equal("row1.column1", squares[0]!["name"]!.GetValue<string>());
            for (int i = 0; i < 16; i++)
            {
                double error = squares[i]!["standard_error"]!.GetValue<double>();
                Assert.InRange(squares[i]!["probability"]!.GetValue<double>() - (i is 1 or 2 or 4 or 7 or 8 or 11 or 13 or 14 ? 0.5 : 0),
                    -4 * error - 1e-9, 4 * error + 1e-9);
            }
            Assert.True(json["feasible"]!.GetValue<bool>());
            Assert.InRange(json["marginals"]!["feasible_share"]!.GetValue<double>(), 0.01, 1);
            if (method != "tempering") Assert.Equal((2, Math.Log(2)), (json["ground_states"]!.GetValue<int>(),
                json["log_partition"]!["value"]!.GetValue<double>()));
        }
        Assert.Contains("feasible draws", CommandLine.Succeed("search", "queens:4", "--marginals", "--method", "tempering", "--sweeps",
            "200").Output);
        var known = CommandLine.Succeed("search", "queens:4", "--marginals", "--clamp", "row1.column2=1", "--json").Json["marginals"]!;
        Assert.Equal(1, known["variables"]![7]!["probability"]!.GetValue<double>());
        CommandLine none = CommandLine.Run("search", "queens:3", "--marginals");
        Assert.Equal(2, none.Code);
        Assert.Contains("no state keeps all hard constraints", none.Error);
    }

    [Fact]
    public void What_is_clamped_is_certain()
    {
        JsonNode json = CommandLine.Succeed("search", Pair(), "--marginals", "--clamp", "x0=0", "--json").Json;
        JsonArray variables = json["marginals"]!["variables"]!.AsArray();
        Assert.Equal((0.0, 0.0), (variables[0]!["probability"]!.GetValue<double>(), variables[0]!["standard_error"]!.GetValue<double>()));
        Assert.Equal(Math.Exp(-1) / (Math.Exp(1) + Math.Exp(-1)), variables[1]!["probability"]!.GetValue<double>(), 1e-9);
    }

    [Fact]
    public void A_model_has_modes_and_completes_rows()
    {
        string run = Trained();
        CommandLine words = CommandLine.Succeed("search", run, "--solutions", "3", "--sweeps", "40", "--picture",
            folder["modes.png"], "--out", folder["modes.csv"]);
        Assert.Contains("free energy", words.Output);
        Assert.Equal([137, 80, 78, 71], File.ReadAllBytes(folder["modes.png"])[..4]);
        Assert.InRange(File.ReadAllLines(folder["modes.csv"]).Length, 2, 4);

        JsonNode json = CommandLine.Succeed("search", run, "--clamp", "top", "--data", "bars-and-stripes", "--rows", "2",
            "--sweeps", "40", "--out", folder["rows.csv"], "--json").Json;
        Assert.Equal(("completion", 2), (json["problem"]!["kind"]!.GetValue<string>(), json["solutions"]!.AsArray().Count));
        Assert.Equal(3, File.ReadAllLines(folder["rows.csv"]).Length);
    }

    [Fact]
    public void What_cannot_be_asked_is_refused_in_a_line()
    {
        string run = Trained();
        Assert.Contains("is for --method tempering, population or exact, not annealing",
            CommandLine.Run("search", Pair(), "--marginals", "--method", "annealing").IsRefused().Error);
        Assert.Contains("--temperature is for", CommandLine.Run("search", Pair(), "--temperature", "2").IsRefused().Error);
        Assert.Contains("groups of 64; the nearest numbers are 64 and 128",
            CommandLine.Run("search", Pair(), "--method", "tempering", "--chains", "100").IsRefused().Error);
        Assert.Contains("the nearest number is 64", CommandLine.Run("search", Pair(), "--chains", "7").IsRefused().Error);
        Assert.Contains("--data names them", CommandLine.Run("search", run, "--clamp", "top").IsRefused().Error);
        Assert.Contains("--clamp says what stays", CommandLine.Run("search", run, "--data", "bars-and-stripes").IsRefused().Error);
        Assert.Contains("not for the modes", CommandLine.Run("search", run, "--target", "1").IsRefused().Error);
        Assert.Contains("is for models", CommandLine.Run("search", Pair(), "--data", "bars-and-stripes").IsRefused().Error);
        Assert.Contains("keep no hard constraints",
            CommandLine.Run("search", "queens:4", "--marginals", "--method", "population").IsRefused().Error);
        Assert.Contains("for --marginals of queens:4", CommandLine.Run("search", "queens:4", "--method", "population", "--temperature", "2")
            .IsRefused().Error);
    }
}
