namespace Boltzmann.Tests.Temporal;

/// <summary>What machines with memory learn, and that they may stop and go on anywhere.</summary>
public class SequenceTrainerTests
{
    static readonly Placement inDouble = Placement.Default.Double;

    [Theory]
    [InlineData("traces")]
    [InlineData("delays")]
    public void Online_learning_that_stops_in_the_midst_of_a_sequence_ends_at_the_same_bits(string memory)
    {
        double[][,] whole = Learn(memory, null), parts = Learn(memory, 17);
        Assert.Equal(whole, parts);

        static double[][,] Learn(string memory, int? stop)
        {
            SequenceModel model = SmallSequences.Create(memory, "bernoulli", "none");
            Sequences data = SmallSequences.Data(model, 9, 13);
            var options = new SequenceTrainerOptions { IsOnline = true, IsExact = true, Clip = double.PositiveInfinity };
            var trainer = new SequenceTrainer(model, new AdaGrad(), options);
            if (stop is int steps)
            {
                foreach (TrainingProgress _ in trainer.Run(data, 3))
                    if (--steps == 0) break;
                TrainerSnapshot snapshot = trainer.Snapshot();
                trainer = new SequenceTrainer(model, new AdaGrad(), options);
                trainer.Restore(snapshot);
            }
            foreach (TrainingProgress _ in trainer.Run(data, 3)) { }
            return [.. model.Parameters.Select(p => p.Value.ToArray())];
        }
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("recurrent")]
    public void Learning_through_time_that_stops_within_an_epoch_ends_at_the_same_bits(string memory)
    {
        Assert.Equal(Learn(null), Learn(4));

        double[][,] Learn(int? stop)
        {
            SequenceModel model = SmallSequences.Create(memory, "bernoulli", "bernoulli");
            Sequences data = SmallSequences.Data(model, 9, 13, 5, 7, 1);
            var options = new SequenceTrainerOptions { BatchSize = 2, Truncate = 4, Steps = new(2) };
            var trainer = new SequenceTrainer(model, new Adam(), options);
            if (stop is int updates)
            {
                foreach (TrainingProgress _ in trainer.Run(data, 3))
                    if (--updates == 0) break;
                TrainerSnapshot snapshot = trainer.Snapshot();
                trainer = new SequenceTrainer(model, new Adam(), options);
                trainer.Restore(snapshot);
            }
            foreach (TrainingProgress _ in trainer.Run(data, 3)) { }
            return [.. model.Parameters.Select(p => p.Value.ToArray())];
        }
    }

    [Fact]
    public void A_machine_of_recurrent_states_learns_to_predict_what_repeats()
    {
        // 0 0 1 1 0 0 1 1 …: the step before does not tell the next, the state must.
        var rows = new Matrix(80, 1, inDouble);
        for (int t = 0; t < 80; t++) rows[t, 0] = t / 2 % 2;
        var data = new Sequences(new Dataset("pairs", new MatrixRows(rows)), [0, 40]);
        SequenceModel model = SequenceModel.Rtrbm(new BernoulliLayer(1, inDouble), new BernoulliLayer(8, inDouble));
        model.SetRandomWeights(0.5, new Rng(5));
        var options = new SequenceTrainerOptions { IsPrediction = true, Steps = 2, BatchSize = 1, LearningRate = 0.05 };
        foreach (TrainingProgress _ in new SequenceTrainer(model, new Adam(), options).Run(data, 300)) { }
        PredictionErrors errors = SequenceEvaluation.Predictions(model, data, new()
        {
            IsMeanField = true,
            MeanFieldSweeps = 2,
            MostStates = 1
        }).Model;
        Assert.InRange(errors.SquaredError, 0, 0.05);
    }

    [Fact]
    public void The_one_maximum_is_reached_from_any_start()
    {
        double[][] ends = [.. Enumerable.Range(0, 3).Select(seed =>
        {
            SequenceModel model = SmallSequences.Create("delays", "bernoulli", "none");
            model.SetRandomWeights(2, new Rng((ulong)seed));
            var likelihood = new ConcaveLikelihood(model, SmallSequences.Data(model, 8, 12), 0.05);
            likelihood.Maximize(model, 400, 1e-9);
            return likelihood.PointOf(model);
        })];
        foreach (double[] end in ends)
            for (int k = 0; k < end.Length; k++) Assert.Equal(ends[0][k], end[k], 1e-6);
    }

    [Fact]
    public void A_Gaussian_machine_of_a_queue_comes_to_least_squares()
    {
        // x_t = 0.5·x_{t−1} − 0.3·x_{t−2} + 1, without noise from where it begins: two lags and a constant have it whole.
        var rows = new Matrix(40, 1, inDouble);
        double before = 3, last = -2;
        for (int t = 0; t < 40; t++)
        {
            rows[t, 0] = last;
            (before, last) = (last, 0.5 * last - 0.3 * before + 1);
        }
        var data = new Sequences(new Dataset("rule", new MatrixRows(rows)), warmUp: [2]);
        SequenceModel model = SequenceModel.Dybm(new GaussianLayer(1, placement: inDouble), new TraceMemory(1, 3, [], placement: inDouble));
        var likelihood = new ConcaveLikelihood(model, data, 0);
        likelihood.Maximize(model, 500, 1e-13);
        Assert.Equal(0.5, model.ToVisible![0, 0], 1e-6);
        Assert.Equal(-0.3, model.ToVisible![0, 1], 1e-6);
        Assert.Equal(1, model.Visible.Bias[0, 0], 1e-6);
    }

