namespace Boltzmann.Tests.Laws;

/// <summary>
/// What a machine with labels must be, on every pair of unit kinds: a class y is the machine without labels whose hidden biases are c +
/// U_·y.
/// </summary>
public class ClassificationLaws
{
    const double Tolerance = 1e-10;

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void Class_probabilities_are_ratios_of_joint_ones(string visible, string hidden)
    {
        ClassificationRbm model = SmallModels.MakeClassifier(visible, hidden);
        PlainModel[] plain = OfClasses(model);
        double[] d = model.Labels.Bias.ReadRow(0);
        Matrix rows = SomeRows(plain[0], 7);
        double[,] logs = model.PredictLogProbabilities(rows).ToArray(), probabilities = model.PredictProbabilities(rows).ToArray();
        int[] predicted = model.Predict(rows);
        double[] free = model.FreeEnergy(rows);
        double[][] freeOf = [.. Enumerable.Range(0, 3).Select(y => model.FreeEnergy(rows, [.. Enumerable.Repeat(y, rows.Rows)]))];
        double[,] features = model.Transform(rows).ToArray(), known = model.Transform(rows, [.. Enumerable.Repeat(2, rows.Rows)]).ToArray();
        for (int r = 0; r < rows.Rows; r++)
        {
            double[] x = rows.ReadRow(r), joint = [.. Enumerable.Range(0, 3).Select(y => d[y] - plain[y].FreeEnergy(0, x))];
            double all = PlainModel.LogSumExp(joint);
            for (int y = 0; y < 3; y++)
            {
                Assert.Equal(joint[y] - all, logs[r, y], Tolerance);
                Assert.Equal(Math.Exp(joint[y] - all), probabilities[r, y], Tolerance);
                // The arrangements of counts are states, not energy: they shift all alike.
                Assert.Equal(joint[y] - joint[0], freeOf[0][r] - freeOf[y][r], Tolerance);
                Assert.Equal(logs[r, y], free[r] - freeOf[y][r], Tolerance);
            }
            if (visible != "counts") Assert.Equal(-all, free[r], Tolerance);
            Assert.Equal(Array.IndexOf(joint, joint.Max()), predicted[r]);
            for (int j = 0; j < model.Hidden.Units; j++)
            {
                Assert.Equal(Enumerable.Range(0, 3).Sum(y => Math.Exp(joint[y] - all) * plain[y].Given(0, x, h => h[j])), features[r, j],
                    Tolerance);
                Assert.Equal(plain[2].Given(0, x, h => h[j]), known[r, j], Tolerance);
            }
        }
    }

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void The_discriminative_gradient_is_that_of_log_p_of_the_labels(string visible, string hidden)
    {
        // Central differences of step 1e-5 are off by 1e-10 times a third derivative, and by rounding of 1e-10.
        ClassificationRbm model = SmallModels.MakeClassifier(visible, hidden);
        Batch batch = BatchOf(model, weighted: true);
        var gradient = new Gradient(model);
        new DiscriminativeGradient().Estimate(model, batch, gradient, new Rng(1));
        AssertSlopes(model, gradient, 1e-7,
            () => -Weighted(batch, Classification.CrossEntropy(model.PredictLogProbabilities(batch.State[0]), labels).PerRow));
    }

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void Without_row_weights_every_row_counts_alike(string visible, string hidden)
    {
        ClassificationRbm model = SmallModels.MakeClassifier(visible, hidden);
        Batch plain = BatchOf(model, weighted: false), equal = BatchOf(model, weighted: true);
        for (int r = 0; r < labels.Length; r++) equal.RowWeights![r, 0] = 2.5;
        Gradient one = new(model), other = new(model);
        new DiscriminativeGradient().Estimate(model, plain, one, new Rng(1));
        new DiscriminativeGradient().Estimate(model, equal with { TotalWeight = 2.5 * labels.Length }, other, new Rng(1));
        for (int i = 0; i < model.Parameters.Count; i++)
            Training.Teaching.AssertClose(one.ToDense(i).ToArray(), other.ToDense(i).ToArray(), Tolerance);
    }

    [Theory, MemberData(nameof(SmallModels.ExactPairs), MemberType = typeof(SmallModels))]
    public void The_exact_gradient_is_that_of_the_joint_log_likelihood_of_rows_and_labels(string visible, string hidden)
    {
        if (SmallModels.IsContinuous(visible) && SmallModels.IsContinuous(hidden)) return;
        ClassificationRbm model = SmallModels.MakeClassifier(visible, hidden);
        double[] d = model.Labels.Bias.ReadRow(0);
        Assert.Equal(PlainModel.LogSumExp(OfClasses(model).Select((plain, y) => d[y] + plain.LogPartition())), Exact.LogPartition(model),
            1e-9);
        Batch batch = BatchOf(model, weighted: true);
        var gradient = new Gradient(model);
        new ExactGradient().Estimate(model, batch, gradient, new Rng(1));
        AssertSlopes(model, gradient, 1e-7, () => -Weighted(batch, model.FreeEnergy(batch.State[0], labels)) - Exact.LogPartition(model));
    }

    [Theory, InlineData("bernoulli", "bernoulli"), InlineData("spin", "relu"), InlineData("gaussian learned", "bernoulli"),
        InlineData("one-hot", "counts")]
    public void The_hybrid_gradient_is_the_discriminative_one_and_a_share_of_the_generative_one(string visible, string hidden)
    {
        ClassificationRbm model = SmallModels.MakeClassifier(visible, hidden);
        Batch batch = BatchOf(model, weighted: true);
        Gradient discriminative = new(model), generative = new(model), hybrid = new(model);
        new DiscriminativeGradient().Estimate(model, batch, discriminative, new Rng(1));
        new ContrastiveDivergence(2, sampleVisible: true).Estimate(model, BatchOf(model, weighted: true), generative, new Rng(2));
        new HybridGradient(new ContrastiveDivergence(2, sampleVisible: true), 0.3).Estimate(model, BatchOf(model, weighted: true), hybrid,
            new Rng(2));
        for (int i = 0; i < model.Parameters.Count; i++)
        {
            Matrix expected = discriminative.ToDense(i);
            expected.SetSum(expected, 1, generative.ToDense(i), 0.3);
            Training.Teaching.AssertClose(expected.ToArray(), hybrid.ToDense(i).ToArray(), Tolerance);
        }
    }

