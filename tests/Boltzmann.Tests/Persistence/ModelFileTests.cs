using System.Text.Json.Nodes;

namespace Boltzmann.Tests;

/// <summary>Models in files, and files that are no models.</summary>
public sealed class ModelFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path1 => folder["model.safetensors"];

    static readonly Func<Placement, Layer>[] kinds =
    [
        p => new BernoulliLayer(6, p), p => new SpinLayer(5, p), p => new GaussianLayer(4, 0.5, placement: p),
        p => new MultinomialLayer(6, 3, 1, p), p => new MultinomialLayer(5, 5, 7, p), p => new ReluLayer(3, 2, placement: p),
    ];

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Every_pair_of_layers_comes_back_to_the_bit_in_its_own_precision(Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        foreach (var visible in kinds)
            foreach (var hidden in kinds)
            {
                Rbm model = Random(visible(placement), hidden(placement));
                ModelFile.Save(Path1, model);
                Rbm read = ModelFile.LoadRbm(Path1);
                Assert.Equal(placement, read.Placement);
                Assert.Equal(model.Layers.Select(LayerDescription.Of), read.Layers.Select(LayerDescription.Of));
                AssertSame(model, read);
                var data = new Matrix(4, model.Visible.Units, placement);
                data.Fill(1);
                Assert.Equal(model.FreeEnergy(data), read.FreeEnergy(data));
            }
    }

    [Fact]
    public void A_model_is_read_in_the_precision_asked_for()
    {
        Rbm model = Random(new BernoulliLayer(3, Placement.Default.Double), new BernoulliLayer(2, Placement.Default.Double));
        ModelFile.Save(Path1, model);
        AssertSame(model.Clone(Placement.Default), ModelFile.LoadRbm(Path1, Placement.Default));
    }

    [Fact]
    public void Python_would_see_the_documented_names_shapes_and_metadata()
    {
        Rbm model = Random(new GaussianLayer(4), new MultinomialLayer(6, 3, 2));
        ModelFile.Save(Path1, model, new JsonObject { ["learning-rate"] = 0.05, ["seed"] = 1337 });
        var (metadata, arrays) = PythonView.Load(Path1);
        Assert.Equal("""{"format":1,"model":"rbm","layers":[{"units":"gaussian","size":4},{"units":"multinomial","size":6,"categories":3,"draws":2}],"training":{"learning-rate":0.05,"seed":1337}}""",
            Assert.Single(metadata).Value);
        Assert.Equal("boltzmann", metadata.Keys.Single());
        Assert.Equal(["layers.0.bias", "layers.0.precision", "layers.1.bias", "weights.0-1"], arrays.Keys.Order());
        Assert.Equal([4, 6], arrays["weights.0-1"].Shape);
        Assert.Equal([4], arrays["layers.0.precision"].Shape);
        Assert.Equal(model.Weights.ToArray().Cast<double>(), arrays["weights.0-1"].Values);

        ModelDescription description = ModelFile.Describe(Path1);
        Assert.Equal(0.05, description.Training!["learning-rate"]!.GetValue<double>());
        Assert.Equal(description.Layers, model.Layers.Select(LayerDescription.Of));
    }

    [Fact]
    public void A_file_without_the_metadata_key_is_a_Bernoulli_machine()
    {
        Write(null, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, 4, 5]));
        Rbm model = ModelFile.LoadRbm(Path1);
        Assert.All(model.Layers, layer => Assert.IsType<BernoulliLayer>(layer));
        Assert.Equal([3, 4, 5], model.Hidden.Bias.ReadRow(0));
        Assert.Equal(Precision.Float32, model.Placement.Precision);
    }

    [Fact]
    public void Tensors_of_other_names_are_left_alone()
    {
        Write(Rbm23, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, 4, 5]), ("training.velocity", [double.NaN]), ("notes", [1]));
        Assert.Equal([1, 2], ModelFile.LoadRbm(Path1).Visible.Bias.ReadRow(0));
    }

    const string Rbm23 = """{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2},{"units":"spin","size":3}]}""";

    [Theory]
    [InlineData("", "is not valid JSON")]
    [InlineData("{", "is not valid JSON")]
    [InlineData("[]", "is not an object")]
    [InlineData("{}", "no format number")]
    [InlineData("""{"format":2}""", "has format 2; this version reads format 1")]
    [InlineData("""{"format":0}""", "has format 0")]
    [InlineData("""{"format":"1"}""", "format that is not a whole number")]
    [InlineData("""{"format":1e99}""", "format that is too large, 1E+99")]
    [InlineData("""{"format":1,"format":1}""", "is not valid JSON")]
    [InlineData("""{"format":1}""", "has no model")]
    [InlineData("""{"format":1,"model":"\ud800"}""", "not Unicode")]
    [InlineData("""{"format":1,"model":"gan"}""", "model 'gan'")]
    [InlineData("""{"format":1,"model":"rbm"}""", "no array of layers")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2}]}""", "has 1 layers")]
    [InlineData("""{"format":1,"model":"rbm","layers":[1,2]}""", "layer 0 is not an object")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"size":2},{"units":"spin","size":3}]}""", "layer 0 has no units")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"quantum","size":2},{"units":"spin","size":3}]}""", "units 'quantum'; expected one of bernoulli, spin")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2},{"units":"spin"}]}""", "layer 1 has no size")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":-2},{"units":"spin","size":3}]}""", "size -2")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":0},{"units":"spin","size":3}]}""", "size 0")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2147483648},{"units":"spin","size":3}]}""", "size that is too large, 2147483648; expected at most 134217728")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":134217728},{"units":"spin","size":3}]}""", "should be [134217728]")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2147483647},{"units":"spin","size":3}]}""", "has size 2147483647; expected at most 134217728")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":3},{"units":"spin","size":2}]}""", "layers.0.bias' F32 [2] should be [3]")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2},{"units":"spin","size":3,"draws":2}]}""", "has categories or draws, but 'spin' units")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2},{"units":"multinomial","size":3,"categories":2}]}""", "do not divide")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2},{"units":"multinomial","size":3,"categories":0}]}""", "has 0 categories")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2},{"units":"multinomial","size":3,"draws":0}]}""", "has 0 draws")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"gaussian","size":2},{"units":"spin","size":3}]}""", "no tensor 'layers.0.precision'")]
    [InlineData("""{"format":1,"model":"rbm","layers":[{"units":"bernoulli","size":2},{"units":"spin","size":3}],"training":7}""", "training entry")]
    public void A_description_that_is_wrong_or_does_not_fit_is_refused(string description, string reason)
    {
        Write(description, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, 4, 5]));
        Refuses(reason);
    }

    [Fact]
    public void Missing_or_surplus_tensors_are_refused()
    {
        Write(Rbm23, ("layers.1.bias", [3, 4, 5]));
        Refuses("no tensor 'layers.0.bias'");
        Write(Rbm23, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, 4, 5]), ("layers.1.precision", [1, 1, 1]));
        Refuses("'layers.1.precision' F32 [3] belongs to no parameter");
        Write(Rbm23, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, 4, 5]), ("weights.1-2", [1]));
        Refuses("'weights.1-2' F32 [1] belongs to no parameter");
        Write(null, ("layers.0.bias", [1, 2]));
        Refuses("not the tensors");
        Write(null, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, 4, 5]), ("layers.2.bias", [1]));
        Refuses("not the tensors");
        Write(null, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, 4]));
        Refuses("'weights.0-1' F32 [2 × 3] should be [2 × 2]");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Numbers_that_are_not_finite_are_refused_with_their_place(double bad)
    {
        Write(Rbm23, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, bad, 5]));
        Refuses($"layers.1.bias has {bad} at row 1, column 2, which is not a finite number");
        var weights = Matrix.From(new double[,] { { 1, 2, 3 }, { 4, 5, bad } });
        Write(Rbm23, weights, ("layers.0.bias", [1, 2]), ("layers.1.bias", [3, 4, 5]));
        Refuses($"weights.0-1 has {bad} at row 2, column 3, which is not a finite number");
    }

    [Fact]
    public void A_number_beyond_single_precision_is_refused_there_and_read_in_double()
    {
        Write(Rbm23, Matrix.From(new double[,] { { 1, 2, 3 }, { 4, 1e300, 6 } }, Placement.Default.Double), ("layers.0.bias", [1, 2]),
            ("layers.1.bias", [3, 4, 5]));
        Assert.Equal(1e300, ModelFile.LoadRbm(Path1).Weights[1, 1]);
        Assert.Contains("row 2, column 2, which is not a finite number in Float32",
            Assert.Throws<BadInputException>(() => ModelFile.LoadRbm(Path1, Placement.Default)).Message);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN)]
    public void A_precision_that_is_not_positive_is_refused(double bad)
    {
        Write("""{"format":1,"model":"rbm","layers":[{"units":"gaussian","size":2},{"units":"spin","size":3}]}""",
            ("layers.0.bias", [1, 2]), ("layers.0.precision", [1, bad]), ("layers.1.bias", [3, 4, 5]));
        Refuses("layers.0.precision has " + bad);
    }

    [Fact]
    public void Weights_within_a_layer_must_be_symmetric_with_zero_diagonal()
    {
        static BoltzmannMachine Through(double[,] weights)
        {
            using var folder = new TemporaryFolder();
            var model = new BoltzmannMachine(new BernoulliLayer(3));
            model.VisibleWeights.SetCopy(Matrix.From(weights));
            ModelFile.Save(folder["bm.safetensors"], model);
            return ModelFile.LoadBoltzmannMachine(folder["bm.safetensors"]);
        }

        Assert.Equal(3, Through(new double[,] { { 0, 1, 2 }, { 1, 0, 3 }, { 2, 3, 0 } }).VisibleWeights[1, 2]);
        Assert.Contains("at row 2 of its diagonal",
            Assert.Throws<BadInputException>(() => Through(new double[,] { { 0, 1, 2 }, { 1, 5, 3 }, { 2, 3, 0 } })).Message);
        Assert.Contains("row 3, column 1 is 4, but its mirror 2",
            Assert.Throws<BadInputException>(() => Through(new double[,] { { 0, 1, 2 }, { 1, 0, 3 }, { 4, 3, 0 } })).Message);
    }

    internal static Rbm Random(Layer visible, Layer hidden)
    {
        var rng = new Rng(5);
        var model = new Rbm(visible, hidden);
        foreach (Parameter parameter in model.Parameters)
            if (parameter.IsPositive) parameter.Value.SampleUniform(rng);
            else parameter.Value.SampleNormal(rng);
        // Uniform numbers may be 0, a precision may not.
        foreach (Parameter parameter in model.Parameters)
            if (parameter.IsPositive) parameter.Value.SetSum(parameter.Value, 1, Matrix.Row(1, 0.125, model.Placement));
        return model;
    }

    internal static void AssertSame(EnergyModel expected, EnergyModel actual)
    {
        foreach (var (a, b) in expected.Parameters.Zip(actual.Parameters))
        {
            Assert.Equal(a.Name, b.Name);
            Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
        }
    }

    void Write(string? description, params (string Name, double[] Values)[] rows) =>
        Write(description, Matrix.From(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }), rows);

    void Write(string? description, Matrix weights, params (string Name, double[] Values)[] rows)
    {
        var writer = new SafetensorsWriter();
        if (description is not null) writer.Metadata["boltzmann"] = description;
        foreach (var (name, values) in rows) writer.AddRow(name, Matrix.Row(values));
        writer.Add("weights.0-1", weights);
        writer.Write(Path1);
    }

    void Refuses(string reason)
    {
        BadInputException e = Assert.Throws<BadInputException>(() => ModelFile.LoadRbm(Path1));
        Assert.StartsWith(Path1, e.Message);
        Assert.Contains(reason, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }
}
