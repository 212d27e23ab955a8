namespace Boltzmann.Searching;

/// <summary>The search of one component, block by block.</summary>
sealed class ComponentSearch : IDisposable
{
    readonly SearchRun? run;
    readonly IEnumerator<SearchRun>? blocks;
    readonly byte[] known = [];

    /// <param name="component">What is searched; if it has few states, its best one is known at once.</param>
    /// <param name="method">How.</param>
    /// <param name="stop">When at the latest.</param>
    /// <param name="seed">Its randomness.</param>
    /// <param name="backend">What computes.</param>
    /// <param name="start">States to begin with; none for random ones.</param>
    public ComponentSearch(EnergyComponent component, ISearchMethod method, StopRule stop, ulong seed, Backend backend,
        IReadOnlyList<byte[]> start)
    {
        if (ComponentEnumeration.States(component.Energy) <= ComponentEnumeration.MostStates)
        {
            known = ComponentEnumeration.Lowest(component.Energy);
            IsFinished = true;
            return;
        }
        run = new(component.Energy, stop, seed, backend) { Start = start };
        byte[] first = new byte[component.Energy.Variables];
        foreach (IReadOnlyList<int> block in component.Energy.Blocks) first[block[0]] = 1;
        // So that there is a best state from the beginning.
        foreach (byte[] state in start.Count > 0 ? start : [first]) run.Offer(state, 0, 0);
        blocks = method.Run(run).GetEnumerator();
    }

    /// <summary>The run; null for a component whose best state is known.</summary>
    public SearchRun? Run => run;

    /// <summary>Whether there is nothing more to do.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Whether nothing is lower than <see cref="Best"/>.</summary>
    public bool IsProved => run is null || run.IsProved;

    /// <summary>The best state so far.</summary>
    public byte[] Best => run is null ? known : run.Best;

    /// <summary>Moves on by a block of sweeps.</summary>
    public void Advance()
    {
        if (IsFinished) return;
        IsFinished = !blocks!.MoveNext() || run!.IsProved;
    }

    /// <summary>States to go on from, at least one.</summary>
    public IReadOnlyList<byte[]> States()
    {
        if (run is null) return [known];
        IReadOnlyList<byte[]> states = run.States();
        return states.Count > 0 ? states : [[.. run.Best]];
    }

    public void Dispose() => blocks?.Dispose();
}
