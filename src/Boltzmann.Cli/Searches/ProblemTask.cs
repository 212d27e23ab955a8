using Boltzmann.Reporting;
using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>A problem of hypotheses and constraints, from a file or by name.</summary>
/// <param name="problem">What is to be satisfied.</param>
/// <param name="name">The file, without its folders, or the problem's name.</param>
/// <param name="format">The kind of file; "named" for none.</param>
/// <param name="kind">The kind of problem.</param>
class ProblemTask(Problem problem, string name, string format, string kind = "constraints") : SearchTask
{
    byte[]? start;
    string[]? names;

    // All hard: what is sought is that they hold, and each counts 1.
    readonly bool isHardOnly = !problem.HasObjective && problem.Constraints.All(constraint => constraint.IsHard);

    public override string Name => name;
    public override string Format => format;
    public override string Kind => kind;

    public override SearchSubject Subject => SearchSubject.Constraints;
    public override bool HasHard => problem.Constraints.Any(constraint => constraint.IsHard);

    public override SearchObjective Objective => problem.HasObjective ? new("objective", problem.IsMaximised)
        : new(isHardOnly ? "violated constraints" : "violated weight", IsMaximised: false);

    public override bool HasConstraints => problem.Constraints.Count > 0;

    public override SearchSizes Sizes
    {
        get
        {
            CompiledProblem compiled = problem.Compile();
            return new(problem.Variables, compiled.Energy.Pairs, 0, problem.Constraints.Count, compiled.Blocks.Count);
        }
    }

    public override string Facts => $"{name} ({format}): {kind}, {Count(problem.Variables)} variables, "
        + $"{Count(problem.Constraints.Count)} constraints"
        + (problem.Constraints.Count(constraint => constraint.IsHard) is > 0 and var hard ? $", {Count(hard)} of them hard" : "");

