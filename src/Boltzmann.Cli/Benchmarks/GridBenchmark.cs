using System.Diagnostics;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>Times Gibbs sweeps of many chains through a square grid of spins on one core.</summary>
static class GridBenchmark
{
    /// <summary>Height and width, chains, and sweeps from one look at the chains to the next.</summary>
    public const int Side = 100, Chains = 32, Sweeps = 10;

    const int Rounds = 200;
    const double Deviation = 0.3;

    /// <summary>Spins drawn per second on one thread: the best of many rounds.</summary>
    public static double Measure(int vectorBits, ulong seed)
    {
        var placement = new Placement(new CpuBackend(1, vectorBits), Precision.Float32);
        BoltzmannMachine model = BoltzmannMachine.Grid(Side, Side, placement: placement);
        var rng = new Rng(seed);
        model.SetRandomWeights(Deviation, rng);
        var chains = new State(model, Chains);
        chains[0].Fill(1);
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            Gibbs.Sweep(model, chains, Sweeps, rng);
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }
        return (double)Side * Side * Chains * Sweeps / best;
    }
}
