using System.Text.Json.Nodes;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Layers;

/// <summary>The registry of unit kinds, and what files hold of a layer.</summary>
public sealed class LayerKindsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static LayerKind Kind(string name, params IReadOnlyList<LayerField> fields) =>
        new(name, UnitValues.Reals, (layer, placement) => new GaussianLayer(layer.Size, placement: placement)) { Fields = fields };

    [Fact]
    public void A_name_belongs_to_one_kind()
    {
        LayerKind kind = Kind("twice");
        LayerKinds.Register(kind);
        LayerKinds.Register(kind);
        Assert.Same(kind, LayerKinds.Find("twice"));
        Assert.Contains("registered as 'twice' already", Assert.Throws<ArgumentException>(() =>
            LayerKinds.Register(Kind("twice"))).Message);
        Assert.Contains("registered as 'gaussian' already", Assert.Throws<ArgumentException>(() =>
            LayerKinds.Register(Kind("gaussian"))).Message);
        Assert.Throws<ArgumentException>(() => Kind(""));
        Assert.Throws<ArgumentException>(() => Kind("two words"));
        Assert.Contains("'size'", Assert.Throws<ArgumentException>(() =>
            LayerKinds.Register(Kind("sized", new LayerField("size", LayerFieldType.Integer)))).Message);
    }

    [Fact]
    public void Threads_that_register_kinds_at_once_lose_none()
    {
        string[] names = [.. Enumerable.Range(0, 64).Select(n => $"thread-{n}")];
        Parallel.ForEach(names, name => LayerKinds.Register(Kind(name)));
        Assert.Equal(names.Order(), LayerKinds.Names.Where(name => name.StartsWith("thread-", StringComparison.Ordinal)).Order());
        Assert.Equal(LayerKinds.BuiltIn, LayerKinds.Names.Take(LayerKinds.BuiltIn.Count));
    }

    [Fact]
    public void A_factory_that_does_not_keep_its_promise_is_told_what_it_broke()
    {
        LayerKinds.Register(Kind("liar"));
        Assert.Contains("registered for liar units makes a layer of kind gaussian", Assert.Throws<InvalidOperationException>(() =>
            LayerKinds.Create(new("liar", 3))).Message);
        Assert.Contains("units 'nothing'; expected one of bernoulli, spin", Assert.Throws<BadInputException>(() =>
            LayerKinds.Create(new("nothing", 3))).Message);
        var blocks = new LayerDescription("multinomial", 4) { Fields = new() { ["categories"] = 3 } };
        Assert.Contains("3 categories, which do not divide its size 4", Assert.Throws<BadInputException>(() =>
            LayerKinds.Create(blocks)).Message);
    }

    [Fact]
    public void Every_kind_of_the_library_makes_the_layer_that_describes_it()
    {
        foreach (Layer layer in (Layer[])[new BernoulliLayer(3), new SpinLayer(3), new GaussianLayer(3), new GaussianLayer(3, 1, true),
            new MultinomialLayer(6, 3), new MultinomialLayer(6, 2, 4), new ReluLayer(3, 1, true)])
        {
            LayerDescription description = LayerDescription.Of(layer);
            Layer made = LayerKinds.Create(description);
            Assert.Equal(description, LayerDescription.Of(made));
            Assert.Equal(layer.Parameters.Select(p => (p.Name, p.IsFixed)), made.Parameters.Select(p => (p.Name, p.IsFixed)));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_precision_that_learns_learns_on_when_it_comes_from_a_file(bool learns)
    {
        ModelFile.Save(folder["m"], new Rbm(new GaussianLayer(3, 0.5, learns), new ReluLayer(2, 1, learns)));
        string json = ModelFile.Describe(folder["m"]).ToJson();
        Assert.Equal(learns, json.Contains("""{"units":"gaussian","size":3,"learns-precision":true}"""));
        Assert.Equal(!learns, json.Contains("""{"units":"gaussian","size":3}"""));
        Rbm read = ModelFile.LoadRbm(folder["m"]);
        Assert.Equal(learns, Assert.IsType<GaussianLayer>(read.Visible).LearnsPrecision);
        Assert.Equal(learns, Assert.IsType<ReluLayer>(read.Hidden).LearnsPrecision);
        Assert.Equal([4, 4, 4], read.Visible.Parameters[1].Value.ReadRow(0));
    }

    [Fact]
    public void A_checkpoint_from_before_files_told_of_learned_precisions_goes_on()
    {
        var fixedOne = new Rbm(new GaussianLayer(3), new BernoulliLayer(2));
        var learned = new Rbm(new GaussianLayer(3, 1, true), new BernoulliLayer(2));
        Checkpoint.Save(folder["old"], fixedOne, new TrainerSnapshot([], new Dictionary<string, double>()));
        _ = Checkpoint.Load(folder["old"], learned);
        Assert.Equal(2, new Dbn([new Rbm(new BernoulliLayer(2), new GaussianLayer(3)), learned]).Machines.Count);
    }

    [Fact]
    public void Fields_keep_their_place_in_the_json_of_files()
    {
        ModelFile.Save(folder["m"], new Rbm(new MultinomialLayer(30, 3, 2), new BernoulliLayer(2)));
        Assert.Contains("""{"units":"multinomial","size":30,"categories":3,"draws":2}""", ModelFile.Describe(folder["m"]).ToJson());
    }

    [Theory]
    [InlineData("""{"units":"gaussian","size":2,"learns-precision":1}""", "has a learns-precision that is neither true nor false")]
    [InlineData("""{"units":"gaussian","size":2,"draws":1}""", "has categories or draws, but 'gaussian' units")]
    [InlineData("""{"units":"bernoulli","size":2,"learns-precision":true}""", "has learns-precision, but 'bernoulli' units")]
    [InlineData("""{"units":"quantum","size":2}""", "units 'quantum'; expected one of bernoulli, spin, gaussian, multinomial, relu")]
    [InlineData("""{"units":"quantum","size":2}""", "LayerKinds.Register")]
    public void A_description_that_fits_no_kind_is_refused(string layer, string message)
    {
        File.WriteAllBytes(folder["bad"], ForeignModel.Safetensors($$"""{"format": 1, "model": "rbm", "layers": [{{layer}}, {"units": "spin", "size": 1}]}""",
            [("layers.0.bias", [2], [0, 0]), ("layers.0.precision", [2], [1, 1]), ("layers.1.bias", [1], [0]),
                ("weights.0-1", [2, 1], [0, 0])]));
        Assert.Contains(message, Assert.Throws<BadInputException>(() => ModelFile.LoadRbm(folder["bad"])).Message);
    }

    [Fact]
    public void Descriptions_are_equal_by_their_fields()
    {
        LayerDescription a = new("multinomial", 6) { Fields = new() { ["categories"] = 3, ["draws"] = 1 } },
            b = a with { Fields = new() { ["draws"] = JsonNode.Parse("1"), ["categories"] = JsonNode.Parse("3") } };
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.NotEqual(a, a with { Fields = new() { ["categories"] = 3, ["draws"] = 2 } });
        Assert.Equal((3, 1, "6 multinomial units in blocks of 3"), (a.Categories, b.Draws, a.ToWords()));
    }

    [Fact]
    public void Values_of_units_rise()
    {
        Assert.Throws<ArgumentException>(() => new UnitValues(1, 1, UnitSpacing.Real));
        Assert.Throws<ArgumentException>(() => new UnitValues(0, double.PositiveInfinity, UnitSpacing.Ends));
        Assert.Throws<ArgumentException>(() => new UnitValues(double.NaN, 1, UnitSpacing.Whole));
    }

    [Fact]
    public void The_command_line_refuses_kinds_that_are_not_registered()
    {
        CommandLine.Run("train", "rbm", "--visible-units", "quantum", "--out",
            folder["run"]).IsRefused("there are no 'quantum' units; expected one of bernoulli, spin");
        Assert.False(Directory.Exists(folder["run"]));
    }
}
