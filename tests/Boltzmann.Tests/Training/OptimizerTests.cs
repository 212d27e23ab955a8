namespace Boltzmann.Tests.Training;

/// <summary>How a gradient becomes a step, against the formulas in plain numbers.</summary>
public class OptimizerTests
{
    // A few operations on numbers of size 1 in double precision.
    const double Rounding = 1e-14;

    static readonly double[] gradients = [0.5, -1.25, 2, 0.125];

    static Factor[] Scalar(double gradient) => [new(Matrix.Row(1, 1, Teaching.Double), Matrix.Row(1, gradient, Teaching.Double), 1)];

    [Fact]
    public void Momentum_keeps_a_share_of_the_last_step_and_adds_the_rate_times_the_gradient()
    {
        // Δ ← m·Δ + lr·g. The form lr·(m·Δ + g) found in a peer has an effective momentum of lr·m.
        const double Rate = 0.05, Momentum = 0.9;
        var sgd = new Sgd();
        Matrix value = Matrix.Row(1, 3, Teaching.Double);
        double theta = 3, delta = 0, trapped = 3, trappedDelta = 0;
        foreach (double g in gradients)
        {
            sgd.Apply(0, value, Scalar(g), new StepRates(Rate, Momentum, 0, 0));
            theta += delta = Momentum * delta + Rate * g;
            trapped += trappedDelta = Rate * (Momentum * trappedDelta + g);
            Assert.Equal(theta, value[0, 0], Rounding);
        }
        Assert.True(Math.Abs(theta - trapped) > 0.01);
        Assert.Equal(delta, sgd.Memory.Single().Value[0, 0], Rounding);
    }

    [Fact]
    public void A_constant_gradient_reaches_the_terminal_speed_of_rate_over_one_minus_momentum()
    {
        var sgd = new Sgd();
        Matrix value = Matrix.Row(1, 0, Teaching.Double);
        double before = 0;
        for (int i = 0; i < 400; i++)
        {
            before = value[0, 0];
            sgd.Apply(0, value, Scalar(1), new StepRates(0.1, 0.9, 0, 0));
        }
        // 0.9^400 = 5e-19 of the speed is missing; the difference of two numbers near 400 keeps 1e-13.
        Assert.Equal(1, value[0, 0] - before, 1e-12);
    }

    [Fact]
    public void Adam_corrects_its_means_for_their_start_and_counts_updates()
    {
        const double Rate = 0.01, Beta1 = 0.9, Beta2 = 0.99, Epsilon = 1e-6;
        var adam = new Adam(Beta2, Epsilon);
        Matrix value = Matrix.Row(1, 3, Teaching.Double);
        double theta = 3, m = 0, s = 0;
        for (int t = 1; t <= gradients.Length; t++)
        {
            double g = gradients[t - 1];
            adam.Time = t;
            adam.Apply(0, value, Scalar(g), new StepRates(Rate, Beta1, 0, 0));
            m = Beta1 * m + (1 - Beta1) * g;
            s = Beta2 * s + (1 - Beta2) * g * g;
            theta += Rate * (m / (1 - Math.Pow(Beta1, t))) / (Math.Sqrt(s / (1 - Math.Pow(Beta2, t))) + Epsilon);
            Assert.Equal(theta, value[0, 0], Rounding);
        }
    }

    [Fact]
    public void The_first_step_of_Adam_is_the_rate_whatever_the_gradient()
    {
        foreach (double g in new[] { 1e-4, 1, 1e4 })
        {
            var adam = new Adam(epsilon: 1e-12) { Time = 1 };
            Matrix value = Matrix.Row(1, 0, Teaching.Double);
            adam.Apply(0, value, Scalar(g), new StepRates(0.01, 0.9, 0, 0));
            Assert.Equal(0.01, value[0, 0], 1e-9);
        }
    }

    [Fact]
    public void A_trainer_counts_updates_not_epochs()
    {
        var adam = new Adam();
        var trainer = new Trainer(Teaching.Bernoulli(3, 2), new ContrastiveDivergence(), adam, new TrainerOptions { BatchSize = 4 });
        trainer.Learn(Teaching.RandomBits(10, 3), epochs: 2);
        Assert.Equal(6, adam.Time);
    }

