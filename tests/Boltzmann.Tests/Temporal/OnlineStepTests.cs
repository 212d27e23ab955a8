namespace Boltzmann.Tests.Temporal;

/// <summary>Learning from a stream: every way to take a step takes the same one, and a warm step costs no memory.</summary>
public class OnlineStepTests
{
    const int Length = 40;

    static readonly SequenceTrainerOptions online = new() { IsOnline = true, IsExact = true, Clip = double.PositiveInfinity };

    [Theory, MemberData(nameof(SmallSequences.All), MemberType = typeof(SmallSequences))]
    public void A_learner_takes_the_steps_of_the_trainer(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden), other = model.Clone();
        Sequences data = SmallSequences.Data(model, Length);
        foreach (TrainingProgress _ in new SequenceTrainer(model, new AdaGrad(), online).Run(data, 1)) { }
        var learner = new OnlineLearner(other, new AdaGrad(), online);
        var row = new double[data.Columns];
        for (int t = 0; t < Length; t++)
        {
            data.Steps.Rows.Read(t, row);
            learner.Observe(row);
        }
        for (int p = 0; p < model.Parameters.Count; p++) AssertClose(model.Parameters[p], other.Parameters[p].Value, 0);
    }

    [Theory, InlineData("bernoulli"), InlineData("gaussian"), InlineData("multinomial")]
    public void Batches_of_one_row_take_the_same_steps(string visible)
    {
        SequenceModel model = SmallSequences.Create("traces", visible, "none"), other = model.Clone();
        Sequences data = SmallSequences.Data(model, Length);
        foreach (TrainingProgress _ in new SequenceTrainer(model, new AdaGrad(), online).Run(data, 2)) { }
        var trainer = new Trainer(other.Machine, new ExactGradient(), new AdaGrad(), new()
        {
            BatchSize = 1,
            Shuffle = false,
            Centering = false,
            LearningRate = online.LearningRate,
            L2 = online.L2,
        });
        foreach (TrainingProgress _ in trainer.Run(SequenceRows.Of(data, (TraceMemory)other.Memory), 2)) { }
        for (int p = 0; p < model.Parameters.Count; p++) AssertClose(model.Parameters[p], other.Parameters[p].Value, 1e-9);
    }

    [Theory]
    [InlineData("traces", "bernoulli", "none")]
    [InlineData("traces", "gaussian", "none")]
    [InlineData("traces", "bernoulli", "bernoulli")]
    [InlineData("hidden", "bernoulli", "bernoulli")]
    [InlineData("recurrent", "bernoulli", "bernoulli")]
    public void A_warm_step_allocates_nothing(string memory, string visible, string hidden)
    {
        SequenceModel model = SmallSequences.Create(memory, visible, hidden, placement: Placement.Default);
        Sequences data = SmallSequences.Data(model, Length);
        var trainer = new SequenceTrainer(model, new AdaGrad(), online with { IsExact = false, Clip = 1, LearningRate = 1e-3 });
        using IEnumerator<TrainingProgress> steps = trainer.Run(data, 20).GetEnumerator();
        var least = new long[Length];
        Array.Fill(least, long.MaxValue);
        while (true)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (!steps.MoveNext()) break;
            long after = GC.GetAllocatedBytesForCurrentThread();
            if (steps.Current.Epoch > 2) least[steps.Current.Batch - 1] = Math.Min(least[steps.Current.Batch - 1], after - before);
        }
        // The first and the last step of an epoch include its beginning and its record.
        Assert.All(least[1..^1], bytes => Assert.Equal(0, bytes));
    }

    static void AssertClose(Parameter expected, Matrix actual, double tolerance)
    {
        for (int r = 0; r < actual.Rows; r++)
            for (int c = 0; c < actual.Columns; c++)
                Assert.True(Math.Abs(expected.Value[r, c] - actual[r, c]) <= tolerance, $"{expected.Name} at ({r}, {c})");
    }
}