    [Theory]
    [InlineData("gaussian", 2)]
    [InlineData("bernoulli", 40)]
    public void Contexts_that_go_together_take_few_steps(string units, int steps)
    {
        // A slow wave: its lags are nearly one another.
        var rows = new Matrix(400, 2, inDouble);
        var rng = new Rng(6);
        for (int t = 0; t < rows.Rows; t++)
        {
            double wave = Math.Sin(t / 12.0) + 0.01 * (rng.NextUniform() - 0.5), beside = Math.Cos(t / 9.0);
            rows.WriteRow(t, units == "gaussian" ? [wave, beside] : [(1 + wave) / 2.1, rng.NextUniform() < (1 + beside) / 2 ? 1 : 0]);
        }
        var data = new Sequences(new Dataset("wave", new MatrixRows(rows)));
        Layer layer = units == "gaussian" ? new GaussianLayer(2, placement: inDouble) : new BernoulliLayer(2, inDouble);
        SequenceModel model = SequenceModel.Dybm(layer, new TraceMemory(2, 8, [0.9], placement: inDouble));
        var likelihood = new ConcaveLikelihood(model, data, 1e-7);
        LimitedMemoryBfgs search = likelihood.From(model);
        LimitedMemoryBfgs plain = new(likelihood.Loss, likelihood.PointOf(model));
        Assert.True(search.Minimize(1e-7, steps).IsConverged, $"the steepest of it after {steps} steps: {search.Steepest}");
        Assert.False(plain.Minimize(1e-7, steps).IsConverged);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(6, false)]
    public void What_was_seven_steps_ago_needs_a_queue_of_seven(int delay, bool isEnough)
    {
        Sequences data = Copies();
        SequenceModel model = SequenceModel.Dybm(new BernoulliLayer(1, inDouble), new TraceMemory(1, delay, [], placement: inDouble));
        var likelihood = new ConcaveLikelihood(model, data, 1e-4);
        likelihood.Maximize(model, 300, 0);
        double nats = SequenceEvaluation.LogLikelihood(model, data).Mean;
        if (isEnough) Assert.True(nats > -0.1, $"{nats} nats");
        else Assert.True(nats < -0.5, $"{nats} nats");
    }

    [Fact]
    public void A_recurrent_state_carries_what_no_queue_holds()
    {
        // The first bit is said again after seven silent steps: nothing in between tells.
        var rows = new Matrix(8 * 40, 2, inDouble);
        var rng = new Rng(4);
        for (int s = 0; s < 40; s++)
        {
            double bit = rng.NextUniform() < 0.5 ? 1 : 0;
            rows.WriteRow(8 * s, [bit, 1]);
            rows.WriteRow(8 * s + 7, [bit, 1]);
        }
        var data = new Sequences(new Dataset("echo", new MatrixRows(rows)), [.. Enumerable.Range(0, 40).Select(s => 8 * s)]);
        SequenceModel model = SequenceModel.RnnRbm(new BernoulliLayer(2, inDouble), new BernoulliLayer(4, inDouble),
            new RecurrentMemory(2, 12, inDouble));
        model.SetRandomWeights(0.3, new Rng(5));
        var trainer = new SequenceTrainer(model, new Adam(), new() { IsExact = true, LearningRate = 0.02, BatchSize = 10, Clip = 1 });
        foreach (TrainingProgress _ in trainer.Run(data, 200)) { }
        double[] last = [.. SequenceEvaluation.LogLikelihood(model, data).PerStep.Where((_, t) => t % 8 == 7)];
        Assert.True(last.Average() > -0.2, $"{last.Average()} nats where chance alone has −0.69");
    }

    [Fact]
    public void Steps_that_only_warm_the_memory_up_teach_nothing()
    {
        // The way back is cut where they end, so another past may only matter through what the memory holds of it: a queue of one step
        // holds nothing of the first five.
        double[][,] one = Learn(past: 0), other = Learn(past: 1);
        Assert.Equal(one, other);

        static double[][,] Learn(double past)
        {
            var memory = new TraceMemory(2, 2, [], placement: inDouble);
            SequenceModel model = SequenceModel.Crbm(new BernoulliLayer(2, inDouble), new BernoulliLayer(2, inDouble), memory);
            model.SetRandomWeights(0.5, new Rng(3));
            Matrix rows = SmallSequences.Data(model, 12).Steps.ToMatrix(inDouble);
            for (int t = 0; t < 5; t++) rows.WriteRow(t, [past, past]);
            var data = new Sequences(new Dataset("warm", new MatrixRows(rows)), warmUp: [6]);
            var trainer = new SequenceTrainer(model, new Sgd(), new() { IsExact = true, Truncate = 6 });
            foreach (TrainingProgress _ in trainer.Run(data, 2)) { }
            return [.. model.Parameters.Select(p => p.Value.ToArray())];
        }
    }

    static Sequences Copies()
    {
        var rows = new Matrix(400, 1, inDouble);
        var rng = new Rng(6);
        for (int t = 0; t < 400; t++) rows[t, 0] = t < 7 ? rng.NextUniform() < 0.5 ? 1 : 0 : rows[t - 7, 0];
        // Seven random bits for ever would be a pattern that fewer lags tell, too: each stretch has bits of its own.
        for (int s = 0; s < 400; s += 20)
            for (int t = s; t < s + 20; t++) rows[t, 0] = t < s + 7 ? rng.NextUniform() < 0.5 ? 1 : 0 : rows[t - 7, 0];
        return new(new Dataset("copies", new MatrixRows(rows)), [.. Enumerable.Range(0, 20).Select(s => 20 * s)],
            warmUp: [.. Enumerable.Repeat(7, 20)]);
    }
}
