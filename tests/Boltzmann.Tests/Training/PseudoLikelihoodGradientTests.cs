using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Training;

/// <summary>Learning by pseudo-likelihood, which has no randomness: everything is exact to rounding.</summary>
public class PseudoLikelihoodGradientTests
{
    /// <summary>
    /// RBMs "visible - hidden" of every kind that can be listed with every kind, machines of joined visible units, and graphs.
    /// </summary>
    public static TheoryData<string> Names =>
    [
        .. from visible in (string[])["bernoulli", "spin", "one-hot"] from hidden in SmallModels.Kinds select $"{visible} - {hidden}",
        "visible bernoulli", "visible spin", "grid", "edges", "semi-restricted", "joined visible layers", "one-hot without hidden",
            "hidden between", "labels", "labels only", "potts", "potts beside spins", "potts under hidden",
    ];

    [Theory, MemberData(nameof(Names))]
    public void It_is_the_slope_of_the_weighted_pseudo_likelihood(string name)
    {
        EnergyModel model = Make(name);
        State all = States(model);
        int[] chosen = [0, all.Rows / 3, all.Rows / 2 + 1, all.Rows - 1];
        double[] weights = [1, 0.5, 2, 1.5];
        var rows = new State(model, 4);
        for (int r = 0; r < 4; r++)
            foreach (int l in model.VisibleLayers) rows[l].WriteRow(r, all[l].ReadRow(chosen[r]));
        AssertSlope(model, rows, weights);
    }

    [Theory, InlineData("visible bernoulli"), InlineData("visible spin"), InlineData("bernoulli - spin"), InlineData("semi-restricted"),
        InlineData("potts"), InlineData("potts beside spins")]
    public void Grey_values_are_compared_with_their_reflections_and_rotations(string name)
    {
        EnergyModel model = Make(name);
        var rows = new State(model, 3);
        rows[0].SampleUniform(new Rng(6));
        AssertSlope(model, rows, [1, 1, 1]);
    }

    [Theory, MemberData(nameof(Names))]
    public void At_the_machine_whose_distribution_the_data_are_it_is_0(string name)
    {
        EnergyModel model = Make(name);
        State all = States(model);
        double[] logs = LogMarginals(model, all);
        double logPartition = Scalar.LogSumExp(logs);
        Gradient gradient = Estimate(model, all, [.. logs.Select(log => Math.Exp(log - logPartition))]);
        foreach (int k in Enumerable.Range(0, model.Parameters.Count).Where(k => !model.Parameters[k].IsFixed))
            foreach (double slope in gradient.ToDense(k).ToArray()) Assert.Equal(0, slope, 1e-12);
        // Alike states are the distribution of no weights at all.
        Gradient other = Estimate(model, all, [.. logs.Select(_ => 1.0)]);
        Assert.Contains(Enumerable.Range(0, model.Parameters.Count).SelectMany(k => other.ToDense(k).ToArray().Cast<double>()),
            slope => Math.Abs(slope) > 1e-3);
    }

