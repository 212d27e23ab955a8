namespace Boltzmann.Searching;

/// <summary>
/// A problem as a quadratic energy: its hypotheses are the first variables, slack and helper bits of the constraints come behind them. What
/// is required or clamped is known but still a variable; <see cref="Simplify"/> takes it out.
/// </summary>
public sealed class CompiledProblem
{
    readonly BinaryEnergy objective;
    readonly ProblemConstraint[] constraints;
    readonly double[] weights;
    readonly int[] helpers;
    readonly bool[] isBlock;
    readonly List<int[]> blocks = [];
    readonly SortedDictionary<int, bool> known;
    // What descent among hypotheses needs is known at once; the terms of pairs, which may be millions, only when asked for.
    readonly Lazy<BinaryEnergy> energy;

    internal CompiledProblem(Problem problem, BinaryEnergy objective, ProblemConstraint[] constraints, double[] weights, bool asBlocks)
    {
        Problem = problem;
        this.objective = objective;
        this.constraints = constraints;
        this.weights = weights;
        known = problem.Fixed();
        helpers = new int[constraints.Length];
        isBlock = new bool[constraints.Length];
        var taken = new HashSet<int>();
        Variables = objective.Variables;
        for (int c = 0; c < constraints.Length; c++)
        {
            helpers[c] = Variables;
            Constraint constraint = constraints[c].Constraint;
            isBlock[c] = asBlocks && constraints[c].IsHard && CanBeBlock(constraint, taken);
            if (isBlock[c])
            {
                int[] variables = [.. constraint.Literals.Select(literal => literal.Variable)];
                taken.UnionWith(variables);
                blocks.Add(variables);
            }
            else
                foreach (ConstraintPart part in constraint.Parts) Variables += part.Helpers.Length;
        }
        energy = new(Build);
    }

    /// <summary>What was compiled; hypotheses and constraints that were added to it later are not in the energy.</summary>
    public Problem Problem { get; }

    /// <summary>E of hypotheses and helpers; its lowest value over the helpers is the problem's energy.</summary>
    public BinaryEnergy Energy => energy.Value;

    /// <summary>Hypotheses and helpers.</summary>
    public int Variables { get; }

    /// <summary>The hypotheses of each block.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Blocks => blocks;

    /// <summary>The first so many variables are the problem's hypotheses.</summary>
    public int Hypotheses => objective.Variables;

    /// <summary>The constraints, in the problem's order.</summary>
    public IReadOnlyList<ProblemConstraint> Constraints => constraints;

    /// <summary>The weight of each constraint.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>Constraints that hold always, because their hypotheses are a block.</summary>
    public IEnumerable<ProblemConstraint> BlockConstraints => constraints.Where((_, c) => isBlock[c]);

    /// <summary>The energy without what is required or clamped, and without what need not be searched.</summary>
    public Simplification Simplify() => Simplification.Of(Energy, known);

    /// <summary>What is required or clamped, and what hard constraints make of it; no more than that if nothing can keep them.</summary>
    internal IReadOnlyDictionary<int, bool> Implied() => Implication.Of(constraints, Hypotheses, known) ?? known;

    /// <summary>What is required or clamped.</summary>
    internal IReadOnlyDictionary<int, bool> Known => known;

    /// <summary>What a state says about the problem. Helpers count with their best values, whatever the state has.</summary>
    /// <param name="state">0 or 1 for each variable, or for each hypothesis.</param>
    /// <exception cref="ArgumentException">Another number of variables.</exception>
    public Solution Read(ReadOnlySpan<byte> state)
    {
        if (state.Length != Hypotheses && state.Length != Variables)
            throw new ArgumentException($"the problem has {Hypotheses:N0} hypotheses, with helpers {Variables:N0} variables, "
                + $"but the state has {state.Length:N0}", nameof(state));
        byte[] assignment = state[..Hypotheses].ToArray();
        var violated = new List<Violation>();
        double cost = 0;
        for (int c = 0; c < constraints.Length; c++)
        {
            Constraint constraint = constraints[c].Constraint;
            double amount = constraint.Amount(assignment);
            if (amount == 0) continue;
            double energy = weights[c] * constraint.Cost(assignment);
            cost += energy;
            violated.Add(new(constraints[c].Name, amount, energy, constraints[c].IsHard));
        }
        bool isAsKnown = known.All(pair => assignment[pair.Key] != 0 == pair.Value);
        return new(Problem, assignment, objective.Of(assignment), cost, violated, isAsKnown);
    }

    /// <summary>The hypotheses of a state with the best values of all helpers.</summary>
    /// <param name="state">0 or 1 for each hypothesis, the first entries; helpers behind them are not read.</param>
    public byte[] WithHelpers(ReadOnlySpan<byte> state)
    {
        byte[] whole = new byte[Variables];
        state[..Hypotheses].CopyTo(whole);
        for (int c = 0; c < constraints.Length; c++)
        {
            if (isBlock[c]) continue;
            int first = helpers[c];
            foreach (ConstraintPart part in constraints[c].Constraint.Parts)
            {
                HelperBits.Set(whole.AsSpan(first, part.Helpers.Length), part.Helpers, part.Best(part.Sum(whole)).Helper);
                first += part.Helpers.Length;
            }
        }
        return whole;
    }

