using System.Diagnostics;
using Boltzmann.Compute;
using Boltzmann.Compute.Cpu;

namespace Boltzmann.Searching;

/// <summary>How fast one core moves the variables of an energy, and how fast it could if loads and additions were all.</summary>
/// <param name="Form">How chains are kept: bytes, shorts or floats.</param>
/// <param name="UpdatesPerSecond">Variables drawn a second, in 64 chains, one thread: the best of some rounds.</param>
/// <param name="LoadsPerSecond">The same if only the neighbours' states were loaded and added; NaN where that was not measured, or
/// where fields are kept and neighbours not summed.</param>
public sealed record SearchSpeed(string Form, double UpdatesPerSecond, double LoadsPerSecond)
{
    const int Rounds = 30;
    const double RoundUpdates = 4e6;

    /// <summary>Measures for some tenths of a second.</summary>
    /// <param name="energy">What is moved.</param>
    /// <param name="vectorBits">512, 256 or 128.</param>
    /// <param name="seed">Of the chains.</param>
    public static SearchSpeed Measure(BinaryEnergy energy, int vectorBits, ulong seed = Rng.DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(energy);
        var backend = new CpuBackend(1, vectorBits);
        LaneProgram program = EnergyLanes.Compile(energy);
        TemperatureRange range = TemperatureRange.Of(energy);
        // In the middle of the ladder, where most of a search's temperatures lie.
        ChainLanes[] chains = [new(program, energy.Offset, seed, 0) { Beta = Math.Sqrt(range.Hot * range.Cold) }];
        int sweeps = (int)Math.Max(1, RoundUpdates / ((double)program.Units * ChainLanes.Count));
        double updates = (double)sweeps * program.Units * ChainLanes.Count;
        double own = updates / Best(() => backend.SweepLanes(chains, sweeps));
        double loads = program.Form == LaneForm.Bytes && program.Rows is null
            ? updates / Best(() => LaneLoads.Run(chains[0], sweeps, vectorBits)) : double.NaN;
        return new(program.Form.ToString().ToLowerInvariant(), own, loads);
    }

    static double Best(Action work)
    {
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
        return best;
    }
}
