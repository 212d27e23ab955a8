using Boltzmann.Compute;
using Boltzmann.Models;

namespace Boltzmann.Searching;

/// <summary>Chains sample a machine's states by tempering; each descends, now and then, to the mode in whose basin it is.</summary>
sealed class ModeSearch
{
    /// <summary>
    /// Rounds of tempering between two looks: neighbouring samples are much alike, and a descent costs as much as some sweeps.
    /// </summary>
    const int RoundsBetween = 4;

    readonly EnergyModel model;
    readonly ModesOptions options;
    readonly ModelEnergy whole;
    readonly ClampedEnergy clamped;
    readonly SummedEnergy? summed;
    readonly ModePool pool;
    readonly bool[] isHidden;

    public ModeSearch(ModelEnergy whole, ModesOptions options)
    {
        model = whole.Model;
        this.whole = whole;
        this.options = options;
        clamped = ClampedEnergy.Of(whole.Energy, options.Known);
        pool = new(options.Count);
        isHidden = new bool[whole.Energy.Variables];
        foreach (int layer in model.HiddenLayers)
            isHidden.AsSpan(whole.StartOf(layer), model.Layers[layer].Units).Fill(true);
        if (!options.IsJoint && model.HiddenLayers.Count > 0 && model.AreIndependent(model.HiddenLayers))
            summed = new(clamped.Energy, [.. clamped.Free.Select(i => isHidden[i])]);
    }

    public ModesResult Run(StopRule stop, Backend backend, Action<SearchRun>? progress)
    {
        if (clamped.Free.Count == 0) throw new ArgumentException("all units are known; there is nothing to search");
        var run = new SearchRun(clamped.Energy, stop, options.Seed, backend) { Measures = true };
        SearchStatus? status = run.Verdict();
        int round = 0;
        if (status is null)
            foreach (SearchRun now in new Tempering { Temperature = options.Temperature }.Run(run))
            {
                if (++round % RoundsBetween == 0) Take(run.States(), backend);
                progress?.Invoke(now);
                status = now.Verdict();
                if (status is not null) break;
            }
        // However soon it ended, there is an answer.
        if (pool.Samples == 0) Take(run.Sweeps > 0 ? run.States() : [Zeros()], backend);
        SearchResult search = run.Result(status ?? SearchStatus.Stalled, "tempering");
        return new([.. pool.Best.Select(Told)], pool.Distinct, pool.Samples, summed is not null, search);
    }

    // One state of each block on, all else off.
    byte[] Zeros()
    {
        byte[] state = new byte[clamped.Energy.Variables];
        foreach (IReadOnlyList<int> block in clamped.Energy.Blocks) state[block[0]] = 1;
        return state;
    }

    void Take(IReadOnlyList<byte[]> states, Backend backend)
    {
        double[] energies = new double[states.Count];
        backend.RunParts(states.Count, k =>
        {
            if (summed is not null) energies[k] = summed.Lower(states[k]);
            else
            {
                new GreedyDescent(clamped.Energy).Lower(states[k]);
                energies[k] = clamped.Energy.Of(states[k]);
            }
        });
        for (int k = 0; k < states.Count; k++)
        {
            byte[] all = clamped.Expand(states[k]);
            // Of a free energy the hidden units are no part of the mode.
            pool.Add(summed is null ? all : [.. all.Where((_, i) => !isHidden[i])], energies[k], all);
        }
    }

    Mode Told((double Energy, byte[] State, long Times) mode)
    {
        double[] row = [.. model.RowLayers.SelectMany(layer => whole.Values(mode.State, layer))];
        return new(mode.Energy, mode.State, row, mode.Times, (double)mode.Times / pool.Samples);
    }
}
