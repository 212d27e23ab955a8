using Boltzmann.Tests.Networks;

namespace Boltzmann.Tests.Training;

/// <summary>Penalties and constraints of a user's own, where networks learn and where stacks learn up and down.</summary>
public class PenaltyTests
{
    const int Rows = 22, BatchSize = 5, UpdatesPerEpoch = 5, Epochs = 3;
    const double Rate = 0.5;

    public static TheoryData<string> Kinds => ["network", "normalised network", "stack", "stack with labels"];

    /// <summary>What is asked of a trainer.</summary>
    sealed record Lists
    {
        public double L2 { get; init; }

        public double MaxNorm { get; init; } = double.PositiveInfinity;

        public int Batch { get; init; } = BatchSize;

        /// <summary>From the parameters that learn and the usual list.</summary>
        public Func<IReadOnlyList<Parameter>, IReadOnlyList<IPenalty>, IReadOnlyList<IPenalty>>? Penalties { get; init; }

        public Func<IReadOnlyList<Parameter>, IReadOnlyList<IConstraint>, IReadOnlyList<IConstraint>>? Constraints { get; init; }
    }

    /// <summary>A trainer of either kind.</summary>
    sealed record Learner(IReadOnlyList<Parameter> Parameters, Func<IEnumerable<TrainingProgress>> Run, Func<TrainerSnapshot> Snapshot,
        Action<TrainerSnapshot> Restore, IReadOnlyList<IPenalty> Penalties, IReadOnlyList<IConstraint> Constraints)
    {
        public double[][] Values => [.. Parameters.Select(p => NetworkCase.Flatten(p.Value))];

        public void Update(int count)
        {
            foreach (TrainingProgress _ in Run().Take(count)) { }
        }
    }

    static Learner Make(string kind, Lists lists) =>
        kind.EndsWith("network", StringComparison.Ordinal) ? OfNetwork(kind.StartsWith("normal", StringComparison.Ordinal), lists)
            : OfStack(kind.EndsWith("labels", StringComparison.Ordinal), lists);

    static Learner OfNetwork(bool normalize, Lists lists)
    {
        Network network = NetworkCase.Random(6, [5, 4], 3, new SoftmaxHead(), Activation.Tanh, normalize);
        Parameter[] learned = [.. network.Parameters.Where(p => !p.IsFixed)];
        var trainer = new NetworkTrainer(network, new Sgd(), new()
        {
            BatchSize = lists.Batch,
            LearningRate = Rate,
            Momentum = 0,
            L2 = [lists.L2],
            MaxNorm = lists.MaxNorm,
            Penalties = lists.Penalties is { } penalties ? (_, usual) => penalties(learned, usual) : null,
            Constraints = lists.Constraints is { } constraints ? (_, usual) => constraints(learned, usual) : null,
        });
        Examples examples = NetworkCase.Examples(Rows, 6, 3, network.Head);
        return new(learned, () => trainer.Run(examples, Epochs), trainer.Snapshot, trainer.Restore, trainer.Penalties, trainer.Constraints);
    }

    static Learner OfStack(bool labels, Lists lists)
    {
        Layer Units(int count) => new BernoulliLayer(count, Teaching.Double);
        Dbn stack = labels ? Dbn.OfLabelled(3, Units(6), Units(5), Units(4)) : Dbn.Of(Units(6), Units(5), Units(4));
        stack.SetRandomWeights(0.5, new Rng(4));
        stack.Untie();
        IReadOnlyList<Parameter> learned = stack.Parameters;
        Assert.DoesNotContain(learned, p => p.IsFixed);
        var trainer = new UpDownTrainer(stack, new Sgd(), new()
        {
            BatchSize = lists.Batch,
            LearningRate = Rate,
            Momentum = 0,
            L2 = lists.L2,
            Penalties = lists.Penalties is { } penalties ? (_, usual) => penalties(learned, usual) : null,
            Constraints = lists.Constraints is { } constraints ? (_, usual) => constraints(learned, usual) : null,
        });
        Dataset rows = new("rows", Teaching.RandomBits(Rows, 6).Rows) { Labels = [.. Enumerable.Range(0, Rows).Select(r => r % 3)] };
        return new(learned, () => trainer.Run(rows, Epochs), trainer.Snapshot, trainer.Restore, trainer.Penalties, trainer.Constraints);
    }

