using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Laws;

/// <summary>What is given in both phases: context layers, clamped layers, and entries of rows that are absent or unknown.</summary>
public class ConditionLaws
{
    const double Step = 1e-5, Tolerance = 1e-7;

    static readonly Placement exact = SmallModels.Double;

    public static TheoryData<string> Contexts => ["restricted", "deep", "joined", "gaussian"];

    /// <summary>Machines with a context of two units, to the rows' three; context reaches visible and hidden layers.</summary>
    static LayeredModel WithContext(string name)
    {
        Layer Visible() => name == "gaussian" ? new GaussianLayer(3, 1, true, exact) : new BernoulliLayer(3, exact);
        LayeredModel model = name switch
        {
            "deep" => new([Visible(), new SpinLayer(2, exact), new BernoulliLayer(2, exact), new ContextLayer(2, exact)],
                [(0, 1), (1, 2), (0, 3), (2, 3)]),
            "joined" =>
                new([Visible(), new BernoulliLayer(2, exact), new ContextLayer(2, exact)], [(0, 0), (0, 1), (1, 1), (0, 2), (1, 2)]),
            _ => new([Visible(), new BernoulliLayer(2, exact), new ContextLayer(2, exact)], [(0, 1), (0, 2), (1, 2)]),
        };
        var rng = new Rng(seed: (ulong)name.Length);
        model.SetRandomWeights(0.4, rng);
        foreach (Layer layer in model.Layers.Where(l => !l.IsContext))
        {
            layer.Bias.SampleNormal(rng);
            layer.Bias.SetSum(layer.Bias, 0.3);
        }
        return model;
    }

    // The machine without its context, whose biases have what the context gives.
    static LayeredModel Given(LayeredModel model, double[] context)
    {
        int last = model.Layers.Count - 1;
        Layer[] layers = [.. model.Layers.Take(last).Select(l => l.Clone())];
        foreach (Dense d in model.Interactions.OfType<Dense>().Where(d => d.Upper == last))
            for (int u = 0; u < layers[d.Lower].Units; u++)
                for (int c = 0; c < context.Length; c++) layers[d.Lower].Bias[0, u] += d.Weights[u, c] * context[c];
        var plain = new LayeredModel(layers, [.. model.Interactions.Where(i => !i.Joins(last)).Select(i => (i.Layers[0], i.Layers[^1]))]);
        foreach (var (to, from) in plain.Interactions.Zip(model.Interactions.Where(i => !i.Joins(last)))) to.CopyFrom(from);
        return plain;
    }

    static Matrix RowsWithContext(string name)
    {
        var rng = new Rng(9);
        var rows = new double[5, 5];
        for (int r = 0; r < 5; r++)
            for (int c = 0; c < 5; c++) rows[r, c] = c < 3 && name != "gaussian" ? (r >> c & 1) : 2 * rng.NextUniform() - 1;
        return Matrix.From(rows, exact);
    }

