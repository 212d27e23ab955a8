namespace Boltzmann.Tests.Training;

/// <summary>Log-likelihoods that training prints: exact, or estimated with a verdict, or none.</summary>
public class WatchedLikelihoodTests
{
    // Enumeration reaches 25 units of a layer. Hidden units without weights add log 2 each to log Z and leave everything else as it is.
    const int Idle = 26;

    static MetricContext Of(Rbm model, Matrix rows) => new(model, rows, rows, 1, 1, new Rng(3));

    static MetricValue Measure(string name, Rbm model, Matrix rows) => MetricCatalog.Parse(name).Measure(Of(model, rows));

    static Rbm WithIdleUnits(Rbm model)
    {
        var wide = new Rbm(model.Visible.Clone(), new BernoulliLayer(model.Hidden.Units + Idle, model.Placement));
        for (int i = 0; i < model.Visible.Units; i++)
            for (int j = 0; j < model.Hidden.Units; j++) wide.Weights[i, j] = model.Weights[i, j];
        for (int j = 0; j < model.Hidden.Units; j++) wide.Hidden.Bias[0, j] = model.Hidden.Bias[0, j];
        return wide;
    }

    // Two columns of a table as they are, prices of some hundreds among them, and a machine whose weights have grown with them.
    static (Rbm Model, Matrix Rows) Prices()
    {
        var rows = new Matrix(60, 26, Teaching.Double);
        rows.SampleNormal(new Rng(5));
        for (int r = 0; r < rows.Rows; r++) rows[r, 0] = 700 + 300 * rows[r, 0];
        var model = new Rbm(new GaussianLayer(26, placement: Teaching.Double), new BernoulliLayer(3, Teaching.Double));
        model.Visible.SetFromMoments([700, .. Enumerable.Repeat(0.0, 25)], [.. Enumerable.Repeat(1.0, 26)]);
        for (int j = 0; j < 3; j++)
        {
            model.Weights[0, j] = 100 * (j + 1);
            model.Hidden.Bias[0, j] = -70_000 * (j + 1);
        }
        return (model, rows);
    }

    [Theory, InlineData("validation-log-likelihood"), InlineData("log-likelihood"), InlineData("validation-elbo"), InlineData("elbo")]
    public void What_can_be_enumerated_is_exact_and_has_no_verdict(string name)
    {
        var (model, rows) = Prices();
        MetricValue value = Measure(name, model, rows);
        Assert.Equal(Exact.LogLikelihood(model, rows).Mean, value.Value, 1e-6 * Math.Abs(value.Value));
        Assert.Null(value.Verdict);
        Assert.True(double.IsNaN(value.StandardError));
    }

    [Theory, InlineData("validation-log-likelihood"), InlineData("elbo")]
    public void An_estimate_of_data_far_from_the_units_deviation_is_no_number_and_says_why(string name)
    {
        var (narrow, rows) = Prices();
        Rbm model = WithIdleUnits(narrow);
        Assert.False(Exact.Reaches(model));
        double truth = Exact.LogLikelihood(narrow, rows).Mean;
        // The forward walk alone is far off: a density of unit deviation in 26 columns cannot exceed −23.9.
        LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(model, new Annealing { Start = Annealing.BaseRate(model, rows) },
            new Rng(3));
        Assert.True(Math.Abs(FreeEnergy.LogLikelihood(model, rows, forward.Value).Mean - truth) > 1000);
        MetricValue value = Measure(name, model, rows);
        Assert.True(double.IsNaN(value.Value));
        Assert.Equal(BracketVerdict.NotToBeBelieved, value.Verdict);
        Assert.StartsWith("annealed importance sampling is not to be believed: ", value.Reason);
    }

