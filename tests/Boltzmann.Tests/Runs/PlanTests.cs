using System.CommandLine;
using Boltzmann.Cli.FineTuning;
using Boltzmann.Cli.Training;

namespace Boltzmann.Tests.Runs;

/// <summary>Plans: what settings.json and the command line say, typed.</summary>
public class PlanTests
{
    public static TheoryData<string> Kinds => [.. TrainPlan.Kinds.Select(kind => kind.Name)];

    static ModelKind KindOf(string name) => TrainPlan.Kinds.Single(kind => kind.Name == name);

    [Theory, MemberData(nameof(Kinds))]
    public void Every_setting_of_a_training_is_an_option_with_the_default_of_the_plan(string kind)
    {
        // What a run folder knows beside options: made by the command, the graph's file, the file of edges, and the common options.
        string[] others = ["model", "graph", "edges", "seed", "precision"];
        AssertSame(TrainPlan.Of(KindOf(kind)).ToSettings(), new TrainSettings(KindOf(kind)), others);
    }

    [Fact]
    public void Every_setting_of_a_fine_tuning_is_an_option_with_the_default_of_the_plan() =>
        AssertSame(new FineTunePlan().ToSettings(), new FineTuneSettings(), ["model", "start", "start-checksum", "start-model", "seed",
            "precision"]);

