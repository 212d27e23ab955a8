namespace Boltzmann.Tests.Backends;

/// <summary>
/// What one training step asks of its backend, written as a budget: on a device each call is a launch of some microseconds, and each wait
/// idles it.
/// </summary>
public class CallBudgetTests
{
    const int Visible = 30, Hidden = 20, Batch = 16, Temperatures = 10, Chains = 100;

    static readonly TrainerOptions options = new() { BatchSize = Batch, LearningRate = 0.01, Momentum = 0.5, L2 = 1e-4, Centering = true };

    [Fact]
    public void A_step_of_centred_contrastive_divergence_keeps_to_its_budget() =>
        Spend(12, 0, counted => Learn(Machine(counted), new ContrastiveDivergence()));

    [Fact]
    public void A_step_of_persistent_contrastive_divergence_keeps_to_its_budget() =>
        Spend(12, 0, counted => Learn(Machine(counted), new PersistentContrastiveDivergence()));

    [Fact]
    public void A_step_of_tempering_keeps_to_its_budget() =>
        Spend(150, 3, counted => Learn(Machine(counted), new ParallelTempering(Temperatures, Chains)));

    [Fact]
    public void A_step_of_a_deep_machine_keeps_to_its_budget() => Spend(100, 2, counted =>
    {
        var machine = new Dbm(new BernoulliLayer(Visible, counted), new BernoulliLayer(Hidden, counted),
            new BernoulliLayer(Hidden, counted));
        machine.SetRandomWeights(0.01, new Rng(1));
        return Learn(machine, new PersistentContrastiveDivergence());
    });

    [Fact]
    public void A_step_of_fine_tuning_keeps_to_its_budget() => Spend(25, 1, counted =>
    {
        Network network = Network.Create(Visible, [Hidden], 10, new SoftmaxHead(), new Rng(1), placement: counted);
        Dataset rows = Bits(128 * 6);
        Examples examples = Examples.OfClasses(new("classes",
            rows.Rows)
        { Labels = [.. Enumerable.Range(0, rows.Count).Select(r => r % 10)] });
        return new NetworkTrainer(network, new Sgd(), new() { BatchSize = 128 }).Run(examples, 2).GetEnumerator();
    });

    /// <summary>Runs one warm step, inside an epoch, and compares what it asked for with the budget.</summary>
    static void Spend(int calls, int waits, Func<Placement, IEnumerator<TrainingProgress>> start)
    {
        var counting = new CountingBackend(new CpuBackend(1));
        using IEnumerator<TrainingProgress> steps = start(new(counting, Precision.Float32));
        for (int i = 0; i < 3; i++) Assert.True(steps.MoveNext());
        counting.Reset();
        Assert.True(steps.MoveNext());
        Assert.Null(steps.Current.Completed);
        Assert.True(counting.Calls <= calls && counting.Waits <= waits, counting.ToString());
    }

    static Rbm Machine(Placement placement)
    {
        var rbm = new Rbm(new BernoulliLayer(Visible, placement), new BernoulliLayer(Hidden, placement));
        rbm.SetRandomWeights(0.01, new Rng(1));
        return rbm;
    }

    static IEnumerator<TrainingProgress> Learn(EnergyModel model, IGradientEstimator estimator) =>
        new Trainer(model, estimator, new Sgd(), options).Run(Bits(6 * Batch), 2).GetEnumerator();

    static Dataset Bits(int rows)
    {
        var random = new Random(1);
        return new("bits", new ByteRows([.. Enumerable.Range(0, rows * Visible).Select(_ => (byte)random.Next(2))], Visible, 1));
    }
}
