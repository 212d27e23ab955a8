namespace Boltzmann.Cli.Benchmarks;

/// <summary>The cases that bench times.</summary>
static class BenchCases
{
    const int Digits = 784;

    /// <summary>
    /// The cases of the table in the README, for this machine's widths and threads. Each is taken by all threads and by one, one after the
    /// other: more threads must never be slower.
    /// </summary>
    public static IReadOnlyList<BenchCase> Standard(int threads, int widest)
    {
        int[] teams = threads > 1 ? [threads, 1] : [1];
        return [.. Works(widest).SelectMany(work => teams.Select(team => work with { Threads = team }))];
    }

    static IEnumerable<BenchCase> Works(int widest)
    {
        foreach (int batch in (int[])[1, 10, 100, 1000])
            foreach (bool skip in (bool[])[false, true]) yield return Of(BenchStep.ContrastiveDivergence, 1024, batch, skip);
        foreach (int batch in (int[])[10, 100]) yield return Of(BenchStep.PersistentDivergence, 1024, batch, skip: true);
        yield return Of(BenchStep.ContrastiveDivergence, 256, 10, skip: true);
        yield return Of(BenchStep.ContrastiveDivergence, 5000, 100, skip: false) with { Visible = 3072, GaussianVisible = true };
        yield return Of(BenchStep.ContrastiveDivergence, 1024, 100, skip: false) with { Precision = Precision.Float64 };
        if (widest > 256)
            yield return Of(BenchStep.ContrastiveDivergence, 1024, 100, skip: false) with { VectorBits = 256, IsNarrow = true };
        foreach (bool skip in (bool[])[false, true]) yield return Of(BenchStep.FineTuning, 1024, 128, skip);
        foreach (bool skip in (bool[])[false, true]) yield return Of(BenchStep.DeepMachine, 512, 100, skip) with { Upper = 1024 };
        foreach (bool skip in (bool[])[false, true]) yield return Of(BenchStep.Encoding, 1024, 10_000, skip);
        yield return Of(BenchStep.Annealing, 500, 1000, skip: true) with { Precision = Precision.Float64 };

        BenchCase Of(BenchStep step, int hidden, int batch, bool skip) =>
            new(step, Digits, hidden, batch, Precision.Float32, skip, widest, Threads: 1);
    }
}
