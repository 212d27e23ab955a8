namespace Boltzmann.Tests.Networks;

/// <summary>What a network is, and where it comes from.</summary>
public class NetworkTests
{
    public static TheoryData<Layer> MeanUnits => [new BernoulliLayer(4, NetworkCase.Double), new SpinLayer(4, NetworkCase.Double),
        new GaussianLayer(4, 0.7, placement: NetworkCase.Double)];

    [Theory, MemberData(nameof(MeanUnits))]
    public void A_layer_made_from_a_machine_gives_the_means_of_its_hidden_units(Layer hidden)
    {
        var machine = new Rbm(new BernoulliLayer(5, NetworkCase.Double), hidden);
        machine.SetRandomWeights(1, new Rng(1));
        hidden.Bias.SampleNormal(new Rng(2));
        Matrix rows = NetworkCase.Rows(3, 5).ToMatrix(NetworkCase.Double);
        Network network = Network.From([machine], 2, new SoftmaxHead(), new Rng(3));
        double[] expected = NetworkCase.Flatten(machine.Transform(rows)), actual = NetworkCase.Flatten(network.Transform(rows, 1));
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-14);
    }

    [Fact]
    public void A_layer_made_from_rectified_units_gives_their_means_where_these_are_far_from_0()
    {
        var machine = new Rbm(new GaussianLayer(3, placement: NetworkCase.Double), new ReluLayer(4, 0.5, placement: NetworkCase.Double));
        machine.SetRandomWeights(0.1, new Rng(1));
        machine.Hidden.Bias.Fill(40);
        Matrix rows = NetworkCase.Rows(3, 3).ToMatrix(NetworkCase.Double);
        // γ = 4: the mean is some 10 with a deviation of ½, 20 deviations from 0, where the rest of a normal density is below 1e-80.
        double[] expected = NetworkCase.Flatten(machine.Transform(rows)),
            actual = NetworkCase.Flatten(Network.From([machine], 2, new SoftmaxHead(), new Rng(3)).Transform(rows, 1));
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-9);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_none()
    {
        Network network = NetworkCase.Random(5, [6], 3, new SoftmaxHead(), Activation.Linear, false);
        network.Layers[0].Weights[0, 0] = double.NaN;
        Assert.True(double.IsNaN(NetworkScore.Of(network, NetworkCase.Examples(7, 5, 3, network.Head)).Loss));
    }

    [Fact]
    public void A_stack_of_machines_becomes_layers_below_random_ones()
    {
        var lower = new Rbm(new BernoulliLayer(5), new BernoulliLayer(4));
        var upper = new Rbm(new BernoulliLayer(4), new BernoulliLayer(3));
        Network network = Network.From([lower, upper], 2, new LogisticHead(), new Rng(1), Activation.Relu, normalize: true, extra: [6]);
        Assert.Equal([4, 3, 6, 2], network.Layers.Select(layer => layer.Units));
        Assert.Equal([Activation.Relu, Activation.Relu, Activation.Relu, Activation.Linear],
            network.Layers.Select(layer => layer.Activation));
        Assert.Equal([true, true, true, false], network.Layers.Select(layer => layer.Normalization is not null));
    }

    [Fact]
    public void Machines_that_are_no_stack_are_refused()
    {
        var lower = new Rbm(new BernoulliLayer(5), new BernoulliLayer(4));
        var upper = new Rbm(new BernoulliLayer(6), new BernoulliLayer(3));
        Assert.Contains("4 hidden units below 6 visible",
            Assert.Throws<BadInputException>(() => Network.From([lower, upper], 2, new SoftmaxHead(), new Rng(1))).Message);
        var softmax = new Rbm(new BernoulliLayer(5), new MultinomialLayer(4, 2));
        Assert.Contains("multinomial", Assert.Throws<BadInputException>(() => Network.From([softmax], 2, new SoftmaxHead(),
            new Rng(1))).Message);
    }

    [Fact]
    public void Probabilities_of_classes_add_up_to_one_and_a_dataset_gives_the_same_as_a_matrix()
    {
        Network network = NetworkCase.Random(5, [6], 3, new SoftmaxHead(), Activation.Sigmoid, normalize: true);
        Dataset rows = NetworkCase.Rows(1300, 5);
        double[,] all = network.Predict(rows).ToArray(), first = network.Predict(rows.ToMatrix(0, 10, NetworkCase.Double)).ToArray();
        for (int r = 0; r < 1300; r++) Assert.Equal(1, all[r, 0] + all[r, 1] + all[r, 2], 1e-12);
        for (int r = 0; r < 10; r++)
            for (int c = 0; c < 3; c++) Assert.Equal(first[r, c], all[r, c], 1e-14);
    }

    [Fact]
    public void Rows_and_layers_that_do_not_fit_are_refused()
    {
        Network network = NetworkCase.Random(5, [6], 3, new SoftmaxHead(), Activation.Sigmoid, false);
        Assert.Contains("takes 5", Assert.Throws<ArgumentException>(() => network.Predict(new Matrix(2, 4, NetworkCase.Double))).Message);
        Assert.Contains("1 hidden layers",
            Assert.Throws<ArgumentOutOfRangeException>(() => network.Transform(new Matrix(2, 5, NetworkCase.Double), 2)).Message);
        Assert.Contains("4 columns", Assert.Throws<BadInputException>(() => network.Predict(NetworkCase.Rows(2, 4))).Message);
    }

    [Fact]
    public void Running_statistics_come_to_those_of_the_data()
    {
        Network network = NetworkCase.Random(5, [4], 2, new SoftmaxHead(), Activation.Sigmoid, normalize: true);
        Examples examples = NetworkCase.Examples(64, 5, 2, network.Head);
        new NetworkTrainer(network, new Sgd(), new() { BatchSize = 64, LearningRate = 0 }).Learn(examples, 1500);
        Matrix inputs = new(64, 4, NetworkCase.Double);
        inputs.SetProduct(examples.Inputs.ToMatrix(NetworkCase.Double), network.Layers[0].Weights);
        for (int c = 0; c < 4; c++)
        {
            double[] column = inputs.ReadColumn(c);
            double mean = column.Average();
            // 0.99¹⁵⁰⁰ = 3·10⁻⁷ of the start is left.
            Assert.Equal(mean, network.Layers[0].Normalization!.Mean[0, c], 1e-5);
            Assert.Equal(column.Average(x => (x - mean) * (x - mean)) + BatchNormalization.Epsilon,
                network.Layers[0].Normalization!.Variance[0, c], 1e-5);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void From_a_deep_machine_it_begins_with_the_pass_upward_of_inference(bool doubled)
    {
        var model = new Dbm(new BernoulliLayer(5), new BernoulliLayer(4), new BernoulliLayer(3));
        foreach (Parameter p in model.Parameters) p.Value.SampleNormal(new Rng((ulong)p.Name.Length));
        Network network = Network.From(model, 2, new SoftmaxHead(), new Rng(1), doubled);
        var rows = new Matrix(6, 5);
        rows.SampleUniform(new Rng(2));
        Matrix inputs = new(6, 4), first = new(6, 4), upper = new(6, 3), second = new(6, 3);
        inputs.SetProduct(rows, model.Connections[0].Weights, scale: doubled ? 2 : 1);
        model.Layers[1].SetMean(inputs, first);
        upper.SetProduct(first, model.Connections[1].Weights);
        model.Layers[2].SetMean(upper, second);
        Assert.Equal(second.ToArray().Cast<double>(), network.Transform(rows, 2).ToArray().Cast<double>(),
            (a, b) => Math.Abs(a - b) < 1e-6);
    }
}
