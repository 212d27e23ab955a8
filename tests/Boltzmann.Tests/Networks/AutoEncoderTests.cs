namespace Boltzmann.Tests.Networks;

/// <summary>A stack unrolled says what its definition says, learns along its gradient, and comes back from a file.</summary>
public sealed class AutoEncoderTests : IDisposable
{
    const double Step = 3e-6;

    readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Placement Double => NetworkCase.Double;

    static Rbm Machine(Layer visible, Layer hidden, ulong seed)
    {
        var machine = new Rbm(visible, hidden);
        var rng = new Rng(seed);
        machine.SetRandomWeights(0.7, rng);
        foreach (Layer layer in (Layer[])[visible, hidden]) layer.Bias.SampleNormal(rng);
        return machine;
    }

    static Rbm[] Stack(bool isGaussian) =>
    [
        Machine(isGaussian ? new GaussianLayer(5, sigma: 2, placement: Double) : new BernoulliLayer(5, Double),
            new BernoulliLayer(4, Double), 1),
        Machine(new BernoulliLayer(4, Double), new GaussianLayer(2, sigma: 0.5, placement: Double), 2),
    ];

    // The mean of units given inputs, by the definition: σ(I + b), or (I + θ)/γ.
    static double[] Means(Layer units, double[] inputs) => [.. inputs.Select((input, u) => units.QuadraticPrecision is Matrix precision
        ? (input + units.Bias[0, u]) / precision[0, u] : 1 / (1 + Math.Exp(-input - units.Bias[0, u])))];

    static double[] Up(Rbm machine, double[] visible) => Means(machine.Hidden,
        [.. Enumerable.Range(0, machine.Hidden.Units).Select(j => visible.Select((v, i) => v * machine.Weights[i, j]).Sum())]);

    static double[] Down(Rbm machine, double[] hidden) => Means(machine.Visible,
        [.. Enumerable.Range(0, machine.Visible.Units).Select(i => hidden.Select((h, j) => h * machine.Weights[i, j]).Sum())]);

    [Theory, InlineData(false), InlineData(true)]
    public void An_unrolled_stack_goes_up_and_down_by_means(bool isGaussian)
    {
        Rbm[] stack = Stack(isGaussian);
        Network network = Network.Unroll(stack);
        Assert.Equal(2, network.CodeLayer);
        Assert.Equal(2, network.CodeUnits);
        Matrix rows = NetworkCase.Rows(6, 5).ToMatrix(Double), codes = network.Encode(rows), again = network.Predict(rows);
        Assert.Equal(again.ToArray(), network.Decode(codes).ToArray());
        for (int r = 0; r < rows.Rows; r++)
        {
            double[] code = Up(stack[1], Up(stack[0], rows.ReadRow(r))), back = Down(stack[0], Down(stack[1], code));
            for (int c = 0; c < code.Length; c++) Assert.Equal(code[c], codes[r, c], 1e-12);
            for (int c = 0; c < back.Length; c++) Assert.Equal(back[c], again[r, c], 1e-12);
        }
    }

    [Fact]
    public void A_single_machine_and_a_belief_network_unroll_the_same_way()
    {
        Rbm[] stack = Stack(isGaussian: false);
        Matrix rows = NetworkCase.Rows(4, 5).ToMatrix(Double);
        Assert.Equal(Network.Unroll(stack).Predict(rows).ToArray(), Network.Unroll(new Dbn(stack)).Predict(rows).ToArray());
        double[] back = Down(stack[0], Up(stack[0], rows.ReadRow(0)));
        Matrix one = Network.Unroll([stack[0]]).Predict(rows);
        for (int c = 0; c < back.Length; c++) Assert.Equal(back[c], one[0, c], 1e-12);
    }

    // Targets are grey, between 0 and 1, and the two ways have weights of their own.
    [Theory, InlineData(false), InlineData(true)]
    public void A_step_is_minus_the_finite_difference_of_the_loss_by_every_parameter(bool isGaussian)
    {
        Network network = Network.Unroll(Stack(isGaussian)), moved = network.Clone();
        Assert.Equal(network.CodeLayer, moved.CodeLayer);
        var random = new Random(3);
        Dataset rows = new("rows", new NumberRows([.. Enumerable.Range(0, 35).Select(_ => random.NextDouble())], 5));
        Learn(moved, rows, 1);
        foreach (var (parameter, after) in network.Parameters.Zip(moved.Parameters))
            for (int r = 0; r < parameter.Value.Rows; r++)
                for (int c = 0; c < parameter.Value.Columns; c++)
                {
                    double kept = parameter.Value[r, c];
                    parameter.Value[r, c] = kept + Step;
                    double above = Loss(network, rows, isGaussian);
                    parameter.Value[r, c] = kept - Step;
                    double below = Loss(network, rows, isGaussian);
                    parameter.Value[r, c] = kept;
                    Assert.Equal((above - below) / (2 * Step), kept - after.Value[r, c], 1e-7);
                }
    }

