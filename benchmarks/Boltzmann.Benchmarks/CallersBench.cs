using System.Diagnostics;

namespace Boltzmann.Benchmarks;

/// <summary>
/// Rows a second that one machine answers when one thread asks it and when eight ask together: <c>callers [visible×hidden …]
/// [callers=8] [seconds=0.5]</c>, for batches of 1 to 1000 rows, with the worker team on all processors and without it. The two ways
/// alternate, and the medians of both are compared: many callers must not queue at the team.
/// </summary>
static class CallersBench
{
    const int Rounds = 7;
    const double Deviation = 0.05;

    public static int Run(string[] arguments)
    {
        int callers = (int)Arguments.Number(arguments, "callers", 8);
        double seconds = Arguments.Number(arguments, "seconds", 0.5);
        foreach (int threads in (int[])[0, 1])
            foreach (int[] shape in Arguments.Shapes(arguments, [784, 256], [784, 1024]))
            {
                var placement = new Placement(new CpuBackend(threads), Precision.Float32);
                var model = new Rbm(new BernoulliLayer(shape[0], placement), new BernoulliLayer(shape[1], placement));
                model.SetRandomWeights(Deviation, new Rng());
                Console.WriteLine($"{shape[0]} × {shape[1]}, {placement.Backend.Name}: rows a second asked by one thread and by {callers}");
                foreach (int rows in (int[])[1, 10, 100, 1000]) Compare(model, rows, callers, seconds);
            }
        return 0;
    }

    static void Compare(Rbm model, int rows, int callers, double seconds)
    {
        var batch = new Matrix(rows, model.Visible.Units, model.Placement);
        batch.SampleUniform(new Rng());
        double[] alone = new double[Rounds], together = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            alone[round] = RowsPerSecond(model, batch, 1, seconds);
            together[round] = RowsPerSecond(model, batch, callers, seconds);
        }
        Array.Sort(alone);
        Array.Sort(together);
        double one = alone[Rounds / 2], many = together[Rounds / 2];
        Console.WriteLine($"    batch {rows,4}: {one,10:N0} {many,10:N0}   ratio {many / one:F2}");
    }

    static double RowsPerSecond(Rbm model, Matrix batch, int callers, double seconds)
    {
        long answered = 0;
        bool isOver = false;
        var threads = new Thread[callers];
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < callers; i++)
        {
            threads[i] = new Thread(() =>
            {
                long own = 0;
                while (!Volatile.Read(ref isOver))
                {
                    model.Transform(batch);
                    own += batch.Rows;
                }
                Interlocked.Add(ref answered, own);
            });
            threads[i].Start();
        }
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        Volatile.Write(ref isOver, true);
        foreach (Thread thread in threads) thread.Join();
        return answered / clock.Elapsed.TotalSeconds;
    }
}
