namespace Boltzmann.Cli.Benchmarks;

/// <summary>Times single operations by name, with zeros skipped and not, on all threads and on one.</summary>
static class OperationBenchmark
{
    /// <summary>The word for all operations.</summary>
    public const string All = "all";

    /// <summary>The operations that were asked for, in the order of <see cref="OperationSet.Names"/>.</summary>
    /// <exception cref="BadInputException">There is no such operation; the message lists them.</exception>
    public static IReadOnlyList<string> Choose(IReadOnlyList<string> asked)
    {
        foreach (string name in asked)
            if (name != All && !OperationSet.Names.Contains(name))
                throw new BadInputException($"--operations: nothing is called '{name}'; there are {string.Join(", ", OperationSet.Names)} "
                    + $"and {All}");
        return asked.Contains(All) ? OperationSet.Names : [.. OperationSet.Names.Where(asked.Contains)];
    }

    /// <summary>Runs them.</summary>
    public static OperationReport Run(IReadOnlyList<string> names, IReadOnlyList<BenchShape> shapes, int rounds, BenchBaseline? before,
        Session session)
    {
        var own = (CpuBackend)session.Placement.Backend;
        BenchMachine machine = BenchMachine.Of(own);
        session.Say(machine.ToString());
        int[] teams = own.Threads > 1 ? [own.Threads, 1] : [1];
        CpuBackend[] backends =
        [
            .. teams.Select(team => new CpuBackend(team, own.VectorBits, skipZeros: false, session.Cores)),
            .. teams.Select(team => new CpuBackend(team, own.VectorBits, cores: session.Cores)),
        ];
        OperationEntry[] entries = [.. shapes.SelectMany(shape =>
            backends.Select(backend => new OperationEntry(names, shape, backend, session.Placement.Precision)))];
        var visits = new BenchRounds();
        foreach (int round in visits.Run(entries, rounds, session.Interrupted)) session.Say($"round {round} of {rounds}");
        return new(machine, [.. entries.SelectMany(entry => entry.Results(visits.Disturbances))], visits, before);
    }
}
