namespace Boltzmann.Tests.Reporting;

/// <summary>Traces, plasticity and lags as pictures: their numbers are those that the memories hold and add.</summary>
public sealed class MemoryPicturesTests
{
    const int Units = 3, Steps = 25;

    static double[][] Spikes(int seed = 4)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Steps).Select(_ => Enumerable.Range(0, Units).Select(_ => (double)random.Next(2)).ToArray())];
    }

    static DelayMemory Delays()
    {
        var memory = new DelayMemory(DelayMemory.Draw(Units, 1, 6, new Rng(8)), [0.25, 0.75], [0.5, 0.6, 0], Placement.Default.Double);
        var rng = new Rng(9);
        foreach (Parameter p in memory.Parameters) p.Value.SampleNormal(rng);
        return memory;
    }

    // The contexts before each step.
    static double[][] Contexts(Memory memory, double[][] rows)
    {
        MemoryState state = memory.NewState(1);
        var machine = SequenceModel.Dybm(new BernoulliLayer(Units, memory.Placement), new TraceMemory(Units, 2, [], placement:
            memory.Placement)).Machine;
        var context = new Matrix(1, memory.Width, memory.Placement);
        return [.. rows.Select(row =>
        {
            memory.SetContext(state, context);
            memory.Remember(machine, state, Matrix.Row(row, memory.Placement));
            return context.ReadRow(0);
        })];
    }

    [Fact]
    public void The_weights_over_time_of_all_pairs_add_up_to_what_the_memory_adds_to_inputs()
    {
        DelayMemory memory = Delays();
        double[][] rows = Spikes(), contexts = Contexts(memory, rows);
        for (int t = 0; t < Steps; t++)
            for (int j = 0; j < Units; j++)
            {
                double sum = 0;
                for (int i = 0; i < Units; i++)
                    for (int delta = 1; delta <= t; delta++)
                        sum += rows[t - delta][i] * (StdpCurve.Weight(memory, i, j, delta) + StdpCurve.Weight(memory, j, i, -delta));
                Assert.Equal(contexts[t][j], sum, 1e-10);
            }
    }

    [Fact]
    public void Traces_that_are_drawn_are_those_that_the_memory_weighs()
    {
        DelayMemory memory = Delays();
        double[][] rows = Spikes(), contexts = Contexts(memory, rows);
        for (int j = 0; j < Units; j++)
        {
            var sums = new double[Steps];
            for (int i = 0; i < Units; i++)
            {
                double[] values = [.. rows.Select(row => row[i])];
                int d = memory.Delays[i * Units + j], back = memory.Delays[j * Units + i];
                for (int k = 0; k < memory.Lambdas.Count; k++)
                    Add(sums, TraceChart.Fading(values, memory.Lambdas[k], d, 1), memory.Arrived[i * Units + j, k]);
                for (int l = 0; l < memory.Mus.Count; l++)
                {
                    Add(sums, TraceChart.UnderWay(values, memory.Mus[l], d), -memory.UnderWay[i * Units + j, l]);
                    Add(sums, TraceChart.Fading(values, memory.Mus[l], 1, memory.Mus[l]),
                        -memory.UnderWay[j * Units + i, l] * Math.Pow(memory.Mus[l], back - 1));
                }
            }
            for (int t = 0; t < Steps; t++) Assert.Equal(contexts[t][j], sums[t], 1e-10);
        }

        static void Add(double[] sums, double[] trace, double weight)
        {
            for (int t = 0; t < sums.Length; t++) sums[t] += weight * trace[t];
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Traces_of_a_queue_are_its_contexts(int delay, bool feedsNow)
    {
        var memory = new TraceMemory(Units, delay, [0.3, 0.9], feedsNow, Placement.Default.Double);
        double[][] rows = Spikes(), contexts = Contexts(memory, rows);
        for (int u = 0; u < Units; u++)
            for (int k = 0; k < 2; k++)
                Assert.Equal(contexts.Select(z => z[(delay - 1 + k) * Units + u]),
                    TraceChart.Fading([.. rows.Select(row => row[u])], memory.Decays[k], feedsNow ? 1 : delay, 1),
                    (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_chart_of_traces_has_a_panel_of_spikes_and_one_for_each_kind_of_trace()
    {
        var drawn = new DrawnDocument(TraceChart.Svg("t", Delays(), Spikes(), 1, 2));
        foreach (string name in (string[])["spikes of unit 2", "α, spikes that have arrived", "β, spikes under way",
            "γ, the unit's own past", "λ = 0.25", "μ = 0.6"]) Assert.Contains(name, drawn.Texts);
        drawn = new(TraceChart.Svg("t", new TraceMemory(Units, 3, [0.5]), Spikes(), 0));
        Assert.Contains("e, λ = 0.5", drawn.Texts);
        Assert.Contains("step; the queue keeps 2 as they were", drawn.Texts);
        // Values that are no spikes are a curve.
        drawn = new(TraceChart.Svg("t", new TraceMemory(1, 2, []), [[0.5], [-2], [double.NaN]], 0));
        Assert.Contains("values of unit 1", drawn.Texts);
        Assert.Contains("no data", new DrawnDocument(TraceChart.Svg("t", new TraceMemory(1, 2, [0.5]), [], 0)).Texts);
        _ = new DrawnDocument(TraceChart.Svg("t", new TraceMemory(1, 2, [0.5]), [[1]], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TraceChart.Svg("t", Delays(), Spikes(), 0, 3));
        Assert.Throws<ArgumentException>(() => TraceChart.Svg("t", Delays(), [[1]], 0, 0));
    }

    [Fact]
    public void A_curve_of_plasticity_says_its_weights_and_its_delay()
    {
        var memory = new DelayMemory([3], [0.5], [0.25]);
        (memory.Arrived[0, 0], memory.UnderWay[0, 0]) = (2, 0.75);
        var drawn = new DrawnDocument(StdpCurve.Svg("s", memory, 0, 0));
        foreach (string hint in (string[])["u, after the spike has arrived, 3: 2", "u, after the spike has arrived, 5: 0.5",
            "v, before it arrives, or j was first, 2: −0.75", "v, before it arrives, or j was first, 1: −0.1875"])
            Assert.Contains(hint, drawn.Hints);
        Assert.Contains(drawn.Hints, h => h.StartsWith("v, before it arrives, or j was first, −1: −0.0117", StringComparison.Ordinal));
        Assert.DoesNotContain(drawn.Hints, h => h.Contains(", 0: ", StringComparison.Ordinal));
        Assert.Contains("delay d = 3", drawn.Texts);
        Assert.Throws<ArgumentOutOfRangeException>(() => StdpCurve.Svg("s", memory, 0, 1));
        _ = new DrawnDocument(StdpCurve.Svg("long", new DelayMemory([10_000], [0.999], [0]), 0, 0));
    }

    [Fact]
    public void A_sheet_of_lags_has_a_tile_for_each_lag_and_trace_on_one_scale()
    {
        var memory = new TraceMemory(Units, 4, [0.5, 0.9]);
        var weights = new Matrix(Units, memory.Width);
        // From unit 3 two steps ago to unit 1; to unit 2 from unit 2's second trace.
        weights[0, Units + 2] = 1;
        weights[1, 4 * Units + 1] = -1;
        var drawn = new DrawnDocument(LagSheet.Svg("lags", memory, weights));
        // The first picture is the legend.
        var tiles = drawn.All("image").Skip(1).Select(e => (X: (double)e.Attribute("x")!, Y: (double)e.Attribute("y")!,
            Side: (double)e.Attribute("width")!)).ToArray();
        Assert.Equal(5, tiles.Length);
        for (int tile = 0; tile < 5; tile++)
            for (int r = 0; r < Units; r++)
                for (int c = 0; c < Units; c++)
                {
                    var (x, y, side) = tiles[tile];
                    var colour = drawn.At(x + (c + 0.5) * side / Units, y + (r + 0.5) * side / Units);
                    Assert.Equal(Math.Sign(colour.R - colour.B), Math.Sign(weights[r, tile * Units + c]));
                }
        foreach (string name in (string[])["lag 1", "lag 3", "trace 0.5", "trace 0.9", "−1", "1"]) Assert.Contains(name, drawn.Texts);
        Assert.DoesNotContain("lag 4", drawn.Texts);
    }

    [Fact]
    public void Weights_of_many_lags_many_units_or_to_hidden_units_are_shown()
    {
        var long_ = new TraceMemory(2, 100, [0.5]);
        var drawn = new DrawnDocument(LagSheet.Svg("long", long_, new Matrix(2, long_.Width)));
        Assert.Contains(drawn.Texts, t => t.EndsWith("lags 1 to 47 of 99", StringComparison.Ordinal));
        Assert.Equal(1 + 48, drawn.All("image").Count());
        var wide = new TraceMemory(900, 2, []);
        _ = new DrawnDocument(LagSheet.Svg("wide", wide, new Matrix(20, wide.Width)));
        _ = new DrawnDocument(LagSheet.Svg("tall", new TraceMemory(2, 2, [0.5]), new Matrix(500, 4)));
        Assert.Throws<ArgumentException>(() => LagSheet.Svg("other", wide, new Matrix(1, 7)));
    }

    [Fact]
    public void Of_a_single_unit_the_weight_over_the_lag_is_drawn_with_what_traces_add_to_it()
    {
        var memory = new TraceMemory(1, 3, [0.5, 0.25]);
        var drawn = new DrawnDocument(LagSheet.Svg("one", memory, Matrix.Row([4, -3, 2, 1])));
        foreach (string hint in (string[])["queue, 1: 4", "queue, 2: −3", "traces, 3: 3", "traces, 4: 1.25"])
            Assert.Contains(hint, drawn.Hints);
        var now = new TraceMemory(1, 3, [0.5], feedsNow: true);
        Assert.Contains("traces, 1: 2", new DrawnDocument(LagSheet.Svg("now", now, Matrix.Row([4, -3, 2]))).Hints);
        _ = new DrawnDocument(LagSheet.Svg("queue", new TraceMemory(1, 2, []), Matrix.Row([4])));
        _ = new DrawnDocument(LagSheet.Svg("trace", new TraceMemory(1, 1, [0.5]), Matrix.Row([0])));
        _ = new DrawnDocument(LagSheet.Svg("long", new TraceMemory(1, 1000, [0.5]), new Matrix(1, 1000)));
    }
}
