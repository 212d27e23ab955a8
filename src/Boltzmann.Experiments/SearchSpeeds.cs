using Boltzmann.Searching;

namespace Boltzmann.Experiments;

/// <summary>How fast one core moves variables, and what a second thread adds.</summary>
static class SearchSpeeds
{
    public static TextTable Table(ExperimentContext context, Func<string, BinaryEnergy> graph)
    {
        var table = new TextTable("energy", "chains as", "vector bits", "million updates/s, one core", "of what loads and additions allow");
        int bits = context.Placement.Backend is CpuBackend cpu ? cpu.VectorBits : 256;
        foreach (string name in (string[])["G11", "G14", "G1", "G6"]) Add(name, name, graph(name));
        foreach (SearchWorkload load in SearchWorkload.All)
            if (!context.Quick || load.Name is "grid" or "3-sat") Add(load.Name, load.Words, load.Make(context.Seed));
        return table;

        void Add(string name, string words, BinaryEnergy energy)
        {
            SearchSpeed speed = SearchSpeed.Measure(energy, bits, context.Seed);
            double share = speed.UpdatesPerSecond / speed.LoadsPerSecond;
            table.Add(words, speed.Form, $"{bits}", $"{speed.UpdatesPerSecond / 1e6:F0}", double.IsNaN(share) ? "–" : $"{share:P0}");
            context.Found($"updates a second, {name}", speed.UpdatesPerSecond);
        }
    }

    /// <summary>The same sweeps of the same searches by one thread and by all.</summary>
    public static TextTable Threads(SearchTrials trials, Func<string, BinaryEnergy> graph)
    {
        int threads = trials.Context.Placement.Backend is CpuBackend cpu ? cpu.Threads : 1;
        var table = new TextTable("graph", "sweeps", "seconds, one thread", $"{threads} threads", "times as fast");
        foreach (string name in (string[])["G14", "G1", "G22"])
        {
            BinaryEnergy energy = graph(name);
            long sweeps = trials.IsQuick ? 100 : 2000;
            double[] best = [double.PositiveInfinity, double.PositiveInfinity];
            // By turns, so that a disturbance of the machine meets both.
            for (int round = 0; round < 5; round++)
                for (int way = 0; way < 2; way++)
                {
                    SearchResult result = Search.Best(energy, new Tempering(), new() { Sweeps = sweeps }, trials.Context.Seed,
                        way == 0 ? new CpuBackend(1) : trials.Context.Placement.Backend);
                    best[way] = Math.Min(best[way], result.Seconds);
                    trials.Context.Interrupted.ThrowIfCancellationRequested();
                }
            table.Add(name, $"{sweeps}", $"{best[0]:F2}", $"{best[1]:F2}", $"{best[0] / best[1]:F2}");
            trials.Context.Found($"{threads} threads over one, {name}", best[0] / best[1]);
        }
        return table;
    }
}
