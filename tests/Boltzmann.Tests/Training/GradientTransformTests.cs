namespace Boltzmann.Tests.Training;

/// <summary>The ordered list of what is done to a gradient, and what a user adds to it.</summary>
public class GradientTransformTests
{
    const int Rows = 22, Epochs = 3;

    static readonly Dataset data = Teaching.RandomBits(Rows, 5);
    static readonly TrainerOptions plain = new() { BatchSize = 5, Centering = false, L2 = 0, Momentum = 0 };

    /// <summary>Writes down what it is asked and the first gradient by the visible biases.</summary>
    sealed class Witness(string name, List<string> calls) : IGradientTransform
    {
        public double[]? Seen { get; private set; }

        public void Present(TrainingStep step, Matrix rows) =>
            calls.Add($"{name} presents {rows.Rows} rows in epoch {step.Epoch} at {step.LearningRate}");

        public void Apply(TrainingStep step)
        {
            calls.Add($"{name} applies");
            Seen ??= step.Gradient.Bias(0).ReadRow(0);
        }
    }

    /// <summary>Adds noise and the running mean of the hidden biases' gradient to it: something that remembers and draws.</summary>
    sealed class Drift(EnergyModel model, bool forgets = false) : IGradientTransform
    {
        readonly Matrix running = new(1, model.Layers[1].Units, model.Placement), noise = new(1, model.Layers[1].Units, model.Placement);

        public IReadOnlyList<(string Name, Matrix Value)> Memory => forgets ? [] : [("drift", running)];

        public void Apply(TrainingStep step)
        {
            Matrix bias = step.Gradient.Bias(1);
            running.SetSum(running, 0.9, bias, 0.1);
            noise.SampleNormal(step.Rng);
            bias.SetSum(bias, 1, running, 1);
            bias.SetSum(bias, 1, noise, 0.01);
        }
    }

    static Trainer Make(TrainerOptions options, EnergyModel? model = null, IGradientEstimator? estimator = null) =>
        new(model ?? Teaching.Bernoulli(5, 3), estimator ?? new ContrastiveDivergence(), new Sgd(), options);

    static TrainerSnapshot Copy(TrainerSnapshot s) =>
        new([.. s.Matrices.Select(m => (m.Name, m.Value.Clone()))], new Dictionary<string, double>(s.Numbers));

    [Fact]
    public void Transforms_are_applied_in_the_order_of_the_list_and_see_what_those_before_them_left()
    {
        List<string> calls = [];
        Witness first = new("first", calls), last = new("last", calls);
        TrainerOptions centred = plain with { Centering = true, LearningRate = new(0.1, 0.2) };
        Trainer trainer = Make(centred with { Transforms = (_, usual) => [first, .. usual, last] });
        Assert.Equal([typeof(Witness), typeof(Centering), typeof(Witness)], trainer.Transforms.Select(t => t.GetType()));
        foreach (TrainingProgress _ in trainer.Run(data, Epochs).Take(6)) { }
        const string Presents = "presents 5 rows in epoch 1 at 0.1";
        Assert.Equal([$"first {Presents}", $"last {Presents}", "first applies", "last applies"], calls.Take(4));
        Assert.Equal("last presents 5 rows in epoch 2 at 0.2", calls[21]);
        // Centring stands between them, and takes something off the biases.
        Assert.NotEqual(first.Seen, last.Seen);

        Witness uncentred = new("before", []), alone = new("alone", []);
        Make(plain with { Transforms = (_, usual) => [.. usual, uncentred, alone] }).Learn(data, 1);
        Assert.Equal(first.Seen, uncentred.Seen);
        Assert.Equal(uncentred.Seen, alone.Seen);
    }

    [Fact]
    public void What_the_settings_ask_for_is_a_list_that_can_be_written_out_with_the_same_bits()
    {
        TrainerOptions settings = plain with { Centering = true, Dropout = 0.1, SparsityCost = 0.2, SparsityTarget = 0.3 };
        settings = settings with { L2 = 0.01, L1 = 0.1 };
        TrainerOptions list = plain with
        {
            Transforms = (m, _) => [new Dropout(0.1), new Centering(m), new Sparsity(m, 1, 0.3, 0.2), new WeightPenalty(0.01, 0.1)],
        };
        Trainer asked = Make(settings), written = Make(list);
        Assert.Equal(written.Transforms.Select(t => t.GetType()), asked.Transforms.Select(t => t.GetType()));
        foreach (Trainer trainer in (Trainer[])[asked, written]) trainer.Learn(data, Epochs);
        ModelFileTests.AssertSame(asked.Model, written.Model);
        Assert.Equal(asked.Snapshot().Matrices.Select(m => m.Name), written.Snapshot().Matrices.Select(m => m.Name));
        Assert.Empty(Make(plain).Transforms);
    }

