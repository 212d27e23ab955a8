using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>
/// The weights of hard constraints: the bound suffices, the first guess often does, and growth always ends in a feasible answer.
/// </summary>
public class PenaltyTests(ITestOutputHelper output)
{
    const ulong Problems = 3000;

    [Fact]
    public void At_the_bound_every_lowest_state_is_feasible_if_any_state_is()
    {
        int feasible = 0, guessed = 0;
        for (ulong seed = 0; seed < Problems; seed++)
        {
            Problem problem = SmallProblems.Random(seed);
            Penalties penalties = problem.Penalties(new());
            if (!SmallProblems.States(problem.Variables).Any(state => Definition.IsFeasible(problem, state))) continue;
            feasible++;
            if (AreLowestFeasible(problem.Compile(blocks: false, penalties))) guessed++;
            penalties.RaiseToBounds();
            Assert.True(AreLowestFeasible(problem.Compile(blocks: false, penalties)), $"seed {seed}");
            Assert.True(AreLowestFeasible(problem.Compile(blocks: true, penalties)), $"seed {seed}, with blocks");
        }
        output.WriteLine(
            $"the first guess suffices for {guessed} of {feasible} problems that are feasible, {100.0 * guessed / feasible:F1} %");
        Assert.True(feasible > (int)Problems / 3, $"only {feasible} problems are feasible");
    }

    [Fact]
    public void Weights_that_grow_end_at_the_best_feasible_state_of_small_problems()
    {
        int rounds = 0, raised = 0;
        for (ulong seed = 0; seed < 400; seed++)
        {
            Problem problem = SmallProblems.Random(seed);
            // A guess that is far too low, so that it has to grow.
            var options = new ProblemOptions { Blocks = seed % 2 == 0, Penalty = seed % 3 == 0 ? 1 : 0.02 };
            ProblemResult result = Search.Best(problem, new Tempering { Temperatures = 8 }, new StopRule { Sweeps = 3000 },
                seed, options, new CpuBackend(1));
            rounds += result.Rounds;
            raised += result.Weights.Count(weight => weight.Raised > 0);
            Assert.All(result.Weights, weight => Assert.True(weight.Weight <= weight.Bound));
            byte[][] states = [.. SmallProblems.States(problem.Variables).Where(state => Definition.IsFeasible(problem, state))];
            Assert.Equal(states.Length > 0, result.IsFeasible);
            if (states.Length == 0) continue;
            CompiledProblem compiled = problem.Compile();
            double best = states.Min(state => Definition.Energy(compiled, state));
            Assert.Equal(best, result.Energy, ProblemEnergyTests.Tolerance(compiled.Energy));
            Assert.Equal(result.Energy, Definition.Energy(compiled, [.. result.Best.State]), ProblemEnergyTests.Tolerance(compiled.Energy));
        }
        output.WriteLine($"{rounds} rounds, {raised} weights raised");
        Assert.True(rounds > 50, $"only {rounds} rounds");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_feasible_answer_is_found_for_every_planted_problem(bool blocks)
    {
        int rounds = 0, found = 0;
        const int Count = 12;
        var missed = new List<ulong>();
        for (ulong seed = 0; seed < Count; seed++)
        {
            Problem problem = Planted(30, 25, seed);
            ProblemResult result = Search.Best(problem, new Tempering(), new StopRule { Sweeps = 2000, StalledSweeps = 800 },
                seed, new() { Blocks = blocks });
            rounds += result.Rounds;
            if (result.IsFeasible) found++;
            else missed.Add(seed);
        }
        output.WriteLine($"{found} of {Count} feasible, {rounds} rounds");
        Assert.True(found == Count, $"{found} of {Count}: not {string.Join(", ", missed)}");
    }

    [Fact]
    public void Threads_do_not_change_a_problems_result()
    {
        Problem problem = Planted(40, 30, 12);
        string[] results = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            ProblemResult result = Search.Best(problem, new Tempering(), new StopRule { Sweeps = 600 }, 5, null,
                new CpuBackend(threads));
            return $"{result.Energy:R} {result.Rounds} {result.Sweeps} {string.Concat(result.Best.State)} "
                + string.Join(' ', result.Trace.Select(point => $"{point.Sweeps}:{point.Energy:R}"));
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    /// <summary>Hard constraints that a hidden state keeps, an objective that pulls elsewhere, some blocks.</summary>
    internal static Problem Planted(int variables, int constraints, ulong seed)
    {
        var rng = new Rng(seed, stream: 42);
        var problem = new Problem();
        Hypothesis[] x = [.. Enumerable.Range(0, variables).Select(i => problem.Add($"x{i}"))];
        byte[] hidden = [.. x.Select(_ => (byte)rng.NextInteger(2))];
        for (int c = 0; c < constraints;)
        {
            Constraint constraint = SmallProblems.ConstraintOf(rng.NextInteger(SmallProblems.Kinds - 1), x, rng);
            if (!Definition.Holds(constraint, hidden)) continue;
            problem.Constrain(constraint);
            c++;
        }
        for (int t = 0; t < 3 * variables; t++)
            problem.Cost(x[rng.NextInteger(variables)], x[rng.NextInteger(variables)], 6 * rng.NextUniform() - 3);
        return problem;
    }

    static bool AreLowestFeasible(CompiledProblem compiled)
    {
        double lowest = double.PositiveInfinity, lowestFeasible = double.PositiveInfinity;
        for (int number = 0; number < 1 << compiled.Hypotheses; number++)
        {
            byte[] state = SmallProblems.State(number, compiled.Hypotheses);
            if (!compiled.Energy.Blocks.All(block => block.Count(i => state[i] != 0) == 1)) continue;
            double energy = Definition.Energy(compiled, state);
            if (Definition.IsFeasible(compiled.Problem, state)) lowestFeasible = Math.Min(lowestFeasible, energy);
            else lowest = Math.Min(lowest, energy);
        }
        return lowestFeasible < lowest;
    }
}
