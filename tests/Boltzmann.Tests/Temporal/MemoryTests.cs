namespace Boltzmann.Tests.Temporal;

/// <summary>What memories hold, against sums over the past.</summary>
public class MemoryTests
{
    static readonly Placement inDouble = Placement.Default.Double;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Queue_and_traces_are_sums_over_the_past(int delay, bool feedsNow)
    {
        double[] decays = [0, 0.5, 0.9];
        var memory = new TraceMemory(2, delay, decays, feedsNow, inDouble);
        double[][] x = Steps(12, 2);
        MemoryState state = memory.NewState(1);
        for (int t = 0; t < x.Length; t++)
        {
            var context = new Matrix(1, memory.Width, inDouble);
            memory.SetContext(state, context);
            for (int c = 0; c < 2; c++)
            {
                for (int d = 1; d < delay; d++) Assert.Equal(t >= d ? x[t - d][c] : 0, context[0, (d - 1) * 2 + c]);
                for (int k = 0; k < decays.Length; k++)
                {
                    double sum = 0;
                    int from = feedsNow ? 1 : delay;
                    for (int d = from; d <= t; d++) sum += Math.Pow(decays[k], d - from) * x[t - d][c];
                    Assert.Equal(sum, context[0, (delay - 1 + k) * 2 + c], 12);
                }
            }
            memory.Remember(state, Matrix.Row(x[t], inDouble));
        }
    }

    [Theory]
    [InlineData(Precision.Float32, 60)]
    [InlineData(Precision.Float64, 500)]
    public void A_trace_fades_by_its_decay_and_is_0_before_it_is_subnormal(Precision precision, int least)
    {
        Placement placement = precision == Precision.Float32 ? Placement.Default : inDouble;
        var memory = new TraceMemory(1, 1, [0.5], placement: placement);
        MemoryState state = memory.NewState(1);
        var context = new Matrix(1, 1, placement);
        for (int t = 0; t <= least + 2; t++)
        {
            memory.Remember(state, Matrix.Row([t == 0 ? 1 : 0], placement));
            memory.SetContext(state, context);
            Assert.Equal(t <= least ? Math.ScaleB(1, -t) : 0, context[0, 0]);
        }
    }

    [Fact]
    public void Delays_say_what_the_published_sums_say()
    {
        const int units = 3;
        double[] lambdas = [0.25, 0.5], mus = [0.4, 0.75, 0.9];
        var memory = new DelayMemory(DelayMemory.Draw(units, 1, 5, new Rng(7)), lambdas, mus, inDouble);
        var rng = new Rng(8);
        memory.Arrived.SampleNormal(rng);
        memory.UnderWay.SampleNormal(rng);
        double[][] x = Steps(14, units);
        MemoryState state = memory.NewState(1);
        for (int t = 0; t < x.Length; t++)
        {
            var context = new Matrix(1, units, inDouble);
            memory.SetContext(state, context);
            for (int j = 0; j < units; j++) Assert.Equal(Said(j, t), context[0, j], 12);
            memory.Remember(null!, state, Matrix.Row(x[t], inDouble));
        }

        double Said(int j, int t)
        {
            double sum = 0;
            for (int i = 0; i < units; i++)
            {
                int to = i * units + j, back = j * units + i, d = memory.Delays[to], dBack = memory.Delays[back];
                for (int k = 0; k < lambdas.Length; k++)
                    for (int delta = d; delta <= t; delta++) sum += memory.Arrived[to, k] * Math.Pow(lambdas[k],
                        delta - d) * x[t - delta][i];
                for (int l = 0; l < mus.Length; l++)
                {
                    // The published weight belongs to the moment of sending, ours to that of arrival.
                    double published = memory.UnderWay[to, l] * Math.Pow(mus[l], d - 1);
                    for (int delta = 1; delta < d && delta <= t; delta++) sum -= published * Math.Pow(mus[l], -delta) * x[t - delta][i];
                    double ofOwn = memory.UnderWay[back, l] * Math.Pow(mus[l], dBack - 1);
                    for (int delta = 1; delta <= t; delta++) sum -= ofOwn * Math.Pow(mus[l], delta) * x[t - delta][i];
                }
            }
            return sum;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_in_any_order_have_the_contexts_of_reading_in_order(int delay)
    {
        SequenceModel model = SequenceModel.Dybm(new BernoulliLayer(2, inDouble), new TraceMemory(2, delay, [0.3, 0.8],
            placement: inDouble));
        Sequences data = SmallSequences.Data(model, 4, 1, 6);
        var memory = (TraceMemory)model.Memory;
        var rows = new SequenceRows(data, memory);
        int[] order = [10, 0, 4, 3, 5, 9, 1, 2, 6, 7, 8];
        var gathered = new Matrix(order.Length, rows.Columns, inDouble);
        rows.Gather(order, gathered);
        for (int s = 0; s < data.Count; s++)
        {
            MemoryState state = memory.NewState(1);
            for (int t = 0; t < data.LengthOf(s); t++)
            {
                var context = new Matrix(1, memory.Width, inDouble);
                memory.SetContext(state, context);
                Matrix step = data.Steps.ToMatrix(data.First[s] + t, 1, inDouble);
                Assert.Equal([.. step.ReadRow(0), .. context.ReadRow(0)], gathered.ReadRow(Array.IndexOf(order, data.First[s] + t)));
                memory.Remember(state, step);
            }
        }
    }

    static double[][] Steps(int count, int columns)
    {
        var rng = new Rng(5);
        return [.. Enumerable.Range(0, count).Select(_ => (double[])[.. Enumerable.Range(0, columns).Select(_ => rng.NextUniform() < 0.4
            ? 1.0
            : 0)])];
    }
}