    [Fact]
    public void An_estimate_that_holds_comes_with_its_error_and_agrees_with_enumeration()
    {
        Rbm narrow = Teaching.Bernoulli(30, 5, deviation: 0.5), model = WithIdleUnits(narrow);
        Assert.False(Exact.Reaches(model));
        Matrix rows = Exact.Sample(narrow, 80, new Rng(8))[0];
        MetricValue value = Measure("validation-log-likelihood", model, rows);
        Assert.Equal(BracketVerdict.Trustworthy, value.Verdict);
        Assert.InRange(value.EffectiveSampleSize, 20, 100);
        // Five standard errors: false-alarm rate 6e-7.
        Assert.Equal(Exact.LogLikelihood(narrow, rows).Mean, value.Value, 5 * value.StandardError);
        Assert.Null(value.Reason);
    }

    [Fact]
    public void A_trainer_hands_estimates_on_with_their_verdict_and_measures_log_Z_once_for_all_metrics()
    {
        var (narrow, rows) = Prices();
        Rbm model = WithIdleUnits(narrow);
        var options = new TrainerOptions
        {
            LearningRate = 0,
            Metrics = [.. ((string[])["log-likelihood:1", "validation-log-likelihood:1"]).Select(MetricCatalog.Parse)],
            EarlyStopping = new("validation-log-likelihood", 1)
        };
        var data = new Dataset("prices", new MatrixRows([rows], rows.Columns));
        EpochRecord[] records = [.. new Trainer(model, new ContrastiveDivergence(), new Sgd(), options).Run(data, 3, data)
            .Select(p => p.Completed).OfType<EpochRecord>()];
        // Early stopping neither counts nor waits for what has no number.
        Assert.Equal((3, null), (records.Length, records[^1].Stopped));
        Assert.All(records, r => Assert.True(double.IsNaN(r.Metrics["validation-log-likelihood"])));
        Assert.All(records, r => Assert.Equal(r.Estimates["log-likelihood"].Reason, r.Estimates["validation-log-likelihood"].Reason));
    }

    [Fact]
    public void Machines_with_labels_are_measured_by_what_they_predict()
    {
        Dataset bits = Teaching.RandomBits(40, 4);
        int[] labels = [.. Enumerable.Range(0, 40).Select(r => (int)bits.ToMatrix()[r, 0])];
        Dataset data = new(bits.Name, bits.Rows) { Labels = labels };
        string[] names = ["accuracy", "validation-accuracy", "balanced-accuracy", "average-precision", "cross-entropy"];
        Assert.Empty(names.Except(MetricCatalog.NamesFor<Dbm>()));
        Assert.Empty(names.Except(MetricCatalog.NamesFor<LayeredModel>()));
        Assert.Empty(names.Intersect(MetricCatalog.NamesFor<Rbm>()));
        Assert.Empty(names.Intersect(MetricCatalog.NamesFor<BoltzmannMachine>()));
        Dbm model = Dbm.OfLabelled(2, new BernoulliLayer(4, Teaching.Double), new BernoulliLayer(3, Teaching.Double));
        model.SetRandomWeights(1, new Rng(4));
        var options = new TrainerOptions { LearningRate = 0, Metrics = [.. names.Select(MetricCatalog.Parse)] };
        EpochRecord record = new Trainer(model, new PersistentContrastiveDivergence(5), new Sgd(), options).Run(data, 1, data).Last()
            .Completed!;
        Matrix logs = model.PredictLogProbabilities(bits.ToMatrix());
        Assert.Equal(Classification.Accuracy(logs, labels).Mean, record.Metrics["accuracy"]);
        Assert.Equal(record.Metrics["accuracy"], record.Metrics["validation-accuracy"]);
        Assert.Equal(Classification.CrossEntropy(logs, labels).Mean, record.Metrics["cross-entropy"], 1e-12);
        Assert.Contains("'accuracy' is not defined for this kind of model, which has no labels", Assert.Throws<BadInputException>(
            () => new Trainer(new Dbm(new BernoulliLayer(4), new BernoulliLayer(3)), new PersistentContrastiveDivergence(5), new Sgd(),
                options)).Message);
    }
}