    public override void Clamp(IReadOnlyList<KeyValuePair<string, int>> values)
    {
        string? before = problem.FindContradiction();
        var given = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (clamped, value) in values)
        {
            if (!given.TryAdd(clamped, value) && given[clamped] != value)
                throw new BadInputException($"{clamped} is both {given[clamped]} and {value}");
            Named(() => problem.Clamp(clamped, value));
        }
        if (before is null && problem.FindContradiction() is string broken)
            throw new BadInputException($"{name}: with what is clamped {broken}");
    }

    public override void Convert(string path) => ProblemFileWriter.Write(path, problem);

    public override void Check(SearchRequest request)
    {
        if (request.Temperature is not null && !request.Marginals)
            throw new BadInputException($"--temperature is for --marginals of {name}: its log Z is not told by populations");
        if (request.Marginals && request.Method == "population")
            throw new BadInputException("--marginals: populations keep no hard constraints; --method tempering and exact do");
        if (request.Start is string path) start = Start(path);
        if (request.Solutions > 1 && request.Method == "exact")
            throw new BadInputException("--solutions: exact methods tell one best state of a problem of constraints; --method tempering "
                + "tells several");
        if (request.Satisfied is not null && problem.Constraints.All(constraint => constraint.IsHard))
            throw new BadInputException($"--satisfied is a share of the soft constraints' weight, and {name} has none");
        if (request.Target is not null && isHardOnly)
            throw new BadInputException($"--target: {name} has no objective, only constraints that must hold");
    }

    // Of marginals it is settled by trying.
    protected override string AutoMethod(SearchRequest request) => request.Marginals ? "auto" : Method(request).Name;

    ISearchMethod Method(SearchRequest request) => SearchMethods.Of(request.Method, problem, request.Compilation, request.Settings);

    public override SearchOutcome Run(SearchRequest request, Session session, SearchWatch watch) =>
        request.Marginals ? RunMarginals(request, session, watch) : RunSearch(request, session, watch);

    SearchOutcome RunMarginals(SearchRequest request, Session session, SearchWatch watch)
    {
        ProblemMarginals found = Search.Marginals(problem, request.Temperature ?? 1, request.Ends(session.Interrupted), session.Seed,
            session.Placement.Backend, request.Method, request.Compilation, request.Settings,
            run => watch.Tell(() => SearchStanding.Of(Objective, run) with { Best = "probabilities" }));
        Solution best = found.Best;
        // What is sampled has hard weights in its energies.
        SearchResult result = found.Search with
        {
            Energy = best.Energy,
            Assignment = best.State,
            Solutions = [new(best.Energy, [.. best.State], 1)],
            Marginals = found.Marginals,
            Trace = [],
        };
        return new(result, Value(best, found.Satisfaction))
        {
            Found = problem.Constraints.Count == 0 ? null : found.Satisfaction,
            IsFeasible = best.IsFeasible,
            Assignments = [[.. best.Values]],
        };
    }

    SearchOutcome RunSearch(SearchRequest request, Session session, SearchWatch watch)
    {
        ProblemOptions options = request.Compilation;
        StopRule stop = Stop(request, session.Interrupted);
        ProblemTracePoint? last = null;
        ProblemResult result = Search.Best(problem, Method(request), stop, session.Seed, options, session.Placement.Backend,
            now => Follow(now, watch, ref last), request.Solutions, start);
        CompiledProblem reader = problem.Compile();
        return new(AsResult(result), Value(result.Best, result.Satisfaction))
        {
            Found = problem.Constraints.Count == 0 ? null
                : result.Satisfaction with { Violated = [.. result.Satisfaction.Violated.Take(request.Violations)] },
            IsFeasible = result.IsFeasible,
            WasFeasible = k => result.Trace[k].IsFeasible,
            Penalties = result.Weights,
            PenaltyRounds = result.Rounds,
            Removed = result.Removed,
            Components = result.Components,
            Assignments = [.. result.Solutions.Select(solution => reader.Read(solution.Assignment).Values.ToArray())],
            IsMissed = (request.Target is not null && IsAbove(result.Energy, stop.Target))
                || (request.Satisfied is not null && result.Status != SearchStatus.Satisfied),
        };
    }

    public override bool WriteBest(string path, SearchOutcome outcome)
    {
        AssignmentFile.Write(path, Best(outcome));
        return true;
    }

    public override string NameOf(int variable) =>
        (names ??= [.. problem.Compile().Read(new byte[problem.Variables]).Named.Select(pair => pair.Key)])[variable];

    public override TextTable? Violated(SearchOutcome outcome)
    {
        if (outcome.Found is null) return null;
        var table = new TextTable("violated", "off by", "costs");
        foreach (Violation violation in outcome.Found.Violated)
            table.Add(violation.Name, NumberText.Short(violation.Amount, 12),
                violation.IsHard ? "hard" : NumberText.Short(violation.Energy, 12));
        return table;
    }

    /// <summary>The best solution of an outcome, to be asked for its hypotheses.</summary>
    protected Solution Best(SearchOutcome outcome) => problem.Compile().Read([.. outcome.Result.Assignment]);

    byte[] Start(string path)
    {
        byte[] state = [];
        if (StartFile.Values(path) is { } values) Named(() => state = problem.StateOf(values));
        else state = AssignmentReader.ReadState(path, problem.Variables);
        return state;
    }

    // What a program would be told about its own call: here a person named it.
    void Named(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException)
        {
            throw new BadInputException($"{name}: {e.Message.Split(" (Parameter", 2)[0]}", e);
        }
    }

    StopRule Stop(SearchRequest request, CancellationToken cancellation) => request.Ends(cancellation) with
    {
        Satisfied = request.Satisfied,
        Target = request.Target is double value ? EnergyAt(value) : LeastEnergy,
    };

    /// <summary>The energy at a value of what is sought.</summary>
    protected virtual double EnergyAt(double value) => Objective.EnergyAt(value);

    /// <summary>The energy that nothing can be below, where that is known: a search ends there.</summary>
    protected virtual double? LeastEnergy => null;

    /// <summary>What a solution is worth, as people count it.</summary>
    protected virtual double Value(Solution solution, Satisfaction found) => problem.HasObjective ? solution.Objective
        : isHardOnly ? found.HardViolated : found.SoftViolated;

    void Follow(ProblemProgress now, SearchWatch watch, ref ProblemTracePoint? last)
    {
        if (last is null || now.Best.Energy != last.Energy || now.Best.IsFeasible != last.IsFeasible)
            last = new(now.Seconds, now.Sweeps, now.Best.Energy, now.Best.IsFeasible);
        watch.Film?.Add(this, now.CooledState?.Invoke() ?? now.Best.State);
        double since = now.Seconds - last.Seconds;
        watch.Tell(() => Standing(now, since));
    }

    SearchStanding Standing(ProblemProgress now, double since)
    {
        double value = problem.HasObjective ? now.Best.Objective
            : isHardOnly ? now.Best.Violated.Count : now.Best.Violated.Where(violation => !violation.IsHard).Sum(v => v.Energy);
        int all = problem.Constraints.Count;
        return new($"best {Objective.Name} {NumberText.Short(value, 12)}" + (now.Best.IsFeasible ? "" : ", not feasible"),
            all == 0 ? "" : $"{Count(all - now.Best.Violated.Count)} of {Count(all)} constraints hold", now.Run?.LadderNow ?? [],
            now.Updates / Math.Max(1e-9, now.Seconds), since);
    }

    // Chains are not told apart there.
    static SearchResult AsResult(ProblemResult result) => new(result.Status, result.Energy, result.Best.State, result.Method, result.Seed,
        result.Sweeps, result.Updates, result.Seconds, result.ProcessorSeconds, result.Restarts, 0,
        [.. result.Trace.Select(point => new TracePoint(point.Seconds, point.Sweeps, point.Energy, double.NaN, -1))],
        result.Solutions, result.Ladder);

    static string Count(long number) => NumberText.Short(number, 12);
}
