namespace Boltzmann.Tests;

/// <summary>Checkpoints: a model, and what training needs to go on.</summary>
public sealed class CheckpointTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path1 => folder["checkpoint.safetensors"];

    static Rbm Model(Placement placement) => ModelFileTests.Random(new GaussianLayer(4, placement: placement), new BernoulliLayer(3, placement));

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Everything_comes_back_to_the_bit(Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        Rbm model = Model(placement);
        var velocity = model.Weights.Like(4, 3);
        velocity.SampleNormal(new Rng(9));
        var chains = model.Weights.Like(7, 4);
        chains.SampleUniform(new Rng(10));
        var rng = new Rng(ulong.MaxValue - 1, 7, 1UL << 63);
        var writer = new CheckpointWriter(model);
        writer.Add("velocity.weights.0-1", velocity);
        writer.Add("chains.visible", chains);
        writer.Add("epoch", 12);
        writer.Add("order", 3L, -1, long.MaxValue);
        writer.Add("best", double.NegativeInfinity, double.NaN, 1.0 / 3);
        writer.Add("estimator", "pcd – größer");
        writer.Add("rng", rng);
        writer.Write(Path1, new RunSettings { ["epochs"] = 20 });

        using Checkpoint read = Checkpoint.Open(Path1);
        Assert.Equal(new Dictionary<string, int> { ["velocity.weights.0-1"] = 4, ["chains.visible"] = 7 }, read.MatrixRows);
        ModelFileTests.AssertSame(model, read.ReadModel());
        Rbm other = new(new GaussianLayer(4, placement: placement), new BernoulliLayer(3, placement));
        read.ReadInto(other);
        ModelFileTests.AssertSame(model, other);
        Same(velocity, "velocity.weights.0-1");
        Same(chains, "chains.visible");
        Assert.Equal([12L], read.ReadIntegers("epoch"));
        Assert.Equal([3L, -1, long.MaxValue], read.ReadIntegers("order"));
        Assert.Equal([double.NegativeInfinity, double.NaN, 1.0 / 3], read.ReadNumbers("best"));
        Assert.Equal("pcd – größer", read.ReadText("estimator"));
        Rng resumed = read.ReadRng("rng");
        Assert.Equal((rng.Seed, rng.Stream, rng.Step), (resumed.Seed, resumed.Stream, resumed.Step));
        Assert.Equal(rng.NextUniform(), resumed.NextUniform());
        Assert.Equal(20, read.Description.Training!["epochs"]!.GetValue<int>());
        Assert.True(read.Contains("order"));
        Assert.False(read.Contains("absent"));

        void Same(Matrix expected, string name)
        {
            Matrix actual = expected.Like(expected.Rows, expected.Columns);
            read.ReadInto(name, actual);
            Assert.Equal(expected.ToArray(), actual.ToArray());
        }
    }

    [Fact]
    public void A_checkpoint_is_also_a_model()
    {
        Rbm model = Model(Placement.Default);
        var writer = new CheckpointWriter(model);
        writer.Add("velocity", model.Weights.Like(4, 3));
        writer.Add("epoch", 3);
        writer.Write(Path1);
        ModelFileTests.AssertSame(model, ModelFile.Load(Path1));
    }

    [Fact]
    public void Writing_twice_writes_the_model_as_it_then_is()
    {
        Rbm model = Model(Placement.Default);
        var writer = new CheckpointWriter(model);
        writer.Add("velocity", model.Weights);
        writer.Write(Path1);
        model.Weights.Fill(2);
        writer.Write(Path1);
        ModelFileTests.AssertSame(model, ModelFile.Load(Path1));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_both_sides()
    {
        var writer = new CheckpointWriter(Model(Placement.Default));
        writer.Add("velocity", new Matrix(4, 3));
        writer.Add("epoch", 3);
        writer.Add("rng", 1L, -1, 0);
        writer.Write(Path1);
        using Checkpoint read = Checkpoint.Open(Path1);
        Refused("layer 0 is 4 gaussian, but the model to continue has 4 bernoulli", () => read.ReadInto(new Rbm(new BernoulliLayer(4), new BernoulliLayer(3))));
        Refused("layer 1 is 3 bernoulli, but the model to continue has 5 bernoulli", () => read.ReadInto(new Rbm(new GaussianLayer(4), new BernoulliLayer(5))));
        Refused("[4 × 3] should be [3 × 4]", () => read.ReadInto("velocity", new Matrix(3, 4)));
        Refused("no tensor \"training.chains\"", () => read.ReadInto("chains", new Matrix(3, 4)));
        Refused("should hold numbers of type I64", () => read.ReadIntegers("velocity"));
        Refused("should be text", () => read.ReadText("epoch"));
        Refused("should be seed, stream and step", () => read.ReadRng("epoch"));
        Refused("should be seed, stream and step", () => read.ReadRng("rng"));

        static void Refused(string reason, Action action) => Assert.Contains(reason, Assert.Throws<BadInputException>(action).Message);
    }
}
