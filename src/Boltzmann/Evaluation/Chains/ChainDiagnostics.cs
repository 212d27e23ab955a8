namespace Boltzmann.Evaluation;

/// <summary>
/// Runs chains of any machine and measures how well they mix, by numbers that are cheap to follow: the energy; where layers have two
/// <see cref="EnergyModel.Sides"/>, the free energy of the even one (of the visible layer of an RBM); the mean activity of the visible
/// units and of the hidden ones; and the visible states along one random direction, which tells modes apart that have the same energy.
/// </summary>
/// <remarks>
/// No number sees everything: chains that have mixed by all of these may still never have found a mode. So start chains apart (<see
/// cref="ChainStarts"/>), in groups whose means are compared, and follow tempered chains
/// beside them, which find modes that plain ones do not.
/// </remarks>
public static class ChainDiagnostics
{
    /// <summary>Follows chains of Gibbs sampling from where they are.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="chains">The chains, moved in place; clamped units stay.</param>
    /// <param name="sweeps">At least 4. Bring the chains from their start beforehand: what they do on the way there counts as
    /// slowness.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    public static ChainReport Follow(EnergyModel model, State chains, int sweeps, Rng rng, CancellationToken cancellation = default) =>
        Follow(model, chains, [], null, sweeps, rng, cancellation: cancellation);

    /// <summary>Follows groups of chains that started apart, and tempered chains beside them as a check.</summary>
    /// <inheritdoc cref="Follow(EnergyModel, State, int, Rng, CancellationToken)"/>
    /// <param name="model">The machine.</param>
    /// <param name="chains">The chains, moved in place; clamped units stay.</param>
    /// <param name="groups">In the order of the chains' rows; none for chains that are not told apart.</param>
    /// <param name="ladder">Tempered chains of the same machine, moved; null for none.</param>
    /// <param name="sweeps">At least 4.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    /// <param name="moments">Records the chains after every sweep, to be judged in the report; null for none.</param>
    /// <exception cref="ArgumentException">The groups have not as many chains in all as there are.</exception>
    public static ChainReport Follow(
        EnergyModel model, State chains, IReadOnlyList<ChainGroup> groups, TemperedChains? ladder, int sweeps, Rng rng,
            ChainMoments? moments = null, CancellationToken cancellation = default)
    {
        RequireFit(chains, groups, sweeps);
        Matrix direction = Direction(chains, rng);
        FollowedChains plain = new(model, chains, direction, sweeps);
        FollowedChains? tempered = ladder is null ? null : new(model, ladder.State, direction, sweeps);
        ladder?.ResetCounts();
        for (int s = 0; s < sweeps; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            Gibbs.Sweep(model, chains, rng);
            plain.Record(s);
            moments?.Record(s);
            ladder?.Sweep(rng);
            tempered?.Record(s);
        }
        return new(chains.Rows, sweeps, plain.Judge(), [], 0)
        {
            Groups = plain.Judge(groups),
            Ladder = tempered is null ? null : new ChainGroup("ladder", ladder!.State.Rows) { Statistics = tempered.Judge() },
            LadderRoundTrips = ladder?.RoundTrips ?? 0,
            Moments = moments?.Judge(cancellation) ?? [],
        };
    }

    /// <summary>
    /// Follows tempered chains; the numbers are those of the chains at temperature 1, swap rates and round trips of these sweeps.
    /// </summary>
    /// <param name="chains">The chains, moved.</param>
    /// <param name="sweeps">At least 4.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    public static ChainReport Follow(TemperedChains chains, int sweeps, Rng rng, CancellationToken cancellation = default) =>
        Follow(chains, [], sweeps, rng, cancellation: cancellation);

    /// <summary>Follows tempered chains that started apart, in groups.</summary>
    /// <param name="chains">The chains, moved.</param>
    /// <param name="groups">In the order of the chains' rows.</param>
    /// <param name="sweeps">At least 4.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    /// <param name="moments">Records the chains at temperature 1 after every sweep, to be judged in the report; null for none.</param>
    /// <exception cref="ArgumentException">The groups have not as many chains in all as there are.</exception>
    public static ChainReport Follow(TemperedChains chains, IReadOnlyList<ChainGroup> groups, int sweeps, Rng rng,
        ChainMoments? moments = null, CancellationToken cancellation = default)
    {
        RequireFit(chains.State, groups, sweeps);
        chains.ResetCounts();
        FollowedChains followed = new(chains.Model, chains.State, Direction(chains.State, rng), sweeps);
        for (int s = 0; s < sweeps; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            chains.Sweep(rng);
            followed.Record(s);
            moments?.Record(s);
        }
        return new(chains.State.Rows, sweeps, followed.Judge(), chains.SwapRates, chains.RoundTrips)
        {
            Groups = followed.Judge(groups),
            Moments = moments?.Judge(cancellation) ?? [],
        };
    }

    static Matrix Direction(State state, Rng rng)
    {
        Matrix direction = state[0].Like(1, state[0].Columns);
        direction.SampleNormal(rng);
        return direction;
    }

    static void RequireFit(State chains, IReadOnlyList<ChainGroup> groups, int sweeps)
    {
        if (sweeps < 4) throw new ArgumentOutOfRangeException(nameof(sweeps), $"chains are followed for at least 4 sweeps, not {sweeps}");
        if (groups.Count > 0 && (groups.Any(g => g.Chains < 1) || groups.Sum(g => g.Chains) != chains.Rows))
            throw new ArgumentException($"groups of {string.Join(" + ", groups.Select(g => g.Chains))} chains are not the {chains.Rows} "
                + "that there are", nameof(groups));
    }
}
