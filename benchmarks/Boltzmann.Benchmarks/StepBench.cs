using System.Diagnostics;

namespace Boltzmann.Benchmarks;

/// <summary>
/// Times the operations of one CD-1 step, as a trainer composes them, and states them as a share of the multiply-add peak of the same run:
/// <c>step [visible×hidden×batch …] [f64] [bits=256] [threads=1] [seconds=3]</c>. Samples of peak and operations alternate; the
/// best of each is taken, as other programs only ever make them slower.
/// </summary>
static class StepBench
{
    public static int Run(string[] arguments)
    {
        Precision precision = arguments.Contains("f64") ? Precision.Float64 : Precision.Float32;
        int threads = (int)Arguments.Number(arguments, "threads", Environment.ProcessorCount);
        int bits = (int)Arguments.Number(arguments, "bits", CpuBackend.Shared.VectorBits);
        double seconds = Arguments.Number(arguments, "seconds", 3);
        IReadOnlyList<int[]> shapes = Arguments.Shapes(arguments, [784, 1024, 10], [784, 1024, 100], [3072, 5000, 100]);
        foreach (int[] s in shapes)
            foreach (bool sparse in new[] { false, true }) Measure(s[0], s[1], s[2], sparse, precision, bits, threads, seconds);
        return 0;
    }

    static void Measure(int visible, int hidden, int batch, bool sparse, Precision precision, int bits, int threads, double seconds)
    {
        var backend = new CpuBackend(threads, bits, sparse);
        var step = new Step(visible, hidden, batch, new(backend, precision));
        var operations = step.Operations;
        var times = Array.ConvertAll(operations, _ => new List<double>());
        double peak = 0;
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < 5 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            peak = Math.Max(peak, FmaPeak.Measure(precision, bits, threads, 0.01));
            for (int repeat = 0; repeat < 20; repeat++)
                for (int i = 0; i < operations.Length; i++)
                {
                    long before = Stopwatch.GetTimestamp();
                    operations[i].Run();
                    times[i].Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
                }
        }
        Console.WriteLine($"{visible} × {hidden}, batch {batch}, {precision}, {(sparse ? "zeros skipped" : "dense")}, {backend.Name}: peak "
            + $"{peak:F0} GFLOP/s");
        double total = 0, totalMedian = 0;
        for (int i = 0; i < operations.Length; i++)
        {
            times[i].Sort();
            double best = times[i][0], median = times[i][times[i].Count / 2],
                work = operations[i].Products * 2e-9 * visible * hidden * batch;
            if (operations[i].Name != Step.WholeStep)
            {
                total += best;
                totalMedian += median;
            }
            Console.WriteLine($"    {operations[i].Name,-14} {best,8:F4} ms (median {median,8:F4})"
                + (work > 0 ? $" {work / best * 1e3,7:F0} GFLOP/s {work / best * 1e3 / peak,6:P0}" : ""));
        }
        double flops = 1e-9 * 10 * visible * hidden * batch;
        Console.WriteLine($"    {"sum of best",-14} {total,8:F4} ms (median {totalMedian,8:F4}) {flops / total * 1e3,7:F0} GFLOP/s "
            + $"{flops / total * 1e3 / peak,6:P0}");
    }

    /// <summary>One CD-1 step on data with the zeros of MNIST and hidden states of a trained machine.</summary>
    sealed class Step
    {
        public const string WholeStep = "whole step";

        readonly Matrix weights, change, visibleBias, visibleChange, hiddenBias, hiddenChange, v0, h0, states, drawn, v1, h1, visibleInputs,
            hiddenInputs;
        readonly Factor[] factors;
        readonly Rng rng = new();
        readonly UpdateRule rule = new(LearningRate: 1e-9, Momentum: 0.5, L2: 1e-4);

        public Step(int visible, int hidden, int batch, Placement placement)
        {
            Matrix New(int rows, int columns) => new(rows, columns, placement);
            (weights, change) = (New(visible, hidden), New(visible, hidden));
            (visibleBias, visibleChange, hiddenBias, hiddenChange) = (New(1, visible), New(1, visible), New(1, hidden), New(1, hidden));
            (v0, v1, visibleInputs) = (New(batch, visible), New(batch, visible), New(batch, visible));
            (h0, h1, states, drawn, hiddenInputs) = (New(batch, hidden), New(batch, hidden), New(batch, hidden), New(batch, hidden),
                New(batch, hidden));
            weights.SampleNormal(rng);
            weights.SetSum(weights, 0.01);
            var random = new Random(1);
            // Strokes: runs of about 6 pixels, 19 % of all; rows of 28 repeat with small shifts, as digits do.
            var row = new double[visible];
            for (int r = 0; r < batch; r++)
            {
                Array.Clear(row);
                for (int c = 0; c + 7 < visible; c++)
                    if (c % 28 is > 4 and < 20 && random.NextDouble() < 0.055)
                        for (int i = 0; i < 7; i++) row[c + i] = 0.2 + 0.8 * random.NextDouble();
                v0.WriteRow(r, row);
            }
            // About one hidden unit in seven is on, as in a trained machine.
            hiddenBias.Fill(-2);
            hiddenInputs.SetProduct(v0, weights);
            states.SampleTwoState(hiddenInputs, hiddenBias, 0, 1, rng);
            v1.SampleUniform(rng);
            factors = [new(v0, h0, 1.0 / batch), new(v1, h1, -1.0 / batch)];
        }

        public (string Name, int Products, Action Run)[] Operations =>
        [
            ("up (data)", 1, () => hiddenInputs.SetProduct(v0, weights)),
            ("down", 1, () => visibleInputs.SetProduct(states, weights, transposeRight: true)),
            ("up (means)", 1, () => hiddenInputs.SetProduct(v1, weights)),
            ("update", 2, () => weights.Update(change, null, factors, rule)),
            ("hidden mean", 0, () => h1.SetTwoStateMean(hiddenInputs, hiddenBias, 0, 1)),
            ("hidden sample", 0, () => drawn.SampleTwoState(hiddenInputs, hiddenBias, 0, 1, rng)),
            ("visible mean", 0, () => v1.SetTwoStateMean(visibleInputs, visibleBias, 0, 1)),
            ("biases", 0, UpdateBiases),
            (WholeStep, 5, Whole),
        ];

        void Whole()
        {
            hiddenInputs.SetProduct(v0, weights);
            h0.SetTwoStateMean(hiddenInputs, hiddenBias, 0, 1);
            drawn.SampleTwoState(hiddenInputs, hiddenBias, 0, 1, rng);
            visibleInputs.SetProduct(drawn, weights, transposeRight: true);
            v1.SetTwoStateMean(visibleInputs, visibleBias, 0, 1);
            hiddenInputs.SetProduct(v1, weights);
            h1.SetTwoStateMean(hiddenInputs, hiddenBias, 0, 1);
            weights.Update(change, null, factors, rule);
            UpdateBiases();
        }

        void UpdateBiases()
        {
            double scale = 1e-9 / v0.Rows;
            visibleChange.SetColumnSums(v0, scale: scale, keep: rule.Momentum);
            visibleChange.SetColumnSums(v1, scale: -scale, keep: 1);
            visibleBias.SetSum(visibleBias, 1, visibleChange, 1);
            hiddenChange.SetColumnSums(h0, scale: scale, keep: rule.Momentum);
            hiddenChange.SetColumnSums(h1, scale: -scale, keep: 1);
            hiddenBias.SetSum(hiddenBias, 1, hiddenChange, 1);
        }
    }
}