    [Theory, InlineData("bernoulli", "bernoulli"), InlineData("gaussian", "bernoulli"), InlineData("spin", "relu"),
        InlineData("one-hot", "spin")]
    public void Exact_samples_and_sweeps_from_them_have_the_exact_moments(string visible, string hidden)
    {
        // |z| ≤ 6 by the spread of the sample: a false-alarm rate of 2e-9 a statistic, below 1e-5 for all of them.
        const int Chains = 4000;
        ClassificationRbm model = SmallModels.MakeClassifier(visible, hidden);
        IReadOnlyList<Matrix> exact = Exact.Moments(model);
        var rng = new Rng(21);
        State chains = Exact.Sample(model, Chains, rng);
        AssertMoments();
        Gibbs.Sweep(model, chains, 3, rng);
        AssertMoments();

        void AssertMoments()
        {
            for (int l = 0, k = 0; l < 3; k += model.Layers[l++].Parameters.Count) AssertMeans(exact[k], chains[l], null);
            for (int c = 0; c < 2; c++)
                AssertMeans(exact[^(2 - c)], chains[model.Connections[c].Lower], chains[model.Connections[c].Upper]);
        }

        static void AssertMeans(Matrix expected, Matrix left, Matrix? right)
        {
            double[,] a = left.ToArray(), b = right?.ToArray() ?? new double[left.Rows, 1];
            for (int i = 0; i < left.Columns; i++)
                for (int j = 0; j < b.GetLength(1); j++)
                {
                    double[] values = [.. Enumerable.Range(0, left.Rows).Select(r => a[r, i] * (right is null ? 1 : b[r, j]))];
                    var score = new Score(values);
                    Assert.InRange((score.Mean - (right is null ? expected[0, i] : expected[i, j])) / score.StandardError, -6, 6);
                }
        }
    }

    [Fact]
    public void Annealing_brackets_log_Z_of_rows_and_labels()
    {
        // Means of e^{log w} within 6 standard errors, which the weights of a small model and 200 temperatures leave below 0.02 nats.
        ClassificationRbm model = SmallModels.MakeClassifier("bernoulli", "spin");
        var settings = new Annealing { Chains = 500, Betas = 200 };
        LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(model, settings, new Rng(5)),
            reverse = AnnealedImportanceSampling.EstimateReverse(model, settings, new Rng(6));
        double exact = Exact.LogPartition(model);
        Assert.Equal(exact, forward.Value, 0.02);
        Assert.Equal(exact, reverse.Value, 0.02);
    }

    static readonly int[] labels = [0, 2, 1, 1, 0];

    static PlainModel[] OfClasses(ClassificationRbm model)
    {
        return [.. Enumerable.Range(0, model.Classes).Select(y =>
        {
            var rbm = new Rbm(model.Visible.Clone(), model.Hidden.Clone());
            rbm.Weights.SetCopy(model.Weights);
            for (int j = 0; j < rbm.Hidden.Units; j++) rbm.Hidden.Bias[0, j] += model.LabelWeights[j, y];
            return new PlainModel(rbm);
        })];
    }

    static Matrix SomeRows(PlainModel plain, int count)
    {
        // Not from the ends of quadrature, which would push the other side's mass beyond its own.
        double[][] states = [.. plain.States[0].Select(s => s.X).Where(x => x.All(value => Math.Abs(value) <= 4))];
        var rows = new Matrix(count, states[0].Length, SmallModels.Double);
        for (int r = 0; r < count; r++) rows.WriteRow(r, states[(r * 5 + states.Length / 3) % states.Length]);
        return rows;
    }

    static Batch BatchOf(ClassificationRbm model, bool weighted)
    {
        var state = new State(model, labels.Length);
        state[0].SetCopy(SomeRows(OfClasses(model)[0], labels.Length));
        for (int r = 0; r < labels.Length; r++) state[2][r, labels[r]] = 1;
        if (!weighted) return new Batch(state);
        Matrix weights = Matrix.From(new double[,] { { 1 }, { 0.5 }, { 2 }, { 0 }, { 1.5 } }, SmallModels.Double);
        return new Batch(state, weights, 5);
    }

    static double Weighted(Batch batch, IReadOnlyList<double> perRow) =>
        perRow.Select((x, r) => x * batch.RowWeights![r, 0]).Sum() / batch.TotalWeight;

    static void AssertSlopes(EnergyModel model, Gradient gradient, double tolerance, Func<double> value)
    {
        const double Step = 1e-5;
        for (int i = 0; i < model.Parameters.Count; i++)
        {
            Matrix parameter = model.Parameters[i].Value, slopes = gradient.ToDense(i);
            if (model.Parameters[i].IsFixed) continue;
            for (int r = 0; r < parameter.Rows; r++)
                for (int c = 0; c < parameter.Columns; c++)
                {
                    double old = parameter[r, c];
                    parameter[r, c] = old + Step;
                    double above = value();
                    parameter[r, c] = old - Step;
                    double below = value();
                    parameter[r, c] = old;
                    Assert.Equal((above - below) / (2 * Step), slopes[r, c], tolerance);
                }
        }
    }
}
