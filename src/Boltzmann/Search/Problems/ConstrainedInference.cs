using System.Diagnostics;
using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>p(x) ∝ e^(−E(x)/T) over the states that keep all hard constraints: exactly, or by tempering.</summary>
sealed class ConstrainedInference(Problem problem, double temperature, StopRule stop, ulong seed, Backend backend)
{
    /// <summary>Terms of constraints that are looked at unasked: some tenths of a second. Not a time, so that a seed decides all.</summary>
    const long MostUnasked = 20_000_000;

    /// <summary>What a state that breaks something may weigh beside the others: e^−40, less than doubles tell apart.</summary>
    const double Negligible = 40;

    /// <summary>Energy of a violation in sampling, in T, beside its logarithm of the number of constraints: few draws break one.</summary>
    const double Margin = 3;

    readonly long began = Stopwatch.GetTimestamp();
    readonly TimeSpan processorAtStart = Environment.CpuUsage.TotalTime;

    /// <summary>Exact sums: over all states, by elimination, or over all states however long that takes.</summary>
    /// <returns>Null where it is not quick and was not asked for.</returns>
    public ProblemMarginals? Exact(bool isAsked)
    {
        FeasibleSums? sums = FeasibleSums.Of(problem, temperature, work => work < MostUnasked);
        if (sums is null && Eliminated(isAsked) is { } eliminated) return eliminated;
        if (sums is null && isAsked)
            sums = FeasibleSums.Of(problem, temperature, _ => !stop.Cancellation.IsCancellationRequested && Seconds < stop.Seconds)
                ?? throw new BadInputException("there are more states that may keep all constraints than can be looked at in the time; "
                    + "--method tempering draws some");
        if (sums is null) return null;
        if (sums.IsWithoutStates) throw Nothing();
        return Told(sums.Means, sums.Best, sums.LogPartition, sums.GroundStates);
    }

    /// <summary>By tempering, of whose draws those count that keep everything.</summary>
    public ProblemMarginals Sampled(ProblemOptions options, SearchSettings settings, Action<SearchRun>? progress)
    {
        Penalties penalties = problem.Penalties(options);
        penalties.Add(temperature * (Margin + Math.Log(Math.Max(1, problem.Constraints.Count))));
        CompiledProblem compiled = problem.Compile(options.Blocks, penalties);
        ClampedEnergy clamped = ClampedEnergy.Of(compiled.Energy, compiled.Implied());
        var worth = new DrawWorth(compiled, temperature);
        Solution? best = null;
        var run = new SearchRun(clamped.Energy, stop, seed, backend)
        {
            WeightOf = state =>
            {
                byte[] whole = clamped.Expand(state);
                double weight = worth.Of(whole);
                if (weight > 0 && (best is null || clamped.Energy.Of(state) < best.Energy))
                {
                    Solution now = compiled.Read(whole);
                    if (best is null || now.Energy < best.Energy) best = now;
                }
                return weight;
            },
        };
        ISearchMethod method = SearchMethods.Of("tempering", clamped.Energy, settings with { Temperature = temperature });
        SearchResult result = Search.Best(run, method, progress);
        if (result.Marginals is not { FeasibleShare: > 0 } found || best is null)
            throw new BadInputException(result.Marginals is null
                ? "the search ended before its chains had settled, so nothing was counted: give it more --sweeps or --seconds"
                : "no draw keeps all hard constraints, so nothing is known of those that do: give it more --sweeps or --seconds");
        double[] means = new double[compiled.Hypotheses], errors = new double[compiled.Hypotheses];
        byte[] known = clamped.Expand(new byte[clamped.Energy.Variables]);
        for (int i = 0; i < means.Length; i++) means[i] = known[i];
        for (int k = 0; k < clamped.Free.Count; k++)
            if (clamped.Free[k] is var i && i < means.Length) (means[i], errors[i]) = (found.Means[k], found.StandardErrors[k]);
        return new(new(temperature, means, errors, "tempering")
        {
            FeasibleShare = found.FeasibleShare,
            AreDoubtful = found.AreDoubtful,
        }, best, compiled.Check(best), found.FeasibleShare, null, result with { Marginals = null });
    }

    double Seconds => Stopwatch.GetElapsedTime(began).TotalSeconds;

    // Where no constraint needs helpers, of which several states would count for one.
    internal ProblemMarginals? Eliminated(bool isAsked)
    {
        Penalties penalties = problem.Penalties(new());
        double apart = penalties.Span + temperature * (problem.Variables * Math.Log(2) + Negligible);
        penalties.Add(apart);
        CompiledProblem compiled = problem.Compile(blocks: false, penalties);
        if (compiled.Variables != compiled.Hypotheses) return null;
        ClampedEnergy clamped = ClampedEnergy.Of(compiled.Energy, compiled.Implied());
        // Where all is known there is nothing to eliminate.
        if (clamped.Free.Count == 0) return null;
        if (!(isAsked ? Elimination.IsPossible(clamped.Energy) : Elimination.IsQuick(clamped.Energy))) return null;
        SearchResult result = Search.Best(clamped.Energy, new Elimination { Temperature = temperature }, new());
        Solution best = compiled.Read(clamped.Expand(result).Assignment.ToArray());
        if (!best.IsFeasible) throw Nothing();
        byte[] known = clamped.Expand(new byte[clamped.Energy.Variables]);
        double[] means = [.. known.Select(value => (double)value)];
        for (int k = 0; k < clamped.Free.Count; k++) means[clamped.Free[k]] = result.Marginals!.Means[k];
        return Told(means, [.. best.State], result.LogPartition!.Value, result.GroundStates);
    }

    ProblemMarginals Told(double[] means, byte[] state, double logPartition, long? groundStates)
    {
        CompiledProblem compiled = problem.Compile();
        Solution best = compiled.Read(state);
        var log = new LogPartitionAt(1 / temperature, logPartition, 0, "exact");
        var search = new SearchResult(SearchStatus.Proved, best.Energy, best.State, "exact", seed, 0, 0, Seconds,
            (Environment.CpuUsage.TotalTime - processorAtStart).TotalSeconds, 0, 0, [], [new(best.Energy, [.. best.State], 1)], [])
        {
            GroundStates = groundStates,
            LogPartition = log,
        };
        return new(Marginals.Exact(1 / temperature, means), best, compiled.Check(best), 1, log, search);
    }

    static BadInputException Nothing() => new("no state keeps all hard constraints, so no hypothesis has a probability");
}