    [Fact]
    public void Adam_outside_its_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(epsilon: 0));
        Assert.Contains("its time is 0", Assert.Throws<InvalidOperationException>(() => new Adam().Apply(0,
            Matrix.Row(1, 0, Teaching.Double), Scalar(1), new StepRates(0.1, 0.9, 0, 0))).Message);
    }

    [Fact]
    public void Penalties_pull_weights_but_never_biases()
    {
        const double Rate = 0.1, L2 = 0.3, L1 = 0.02;
        Rbm model = Teaching.Bernoulli(3, 2), before = model.Clone();
        // An estimator without a gradient leaves the penalties alone.
        var trainer = new Trainer(model, new RecordingEstimator(), new Sgd(),
            new TrainerOptions { LearningRate = Rate, Momentum = 0, L2 = L2, L1 = L1, Centering = false });
        trainer.Learn(Teaching.RandomBits(4, 3), epochs: 1);
        Assert.Equal(before.Visible.Bias.ToArray(), model.Visible.Bias.ToArray());
        Assert.Equal(before.Hidden.Bias.ToArray(), model.Hidden.Bias.ToArray());
        double[,] expected = before.Weights.ToArray();
        for (int v = 0; v < 3; v++)
            for (int h = 0; h < 2; h++) expected[v, h] -= Rate * (L2 * expected[v, h] + L1 * Math.Sign(expected[v, h]));
        Teaching.AssertClose(expected, model.Weights.ToArray(), Rounding);
    }

    [Fact]
    public void The_greatest_norm_holds_for_every_hidden_unit_after_every_update()
    {
        Rbm model = Teaching.Bernoulli(6, 4, deviation: 1);
        var trainer = new Trainer(model, new ContrastiveDivergence(), new Sgd(),
            new TrainerOptions { BatchSize = 3, LearningRate = 0.5, MaxNorm = 0.7 });
        foreach (TrainingProgress _ in trainer.Run(Teaching.RandomBits(12, 6), epochs: 3))
        {
            double[,] w = model.Weights.ToArray();
            for (int h = 0; h < 4; h++)
                Assert.InRange(Math.Sqrt(Enumerable.Range(0, 6).Sum(v => w[v, h] * w[v, h])), 0, 0.7 * (1 + 1e-14));
        }
    }

    [Fact]
    public void A_positive_parameter_takes_its_step_on_the_logarithm()
    {
        // Precision 1 and data of mean square 4: ∇γ = ½(1/γ − 4) = −1.5. A plain step of rate 1 would leave γ = −0.5.
        var model = new Rbm(new GaussianLayer(1, 1, learnPrecision: true, Teaching.Double), new BernoulliLayer(1, Teaching.Double));
        var trainer = new Trainer(model, new ExactGradient(), new Sgd(), new TrainerOptions { LearningRate = 1, Momentum = 0, L2 = 5 });
        trainer.Learn(Teaching.Rows(new double[,] { { 2 }, { -2 } }), epochs: 1);
        double gamma = ((GaussianLayer)model.Visible).Precision[0, 0];
        Assert.Equal(Math.Exp(-1.5), gamma, Rounding);
    }

    [Fact]
    public void Learned_precisions_recover_the_variances_of_the_data()
    {
        // Without weights, the only stationary point is that of the moments: γ = 1/variance, θ = mean/variance. Centred, the gradient of W
        // is a covariance, 0 while W is 0. In (θ, log γ) the Fisher matrix [σ², −m; −m, m²/σ² + ½] has eigenvalues from 0.18 to 3.1 here,
        // so rate 0.3 shrinks the distance by at least e^−0.054 an epoch: e^−32 in 600.
        double[,] rows = { { -0.5, 0.5, -3 }, { 1.5, -0.5, 1 }, { -0.5, 0.5, 1 }, { 1.5, -0.5, -3 }, { 0.5, 0.2, -1 }, { 0.5, -0.2, -1 } };
        Dataset data = Teaching.Rows(rows);
        var layer = new GaussianLayer(3, 1, learnPrecision: true, Teaching.Double);
        var trainer = new Trainer(new Rbm(layer, new BernoulliLayer(2, Teaching.Double)), new ExactGradient(), new Sgd(),
            new TrainerOptions { LearningRate = 0.3, Momentum = 0 });
        trainer.Learn(data, epochs: 600);
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(1 / data.Statistics.Variances[c], layer.Precision[0, c], 1e-9);
            Assert.Equal(data.Statistics.Means[c] / data.Statistics.Variances[c], layer.Bias[0, c], 1e-9);
        }
    }
}
