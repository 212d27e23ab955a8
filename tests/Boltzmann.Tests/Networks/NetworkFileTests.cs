namespace Boltzmann.Tests.Networks;

/// <summary>A network saved and loaded says the same; a file that holds none is refused.</summary>
public sealed class NetworkFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string File => Path.Combine(folder, "model.safetensors");

    [Theory, InlineData("softmax", Activation.Sigmoid, true), InlineData("logistic", Activation.Tanh, false),
        InlineData("linear", Activation.Relu, true)]
    public void A_loaded_network_predicts_the_same_bits(string head, Activation activation, bool normalize)
    {
        Network network = NetworkCase.Random(5, [6, 4], 3, Head.Parse(head), activation, normalize);
        ModelFile.Save(File, network, classes: ["a", "b", "c"]);
        Network loaded = ModelFile.LoadNetwork(File, NetworkCase.Double);
        Matrix rows = NetworkCase.Rows(9, 5).ToMatrix(NetworkCase.Double);
        Assert.Equal(network.Predict(rows).ToArray(), loaded.Predict(rows).ToArray());
        Assert.Equal(["a", "b", "c"], ModelFile.Describe(File).Classes);
        Assert.Equal(network.Description.Layers, loaded.Description.Layers);
    }

    [Fact]
    public void Other_kinds_and_numbers_of_classes_that_do_not_fit_are_refused()
    {
        Network network = NetworkCase.Random(5, [6], 3, new SoftmaxHead(), Activation.Sigmoid, false);
        ModelFile.Save(File, network, classes: ["a", "b"]);
        Assert.Contains("2 classes, but 3 outputs", Assert.Throws<BadInputException>(() => ModelFile.LoadNetwork(File)).Message);
        Assert.Contains("holds a network; expected an rbm", Assert.Throws<BadInputException>(() => ModelFile.LoadRbm(File)).Message);
        var writer = new SafetensorsWriter();
        foreach (Parameter parameter in network.Parameters)
            if (parameter.IsWeight) writer.Add(parameter.Name, parameter.Value);
            else writer.AddRow(parameter.Name, parameter.Value);
        foreach (string name in (string[])["scale", "mean", "variance"]) writer.Add($"layers.2.norm.{name}", [1.0, 1, 1]);
        writer.Metadata["boltzmann"] = (network.Description with
        {
            Layers = [.. network.Description.Layers.SkipLast(1),
            network.Description.Layers[^1] with { Normalized = true }]
        }).ToJson();
        writer.Write(File);
        Assert.Contains("only inner layers", Assert.Throws<BadInputException>(() => ModelFile.LoadNetwork(File)).Message);
        ModelFile.Save(File, new Rbm(new BernoulliLayer(2), new BernoulliLayer(2)));
        Assert.Contains("holds an rbm; expected a network", Assert.Throws<BadInputException>(() => ModelFile.LoadNetwork(File)).Message);
    }
}