    // By the definition: cross-entropy of grey values, or half the squared error.
    static double Loss(Network network, Dataset data, bool isGaussian)
    {
        Matrix rows = data.ToMatrix(Double), again = network.Predict(rows);
        double sum = 0;
        for (int r = 0; r < rows.Rows; r++)
            for (int c = 0; c < rows.Columns; c++)
            {
                double x = rows[r, c], p = again[r, c];
                sum += isGaussian ? (x - p) * (x - p) / 2 : -x * Math.Log(p) - (1 - x) * Math.Log(1 - p);
            }
        return sum / rows.Rows;
    }

    static EpochRecord Learn(Network network, Dataset rows, double rate) => new NetworkTrainer(network, new Sgd(),
        new() { BatchSize = rows.Count, LearningRate = rate, Momentum = 0, Shuffle = false }).Learn(new(rows, rows.Rows), 1)[0];

    [Fact]
    public void The_metrics_are_the_loss_and_the_squared_error_of_a_row()
    {
        Network network = Network.Unroll(Stack(isGaussian: false));
        Dataset rows = new("rows", new NumberRows([.. Enumerable.Range(0, 20).Select(i => i % 3 / 2.0)], 5));
        EpochRecord epoch = Learn(network.Clone(), rows, 0);
        Matrix difference = network.Predict(rows);
        difference.SetSum(rows.ToMatrix(Double), 1, difference, -1);
        Assert.Equal(["loss", "squared-error"], epoch.Metrics.Select(metric => metric.Key).Take(2));
        Assert.Equal(difference.Summarize().SumOfSquares / rows.Count, epoch.Metrics[NetworkMetric.SquaredError], 1e-12);
        Assert.Equal(Loss(network, rows, isGaussian: false), epoch.Metrics[NetworkMetric.Loss], 1e-10);
        Assert.False(NetworkMetric.HigherIsBetter(NetworkMetric.Validation + NetworkMetric.SquaredError));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_file_keeps_the_code(bool isGaussian)
    {
        Network network = Network.Unroll(Stack(isGaussian));
        string file = Path.Combine(folder, "model.safetensors");
        ModelFile.Save(file, network);
        Network loaded = ModelFile.LoadNetwork(file, Double);
        Matrix rows = NetworkCase.Rows(4, 5).ToMatrix(Double);
        Assert.Equal(network.Encode(rows).ToArray(), loaded.Encode(rows).ToArray());
        Assert.Equal(network.Predict(rows).ToArray(), loaded.Predict(rows).ToArray());
        Assert.Equal(2, ModelFile.Describe(file).Code);
    }

    [Theory, InlineData("\"code\":2", "\"code\":4", "layer 4"), InlineData("\"code\":2", "\"code\":0", "layer 0"),
        InlineData(",\"code\":2", "", "states the layer of its code")]
    public void A_file_without_a_fitting_code_is_refused(string old, string changed, string message)
    {
        string json = Network.Unroll(Stack(isGaussian: false)).Description.ToJson();
        Assert.Contains(old, json);
        var writer = new SafetensorsWriter();
        foreach (Parameter parameter in Network.Unroll(Stack(isGaussian: false)).Parameters)
            if (parameter.IsWeight) writer.Add(parameter.Name, parameter.Value);
            else writer.AddRow(parameter.Name, parameter.Value);
        writer.Metadata["boltzmann"] = json.Replace(old, changed);
        string file = Path.Combine(folder, "model.safetensors");
        writer.Write(file);
        Assert.Contains(message, Assert.Throws<BadInputException>(() => ModelFile.LoadNetwork(file)).Message);
    }

    [Fact]
    public void Units_without_a_head_and_networks_without_a_code_are_refused()
    {
        Assert.Contains("not spin ones", Assert.Throws<BadInputException>(() =>
            Network.Unroll([Machine(new SpinLayer(4, Double), new BernoulliLayer(2, Double), 1)])).Message);
        Assert.Contains("not multinomial ones", Assert.Throws<BadInputException>(() =>
            Network.Unroll([Machine(new MultinomialLayer(4, 4, placement: Double), new BernoulliLayer(2, Double), 1)])).Message);
        Network plain = NetworkCase.Random(5, [3], 5, new LinearHead(), Activation.Sigmoid, false);
        Assert.Throws<InvalidOperationException>(() => plain.Encode(NetworkCase.Rows(2, 5).ToMatrix(Double)));
        Assert.Throws<ArgumentException>(() => new Network(plain.Layers, plain.Head) { CodeLayer = 1 });
        Network network = Network.Unroll(Stack(isGaussian: false));
        Assert.Throws<ArgumentException>(() => network.Decode(new Matrix(1, 3, Double)));
    }
}
