using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>Memory and time of learning large generated tables of ratings.</summary>
/// <param name="context">How the experiment was asked for.</param>
/// <param name="kept">What has been measured.</param>
sealed class RatingSpeed(ExperimentContext context, Measurements kept)
{
    const int Hidden = 30, Epochs = 2;

    /// <summary>Ratings, users and items of each table.</summary>
    IEnumerable<(int Count, int Users, int Items)> Sizes => context.Quick ? [(20_000, 300, 400)]
        : [(1_000_000, 6_000, 3_700), (20_000_000, 138_000, 27_000)];

    /// <summary>A row for each table, the smallest first: the peak of the process is that of the last.</summary>
    public TextTable Run()
    {
        var table = new TextTable("ratings", "users", "items", "to draw and order them [s]", "an epoch, processor time [s]",
            "peak of the process [MB]", "of the managed heap [MB]");
        foreach (var (count, users, items) in Sizes)
        {
            double[] found = kept.Once($"speed of {count}, {users}, {items}", () => Measure(count, users, items));
            table.Add($"{count:N0}", $"{users:N0}", $"{items:N0}", $"{found[0]:F1}", $"{found[1]:F1}", $"{found[2]:N0}", $"{found[3]:N0}");
            context.Found($"processor seconds an epoch of {count:N0} ratings", found[1]);
            context.Found($"peak memory with {count:N0} ratings [MB]", found[2]);
        }
        return table;
    }

    double[] Measure(int count, int users, int items)
    {
        context.Say($"{count:N0} generated ratings");
        var clock = Stopwatch.StartNew();
        RatingTable ratings = RatingGenerator.Draw(count, users, items, context.Seed);
        double drawn = clock.Elapsed.TotalSeconds;
        var machine = new RatingMachine(items, RatingGenerator.Values, Hidden);
        machine.Begin(ratings, 5, 0.01, new Rng(context.Seed));
        var trainer = new RatingTrainer(machine, ratings, null, new(), context.Seed);
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        for (int epoch = 0; epoch < Epochs; epoch++) trainer.RunEpoch(context.Interrupted);
        process.Refresh();
        return [drawn, (process.TotalProcessorTime - before).TotalSeconds / Epochs, process.PeakWorkingSet64 / 1e6,
            GC.GetTotalMemory(false) / 1e6];
    }
}