    /// <summary>R(θ) = κ/4·Σθ⁴ over all parameters: the gradient loses κ·θ³.</summary>
    sealed class Quartic(IReadOnlyList<Parameter> parameters, double strength) : IPenalty
    {
        readonly Matrix[] cubes = [.. parameters.Select(p => p.Value.Like(p.Value.Rows, p.Value.Columns))];

        public void Apply(UpdateStep step)
        {
            for (int i = 0; i < cubes.Length; i++)
            {
                Matrix value = parameters[i].Value;
                cubes[i].SetScaled(value, value);
                cubes[i].SetScaled(cubes[i], value);
                step.Add(step.IndexOf(value), cubes[i], -strength);
            }
        }
    }

    /// <summary>A pull to the running mean of the first weights, and noise: something that remembers and draws.</summary>
    sealed class Drift(IReadOnlyList<Parameter> parameters, bool forgets = false) : IPenalty
    {
        readonly Matrix weights = parameters.First(p => p.IsWeight).Value;
        readonly Matrix running = parameters.First(p => p.IsWeight).Value.Clone(), noise = parameters.First(p => p.IsWeight).Value.Clone();

        public IReadOnlyList<(string Name, Matrix Value)> Memory => forgets ? [] : [("drift", running)];

        public void Apply(UpdateStep step)
        {
            running.SetSum(running, 0.9, weights, 0.1);
            noise.SampleNormal(step.Rng);
            step.Add(step.IndexOf(weights), running, 0.1);
            step.Add(step.IndexOf(weights), noise, 0.01);
        }
    }

    sealed class NoNegativeWeights(IReadOnlyList<Parameter> parameters) : IConstraint
    {
        public void Apply()
        {
            foreach (Parameter p in parameters.Where(p => p.IsWeight))
                for (int r = 0; r < p.Value.Rows; r++) p.Value.WriteRow(r, [.. p.Value.ReadRow(r).Select(w => Math.Max(w, 0))]);
        }
    }

    /// <summary>Keeps a parameter where it is, and writes down how it would have moved.</summary>
    sealed class Still(int parameter) : IConstraint
    {
        public double[]? Step { get; private set; }

        public void Apply() { }

        public bool Move(int index, Matrix gradient, IOptimizer optimizer, in StepRates rates)
        {
            if (index != parameter) return false;
            Step ??= Times(gradient.ReadRow(0), rates.LearningRate);
            return true;
        }

