using Boltzmann.Searching;

namespace Boltzmann.Experiments;

/// <summary>Random quadratic problems, sparse ones and ones whose variables are all joined.</summary>
static class SearchQuadratic
{
    /// <summary>
    /// As Beasley's files are. What is least is what annealing, another method, found in far more time; that tempering finds nothing less
    /// is looked at, too.
    /// </summary>
    public static TextTable Table(SearchTrials trials)
    {
        var table = new TextTable("variables", "terms", "least value known", "found by", "processor seconds, median", "worst");
        foreach (int variables in (int[])[250, 500])
        {
            BinaryEnergy energy = SearchWorkload.Quadratic(variables, trials.Context.Seed);
            double known = trials.Each($"quadratic, {variables}, long", 1, _ =>
                [trials.Solve(energy, SearchMethods.Of("annealing", energy), new() { Seconds = trials.Seconds(20) }, 0).Energy])[0][0];
            double[][] numbers = trials.Each($"quadratic, {variables}", trials.Seeds, s =>
            {
                SearchResult result = trials.Solve(energy, new Tempering(), new() { Seconds = trials.Seconds(10), Target = known }, s);
                return [result.Energy, result.ProcessorSeconds];
            });
            double least = Math.Min(known, numbers.Min(n => n[0]));
            double[] times = [.. numbers.Select(n => n[1])];
            table.Add($"{variables}", $"{energy.Pairs}", $"{least:F0}", $"{numbers.Count(n => n[0] <= least)} of {trials.Seeds}",
                $"{SearchTrials.Median(times):F3}", $"{times.Max():F3}");
        }
        return table;
    }

    /// <summary>Spins that are all joined by ±1: what ten seconds find of what a minute finds, beside descent.</summary>
    public static TextTable Dense(SearchTrials trials)
    {
        var table = new TextTable("spins", "pairs", "least energy of 60 s", "10 s, median", "of that", "10 s of descent");
        foreach (int spins in (int[])[1000, 2000])
        {
            BinaryEnergy energy = SearchWorkload.Complete(spins, trials.Context.Seed, random => random.Next(2) * 2 - 1);
            double least = After("long", new Tempering(), 60, 1), ten = After("ten", new Tempering(), 10, trials.IsQuick ? 1 : 5);
            double fallen = After("descent", new Searching.Descent(), 10, 1);
            least = Math.Min(least, ten);
            table.Add($"{spins}", $"{energy.Pairs}", $"{least:F0}", $"{ten:F0}", $"{ten / least:P3}", $"{fallen:F0}");
            trials.Context.Found($"energy of {spins} joined spins after 10 s, of that after 60 s", ten / least);

            double After(string name, ISearchMethod method, double seconds, int seeds)
            {
                StopRule stop = new() { Seconds = trials.Seconds(seconds) };
                double[][] numbers = trials.Each($"dense, {spins}, {name}", seeds, s => [trials.Solve(energy, method, stop, s).Energy]);
                return SearchTrials.Median(numbers.Select(n => n[0]));
            }
        }
        return table;
    }
}
