namespace Boltzmann.Tests.Temporal;

/// <summary>Machines with memory that are others in disguise.</summary>
public class SequenceIdentityTests
{
    static readonly Placement inDouble = Placement.Default.Double;

    [Fact]
    public void A_trace_that_forgets_at_once_is_one_more_step_of_the_queue()
    {
        SequenceModel trace = SequenceModel.Dybm(new BernoulliLayer(3, inDouble), new TraceMemory(3, 2, [0], placement: inDouble)),
            queue = SequenceModel.Dybm(new BernoulliLayer(3, inDouble), new TraceMemory(3, 3, [], placement: inDouble));
        trace.SetRandomWeights(1, new Rng(1));
        queue.ToVisible!.SetCopy(trace.ToVisible!);
        AssertSame(trace, queue);
    }

    [Fact]
    public void A_crbm_without_weights_to_hidden_units_is_a_dybm()
    {
        SequenceModel crbm = SequenceModel.Crbm(new BernoulliLayer(3, inDouble), new BernoulliLayer(2, inDouble), new TraceMemory(3, 2,
            [0.5], placement: inDouble));
        SequenceModel dybm = SequenceModel.Dybm(new BernoulliLayer(3, inDouble), new TraceMemory(3, 2, [0.5], placement: inDouble));
        crbm.SetRandomWeights(1, new Rng(1));
        crbm.Weights!.Fill(0);
        dybm.ToVisible!.SetCopy(crbm.ToVisible!);
        AssertSame(crbm, dybm);
    }

    [Fact]
    public void Recurrent_machines_without_recurrence_are_an_rbm_of_their_rows()
    {
        SequenceModel rtrbm = SmallSequences.Create("hidden", "bernoulli", "bernoulli"), rnn = SmallSequences.Create("recurrent",
            "bernoulli", "bernoulli");
        rtrbm.ToHidden!.Fill(0);
        ((HiddenMemory)rtrbm.Memory).First.SetCopy(rtrbm.Hidden!.Bias);
        rnn.ToVisible!.Fill(0);
        rnn.ToHidden!.Fill(0);
        foreach (SequenceModel model in (SequenceModel[])[rtrbm, rnn])
        {
            var rbm = new Rbm(model.Visible.Clone(), model.Hidden!.Clone());
            rbm.Weights.SetCopy(model.Weights!);
            Sequences data = SmallSequences.Data(model, 5, 3);
            Assert.Equal(Exact.LogLikelihood(rbm, data.Steps.ToMatrix(inDouble)).PerRow,
                SequenceEvaluation.LogLikelihood(model, data).PerStep, (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void A_machine_of_one_delay_and_no_spikes_under_way_is_one_of_traces_with_an_idle_queue()
    {
        const int delay = 3;
        var delays = new DelayMemory([.. Enumerable.Repeat(delay, 4)], [0.3, 0.7], [0.5], inDouble);
        delays.Arrived.SampleNormal(new Rng(2));
        SequenceModel original = SequenceModel.Dybm(new BernoulliLayer(2, inDouble), delays), traces = SequenceModel.Dybm(
            new BernoulliLayer(2, inDouble), new TraceMemory(2, delay, [0.3, 0.7], placement: inDouble));
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
                for (int k = 0; k < 2; k++) traces.ToVisible![j, (delay - 1 + k) * 2 + i] = delays.Arrived[i * 2 + j, k];
        AssertSame(original, traces);
    }

    static void AssertSame(SequenceModel a, SequenceModel b)
    {
        Sequences data = SmallSequences.Data(a, 8, 1, 5);
        Assert.Equal(SequenceEvaluation.LogLikelihood(a, data).PerStep, SequenceEvaluation.LogLikelihood(b, data).PerStep,
            (x, y) => Math.Abs(x - y) < 1e-12);
    }
}
