namespace Boltzmann.Tests.Training;

/// <summary>
/// The centred gradient against its definition, and the law it is for: learning does not depend on which of two values is called 1.
/// </summary>
public class CenteringTests
{
    const double Rounding = 1e-13;

    static readonly double[,] first = { { 1, 0, 1, 1 }, { 0, 0, 1, 0 }, { 1, 1, 0, 0.25 } };
    static readonly double[,] second = { { 0, 1, 1, 0 }, { 0.5, 0, 0, 1 } };

    [Fact]
    public void Without_offsets_it_is_the_plain_gradient_to_the_bit()
    {
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        Gradient plain = Teaching.GradientOf(model, new ContrastiveDivergence(), first),
            centred = Teaching.GradientOf(model, new ContrastiveDivergence(), first);
        var centering = new Centering(model, rate: 0);
        centering.Prepare();
        centering.Apply(centred);
        for (int p = 0; p < 3; p++) Assert.Equal(plain.ToDense(p).ToArray(), centred.ToDense(p).ToArray());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void It_is_the_difference_of_centred_products_and_takes_what_they_explain_off_the_biases(bool weighted)
    {
        const double Rate = 0.2;
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        var centering = new Centering(model, Rate);
        double[] mu = new double[4], lambda = new double[3];
        foreach (var (batch, weights) in new[] { (first, new[] { 2.0, 0.5, 1 }), (second, [3.0, 1]) })
        {
            double[]? rowWeights = weighted ? weights : null;
            Gradient plain = Teaching.GradientOf(model, new ContrastiveDivergence(2), batch, rowWeights),
                gradient = Teaching.GradientOf(model, new ContrastiveDivergence(2), batch, rowWeights);
            // μ and λ: means of the positive phase, the first batch as it is, then running.
            double[,] hidden = gradient.Positive.State[1].ToArray();
            double share = ReferenceEquals(batch, first) ? 1 : Rate, total = rowWeights?.Sum() ?? batch.GetLength(0);
            for (int i = 0; i < 4; i++) mu[i] = (1 - share) * mu[i]
                + share * Enumerable.Range(0, batch.GetLength(0)).Sum(r => (rowWeights?[r] ?? 1) * batch[r, i]) / total;
            for (int j = 0; j < 3; j++) lambda[j] = (1 - share) * lambda[j]
                + share * Enumerable.Range(0, batch.GetLength(0)).Sum(r => (rowWeights?[r] ?? 1) * hidden[r, j]) / total;

            // ⟨(v − μ)(h − λ)ᵀ⟩ of both phases, from the plain factors; the rows' weights lie in the right ones, so (v − μ)(wh − wλ).
            double[,] expected = new double[4, 3];
            int phase = 0;
            foreach (Factor f in plain.ConnectionFactors(0).ToArray())
            {
                double[,] v = f.Left.ToArray(), h = f.Right.ToArray();
                for (int r = 0; r < v.GetLength(0); r++)
                    for (int i = 0; i < 4; i++)
                        for (int j = 0; j < 3; j++)
                            expected[i, j] += f.Scale * (v[r, i] - mu[i]) * (h[r, j] - (rowWeights?[r] ?? 1) * lambda[j]);
                phase++;
            }
            Assert.Equal(2, phase);
            double[,] b = plain.ToDense(0).ToArray(), c = plain.ToDense(1).ToArray();
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < 3; j++)
                {
                    b[0, i] -= expected[i, j] * lambda[j];
                    c[0, j] -= expected[i, j] * mu[i];
                }

            centering.Apply(gradient);
            Teaching.AssertClose(expected, gradient.ToDense(2).ToArray(), Rounding);
            Teaching.AssertClose(b, gradient.ToDense(0).ToArray(), Rounding);
            Teaching.AssertClose(c, gradient.ToDense(1).ToArray(), Rounding);
            Assert.Equal(mu, centering.Memory[0].Value.ReadRow(0), (x, y) => Math.Abs(x - y) < Rounding);
            Assert.Equal(lambda, centering.Memory[1].Value.ReadRow(0), (x, y) => Math.Abs(x - y) < Rounding);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Centred_learning_on_flipped_data_is_the_mirror_image(bool centred)
    {
        // v → 1 − v maps (W, b, c) to (−W, −b, c + Wᵀ1). Rounding of 1e-16 a step, hardly amplified in 60 steps of a smooth climb. Weight
        // decay would break the law, because it moves W and not c.
        Dataset data = BarsAndStripes.All(3);
        double[,] flipped = data.ToMatrix(Teaching.Double).ToArray();
        for (int r = 0; r < flipped.GetLength(0); r++)
            for (int c = 0; c < flipped.GetLength(1); c++) flipped[r, c] = 1 - flipped[r, c];
        // Not half of all pixels: leave out plain rows, so that flipping matters.
        int[] some = [1, 2, 4, 8, 9, 10];
        Rbm model = Teaching.Bernoulli(9, 4), mirror = Mirror(model);
        Teach(model, data.Select(some));
        Teach(mirror, Teaching.Rows(flipped).Select(some));
        Rbm expected = Mirror(model);
        double difference = expected.Parameters.Zip(mirror.Parameters).Max(p => p.First.Value.ToArray().Cast<double>()
            .Zip(p.Second.Value.ToArray().Cast<double>()).Max(x => Math.Abs(x.First - x.Second)));
        if (centred) Assert.InRange(difference, 0, 1e-11);
        else Assert.True(difference > 1e-2, "the plain gradient would pass too, so the test says nothing");

        void Teach(Rbm rbm, Dataset rows) => new Trainer(rbm, new ExactGradient(), new Sgd(),
            new TrainerOptions { LearningRate = 0.2, Momentum = 0.5, L2 = 0, Centering = centred }).Learn(rows, epochs: 60);

        static Rbm Mirror(Rbm model)
        {
            Rbm mirror = model.Clone();
            var ones = Matrix.Row(model.Visible.Units, 1, model.Placement);
            mirror.Weights.SetSum(model.Weights, -1);
            mirror.Visible.Bias.SetSum(model.Visible.Bias, -1);
            Matrix sums = model.Hidden.Bias.Like(1, model.Hidden.Units);
            sums.SetProduct(ones, model.Weights);
            mirror.Hidden.Bias.SetSum(model.Hidden.Bias, 1, sums);
            return mirror;
        }
    }

    [Fact]
    public void It_holds_on_to_no_memory_from_step_to_step()
    {
        // The exact gradient brings new matrices every time, batches of changing size others.
        Rbm model = Teaching.Bernoulli(200, 6);
        var centering = new Centering(model);
        var estimator = new ExactGradient();
        var gone = new List<WeakReference>();
        for (int step = 0; step < 6; step++) Step(step);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(gone.Count(w => w.IsAlive), 0, 2);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void Step(int step)
        {
            Gradient gradient = Teaching.GradientOf(model, estimator, new double[1 + step, 200], [.. Enumerable.Repeat(1.0, 1 + step)]);
            centering.Apply(gradient);
            gone.Add(new WeakReference(gradient.ConnectionFactors(0)[1].Right));
        }
    }
}
