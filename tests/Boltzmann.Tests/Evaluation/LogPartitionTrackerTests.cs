using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Evaluation;

/// <summary>log Z followed from update to update, against enumeration.</summary>
public class LogPartitionTrackerTests
{
    [Theory, InlineData("bernoulli - bernoulli"), InlineData("bernoulli - bernoulli - bernoulli"), InlineData("spin - bernoulli - one-hot"),
        InlineData("joined bernoulli - spin")]
    public void With_samples_of_the_machine_it_follows_log_Z_within_its_error(string name)
    {
        // Thirty updates of 0.03 ± 0.05 in every parameter; five errors have a false-alarm rate of 6e-7.
        EnergyModel model = SmallModels.MakeGraph(name);
        var tracker = new LogPartitionTracker(model, Exact.LogPartition(model));
        var rng = new Rng(seed: 61);
        double start = tracker.Value;
        for (int t = 0; t < 30; t++)
        {
            State chains = Exact.Sample(model, 500, rng);
            foreach (Parameter p in model.Parameters.Where(p => !p.IsFixed))
            {
                Matrix step = p.Value.Like(p.Value.Rows, p.Value.Columns);
                step.SampleNormal(rng);
                step.SetSum(step, 0.05, Matrix.Row(1, 0.03, p.Value.Placement));
                p.Value.SetSum(p.Value, 1, step);
            }
            model.Symmetrize();
            tracker.Follow(model, chains);
            Assert.InRange(tracker.EffectiveSampleSize, 250, 500);
        }
        double exact = Exact.LogPartition(model);
        Assert.Equal(30, tracker.Updates);
        Assert.True(Math.Abs(exact - start) > 10 * tracker.StandardError, $"log Z moved from {start} to {exact} only");
        Assert.InRange(tracker.Value - exact, -5 * tracker.StandardError, 5 * tracker.StandardError);
        Assert.InRange(tracker.StandardError, 0, 0.1);
    }

    [Fact]
    public void Persistent_chains_of_a_training_lead_it_along()
    {
        // Biases grow by about 1.4, log Z by 5. Means of 200 chains are off by 0.03; were it always the same 0.03, the six units' sum would
        // be off by 0.1. Twice that is allowed.
        Rbm model = Teaching.Bernoulli(6, 4, deviation: 0.1);
        var estimator = new PersistentContrastiveDivergence(200, steps: 5);
        var tracker = new LogPartitionTracker(model, Exact.LogPartition(model));
        Assert.Equal([1], tracker.SummedLayers);
        double start = tracker.Value;
        var chains = new State(model, 200);
        var rows = new double[200, 6];
        for (int r = 0; r < 200; r++)
            for (int c = 0; c < 6; c++) rows[r, c] = (7 * r + 3 * c) % 10 < 8 ? 1 : 0;
        foreach (TrainingProgress _ in new Trainer(model, estimator, new Sgd(),
            new TrainerOptions { BatchSize = 20, LearningRate = 0.1 }).Run(Teaching.Rows(rows), 20))
        {
            chains[0].SetCopy(estimator.Particles!);
            tracker.Follow(model, chains);
        }
        double exact = Exact.LogPartition(model);
        Assert.True(Math.Abs(exact - start) > 0.5, $"log Z moved from {start} to {exact} only");
        Assert.InRange(tracker.Value, exact - 0.2, exact + 0.2);
    }

    [Fact]
    public void The_error_of_the_start_is_part_of_the_error()
    {
        Rbm model = SmallModels.Make("bernoulli", "spin");
        var tracker = new LogPartitionTracker(model, 3, standardError: 0.5);
        tracker.Follow(model, Exact.Sample(model, 10, new Rng()));
        Assert.Equal((3.0, 0.5, 10.0), (tracker.Value, tracker.StandardError, tracker.EffectiveSampleSize));
        Assert.Throws<ArgumentException>(() => tracker.Follow(SmallModels.Make("bernoulli", "one-hot"),
            Exact.Sample(model, 10, new Rng())));
    }

    [Fact]
    public void A_bracket_is_judged_by_its_width_and_by_the_chains_that_carry_it()
    {
        static LogPartitionEstimate Of(double value, double effective) =>
            new("ais", value, 0.1, value - 0.3, value + 0.3, effective, 100, 1000, []);
        Assert.Equal(BracketVerdict.Trustworthy, new LogPartitionBracket(Of(10, 80), Of(10.2, 90)).Verdict);
        Assert.Equal(BracketVerdict.Doubtful, new LogPartitionBracket(Of(10, 80), Of(12, 90)).Verdict);
        Assert.Equal(BracketVerdict.Doubtful, new LogPartitionBracket(Of(10, 5), Of(10.2, 90)).Verdict);
        Assert.Equal(BracketVerdict.Doubtful, new LogPartitionBracket(Of(10, 80), Of(9, 90)).Verdict);
        Assert.Equal(BracketVerdict.NotToBeBelieved, new LogPartitionBracket(Of(10, 80), Of(25, 90)).Verdict);
        Assert.Equal(BracketVerdict.NotToBeBelieved, new LogPartitionBracket(Of(10, 1.2), Of(10.2, 90)).Verdict);
        Assert.Equal(BracketVerdict.NotToBeBelieved, new LogPartitionBracket(Of(10, 80), Of(double.NaN, 90)).Verdict);
    }

    [Fact]
    public void Metrics_of_a_deep_machine_are_those_of_its_mean_fields()
    {
        Dbm model = SmallModels.MakeDeep("bernoulli - bernoulli - bernoulli");
        Matrix rows = DeepLikelihoodLaws.Rows(model, 8);
        var context = new MetricContext(model, rows, null, 1, 1, new Rng(seed: 62));
        double Measure(string name) => MetricCatalog.Parse(name).Measure(context).Value;
        double exact = Exact.LogLikelihood(model, rows).Mean, bound = Elbo.LogLikelihoodBound(model, rows, Exact.LogPartition(model)).Mean;
        // 300 inverse temperatures and 100 chains leave less than 0.01 nats of this mild machine.
        Assert.Equal(bound, Measure("elbo"), 0.05);
        Assert.Equal(exact, Measure("exact-log-likelihood"), 1e-12);
        Assert.True(double.IsNaN(Measure("validation-elbo")));
        Assert.InRange(Measure("mean-field-updates"), 1, 25);

        var state = new State(model, 8);
        state[0].SetCopy(rows);
        new MeanField().Infer(model, state);
        Assert.Equal(state[1].Summarize().Sum / (8 * model.Layers[1].Units), Measure("hidden-activity"), 1e-12);
        Matrix inputs = rows.Like(8, rows.Columns), mean = rows.Like(8, rows.Columns);
        model.SetInputs(state, 0, inputs);
        model.Visible.SetMean(inputs, mean);
        mean.SetSum(mean, 1, rows, -1);
        Assert.Equal(mean.Summarize().SumOfSquares / (8 * rows.Columns), Measure("reconstruction-error"), 1e-9);
        Assert.Equal(["elbo", "mean-field-updates"], MetricCatalog.NamesFor<Dbm>().Intersect(["elbo", "mean-field-updates"]).Order());
    }
}
