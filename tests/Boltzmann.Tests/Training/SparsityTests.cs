namespace Boltzmann.Tests.Training;

/// <summary>The pull of hidden units to a target activity.</summary>
public class SparsityTests
{
    [Theory, InlineData(1), InlineData(10)]
    public void Every_unit_has_its_own_running_mean_of_batch_means(int rows)
    {
        // Peers keep the sum over the batch (which then grows with its size), or one number for the whole layer. Without weights, unit j is
        // active with probability σ(c_j) whatever the data.
        const double Target = 0.1, Cost = 0.3, Damping = 0.8;
        double[] biases = [-2, 0, 3], q = [Target, Target, Target];
        var model = new Rbm(new BernoulliLayer(4, Teaching.Double), new BernoulliLayer(3, Teaching.Double));
        model.Hidden.Bias.WriteRow(0, biases);
        var sparsity = new Sparsity(model, 1, Target, Cost, Damping);
        double[,] batch = Teaching.RandomBits(rows, 4).ToMatrix(Teaching.Double).ToArray();
        for (int update = 0; update < 3; update++)
        {
            var means = new ContrastiveDivergence(1, sampleVisible: false, sampleHidden: false);
            Gradient plain = Teaching.GradientOf(model, means, batch),
                pulled = Teaching.GradientOf(model, new ContrastiveDivergence(1, sampleVisible: false, sampleHidden: false), batch);
            sparsity.Apply(pulled);
            double[,] bias = plain.ToDense(1).ToArray(), weights = plain.ToDense(2).ToArray();
            for (int j = 0; j < 3; j++)
            {
                q[j] = Damping * q[j] + (1 - Damping) * Teaching.Logistic(biases[j]);
                double penalty = Cost * (q[j] - Target);
                bias[0, j] -= penalty;
                for (int i = 0; i < 4; i++) weights[i, j] -= penalty;
            }
            Teaching.AssertClose(bias, pulled.ToDense(1).ToArray(), 1e-14);
            Teaching.AssertClose(weights, pulled.ToDense(2).ToArray(), 1e-14);
            Assert.Equal(plain.ToDense(0).ToArray(), pulled.ToDense(0).ToArray());
            Assert.Equal(q, sparsity.Memory.Single().Value.ReadRow(0), (x, y) => Math.Abs(x - y) < 1e-14);
        }
    }

    [Fact]
    public void A_machine_under_its_pull_reaches_the_target()
    {
        Dataset data = Teaching.RandomBits(60, 8);
        Rbm free = Teaching.Bernoulli(8, 5), pulled = free.Clone();
        Teach(free, 0);
        Teach(pulled, 20);
        double Activity(Rbm model) => model.Transform(data.ToMatrix(Teaching.Double)).Summarize().Sum / (60 * 5);
        // A strong pull against a gradient below 1/20 per unit leaves at most 1/20 of distance.
        Assert.InRange(Activity(pulled), 0.05, 0.15);
        Assert.True(Activity(free) > 0.25);

        void Teach(Rbm model, double cost) => new Trainer(model, new ContrastiveDivergence(), new Sgd(),
            new TrainerOptions { BatchSize = 20, LearningRate = 0.02, Momentum = 0, SparsityCost = cost, SparsityTarget = 0.1 }).Learn(data,
                epochs: 150);
    }
}