    /// <summary>A state of the hypotheses at random: what is known as it is, exactly one of each block, the others by coin.</summary>
    internal byte[] RandomState(IReadOnlyDictionary<int, bool> known, Rng rng)
    {
        byte[] state = new byte[Hypotheses];
        for (int i = 0; i < state.Length; i++) state[i] = (byte)(known.TryGetValue(i, out bool value) ? value ? 1 : 0 : rng.NextInteger(2));
        foreach (int[] block in blocks)
        {
            int[] on = [.. block.Where(i => known.TryGetValue(i, out bool value) && value)];
            int[] open = on.Length > 0 ? on : [.. block.Where(i => !known.ContainsKey(i))];
            int chosen = open[rng.NextInteger(open.Length)];
            foreach (int i in block) state[i] = i == chosen ? (byte)1 : (byte)0;
        }
        return state;
    }

    /// <summary>A state of the hypotheses with exactly one of each block on: where it is not, the first that may be.</summary>
    internal byte[] WithWholeBlocks(IReadOnlyList<byte> state)
    {
        byte[] whole = [.. state.Take(Hypotheses)];
        foreach (int[] block in blocks)
        {
            if (block.Count(i => whole[i] != 0) == 1) continue;
            int[] open = [.. block.Where(i => !known.TryGetValue(i, out bool value) || value)];
            int on = open.FirstOrDefault(i => known.ContainsKey(i), open.FirstOrDefault(i => whole[i] != 0, open[0]));
            foreach (int i in block) whole[i] = i == on ? (byte)1 : (byte)0;
        }
        return whole;
    }

    /// <summary>The most hypotheses of one sum, those without known ones: they are all joined to each other.</summary>
    internal int LongestSum(IReadOnlyDictionary<int, bool> without) => Enumerable.Range(0, constraints.Length).Where(c => !isBlock[c])
        .SelectMany(c => constraints[c].Constraint.Parts)
        .Max(part => (int?)part.Literals.Count(literal => !without.ContainsKey(literal.Variable))) ?? 0;

    /// <summary>Descent among the hypotheses.</summary>
    /// <param name="fixedTo">What does not move.</param>
    internal SolutionDescent Descent(IReadOnlyDictionary<int, bool> fixedTo) => new(this, objective,
        Enumerable.Range(0, constraints.Length).Where(c => !isBlock[c]).Select(c => (constraints[c].Constraint, weights[c])), fixedTo);

    /// <summary>Counts the constraints that a solution keeps; hard ones weigh what they do in the energy, blocks nothing.</summary>
    internal Satisfaction Check(Solution solution)
    {
        byte[] state = [.. solution.State];
        var (satisfied, broken) = (0L, 0L);
        double kept = 0, all = 0;
        for (int c = 0; c < constraints.Length; c++)
        {
            double weight = isBlock[c] ? 0 : weights[c];
            all += weight;
            if (constraints[c].Constraint.Amount(state) == 0)
            {
                satisfied++;
                kept += weight;
            }
            else if (constraints[c].IsHard) broken++;
        }
        return new(satisfied, constraints.Length, kept, all, solution.Violated.Where(v => !v.IsHard).Sum(v => v.Energy), broken,
            [.. solution.Violated.OrderByDescending(v => v.IsHard).ThenByDescending(v => v.Energy)]);
    }

    /// <summary>The share of the soft constraints' weight whose constraints a solution keeps; 1 without any.</summary>
    internal double SatisfiedShare(Solution solution)
    {
        byte[] state = [.. solution.State];
        double all = 0, kept = 0;
        foreach (ProblemConstraint entry in constraints)
        {
            if (entry.Weight is not double weight) continue;
            all += weight;
            if (entry.Constraint.Amount(state) == 0) kept += weight;
        }
        return all > 0 ? kept / all : 1;
    }

    /// <summary>Hard constraints that a state breaks, by number.</summary>
    internal IEnumerable<int> Broken(byte[] state) =>
        Enumerable.Range(0, constraints.Length).Where(c => constraints[c].IsHard && constraints[c].Constraint.Amount(state) > 0);

    BinaryEnergy Build()
    {
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(Variables);
        builder.Add(objective);
        foreach (int[] block in blocks) builder.AddBlock(block);
        for (int c = 0; c < constraints.Length; c++)
        {
            if (isBlock[c]) continue;
            Constraint constraint = constraints[c].Constraint;
            int first = helpers[c];
            foreach (ConstraintPart part in constraint.Parts)
            {
                part.AddTo(builder, weights[c] * constraint.Least, first);
                first += part.Helpers.Length;
            }
        }
        return builder.Build();
    }

    // Different hypotheses, none negated, none in a block, and what is known leaves a choice that holds.
    bool CanBeBlock(Constraint constraint, HashSet<int> taken)
    {
        if (!constraint.IsExactlyOne || constraint.Literals.Count < 2) return false;
        var own = new HashSet<int>();
        int on = 0, free = 0;
        foreach (Hypothesis literal in constraint.Literals)
        {
            if (literal.IsNegated || taken.Contains(literal.Variable) || !own.Add(literal.Variable)) return false;
            if (!known.TryGetValue(literal.Variable, out bool value)) free++;
            else if (value) on++;
        }
        return on == 1 || (on == 0 && free > 0);
    }
}
