using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>Descent among hypotheses, and what hard constraints imply.</summary>
public class SolutionDescentTests
{
    [Fact]
    public void Descent_among_hypotheses_ends_where_no_flip_lowers_the_energy_with_the_best_helpers()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            Problem problem = SmallProblems.Random(seed);
            CompiledProblem compiled = problem.Compile(blocks: seed % 2 == 0);
            SolutionDescent descent = compiled.Descent(compiled.Known);
            double tolerance = ProblemEnergyTests.Tolerance(compiled.Energy);
            for (int number = 0; number < 1 << problem.Variables; number += 3)
            {
                byte[] start = SmallProblems.State(number, problem.Variables);
                if (!IsValid(compiled, start)) continue;
                byte[] state = descent.Lower(start);
                double reached = Definition.Energy(compiled, state);
                Assert.True(IsValid(compiled, state));
                Assert.True(reached <= Definition.Energy(compiled, start) + tolerance, $"seed {seed}: rises");
                for (int i = 0; i < state.Length; i++)
                {
                    byte[] next = [.. state];
                    next[i] ^= 1;
                    if (IsValid(compiled, next))
                        Assert.True(Definition.Energy(compiled, next) >= reached - tolerance, $"seed {seed}: {i} lowers the energy");
                }
            }
        }
    }

    [Fact]
    public void Descent_exchanges_hypotheses_of_a_sum_and_the_values_of_blocks()
    {
        var problem = new Problem();
        Hypothesis[] x = [.. Enumerable.Range(0, 5).Select(i => problem.Add($"x{i}"))];
        problem.Exactly(2, x);
        for (int i = 0; i < 5; i++) problem.Cost(x[i], -i);
        CompiledProblem compiled = problem.Compile();
        Assert.Equal([0, 0, 0, 1, 1], compiled.Descent(compiled.Known).Lower([1, 1, 0, 0, 0]));
        var tour = new Problem();
        IntegerVariable[] n = [.. Enumerable.Range(0, 3).Select(i => tour.Integer($"n{i}", 0, 2, IntegerEncoding.OneHot))];
        tour.AllDifferent(n);
        for (int i = 0; i < 3; i++) tour.Cost(n[i].Is(2 - i), -1);
        compiled = tour.Compile();
        Assert.Equal([0, 0, 1, 0, 1, 0, 1, 0, 0], compiled.Descent(compiled.Known).Lower([1, 0, 0, 0, 1, 0, 0, 0, 1]));
    }

    [Fact]
    public void What_is_implied_holds_in_every_feasible_state()
    {
        int implied = 0, contradictions = 0;
        for (ulong seed = 0; seed < 2000; seed++)
        {
            Problem problem = SmallProblems.Random(seed, withSoft: false);
            var known = new SortedDictionary<int, bool>();
            if (seed % 2 == 0) known[0] = seed % 4 == 0;
            byte[][] feasible = [.. SmallProblems.States(problem.Variables)
                .Where(state => known.All(pair => state[pair.Key] != 0 == pair.Value) && Definition.IsFeasible(problem, state))];
            if (Implication.Of(problem.Constraints, problem.Variables, known) is not SortedDictionary<int, bool> all)
            {
                Assert.Empty(feasible);
                contradictions++;
                continue;
            }
            implied += all.Count - known.Count;
            foreach (byte[] state in feasible)
                Assert.All(all, pair => Assert.True(state[pair.Key] != 0 == pair.Value, $"seed {seed}: x{pair.Key} is not {pair.Value}"));
        }
        Assert.True(implied > 1000 && contradictions > 50, $"{implied} implied, {contradictions} contradictions");
    }

    static bool IsValid(CompiledProblem compiled, byte[] state) =>
        compiled.Energy.Blocks.All(block => block.Count(i => state[i] != 0) == 1);
}