    static void AssertSame(RunSettings plan, SettingOptions options, string[] others)
    {
        Assert.Equal(plan.Names.Except(others).Order(), options.Options.Select(option => option.Name.TrimStart('-')).Order());
        var command = new RootCommand();
        foreach (Option option in options.Options) command.Options.Add(option);
        Assert.Empty(options.Collect(command.Parse([])).Differences(plan));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_plan_comes_back_from_its_settings(string kind)
    {
        TrainPlan plan = TrainPlan.Of(KindOf(kind)) with
        {
            Data = "demo",
            HasHeader = false,
            LabelColumn = "-1",
            ScaleBytes = 12.5,
            ValidationRows = 7,
            Binarize = BinarizationWay.Threshold,
            Scale = DataScale.MinMax,
            Steps = [1, 2, 3],
            LearningRate = [0.1],
            LearningRateEnd = 0.01,
            Centering = false,
            Metrics = ["weight-norm:2"],
            Seed = ulong.MaxValue,
            Precision = Precision.Float64,
        };
        RunSettings settings = plan.ToSettings();
        var read = TrainPlan.From(settings);
        Assert.Same(plan.Kind, read.Kind);
        Assert.Empty(settings.Differences(read.ToSettings()));
        Assert.Equal((ulong.MaxValue, Precision.Float64, false, BinarizationWay.Threshold, 12.5), (read.Seed, read.Precision,
            read.HasHeader, read.Binarize, read.ScaleBytes));
    }

    [Fact]
    public void A_plan_of_fine_tuning_comes_back_from_its_settings_and_has_none_of_what_is_not_asked_for()
    {
        var plan = new FineTunePlan { Data = "demo", ScaleBytes = 16, IgnoreExtra = true };
        RunSettings settings = plan.ToSettings();
        Assert.Equal((16.0, true), (settings.Number("scale-bytes"), settings.Flag("ignore-extra")));
        var read = FineTunePlan.From(settings);
        Assert.Equal((16.0, true), (read.ScaleBytes, read.IgnoreExtra));
        settings = (plan with { ScaleBytes = null, IgnoreExtra = false }).ToSettings();
        Assert.Null(settings["scale-bytes"]);
        Assert.Null(settings["ignore-extra"]);
    }

    [Fact]
    public void Settings_of_the_first_version_mean_what_they_did()
    {
        using var folder = new TemporaryFolder();
        // As 0.1.0 wrote it, but for what it left at null.
        File.WriteAllText(folder["settings.json"], """
            {"data": "demo", "label-column": null, "header": "true", "stratify": false, "scale": "min-max", "binarize":
             "none", "threshold": 0.5, "visible-units": "gaussian", "hidden-units": "spin", "hidden": 12, "categories": null,
             "draws": 1, "sigma": 0.5, "learn-precision": true, "weights-std": 0.02, "visible-bias": "0.25", "hidden-bias":
             [0, 1], "init-from": null, "method": "fpcd", "steps": [1, 5], "chains": 30, "temperatures": 10,
             "fast-learning-rate": 0.02, "sample-visible": true, "doubled": "up", "hidden-means": false, "epochs": 3,
             "batch-size": 10, "optimizer": "adam", "learning-rate": [0.1, 0.05], "learning-rate-end": null, "momentum":
             [0.5], "l2": 1E-05, "l1": 0, "max-norm": 4, "dropout": 0.1, "sparsity-target": 0.2, "sparsity-cost": 0.3,
             "sparsity-damping": 0.9, "centering": "false", "shuffle": "true", "metrics": null, "early-stopping": null,
             "patience": 5, "model": "rbm", "seed": "18446744073709551615", "precision": "float64", "finished": true}
            """);
        var plan = TrainPlan.From(RunSettings.Read(folder["settings.json"]));
        Assert.Equal((ModelKind.Rbm, true, DataScale.MinMax, BinarizationWay.None), (plan.Kind, plan.HasHeader, plan.Scale, plan.Binarize));
        Assert.Equal(("gaussian", "spin", 12, 0.5, true), (plan.VisibleUnits, plan.HiddenUnits.Single(), plan.Hidden.Single(),
            plan.Sigma, plan.LearnPrecision));
        Assert.Equal((TrainingMethod.Fpcd, 30, 0.02, true, Doubling.Up), (plan.Method, plan.Chains, plan.FastLearningRate,
            plan.SampleVisible, plan.Doubled));
        Assert.Equal((OptimizerKind.Adam, 4.0, 0.2, 0.3, false, true), (plan.Optimizer, plan.MaxNorm, plan.SparsityTarget.Single(),
            plan.SparsityCost.Single(), plan.Centering, plan.Shuffle));
        Assert.Equal([1, 5], plan.Steps);
        Assert.Equal((ulong.MaxValue, Precision.Float64), (plan.Seed, plan.Precision));
        Assert.Empty(RunSettings.Read(folder["settings.json"]).Differences(plan.ToSettings()));
    }

    [Fact]
    public void A_stack_of_the_first_version_is_doubled_or_not()
    {
        var settings = new RunSettings
        {
            ["model"] = "dbn",
            ["doubled"] = true,
            ["hidden"] = new System.Text.Json.Nodes.JsonArray(8, 6),
            ["hidden-units"] = "relu"
        };
        var plan = TrainPlan.From(settings);
        Assert.Equal(Doubling.Stack, plan.Doubled);
        Assert.Equal([8, 6], plan.Hidden);
        Assert.True(plan.ToSettings().Flag("doubled"));
        Assert.False((plan with { Doubled = Doubling.None }).ToSettings().Flag("doubled"));
    }

    [Fact]
    public void The_version_is_written_and_is_no_setting()
    {
        using var folder = new TemporaryFolder();
        RunSettings settings = TrainPlan.Of(ModelKind.Rbm).ToSettings();
        settings.Write(folder["settings.json"]);
        Assert.StartsWith("{\n  \"version\": 1,\n", File.ReadAllText(folder["settings.json"]));
        RunSettings read = RunSettings.Read(folder["settings.json"]);
        Assert.Equal(1, read.Version);
        Assert.DoesNotContain("version", read.Names);
        Assert.Throws<ArgumentException>(() => read["version"] = 2);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("\"1\"")]
    public void Settings_of_a_version_that_is_not_known_are_refused(string version)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["settings.json"], $$"""{"version": {{version}}, "model": "rbm"}""");
        string message = Assert.Throws<BadInputException>(() => RunSettings.Read(folder["settings.json"])).Message;
        Assert.Contains("version is", message);
        Assert.Contains("expected 1 or none", message);
    }

    [Theory]
    [InlineData("chains", "\"many\"", "chains is '\"many\"'; expected a number")]
    [InlineData("chains", "0", "--chains must be at least 1, not 0")]
    [InlineData("method", "\"guess\"", "method is '\"guess\"'; expected one of cd, pcd")]
    [InlineData("steps", "[1, \"a\"]", "steps is '[1,\"a\"]'; expected numbers")]
    [InlineData("centering", "true", "centering is 'true'; expected \"true\" or \"false\"")]
    [InlineData("model", "\"gan\"", "model is 'gan'; expected one of rbm")]
    [InlineData("sample-visible", "1", "sample-visible is '1'; expected true or false")]
    public void A_value_that_a_setting_cannot_have_is_refused_by_name(string name, string value, string because)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["settings.json"], name == "model" ? $$"""{"model": {{value}}}""" : $$"""{"model": "rbm", "{{name}}": {{value}}}""");
        Assert.Contains(because, Assert.Throws<BadInputException>(() => RunPlan.From(RunSettings.Read(folder["settings.json"]))).Message);
    }

    [Fact]
    public void Impossible_numbers_are_refused_when_they_are_set()
    {
        TrainPlan plan = TrainPlan.Of(ModelKind.Dbn);
        Assert.Contains("--epochs must be at least 1", Assert.Throws<BadInputException>(() => plan with { Epochs = 0 }).Message);
        Assert.Contains("--layer-epochs must be at least 1", Assert.Throws<BadInputException>(() =>
            plan with { LayerEpochs = [2, 0] }).Message);
        Assert.Contains("--sigma must be above 0", Assert.Throws<BadInputException>(() => plan with { Sigma = double.NaN }).Message);
        foreach (double divisor in (double[])[0, -1, 1e-320, double.NaN, double.PositiveInfinity])
        {
            Assert.Contains("--scale-bytes must be above 0", Assert.Throws<BadInputException>(() =>
                plan with { ScaleBytes = divisor }).Message);
            Assert.Contains("--scale-bytes must be above 0", Assert.Throws<BadInputException>(() =>
                new FineTunePlan { ScaleBytes = divisor }).Message);
        }
        Assert.Contains("--hidden must be at least 1", Assert.Throws<BadInputException>(() => new FineTunePlan { Hidden = [0] }).Message);
    }
}