    [Theory, MemberData(nameof(Contexts))]
    public void A_machine_with_a_context_is_the_machine_whose_biases_the_context_has_moved(string name)
    {
        LayeredModel model = WithContext(name);
        Assert.Equal(5, model.RowColumns);
        Assert.Equal(model.Layers.Count - 1, Assert.Single(model.ContextLayers));
        Assert.DoesNotContain(model.Layers.Count - 1, model.Blocks);
        Assert.DoesNotContain(model.Layers.Count - 1, model.HiddenLayers);
        Matrix rows = RowsWithContext(name);
        IReadOnlyList<double> likelihood = Exact.LogLikelihood(model, rows).PerRow, bounds = Elbo.PerRow(model, rows).PerRow,
            errors = Reconstruction.CrossEntropy(model, rows).PerRow;
        double[] logPartitions = Exact.LogPartitions(model, rows);
        IReadOnlyList<LogPartitionEstimate> annealed = AnnealedImportanceSampling.EstimatePerRow(model, rows,
            new Annealing { Chains = 400, Betas = 60 }, new Rng(4));
        for (int r = 0; r < rows.Rows; r++)
        {
            LayeredModel plain = Given(model, rows.ReadRow(r)[3..]);
            Matrix row = rows.Part([r], [0, 1, 2]);
            Assert.Equal(Exact.LogPartition(plain), logPartitions[r], 1e-9);
            Assert.Equal(Exact.LogLikelihood(plain, row).PerRow[0], likelihood[r], 1e-9);
            Assert.Equal(Elbo.PerRow(plain, row).PerRow[0], bounds[r], 1e-6);
            Assert.Equal(Reconstruction.CrossEntropy(plain, row).PerRow[0], errors[r], 1e-4);
            // Five standard errors: a false alarm in 1.7 million.
            Assert.InRange(annealed[r].Value - logPartitions[r], -5 * annealed[r].StandardError - 1e-9, 5 * annealed[r].StandardError
                + 1e-9);
        }
        Assert.Contains("each context", Assert.Throws<ArgumentException>(() => Exact.LogPartition(model)).Message,
            StringComparison.Ordinal);
        Assert.Contains("each context", Assert.Throws<ArgumentException>(() => AnnealedImportanceSampling.Estimate(model, null,
            new Rng(1))).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Contexts))]
    public void The_exact_gradient_given_a_context_is_the_slope_of_the_conditional_likelihood(string name)
    {
        LayeredModel model = WithContext(name);
        Matrix rows = RowsWithContext(name);
        AssertSlope(model, Estimated(model, new ExactGradient(), rows, state => { }), () => Exact.LogLikelihood(model, rows).Mean);
    }

    [Theory, InlineData("cd"), InlineData("pcd"), InlineData("fpcd"), InlineData("pt")]
    public void Negative_phases_keep_the_context_of_their_rows_and_come_to_the_exact_gradient(string method)
    {
        LayeredModel model = WithContext("restricted");
        Matrix rows = RowsWithContext("restricted");
        const int Copies = 2000;
        Matrix many = rows.Like(rows.Rows * Copies, rows.Columns);
        State.CopyRows(rows, many);
        IGradientEstimator estimator = method switch
        {
            "cd" => new ContrastiveDivergence(100, sampleVisible: true),
            "pcd" => new PersistentContrastiveDivergence(rows.Rows * Copies, 100),
            "fpcd" => new PersistentContrastiveDivergence(rows.Rows * Copies, 100, fastLearningRate: 1e-9),
            _ => new ParallelTempering(3, rows.Rows * Copies, 40),
        };
        Gradient sampled = Estimated(model, estimator, many, state => { }),
            expected = Estimated(model, new ExactGradient(), rows, state => { });
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            double[] a = Flat(sampled.ToDense(p)), b = Flat(expected.ToDense(p));
            // 10 000 chains of values within ±1: five errors of a mean of deviation at most 1.
            for (int i = 0; i < a.Length; i++) Assert.InRange(a[i] - b[i], -0.05, 0.05);
        }
    }

    [Theory, InlineData("cd"), InlineData("pcd"), InlineData("pt"), InlineData("exact")]
    public void A_layer_that_is_clamped_in_both_phases_makes_the_gradient_conditional(string method)
    {
        ClassificationRbm model = SmallModels.MakeClassifier("bernoulli", "spin");
        Matrix rows = DeepLikelihoodLaws.Rows(model, 4);
        int[] labels = [0, 2, 1, 2];
        void Clamp(State state)
        {
            state[2].SetOneHot([.. Enumerable.Range(0, state.Rows).Select(r => labels[r % 4])]);
            state.ClampLayer(2);
        }
        // log p(x | y) = log p(x, y) − log p(y), p(y) by the sum over all x.
        double Objective()
        {
            double[] classes = Exact.StateProbabilities(model, 2);
            return Exact.LogLikelihood(model, rows,
                labels).PerRow.Select((log, r) => log - Math.Log(classes[ClassState(labels[r])])).Average();
        }
        Gradient expected = Estimated(model, new ExactGradient(), rows, Clamp);
        AssertSlope(model, expected, Objective);
        if (method == "exact") return;
        const int Copies = 2500;
        Matrix many = rows.Like(rows.Rows * Copies, rows.Columns);
        State.CopyRows(rows, many);
        IGradientEstimator estimator = method == "cd" ? new ContrastiveDivergence(60, sampleVisible: true)
            : method == "pcd" ? new PersistentContrastiveDivergence(0, 60) : new ParallelTempering(3, 0, 40);
        Gradient sampled = Estimated(model, estimator, many, Clamp);
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            double[] a = Flat(sampled.ToDense(p)), b = Flat(expected.ToDense(p));
            for (int i = 0; i < a.Length; i++) Assert.InRange(a[i] - b[i], -0.05, 0.05);
        }

        int ClassState(int label)
        {
            var states = new Matrix(3, 3, exact);
            model.Labels.SetStates(0, states);
            return Enumerable.Range(0, 3).First(s => states[s, label] == 1);
        }
    }

    public static TheoryData<string> Partial => ["rbm bernoulli", "rbm spin", "rbm gaussian learned", "rbm one-hot", "rbm counts",
        "edges and hidden", "potts", "potts potts", "joined bernoulli - spin", "bernoulli - bernoulli - bernoulli", "two modalities"];

    static EnergyModel MakePartial(string name) => name.StartsWith("rbm ", StringComparison.Ordinal)
        ? SmallModels.Make(name["rbm ".Length..], "bernoulli")
        : SmallModels.MakeGraph(name);

    // Rows of which units (or blocks) are missing in turn.
    static Matrix RowsWithGaps(EnergyModel model)
    {
        Matrix rows = DeepLikelihoodLaws.Rows(model, 4);
        for (int r = 0; r < 4; r++)
        {
            int column = 0, unit = 0;
            foreach (int l in model.RowLayers)
            {
                int width = model.Layers[l] is MultinomialLayer blocks ? blocks.Categories : 1;
                for (int i = 0; i < model.Layers[l].Units; i += width, unit++)
                    for (int c = i; c < i + width && (unit + r) % 3 == 0 && r < 3; c++) rows[r, column + c] = double.NaN;
                column += model.Layers[l].Units;
            }
        }
        return rows;
    }

    // Of discrete units: sums over what they can be.
    public static TheoryData<string> Discrete =>
        [.. Partial.Select(row => row.Data).Where(name => !name.Contains("gaussian", StringComparison.Ordinal))];

    // Labels are clamped in training and summed out of the likelihood of rows.
    public static TheoryData<string> Unlabelled => [.. Partial.Select(row => row.Data).Where(name => name != "two modalities")];

    [Theory, MemberData(nameof(Discrete))]
    public void Unknown_entries_are_summed_out_of_the_likelihood(string name)
    {
        EnergyModel model = MakePartial(name);
        Matrix rows = RowsWithGaps(model);
        var plain = new PlainGraph(model);
        IReadOnlyList<double> likelihood = Exact.LogLikelihood(model, rows, MissingValues.Unknown).PerRow;
        for (int r = 0; r < rows.Rows; r++)
        {
            double[] row = rows.ReadRow(r);
            double sum = double.NegativeInfinity;
            Complete(model, plain, row, 0, 0,
                completed => sum = PlainModel.LogSumExp([sum, plain.LogProbability(PlainGraph.Given(model, completed))]));
            Assert.Equal(sum, likelihood[r], 1e-9);
        }

        // Whole rows are rows.
        Matrix whole = DeepLikelihoodLaws.Rows(model, 4);
        Assert.Equal(Exact.LogLikelihood(model, whole).PerRow, Exact.LogLikelihood(model, whole, MissingValues.Absent).PerRow,
            (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(Exact.LogLikelihood(model, whole).PerRow, Exact.LogLikelihood(model, whole, MissingValues.Unknown).PerRow,
            (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory, InlineData("bernoulli"), InlineData("gaussian learned"), InlineData("relu"), InlineData("spin")]
    public void An_absent_unit_is_not_there(string kind)
    {
        Rbm model = SmallModels.Make(kind, "bernoulli");
        Assert.Equal(kind is "bernoulli" or "spin" ? 3 : 2, model.Visible.Units);
        Matrix rows = DeepLikelihoodLaws.Rows(model, 4);
        int[] others = [.. Enumerable.Range(1, model.Visible.Units - 1)];
        var less = new Rbm(model.Visible.Part(others), model.Hidden.Clone());
        less.Weights.SetCopy(model.Weights.Part(others, [.. Enumerable.Range(0, model.Hidden.Units)]));
        Matrix gaps = rows.Clone(), without = rows.Part([0, 1, 2, 3], others);
        for (int r = 0; r < 4; r++) gaps[r, 0] = double.NaN;
        Assert.Equal(Exact.LogLikelihood(less, without).PerRow, Exact.LogLikelihood(model, gaps, MissingValues.Absent).PerRow,
            (a, b) => Math.Abs(a - b) < 1e-10);
        Assert.Equal(FreeEnergy.PerRow(less, without).PerRow, FreeEnergy.PerRow(model, gaps, MissingValues.Absent).PerRow,
            (a, b) => Math.Abs(a - b) < 1e-10);

        // Learning it leaves alone, whatever the estimator; the others learn as they would without it.
        foreach (Func<IGradientEstimator> make in (Func<IGradientEstimator>[])[() => new ExactGradient(), () =>
            new ContrastiveDivergence(2), () => new ContrastiveDivergence(2, sampleVisible: true), () =>
                new PersistentContrastiveDivergence(0, 2), () => new PseudoLikelihoodGradient(),
                () => new MultiPrediction()])
        {
            if (make() is PseudoLikelihoodGradient && model.Visible.ColumnsPerUnit == 0) continue;
            if (make() is MultiPrediction && !MultiPrediction.Takes(model.Visible)) continue;
            Matrix zeros = gaps.Clone(), present = MissingEntries.Split(zeros, gaps.Like(4, gaps.Columns));
            Gradient gradient = Estimated(model, make(), zeros, state => model.LeaveOutRows(state, present));
            for (int k = 0; k < model.Visible.Parameters.Count; k++) Assert.Equal(0, gradient.ToDense(k)[0, 0]);
            int weights = model.Parameters.Count - 1;
            for (int h = 0; h < model.Hidden.Units; h++) Assert.Equal(0, gradient.ToDense(weights)[0, h]);
            if (make() is not (ExactGradient or PseudoLikelihoodGradient)) continue;
            Gradient expected = Estimated(less, make(), without, state => { });
            for (int p = 0; p < model.Parameters.Count; p++)
            {
                double[] a = Flat(gradient.ToDense(p)), b = Flat(expected.ToDense(p));
                Assert.Equal(b, a[(a.Length - b.Length)..], (x, y) => Math.Abs(x - y) < 1e-10);
            }
        }
    }

    [Theory, MemberData(nameof(Unlabelled))]
    public void The_exact_gradient_of_rows_with_absent_entries_is_the_slope_of_their_likelihood(string name)
    {
        EnergyModel model = MakePartial(name);
        Matrix rows = RowsWithGaps(model), zeros = rows.Clone(), present = MissingEntries.Split(zeros, rows.Like(rows.Rows, rows.Columns));
        Gradient gradient = Estimated(model, new ExactGradient(), zeros, state => model.LeaveOutRows(state, present));
        AssertSlope(model, gradient, () => Exact.LogLikelihood(model, rows, MissingValues.Absent).Mean);
    }

    [Theory, MemberData(nameof(Discrete))]
    public void The_pseudo_likelihood_of_rows_with_gaps_is_that_of_the_units_that_are_there(string name)
    {
        EnergyModel model = MakePartial(name);
        Matrix rows = RowsWithGaps(model), whole = DeepLikelihoodLaws.Rows(model, 4);
        foreach (MissingValues missing in Enum.GetValues<MissingValues>())
        {
            if (model.ModelledRowLayers.Any(l => model.Layers[l].ColumnsPerUnit == 0))
            {
                Assert.Throws<BadInputException>(() => PseudoLikelihood.PerRow(model, rows, missing));
                continue;
            }
            double Log(double[] row) => Exact.LogLikelihood(model, Matrix.Row(row, exact), missing).PerRow[0];
            IReadOnlyList<double> measured = PseudoLikelihood.PerRow(model, rows, missing).PerRow;
            for (int r = 0; r < rows.Rows; r++)
            {
                double expected = 0;
                int column = 0;
                foreach (Layer layer in model.RowLayers.Select(l => model.Layers[l]))
                {
                    for (int unit = column; unit < column + layer.Units; unit += layer.ColumnsPerUnit)
                    {
                        double[] row = rows.ReadRow(r);
                        if (double.IsNaN(row[unit])) continue;
                        var logs = new List<double> { Log(row) };
                        for (int a = 1; a <= layer.Alternatives; a++)
                        {
                            double[] other = [.. row];
                            layer.SetAlternative(a, other.AsSpan(unit, layer.ColumnsPerUnit));
                            logs.Add(Log(other));
                        }
                        expected += logs[0] - PlainModel.LogSumExp([.. logs]);
                    }
                    column += layer.Units;
                }
                Assert.Equal(expected, measured[r], 1e-9);
            }
            Assert.Equal(PseudoLikelihood.PerRow(model, whole).PerRow, PseudoLikelihood.PerRow(model, whole, missing).PerRow,
                (a, b) => Math.Abs(a - b) < 1e-9);
        }
    }

    [Theory, InlineData("restricted"), InlineData("joined"), InlineData("deep")]
    public void Rows_with_gaps_have_the_likelihood_of_the_machine_that_their_context_makes(string name)
    {
        LayeredModel model = WithContext(name);
        Matrix rows = RowsWithContext(name);
        for (int r = 0; r < 4; r++) rows[r, r % 3] = double.NaN;
        foreach (MissingValues missing in Enum.GetValues<MissingValues>())
        {
            IReadOnlyList<double> likelihood = Exact.LogLikelihood(model, rows, missing).PerRow;
            for (int r = 0; r < rows.Rows; r++)
                Assert.Equal(Exact.LogLikelihood(Given(model, rows.ReadRow(r)[3..]), rows.Part([r], [0, 1, 2]), missing).PerRow[0],
                    likelihood[r], 1e-9);
        }
        rows[4, 3] = double.NaN;
        Assert.Contains("context", Assert.Throws<ArgumentException>(() => Exact.LogLikelihood(model, rows,
            MissingValues.Absent)).Message, StringComparison.Ordinal);
    }

    // By hand: the gradients of rows one by one, and which of them have the units of a parameter.
    [Theory, MemberData(nameof(Unlabelled))]
    public void The_gradient_of_a_unit_can_be_averaged_over_the_rows_that_have_it(string name)
    {
        EnergyModel model = MakePartial(name);
        Matrix rows = RowsWithGaps(model), zeros = rows.Clone(), present = MissingEntries.Split(zeros, rows.Like(rows.Rows, rows.Columns));
        double[] weights = [1, 0.5, 2, 1.5];
        var state = new State(model, 4);
        model.SetRows(state, zeros);
        model.LeaveOutRows(state, present);
        var averaged = new Gradient(model);
        new ExactGradient().Estimate(model, new Batch(state, Matrix.From(new double[,] { { 1 }, { 0.5 }, { 2 }, { 1.5 } }, exact), 5),
            averaged, new Rng(1));
        new PresentAverage(model).Apply(averaged);

        Gradient[] ofRows = [.. Enumerable.Range(0, 4).Select(r => Estimated(model, new ExactGradient(), zeros.RowRange(r, 1),
            row => model.LeaveOutRows(row, present.RowRange(r, 1))))];
        bool Has(int row, int layer, int unit) => state.Present(layer) is not Matrix there || there[row, unit] == 1;
        int parameter = 0;
        for (int l = 0; l < model.Layers.Count; l++)
            for (int k = 0; k < model.Layers[l].Parameters.Count; k++)
                Check(parameter++, (row, _, unit) => Has(row, l, unit));
        foreach (Interaction interaction in model.Interactions)
            Check(parameter++, interaction is Edges edges
                ? (row, _, e) => Has(row, edges.Layer, edges.List.Pairs[e].Unit) && Has(row, edges.Layer, edges.List.Pairs[e].Other)
                : (row, i, j) => Has(row, interaction.Layers[0], i) && Has(row, interaction.Layers[^1], j));

        void Check(int p, Func<int, int, int, bool> has)
        {
            Matrix found = averaged.ToDense(p);
            double[][,] each = [.. ofRows.Select(gradient => gradient.ToDense(p).ToArray())];
            for (int i = 0; i < found.Rows; i++)
                for (int j = 0; j < found.Columns; j++)
                {
                    int[] those = [.. Enumerable.Range(0, 4).Where(r => has(r, i, j))];
                    double expected = those.Length == 0 ? 0
                        : those.Sum(r => weights[r] * each[r][i, j]) / those.Sum(r => weights[r]);
                    Assert.Equal(expected, found[i, j], 1e-9);
                }
        }
    }

    [Fact]
    public void A_batch_without_gaps_is_averaged_over_all_its_rows()
    {
        Rbm model = SmallModels.Make("bernoulli", "bernoulli");
        Matrix rows = DeepLikelihoodLaws.Rows(model, 4);
        Gradient plain = Estimated(model, new ExactGradient(), rows, state => { }),
            averaged = Estimated(model, new ExactGradient(), rows, state => { });
        new PresentAverage(model).Apply(averaged);
        for (int p = 0; p < model.Parameters.Count; p++) Assert.Equal(Flat(plain.ToDense(p)), Flat(averaged.ToDense(p)));
    }

    [Fact]
    public void What_is_above_absent_units_is_as_without_them()
    {
        Rbm model = SmallModels.Make("spin", "bernoulli");
        Matrix rows = DeepLikelihoodLaws.Rows(model, 4), gaps = rows.Clone();
        for (int r = 0; r < 4; r++) gaps[r, 0] = double.NaN;
        int[] others = [.. Enumerable.Range(1, model.Visible.Units - 1)];
        var less = new Rbm(model.Visible.Part(others), model.Hidden.Clone());
        less.Weights.SetCopy(model.Weights.Part(others, [.. Enumerable.Range(0, model.Hidden.Units)]));
        var stack = new Dbn([model, new Rbm(new BernoulliLayer(model.Hidden.Units, exact), new BernoulliLayer(2, exact))]);
        Dataset Rows(MissingValues missing) => new("gaps", new MatrixRows(gaps)) { Missing = missing };
        Dataset above = stack.Transform(Rows(MissingValues.Absent), 1);
        Assert.Null(above.Missing);
        Assert.Equal(Flat(less.Transform(rows.Part([0, 1, 2, 3], others))), Flat(above.ToMatrix(exact)), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Contains("unknown entries", Assert.Throws<BadInputException>(() => stack.Transform(Rows(MissingValues.Unknown), 1)).Message);
    }

    [Theory, InlineData(MissingValues.Absent), InlineData(MissingValues.Unknown)]
    public void A_trainer_learns_from_rows_with_gaps(MissingValues missing)
    {
        // Two patterns and their gaps: a fifth of the entries.
        var rng = new Rng(3);
        var rows = new double[200, 6];
        for (int r = 0; r < 200; r++)
            for (int c = 0; c < 6; c++) rows[r, c] = rng.NextUniform() < 0.2 ? double.NaN : r % 2 == 0 ? c % 2 : 1 - c % 2;
        var data = new Dataset("gaps", new MatrixRows(Matrix.From(rows, exact))) { Missing = missing };
        Assert.All(data.Statistics.Means, mean => Assert.InRange(mean, 0.4, 0.6));
        var rbm = new Rbm(new BernoulliLayer(6, exact), new BernoulliLayer(2, exact));
        rbm.SetRandomWeights(0.1, new Rng(1));
        new Trainer(rbm, new ExactGradient(), new Sgd(), new TrainerOptions { BatchSize = 50, LearningRate = 0.2 }).Learn(data, 100);
        // Two patterns without gaps: −log 2 at best, −6 log 2 for a machine that knows nothing.
        Matrix patterns = Matrix.From(new double[,] { { 0, 1, 0, 1, 0, 1 }, { 1, 0, 1, 0, 1, 0 } }, exact);
        Assert.InRange(Exact.LogLikelihood(rbm, patterns).Mean, -1.2, -Math.Log(2));
    }

    static void Complete(EnergyModel model, PlainGraph plain, double[] row, int place, int column, Action<double[]> visit)
    {
        if (place == model.RowLayers.Count)
        {
            visit([.. row]);
            return;
        }
        int l = model.RowLayers[place], units = model.Layers[l].Units;
        double[] part = row[column..(column + units)];
        foreach (var (state, _) in plain.States[l])
        {
            if (!part.Zip(state).All(pair => double.IsNaN(pair.First) || pair.First == pair.Second)) continue;
            state.CopyTo(row, column);
            Complete(model, plain, row, place + 1, column + units, visit);
        }
        part.CopyTo(row, column);
    }

    static Gradient Estimated(EnergyModel model, IGradientEstimator estimator, Matrix rows, Action<State> condition)
    {
        var state = new State(model, rows.Rows);
        model.SetRows(state, rows);
        condition(state);
        var gradient = new Gradient(model);
        estimator.Estimate(model, new Batch(state), gradient, new Rng(5));
        return gradient;
    }

    // Central differences: curvature and rounding leave less than 1e-7 with parameters of order 1.
    static void AssertSlope(EnergyModel model, Gradient gradient, Func<double> objective)
    {
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            Parameter parameter = model.Parameters[p];
            if (parameter.IsFixed) continue;
            Matrix slope = gradient.ToDense(p);
            Within? within = model.Interactions.OfType<Within>().FirstOrDefault(i => ReferenceEquals(i.Weights, parameter.Value));
            bool isSymmetric = within is not null;
            for (int r = 0; r < slope.Rows; r++)
                for (int c = 0; c < slope.Columns; c++)
                {
                    if (isSymmetric && r / within!.UnitColumns >= c / within.UnitColumns) continue;
                    Assert.Equal((At(Step) - At(-Step)) / (2 * Step), slope[r, c], Tolerance);

                    double At(double step)
                    {
                        double before = parameter.Value[r, c];
                        parameter.Value[r, c] = before + step;
                        if (isSymmetric) parameter.Value[c, r] = before + step;
                        double value = objective();
                        parameter.Value[r, c] = before;
                        if (isSymmetric) parameter.Value[c, r] = before;
                        return value;
                    }
                }
        }
    }

    static double[] Flat(Matrix matrix) => [.. matrix.ToArray().Cast<double>()];
}
