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
        double time = activity["autocorrelation_time"]!.GetValue<double>(), error = activity["autocorrelation_time_standard_error"]!.GetValue<double>();
        Assert.InRange(time - 1, -5 * error, 5 * error);
        Assert.DoesNotContain("swap_rates", json.AsObject().Select(p => p.Key));
        Assert.Equal(json.ToJsonString(), CommandLine.Succeed("diagnose", Save(0), "--burn-in", "10", "--json").Json.ToJsonString());
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
        CommandLine.Succeed("train", "dbn", "--data", "demo", "--hidden", "6", "4", "--epochs", "1", "--metrics", "weight-norm", "--quiet", "--out", folder["dbn"]);
        CommandLine.Succeed("train", "dbm", "--data", "demo", "--hidden", "6", "4", "--epochs", "1", "--metrics", "weight-norm", "--quiet", "--out", folder["dbm"]);
        Assert.Contains("of the two upper layers", CommandLine.Succeed("diagnose", folder["dbn"], "--sweeps", "50", "--burn-in", "5").Output);
        Assert.Contains("hidden activity", CommandLine.Succeed("diagnose", folder["dbm"], "--sweeps", "50", "--burn-in", "5", "--start", "data").Output);
        CommandLine.Run("diagnose", folder["dbm"], "--data", "demo").IsRefused("chains from noise need none");
        CommandLine.Run("diagnose", folder["dbm"], "--temperatures", "1").IsRefused("--temperatures");
        CommandLine.Run("diagnose", folder["dbm"], "--sweeps", "3").IsRefused("--sweeps");
    }
}