    [Fact]
    public void It_finds_the_machine_that_made_the_data()
    {
        BoltzmannMachine truth = (BoltzmannMachine)SmallGraphs.Make("visible bernoulli"),
            learner = new(new BernoulliLayer(6, Teaching.Double));
        State all = States(truth);
        double[] logs = LogMarginals(truth, all);
        Dataset data = Teaching.Weighted(Teaching.Rows(all[0].ToArray()), [.. logs.Select(Math.Exp)]);
        new Trainer(learner, new PseudoLikelihoodGradient(), new Sgd(),
            new TrainerOptions { BatchSize = all.Rows, LearningRate = 0.5, L2 = 0, Momentum = 0.9 }).Learn(data, 1500);
        double[,] expected = truth.VisibleWeights.ToArray(), found = learner.VisibleWeights.ToArray();
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) Assert.Equal(expected[i, j], found[i, j], 1e-4);
    }

    [Fact]
    public void Machines_without_a_closed_form_are_refused_with_the_reason()
    {
        Refuse(new Dbm(new BernoulliLayer(3), new BernoulliLayer(2), new BernoulliLayer(4)),
            "hidden units out in closed form, but the hidden units here (2 bernoulli, 4 bernoulli) are joined");
        Refuse(new BoltzmannMachine(new SpinLayer(3), new SpinLayer(2)), "(2 spin) are joined");
        Refuse(new Rbm(new GaussianLayer(3), new BernoulliLayer(2)), "3 gaussian");
        Refuse(new Rbm(new MultinomialLayer(3, 3, 5), new BernoulliLayer(2)), "one-hot multinomial");

        static void Refuse(EnergyModel model, string because)
        {
            Assert.Contains(because, PseudoLikelihoodGradient.Complaint(model), StringComparison.Ordinal);
            var batch = new Batch(new State(model, 1));
            Assert.Contains(because, Assert.Throws<BadInputException>(() => new PseudoLikelihoodGradient().Estimate(model, batch,
                new Gradient(model), new Rng())).Message, StringComparison.Ordinal);
        }
    }

    static EnergyModel Make(string name)
    {
        Placement placement = SmallModels.Double;
        return name switch
        {
            "joined visible layers" => SmallGraphs.Randomize(new LayeredModel([new BernoulliLayer(3, placement),
                new SpinLayer(2, placement), new BernoulliLayer(2, placement)], [(0, 0), (0, 1), (1, 1), (0, 2), (1, 2)], [0, 1]), 61),
            "one-hot without hidden" => SmallGraphs.Randomize(new LayeredModel([new MultinomialLayer(6, 3, 1, placement),
                new BernoulliLayer(2, placement)], [(0, 1)], [0, 1]), 62),
            "hidden between" => SmallGraphs.Randomize(new LayeredModel([new BernoulliLayer(2, placement), new SpinLayer(2, placement),
                new MultinomialLayer(3, 3, 1, placement), new BernoulliLayer(2, placement)], [(0, 1), (1, 2), (0, 3)], [0, 2]), 63),
            "labels" => SmallModels.MakeClassifier("bernoulli", "gaussian learned"),
            "labels only" => SmallGraphs.Randomize(new LayeredModel([new SpinLayer(3, placement), new MultinomialLayer(3, 3, 1, placement)],
                [(0, 0), (0, 1)], [0, 1], labels: 1), 64),
            "potts beside spins" => SmallGraphs.Randomize(new LayeredModel([new MultinomialLayer(6, 3, 1, placement),
                new SpinLayer(2, placement)], [(0, 0), (0, 1)], [0, 1]), 65),
            "potts under hidden" => SmallGraphs.Randomize(new LayeredModel([new MultinomialLayer(6, 3, 1, placement),
                new BernoulliLayer(2, placement)], [(0, 0), (0, 1)]), 66),
            _ when name.Contains(" - ", StringComparison.Ordinal) => SmallModels.Make(name.Split(" - ")[0], name.Split(" - ")[1]),
            _ => SmallGraphs.Make(name),
        };
    }

    /// <summary>Every joint state of the visible layers.</summary>
    static State States(EnergyModel model)
    {
        int[] counts = [.. model.VisibleLayers.Select(l => (int)model.Layers[l].StateCount!)];
        var all = new State(model, counts.Aggregate((a, b) => a * b));
        for (int r = 0; r < all.Rows; r++)
            for (int i = 0, left = r; i < counts.Length; left /= counts[i++])
                model.Layers[model.VisibleLayers[i]].SetStates(left % counts[i], all[model.VisibleLayers[i]].RowRange(r, 1));
        return all;
    }

    /// <summary>−F of the visible layers, labels among them.</summary>
    static double[] LogMarginals(EnergyModel model, State rows)
    {
        var free = new Matrix(rows.Rows, 1, model.Placement);
        model.AddFreeEnergy(rows, model.HiddenLayers, free, -1);
        return free.ReadColumn(0);
    }

    static Gradient Estimate(EnergyModel model, State rows, double[] weights)
    {
        var rowWeights = new Matrix(rows.Rows, 1, model.Placement);
        for (int r = 0; r < weights.Length; r++) rowWeights[r, 0] = weights[r];
        var gradient = new Gradient(model);
        var estimator = new PseudoLikelihoodGradient();
        // What is left of another batch, a larger one, does no harm.
        estimator.Estimate(model, new Batch(States(model)), gradient, new Rng());
        gradient.Clear();
        estimator.Estimate(model, new Batch(rows, rowWeights, weights.Sum()), gradient, new Rng());
        return gradient;
    }

    // Without labels the value is PseudoLikelihood's own; with them a sum over units of the joint marginal, one of the units being the
    // class.
    static double Value(EnergyModel model, State rows, double[] weights)
    {
        double[] perRow = new double[rows.Rows];
        if (model.LabelLayer is null)
        {
            Matrix data = new(rows.Rows, model.RowColumns, model.Placement);
            for (int r = 0; r < rows.Rows; r++) data.WriteRow(r, [.. model.RowLayers.SelectMany(l => rows[l].ReadRow(r))]);
            perRow = [.. PseudoLikelihood.PerRow(model, data).PerRow];
        }
        else
        {
            State all = States(model);
            double[] ofAll = LogMarginals(model, all), ofRows = LogMarginals(model, rows);
            for (int r = 0; r < rows.Rows; r++)
                foreach (int l in model.VisibleLayers)
                    for (int unit = 0, width = model.Layers[l].ColumnsPerUnit; unit < model.Layers[l].Units; unit += width)
                        perRow[r] += ofRows[r] - Scalar.LogSumExp([.. Enumerable.Range(0,
                            all.Rows).Where(s => model.VisibleLayers.All(other =>
                            all[other].ReadRow(s).Index().All(x => (other == l && x.Index >= unit && x.Index < unit + width)
                                || x.Item == rows[other][r, x.Index]))).Select(s => ofAll[s])]);
        }
        return perRow.Zip(weights).Sum(p => p.First * p.Second) / weights.Sum();
    }

    static void AssertSlope(EnergyModel model, State rows, double[] weights)
    {
        Gradient gradient = Estimate(model, rows, weights);
        const double Step = 1e-3;
        for (int k = 0; k < model.Parameters.Count; k++)
        {
            Parameter parameter = model.Parameters[k];
            if (parameter.IsFixed) continue;
            double[,] slopes = gradient.ToDense(k).ToArray();
            // Both entries of a pair are one weight.
            Connection? joined = model.Connections.FirstOrDefault(c => c.Weights == parameter.Value);
            bool isWithin = joined is { IsWithinLayer: true, Edges: null };
            for (int i = 0; i < slopes.GetLength(0); i++)
                for (int j = 0; j < slopes.GetLength(1); j++)
                {
                    if (isWithin && joined!.IsOwn(i, j)) continue;
                    double centre = parameter.Value[i, j];
                    double At(double offset)
                    {
                        parameter.Value[i, j] = centre + offset;
                        if (isWithin) parameter.Value[j, i] = centre + offset;
                        return Value(model, rows, weights);
                    }
                    // Fourth order: an error of Step⁴·f⁽⁵⁾/30, and rounding of 1e-14/Step.
                    double expected = (8 * (At(Step) - At(-Step)) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
                    At(0);
                    Assert.Equal(expected, slopes[i, j], 1e-9);
                }
        }
    }
}
