using System.Diagnostics;

namespace Boltzmann.Searching;

/// <content>A search that goes on another time.</content>
public sealed partial class SearchRun
{
    double secondsBefore, processorBefore;
    SearchArchive? remembered;

    // Rules on time count from a resumption on.
    double SecondsHere => Stopwatch.GetElapsedTime(began).TotalSeconds;

    /// <summary>Whether it is written to a folder: blocks of sweeps are then done whole, however the time runs.</summary>
    internal bool IsKept { get; set; }

    /// <summary>What a method goes on from; null for a beginning.</summary>
    internal SearchArchive? Resumed { get; set; }

    /// <summary>Keeps what the method has.</summary>
    internal Action<SearchArchive> KeepMethod { get; set; } = _ => { };

    /// <summary>Takes down how everything stands, as what comes is no part of a longer search: a block that the last sweep cuts
    /// short.</summary>
    internal void Remember()
    {
        if (IsKept) remembered = Archived();
    }

    /// <summary>All there is, as it was remembered or as it is now.</summary>
    internal SearchArchive Archived()
    {
        if (remembered is not null) return remembered;
        var archive = new SearchArchive();
        Keep(archive);
        KeepMethod(archive);
        return archive;
    }

    /// <summary>Keeps what concerns every method.</summary>
    internal void Keep(SearchArchive archive)
    {
        secondsBefore = archive.Keep("run.seconds", Seconds);
        processorBefore = archive.Keep("run.processor_seconds", ProcessorSeconds);
        Sweeps = archive.Keep("run.sweeps", Sweeps);
        Updates = archive.Keep("run.updates", Updates);
        Restarts = archive.Keep("run.restarts", Restarts);
        Reheats = archive.Keep("run.reheats", Reheats);
        BestEnergy = archive.Keep("run.best_energy", BestEnergy);
        archive.Keep("run.best", Best).CopyTo(Best, 0);
        KeepTrace(archive);
        Pool.Keep(archive, Energy.Variables);
    }

    void KeepTrace(SearchArchive archive)
    {
        double[] times = archive.KeepAny("trace.seconds", trace.Select(point => point.Seconds).ToArray());
        TracePoint[] points = archive.IsReading ? new TracePoint[times.Length] : [.. trace];
        long[] sweeps = archive.Keep("trace.sweeps", Array.ConvertAll(points, point => point?.Sweeps ?? 0));
        double[] energies = archive.Keep("trace.energies", Array.ConvertAll(points, point => point?.Energy ?? 0));
        double[] betas = archive.Keep("trace.betas", Array.ConvertAll(points, point => point?.Beta ?? 0));
        long[] chains = archive.Keep("trace.chains", Array.ConvertAll(points, point => (long)(point?.Chain ?? 0)));
        if (!archive.IsReading) return;
        trace.Clear();
        for (int k = 0; k < times.Length; k++) trace.Add(new(times[k], sweeps[k], energies[k], betas[k], (int)chains[k]));
    }
}
