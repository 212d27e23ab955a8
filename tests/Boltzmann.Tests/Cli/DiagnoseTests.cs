using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>boltzmann diagnose.</summary>
public sealed class DiagnoseTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Save(double weight)
    {
        var model = new Rbm(new BernoulliLayer(6), new BernoulliLayer(4));
        model.Weights.Fill(weight);
        model.Visible.Bias.Fill(-2 * weight);
        model.Hidden.Bias.Fill(-3 * weight);
        ModelFile.Save(folder["model.safetensors"], model);
        return folder["model.safetensors"];
    }

    [Fact]
    public void Units_without_weights_are_drawn_anew_every_sweep()
    {
        JsonNode json = CommandLine.Succeed("diagnose", Save(0), "--burn-in", "10", "--json").Json;
        Assert.Equal((20, 2000), (json["chains"]!.GetValue<int>(), json["sweeps"]!.GetValue<int>()));
        JsonNode activity = json["statistics"]!.AsArray().Single(s => s!["name"]!.GetValue<string>() == "visible activity")!;
        // 40 000 independent draws of a mean of six coins; five standard errors.
        Assert.InRange(activity["mean"]!.GetValue<double>() - 0.5, -5 * Math.Sqrt(0.25 / 6 / 40_000), 5 * Math.Sqrt(0.25 / 6 / 40_000));
        double time = activity["autocorrelation_time"]!.GetValue<double>(),
            error = activity["autocorrelation_time_standard_error"]!.GetValue<double>();
        Assert.InRange(time - 1, -5 * error, 5 * error);
        Assert.DoesNotContain("swap_rates", json.AsObject().Select(p => p.Key));
        Assert.Equal(json.ToJsonString(), CommandLine.Succeed("diagnose", Save(0), "--burn-in", "10", "--json").Json.ToJsonString());
    }

    [Fact]
    public void Moments_go_to_a_table_with_their_errors()
    {
        CommandLine run = CommandLine.Succeed("diagnose", Save(0.5), "--observables", folder["moments.csv"], "--sweeps", "200");
        Assert.Contains("squared activity", run.Output);
        string[] lines = File.ReadAllLines(folder["moments.csv"]);
        Assert.Equal(1 + 6 + 6 + 15, lines.Length);
        Assert.Equal("moment,column,other_column,mean,standard_error,autocorrelation_time,is_lower_bound,effective_sample_size", lines[0]);
        Assert.StartsWith("mean,0,,", lines[7]);
        Assert.StartsWith("product,4,5,", lines[^1]);
        JsonNode json = CommandLine.Succeed("diagnose", Save(0.5), "--observables", folder["moments.csv"], "--sweeps", "20",
            "--temperatures", "3", "--json").Json;
        Assert.Equal(folder["moments.csv"], json["observables"]!.GetValue<string>());
    }

    [Fact]
    public void Moments_that_cannot_be_are_refused_before_chains_run()
    {
        CommandLine.Run("diagnose", Save(0), "--observables", folder["moments.txt"]).IsRefused("expected a file ending in .csv");
        CommandLine.Run("diagnose", Save(0), "--observables", folder["moments.csv"], "--sweeps", "1000000", "--chains", "1000")
            .IsRefused("take fewer --sweeps or --chains");
        CommandLine.Succeed("train", "dbn", "--data", "demo", "--hidden", "6", "4", "--epochs", "1", "--metrics", "weight-norm", "--quiet",
            "--out", folder["dbn"]);
        CommandLine.Run("diagnose", folder["dbn"], "--observables", folder["moments.csv"]).IsRefused("two upper layers");
        Assert.False(File.Exists(folder["moments.csv"]));
    }

    [Fact]
    public void Two_modes_hold_plain_chains_and_tempered_ones_travel()
    {
        CommandLine plain = CommandLine.Succeed("diagnose", Save(2), "--sweeps", "200");
        Assert.Contains("have not mixed", plain.Error);
        CommandLine tempered = CommandLine.Succeed("diagnose", Save(2), "--sweeps", "500", "--temperatures", "12", "--json");
        JsonNode json = tempered.Json;
        Assert.Equal(11, json["swap_rates"]!.AsArray().Count);
        Assert.True(json["round_trips"]!.GetValue<long>() > 0);
        Assert.Contains("swaps accepted", CommandLine.Succeed("diagnose", Save(2), "--sweeps", "500", "--temperatures", "12").Output);
    }

    [Fact]
    public void Deep_models_are_followed_where_their_chains_run()
    {
        CommandLine.Succeed("train", "dbn", "--data", "demo", "--hidden", "6", "4", "--epochs", "1", "--metrics", "weight-norm", "--quiet",
            "--out", folder["dbn"]);
        CommandLine.Succeed("train", "dbm", "--data", "demo", "--hidden", "6", "4", "--epochs", "1", "--metrics", "weight-norm", "--quiet",
            "--out", folder["dbm"]);
        Assert.Contains("of the two upper layers",
            CommandLine.Succeed("diagnose", folder["dbn"], "--sweeps", "50", "--burn-in", "5").Output);
        Assert.Contains("hidden activity",
            CommandLine.Succeed("diagnose", folder["dbm"], "--sweeps", "50", "--burn-in", "5", "--start", "data").Output);
        CommandLine.Run("diagnose", folder["dbm"], "--data", "demo", "--start", "noise").IsRefused("chains from noise need none");
        CommandLine.Run("diagnose", folder["dbm"], "--temperatures", "1").IsRefused("--temperatures");
        CommandLine.Run("diagnose", folder["dbm"], "--sweeps", "3").IsRefused("--sweeps");
    }

    string SaveModes(Layer visible, Layer hidden, Func<int, int, double> weight, Func<int, double> visibleBias, Func<int,
        double> hiddenBias)
    {
        var model = new Rbm(visible, hidden);
        for (int i = 0; i < visible.Units; i++)
            for (int j = 0; j < hidden.Units; j++) model.Weights[i, j] = weight(i, j);
        for (int i = 0; i < visible.Units; i++) visible.Bias[0, i] = visibleBias(i);
        for (int j = 0; j < hidden.Units; j++) hidden.Bias[0, j] = hiddenBias(j);
        ModelFile.Save(folder["modes.safetensors"], model);
        return folder["modes.safetensors"];
    }

    [Fact]
    public void Two_far_modes_of_one_half_each_are_told_as_not_mixed()
    {
        // All units on or all off: noise by the biases falls into one of them, always.
        string path = SaveModes(new BernoulliLayer(6), new BernoulliLayer(6), (_, _) => 8, _ => -24, _ => -24);
        CommandLine run = CommandLine.Succeed("diagnose", path, "--burn-in", "50", "--sweeps", "200");
        Assert.DoesNotContain("independent 2", run.Output);
        Assert.DoesNotContain("NaN", run.Output + run.Error);
        Assert.Contains("the chains have not mixed", run.Output);
        Assert.Contains("visible activity is 0, did not change in chains that started", run.Error);
        JsonNode json = CommandLine.Succeed("diagnose", path, "--burn-in", "50", "--sweeps", "200", "--json").Json;
        Assert.False(json["have_mixed"]!.GetValue<bool>());
        Assert.Equal(["noise", "low", "high", "hidden-low", "hidden-high", "uniform", "tempered"], json["groups"]!.AsArray()
            .Select(g => g!["start"]!.GetValue<string>()));
        double MeanOf(string start) => json["groups"]!.AsArray()
            .Single(g => g!["start"]!.GetValue<string>() == start)!["statistics"]!.AsArray()
            .Single(s => s!["name"]!.GetValue<string>() == "visible activity")!["mean"]!.GetValue<double>();
        Assert.Equal((0.0, 1.0), (MeanOf("low"), MeanOf("high")));
        // From noise alone nothing changes, and nothing is claimed.
        CommandLine alike = CommandLine.Succeed("diagnose", path, "--start", "noise", "--burn-in", "50", "--sweeps", "200");
        Assert.Contains("nothing changed", alike.Output);
        Assert.DoesNotContain("about independent", alike.Output);
    }

    [Fact]
    public void Modes_that_no_extreme_start_reaches_are_found_by_the_tempered_ladder()
    {
        // Spins that agree with a pattern of alternating signs or with its mirror: neither all low nor all high is near one of them.
        string path = SaveModes(new SpinLayer(8), new SpinLayer(4), (i, _) => i % 2 == 0 ? 1.2 : -1.2, i => 0, _ => 0);
        CommandLine run = CommandLine.Succeed("diagnose", path, "--burn-in", "100", "--sweeps", "1000");
        Assert.Contains("the chains have not mixed", run.Output);
        Assert.Contains("ladder", run.Output);
    }

    [Fact]
    public void Continuous_modes_are_told_apart()
    {
        // A hidden unit moves both Gaussian units by 12 deviations, and has probability one half of being on: only a start that turns it on
        // finds out.
        string path = SaveModes(new GaussianLayer(2), new BernoulliLayer(1), (_, _) => 12, _ => 0, _ => -144);
        CommandLine run = CommandLine.Succeed("diagnose", path, "--burn-in", "50", "--sweeps", "500");
        Assert.Contains("the chains have not mixed", run.Output);
        Assert.DoesNotContain("about independent", run.Output);
    }

    [Fact]
    public void A_machine_that_mixes_is_told_so_from_every_start()
    {
        CommandLine run = CommandLine.Succeed("diagnose", Save(0.1), "--sweeps", "3000");
        Assert.Contains("samples are about independent", run.Output);
        Assert.Contains("as far as these starts and the tempered ladder tell", run.Output);
        Assert.Equal("", run.Error);
        foreach (string start in (string[])["noise (", "low (", "high (", "tempered (", "ladder ("]) Assert.Contains(start, run.Output);
    }

    [Fact]
    public void Chains_start_at_data_where_there_are_any_and_say_where_there_are_none()
    {
        CommandLine.Succeed("train", "dbm", "--data", "demo", "--labels", "--hidden", "6", "4", "--epochs", "1", "--metrics", "weight-norm",
            "--quiet", "--out", folder["labels"]);
        Assert.Contains("data (", CommandLine.Succeed("diagnose", folder["labels"], "--sweeps", "50", "--burn-in", "5", "--data", "demo")
            .Output);
        File.WriteAllText(folder["bits.csv"], string.Concat(Enumerable.Range(0, 40).Select(r => $"{r & 1},{r >> 1 & 1},{r >> 2 & 1}\n")));
        CommandLine.Succeed("train", "bm", "--data", folder["bits.csv"], "--epochs", "1", "--metrics", "weight-norm", "--quiet", "--out",
            folder["bm"]);
        Assert.Contains("data (", CommandLine.Succeed("diagnose", folder["bm"], "--sweeps", "50", "--burn-in", "5").Output);
        File.Delete(folder["bits.csv"]);
        CommandLine gone = CommandLine.Succeed("diagnose", folder["bm"], "--sweeps", "50", "--burn-in", "5");
        Assert.Contains("no chains start at rows of", gone.Error);
        Assert.DoesNotContain("data (", gone.Output);
    }
}
