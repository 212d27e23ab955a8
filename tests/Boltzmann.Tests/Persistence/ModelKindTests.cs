namespace Boltzmann.Tests;

/// <summary>Files of several kinds of models: what each must have, and that one is not taken for another.</summary>
public sealed class ModelKindTests : IDisposable
{
    const string Dbn = """{"format":1,"model":"dbn","layers":[{"units":"gaussian","size":2},{"units":"bernoulli","size":3},{"units":"spin","size":4}]}""";
    const string Classifier = """{"format":1,"model":"classification-rbm","layers":[{"units":"bernoulli","size":2},{"units":"bernoulli","size":3},{"units":"multinomial","size":2}]CLASSES}""";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path1 => folder["model.safetensors"];

    static readonly (string Name, int Rows, int Columns)[] dbnTensors =
    [
        ("layers.0.bias", 1, 2), ("layers.0.precision", 1, 2), ("layers.1.bias", 1, 3), ("layers.2.bias", 1, 4),
            ("recognition.1.bias", 1, 3),
        ("weights.0-1", 2, 3), ("weights.1-2", 3, 4),
    ];

    static readonly (string Name, int Rows, int Columns)[] classifierTensors =
        [("layers.0.bias", 1, 2), ("layers.1.bias", 1, 3), ("layers.2.bias", 1, 2), ("weights.0-1", 2, 3), ("weights.1-2", 3, 2)];

    [Fact]
    public void A_file_of_another_kind_is_refused_by_name()
    {
        Write(Dbn, dbnTensors);
        Assert.Equal("dbn", ModelFile.Describe(Path1).Model);
        Refuses("holds a dbn; expected an rbm", () => ModelFile.LoadRbm(Path1));
        Write(Classifier.Replace("CLASSES", ""), classifierTensors);
        Refuses("holds a classification-rbm; expected an rbm", () => ModelFile.LoadRbm(Path1));
    }

    [Fact]
    public void Every_tensor_that_a_kind_needs_must_be_there_in_its_shape()
    {
        foreach (var (name, rows, columns) in dbnTensors)
        {
            Write(Dbn, [.. dbnTensors.Where(t => t.Name != name)]);
            Refuses($"has no tensor '{name}'", () => ModelFile.Describe(Path1));
            Write(Dbn, [.. dbnTensors.Where(t => t.Name != name), (name, rows, columns + 1)]);
            Refuses($"as the layers' sizes say", () => ModelFile.Describe(Path1));
        }
    }

    [Theory]
    [InlineData("rbm", 3, "has 3 layers; an rbm has 2")]
    [InlineData("dbn", 1, "has 1 layers; a dbn has at least 2")]
    [InlineData("classification-rbm", 2, "has 2 layers; a classification-rbm has 3")]
    public void Each_kind_has_its_number_of_layers(string kind, int layers, string reason)
    {
        string list = string.Join(',', Enumerable.Repeat("""{"units":"bernoulli","size":2}""", layers));
        Refuses(reason, () => ModelDescription.Parse($$"""{"format":1,"model":"{{kind}}","layers":[{{list}}]}""", "f"));
    }

    [Fact]
    public void Names_of_classes_come_back()
    {
        Rbm model = ModelFileTests.Random(new BernoulliLayer(2), new BernoulliLayer(3));
        ModelFile.Save(Path1, model, classes: ["zwölf", "0", ""]);
        Assert.Equal(["zwölf", "0", ""], ModelFile.Describe(Path1).Classes!);
        ModelFileTests.AssertSame(model, ModelFile.LoadRbm(Path1));
        ModelFile.Save(Path1, model);
        Assert.Null(ModelFile.Describe(Path1).Classes);
    }

    [Theory]
    [InlineData(""","classes":7""", "classes that are not an array of names")]
    [InlineData(""","classes":["a",7]""", "classes that are not an array of names")]
    [InlineData(""","classes":["a","a"]""", "has the class 'a' 2 times")]
    [InlineData(""","classes":["a","b","c"]""", "has 3 classes, but 2 units for them")]
    public void Classes_that_are_no_names_or_not_one_per_unit_are_refused(string classes, string reason) =>
        Refuses(reason, () => ModelDescription.Parse(Classifier.Replace("CLASSES", classes), "f"));

    void Write(string description, (string Name, int Rows, int Columns)[] tensors)
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["boltzmann"] = description;
        foreach (var (name, rows, columns) in tensors)
            if (rows == 1) writer.AddRow(name, Matrix.Row(columns, 1));
            else writer.Add(name, new Matrix(rows, columns));
        writer.Write(Path1);
    }

    static void Refuses(string reason, Action read)
    {
        BadInputException e = Assert.Throws<BadInputException>(read);
        Assert.Contains(reason, e.Message);
        Assert.DoesNotContain('\n', e.Message);
    }
}
