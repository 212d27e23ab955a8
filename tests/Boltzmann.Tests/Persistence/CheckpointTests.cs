namespace Boltzmann.Tests;

/// <summary>Checkpoints: a model, and what its trainer needs to go on.</summary>
public sealed class CheckpointTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path1 => folder["checkpoint.safetensors"];

    static Rbm Model(Placement placement) =>
        ModelFileTests.Random(new GaussianLayer(4, placement: placement), new BernoulliLayer(3, placement));

    static TrainerSnapshot Snapshot(Placement placement)
    {
        Matrix velocity = new(4, 3, placement), chains = new(7, 4, placement), mean = new(1, 3, placement);
        velocity.SampleNormal(new Rng(9));
        chains.SampleUniform(new Rng(10));
        mean.Fill(1.0 / 3);
        return new([("optimizer.velocity.2", velocity), ("estimator.chains.visible", chains), ("penalty.mean", mean),
            ("penalty.one", Matrix.Row(1, 7, placement))],
            new Dictionary<string, double>
            {
                ["epoch"] = 12,
                ["chain-rng"] = 1L << 52,
                ["stopping-best"] = double.NegativeInfinity,
                ["rate"] = 0.1
            });
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Everything_comes_back_to_the_bit(Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        Rbm model = Model(placement);
        TrainerSnapshot saved = Snapshot(placement);
        Checkpoint.Save(Path1, model, saved, new() { ["epochs"] = 20 });

        Rbm other = new(new GaussianLayer(4, learnPrecision: true, placement: placement), new BernoulliLayer(3, placement));
        TrainerSnapshot read = Checkpoint.Load(Path1, other);
        ModelFileTests.AssertSame(model, other);
        Assert.Equal(saved.Numbers.OrderBy(n => n.Key), read.Numbers.OrderBy(n => n.Key));
        Assert.Equal(saved.Matrices.Select(m => m.Name).Order(), read.Matrices.Select(m => m.Name).Order());
        foreach (var (name, value) in saved.Matrices)
            Assert.Equal(value.ToArray(), read.Matrices.Single(m => m.Name == name).Value.ToArray());
        Assert.Equal(20, ModelFile.Describe(Path1).Training!["epochs"]!.GetValue<int>());
    }

    [Fact]
    public void A_checkpoint_is_also_a_model()
    {
        Rbm model = Model(Placement.Default);
        Checkpoint.Save(Path1, model, Snapshot(Placement.Default));
        ModelFileTests.AssertSame(model, ModelFile.LoadRbm(Path1));
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused_with_both_sides()
    {
        Checkpoint.Save(Path1, Model(Placement.Default), Snapshot(Placement.Default));
        Refused("layer 0 has 4 gaussian units, but the model to continue has 4 bernoulli units",
            new Rbm(new BernoulliLayer(4), new BernoulliLayer(3)));
        Refused("layer 1 has 3 bernoulli units, but the model to continue has 6 multinomial units in blocks of 3 with 2 draws",
            new Rbm(new GaussianLayer(4), new MultinomialLayer(6, 3, 2)));
    }

    [Fact]
    public void A_file_that_is_a_model_alone_has_an_empty_snapshot_and_other_shapes_are_refused()
    {
        Rbm model = Model(Placement.Default);
        ModelFile.Save(Path1, model);
        TrainerSnapshot none = Checkpoint.Load(Path1, model);
        Assert.Empty(none.Matrices);
        Assert.Empty(none.Numbers);

        var writer = new SafetensorsWriter();
        ModelFile.Add(writer, model, null);
        writer.Add("training.order", [1L, 2]);
        writer.Write(Path1);
        Refused("'training.order' I64 [2] is neither a matrix nor a number", model);
    }

    void Refused(string reason, Rbm model) =>
        Assert.Contains(reason, Assert.Throws<BadInputException>(() => Checkpoint.Load(Path1, model)).Message);
}