        static double[] Times(double[] values, double factor) => [.. values.Select(value => factor * value)];
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_penalty_of_a_users_own_moves_every_parameter_along_the_slope_of_what_the_objective_loses(string kind)
    {
        const double Strength = 0.3, Step = 1e-5;
        Lists whole = new() { Batch = Rows };
        Learner without = Make(kind, whole), with = Make(kind, whole with { Penalties = (all, _) => [new Quartic(all, Strength)] });
        double[][] before = with.Values;
        without.Update(1);
        with.Update(1);
        int moved = 0;
        for (int p = 0; p < before.Length; p++)
            for (int i = 0; i < before[p].Length; i++)
            {
                // Both were estimated at the same parameters from the same rows and draws, so they differ by the penalty alone. Values are
                // below 4: the difference of a quartic is wrong by κ·θ·step² < 2e-10, by rounding of R < 20 at 2⁻⁵³/step < 3e-10.
                double value = before[p][i], slope = (Loss(value + Step) - Loss(value - Step)) / (2 * Step);
                Assert.InRange(value, -4, 4);
                Assert.Equal(-Rate * slope, with.Values[p][i] - without.Values[p][i], 5e-10);
                if (Math.Abs(slope) > 1e-6) moved++;
            }
        Assert.True(moved > 40);

        double Loss(double value) => Strength / 4 * Math.Pow(value, 4);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_the_settings_ask_for_is_a_list_that_can_be_written_out_with_the_same_bits(string kind)
    {
        bool isNetwork = kind.EndsWith("network", StringComparison.Ordinal);
        Learner asked = Make(kind, new() { L2 = 0.01, MaxNorm = 0.9 }), written = Make(kind, new()
        {
            Penalties = (_, usual) => [.. usual, new WeightPenalty(0.01)],
            Constraints = (all, usual) => isNetwork
                ? [new MaxNorm([.. all.Where(p => p.IsWeight).SkipLast(1).Select(p => p.Value)], 0.9)]
                : usual,
        });
        asked.Update(Epochs * UpdatesPerEpoch);
        written.Update(Epochs * UpdatesPerEpoch);
        Assert.Equal(written.Values, asked.Values);
        Assert.Equal(isNetwork ? 3 : 1, asked.Penalties.Count);
        Assert.Equal([isNetwork ? typeof(MaxNorm) : typeof(Positivity)], asked.Constraints.Select(c => c.GetType()));
        Learner plain = Make(kind, new());
        Assert.Empty(plain.Penalties);
        plain.Update(1);
        Assert.NotEqual(plain.Values, asked.Values);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Decay_of_some_weights_leaves_the_others_alone(string kind)
    {
        const double L2 = 0.2, L1 = 0.1;
        Lists whole = new() { Batch = Rows };
        Learner without = Make(kind, whole), with = Make(kind, whole with
        {
            Penalties = (all, _) => [new WeightPenalty(L2, L1, all.Last(p => p.IsWeight).Value)],
        });
        int last = with.Parameters.Index().Last(p => p.Item.IsWeight).Index;
        double[] before = with.Values[last];
        without.Update(1);
        with.Update(1);
        for (int p = 0; p < with.Values.Length; p++)
            if (p != last) Assert.Equal(without.Values[p], with.Values[p]);
        // Rounding of sums of a few numbers below 4.
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(-Rate * (L2 * before[i] + L1 * Math.Sign(before[i])), with.Values[last][i] - without.Values[last][i], 1e-14);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_constraint_of_a_users_own_holds_after_every_update_beside_the_usual_ones(string kind)
    {
        const double Limit = 0.6, Rounding = 1e-15;
        Learner learner = Make(kind, new()
        {
            Constraints = (all, usual) =>
            [
                .. usual, new NoNegativeWeights(all), new MaxNorm([.. all.Where(p => p.IsWeight).Select(p => p.Value)], Limit),
            ],
        });
        Matrix[] weights = [.. learner.Parameters.Where(p => p.IsWeight).Select(p => p.Value)];
        Assert.Contains(weights, w => w.Summarize().Minimum < 0 && LargestNorm(w) > Limit);
        int updates = 0;
        foreach (TrainingProgress _ in learner.Run())
        {
            updates++;
            Assert.All(weights, w => Assert.True(w.Summarize().Minimum >= 0));
            Assert.All(weights, w => Assert.InRange(LargestNorm(w), 0, Limit + Rounding));
        }
        Assert.Equal(Epochs * UpdatesPerEpoch, updates);
        Assert.Contains(weights, w => w.Summarize().Maximum > 0);

        static double LargestNorm(Matrix w) => Enumerable.Range(0, w.Columns).Max(j => Math.Sqrt(w.ReadColumn(j).Sum(x => x * x)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_constraint_may_move_a_bias_itself_and_is_shown_the_gradient_with_what_penalties_add(string kind)
    {
        Lists whole = new() { Batch = Rows, Penalties = (all, _) => [new Quartic(all, 0.3)] };
        Learner moves = Make(kind, whole);
        foreach (int bias in moves.Parameters.Index().Where(p => !p.Item.IsWeight).Select(p => p.Index))
        {
            Learner plain = Make(kind, whole);
            Still still = new(bias);
            Learner kept = Make(kind, whole with { Constraints = (_, usual) => [.. usual, still] });
            double[] start = kept.Values[bias];
            plain.Update(1);
            kept.Update(1);
            Assert.Equal(start, kept.Values[bias]);
            for (int i = 0; i < start.Length; i++) Assert.Equal(plain.Values[bias][i] - start[i], still.Step![i], 1e-14);
            for (int p = 0; p < plain.Values.Length; p++)
                if (p != bias) Assert.Equal(plain.Values[p], kept.Values[p]);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_penalty_that_remembers_and_draws_is_saved_and_resumed_to_the_same_bits(string kind)
    {
        const int Updates = Epochs * UpdatesPerEpoch;
        double[][] Resumed(int after, bool forgets)
        {
            Lists lists = new() { Penalties = (all, usual) => [.. usual, new Drift(all, forgets)] };
            Learner stopped = Make(kind, lists), resumed = Make(kind, lists);
            stopped.Update(after);
            foreach (var (to, from) in resumed.Parameters.Zip(stopped.Parameters)) to.Value.SetCopy(from.Value);
            TrainerSnapshot snapshot = stopped.Snapshot();
            Assert.Equal(!forgets, snapshot.Matrices.Any(m => m.Name == "penalty.drift"));
            resumed.Restore(snapshot);
            resumed.Update(Updates);
            return resumed.Values;
        }

        double[][] whole = Resumed(0, forgets: false);
        foreach (int after in (int[])[3, 5, 12]) Assert.Equal(whole, Resumed(after, forgets: false));
        // The memory is what carries it: one that is not saved goes on elsewhere.
        Assert.NotEqual(whole, Resumed(12, forgets: true));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Two_penalties_that_save_one_name_and_decay_of_what_is_no_weight_are_refused(string kind)
    {
        Learner twice = Make(kind, new() { Penalties = (all, _) => [new Drift(all), new Drift(all)] });
        Assert.Contains("two gradient transforms save 'drift'", Assert.Throws<InvalidOperationException>(twice.Snapshot).Message);
        Learner bias = Make(kind, new() { Penalties = (all, _) => [new WeightPenalty(1, weights: all.First(p => !p.IsWeight).Value)] });
        Assert.Contains("are not weights", Assert.Throws<ArgumentException>(() => bias.Update(1)).Message);
        Learner stranger = Make(kind, new() { Penalties = (_, _) => [new WeightPenalty(1, weights: new Matrix(2, 3))] });
        Assert.Contains("[2 × 3] is not among", Assert.Throws<ArgumentException>(() => stranger.Update(1)).Message);
    }

    [Fact]
    public void A_warm_step_of_a_network_allocates_nothing_with_lists_of_a_users_own()
    {
        Examples training = Examples.OfClasses(Digits.Generate(700, 1), 10);
        Network network = Network.Create(784, [130, 90], 10, new SoftmaxHead(), new Rng(2), normalize: true);
        Parameter[] learned = [.. network.Parameters.Where(p => !p.IsFixed)];
        var trainer = new NetworkTrainer(network, new Adam(), new()
        {
            BatchSize = 32,
            L2 = [1e-4],
            MaxNorm = 2,
            Penalties = (_, usual) => [.. usual, new Quartic(learned, 1e-6)],
            Constraints = (_, usual) => [.. usual, new Still(1)],
        });
        using var steps = trainer.Run(training, 1000).GetEnumerator();
        for (int i = 0; i < 60; i++) steps.MoveNext();
        Assert.Equal(0, Allocation.Least(() => steps.MoveNext()));
    }
}