    [Theory, InlineData(0.3, 0), InlineData(0, 0.2), InlineData(0.3, 0.2)]
    public void A_weight_penalty_moves_weights_along_the_slope_of_what_the_objective_loses(double l2, double l1)
    {
        const double Rate = 0.5, Step = 1e-5;
        // The estimator's gradient is 0: what moves the weights is the penalty, and the biases stay.
        Rbm before = Teaching.Bernoulli(5, 3, deviation: 1), after = before.Clone();
        TrainerOptions options = plain with { BatchSize = Rows, LearningRate = Rate, Transforms = (_, _) => [new WeightPenalty(l2, l1)] };
        new Trainer(after, new RecordingEstimator(), new Sgd(), options).Learn(data, 1);
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 3; j++)
            {
                double w = before.Weights[i, j], slope = (Loss(w + Step) - Loss(w - Step)) / (2 * Step);
                // R is at most quadratic where no weight is within a step of 0: rounding of about 1e-16, divided by the step.
                Assert.Equal(-Rate * slope, after.Weights[i, j] - w, 1e-10);
            }
        Assert.Equal(before.Visible.Bias.ToArray(), after.Visible.Bias.ToArray());
        Assert.Equal(before.Hidden.Bias.ToArray(), after.Hidden.Bias.ToArray());

        double Loss(double w) => l2 / 2 * w * w + l1 * Math.Abs(w);
    }

    [Fact]
    public void Decay_that_several_transforms_ask_for_adds_up()
    {
        Trainer one = Make(plain with { L2 = 0.03, L1 = 0.02 });
        Trainer several = Make(plain with { L2 = 0.03, Transforms = (_, usual) => [.. usual, new WeightPenalty(0, 0.02)] });
        foreach (Trainer trainer in (Trainer[])[one, several]) trainer.Learn(data, Epochs);
        ModelFileTests.AssertSame(one.Model, several.Model);
    }

    [Fact]
    public void A_transform_of_a_users_own_is_saved_and_resumed_to_the_same_bits()
    {
        TrainerOptions options = plain with { Centering = true, Transforms = (model, usual) => [.. usual, new Drift(model)] };
        Trainer whole = Make(options);
        whole.Learn(data, Epochs);
        for (int updates = 0; updates < 15; updates++)
        {
            Trainer stopped = Make(options), resumed = Make(options);
            foreach (TrainingProgress _ in stopped.Run(data, Epochs).Take(updates)) { }
            resumed.Model.CopyFrom(stopped.Model);
            TrainerSnapshot snapshot = Copy(stopped.Snapshot());
            Assert.Contains("penalty.drift", snapshot.Matrices.Select(m => m.Name));
            resumed.Restore(snapshot);
            resumed.Learn(data, Epochs);
            ModelFileTests.AssertSame(whole.Model, resumed.Model);
        }

        // The memory is what carries it: one that is not saved goes on elsewhere.
        TrainerOptions forgetful = options with { Transforms = (model, usual) => [.. usual, new Drift(model, forgets: true)] };
        Trainer left = Make(forgetful), other = Make(forgetful);
        foreach (TrainingProgress _ in left.Run(data, Epochs).Take(7)) { }
        other.Model.CopyFrom(left.Model);
        other.Restore(Copy(left.Snapshot()));
        other.Learn(data, Epochs);
        Assert.NotEqual(whole.Model.Parameters[1].Value.ToArray(), other.Model.Parameters[1].Value.ToArray());
    }

    [Fact]
    public void Machines_of_a_stack_have_transforms_of_their_own()
    {
        List<EnergyModel> asked = [];
        TrainerOptions options = plain with
        {
            Transforms = (model, usual) =>
            {
                asked.Add(model);
                return [.. usual, new Drift(model)];
            },
        };
        Dbn stack = Dbn.Of(new BernoulliLayer(5), new BernoulliLayer(4), new BernoulliLayer(3));
        LayerTraining Way() => new(new ContrastiveDivergence(), new Sgd(), options, 1);
        foreach (GreedyProgress _ in new GreedyTrainer(stack, [Way(), Way()]).Run(data)) { }
        Assert.Equal([stack.Machines[0], stack.Machines[1]], asked.Distinct());
    }

    [Fact]
    public void Two_transforms_that_save_one_name_are_refused_by_it()
    {
        Trainer trainer = Make(plain with { Transforms = (model, _) => [new Drift(model), new Drift(model)] });
        Assert.Contains("two gradient transforms save 'drift'", Assert.Throws<InvalidOperationException>(trainer.Snapshot).Message);
    }

    [Fact]
    public void Strengths_out_of_range_are_refused()
    {
        Rbm model = Teaching.Bernoulli(3, 2);
        Func<object>[] bad =
        [
            () => new WeightPenalty(-1), () => new WeightPenalty(0, double.NaN), () => new Dropout(1), () => new Dropout(double.NaN),
            () => new MaxNorm(model, 0),
        ];
        foreach (Func<object> make in bad) Assert.Throws<ArgumentOutOfRangeException>(make);
    }
}
