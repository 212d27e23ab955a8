namespace Boltzmann.Tests.Networks;

/// <summary>The gradients of back-propagation are those of the loss.</summary>
public class BackPropagationTests
{
    const int Batch = 7, Inputs = 5;
    const double Step = 3e-6;

    public static TheoryData<string, Activation, bool, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, Activation, bool, double>();
            foreach (string head in Head.Kinds)
                foreach (Activation activation in Enum.GetValues<Activation>())
                    foreach (bool normalize in (bool[])[false, true])
                        foreach (double dropout in (double[])[0, 0.4]) cases.Add(head, activation, normalize, dropout);
            return cases;
        }
    }

    // One plain step at rate 1 moves every parameter by minus its gradient. The error of central differences is Step²·f‴/6, some 1e-8 where
    // batches are normalised (third derivatives of several thousand), and rounding 1e-16/Step = 3e-11; a kink of the rectifier inside ±Step
    // would show as an error of the slope's size, which these seeds do not have.
    [Theory, MemberData(nameof(Cases))]
    public void A_step_is_minus_the_finite_difference_of_the_mean_loss(string kind, Activation activation, bool normalize, double dropout)
    {
        Network network = NetworkCase.Random(Inputs, [6, 4], 3, Head.Parse(kind), activation, normalize);
        Examples examples = NetworkCase.Examples(Batch, Inputs, 3, network.Head);
        Network moved = network.Clone();
        foreach (TrainingProgress progress in new NetworkTrainer(moved, new Sgd(), Options(dropout)).Run(examples, 1)) _ = progress;

        for (int p = 0; p < network.Parameters.Count; p++)
        {
            if (network.Parameters[p].IsFixed) continue;
            Matrix value = network.Parameters[p].Value;
            for (int r = 0; r < value.Rows; r++)
                for (int c = 0; c < value.Columns; c++)
                {
                    double kept = value[r, c];
                    value[r, c] = kept + Step;
                    double above = Loss(network, examples, dropout);
                    value[r, c] = kept - Step;
                    double below = Loss(network, examples, dropout);
                    value[r, c] = kept;
                    Assert.Equal((above - below) / (2 * Step), kept - moved.Parameters[p].Value[r, c], 1e-7);
                }
        }
    }

    static NetworkTrainerOptions Options(double dropout) =>
        new() { BatchSize = Batch, LearningRate = 1, Momentum = 0, InputDropout = dropout / 2, Dropout = dropout, Shuffle = false };

    // The loss as the same dropout sees it: a trainer whose steps are 0 reports it.
    static double Loss(Network network, Examples examples, double dropout) =>
        new NetworkTrainer(network.Clone(), new Sgd(), Options(dropout) with { LearningRate = 0 }).Learn(examples,
            1)[0].Metrics[NetworkMetric.Loss];

    [Fact]
    public void Weight_decay_adds_its_share_to_the_weights_alone()
    {
        Network network = NetworkCase.Random(Inputs, [6], 3, new SoftmaxHead(), Activation.Sigmoid, false), plain = network.Clone(),
            decayed = network.Clone();
        Examples examples = NetworkCase.Examples(Batch, Inputs, 3, network.Head);
        new NetworkTrainer(plain, new Sgd(), Options(0)).Learn(examples, 1);
        new NetworkTrainer(decayed, new Sgd(), Options(0) with { L2 = [0.25, 0] }).Learn(examples, 1);
        double[] expected = [.. NetworkCase.Flatten(plain.Layers[0].Weights).Zip(NetworkCase.Flatten(network.Layers[0].Weights),
            (moved, old) => moved - 0.25 * old)];
        double[] actual = NetworkCase.Flatten(decayed.Layers[0].Weights);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-14);
        Assert.Equal(plain.Layers[0].Bias.ToArray(), decayed.Layers[0].Bias.ToArray());
        Assert.Equal(plain.Layers[1].Weights.ToArray(), decayed.Layers[1].Weights.ToArray());
    }

    [Fact]
    public void A_layer_with_rate_0_stays_and_norms_are_limited()
    {
        Network network = NetworkCase.Random(Inputs, [6, 4], 3, new SoftmaxHead(), Activation.Tanh, false), start = network.Clone();
        Examples examples = NetworkCase.Examples(Batch, Inputs, 3, network.Head);
        new NetworkTrainer(network, new Sgd(), Options(0) with { LayerRates = [0, 1], MaxNorm = 0.5 }).Learn(examples, 3);
        Assert.Equal(start.Layers[0].Bias.ToArray(), network.Layers[0].Bias.ToArray());
        Assert.NotEqual(start.Layers[1].Bias.ToArray(), network.Layers[1].Bias.ToArray());
        for (int c = 0; c < 4; c++) Assert.InRange(Math.Sqrt(network.Layers[1].Weights.ReadColumn(c).Sum(w => w * w)), 0, 0.5 + 1e-12);
    }
}
