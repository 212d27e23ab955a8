using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>Each kind of constraint, over all assignments.</summary>
public class ConstraintTests
{
    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, SmallProblems.Kinds - 1)];

    [Theory, MemberData(nameof(Kinds))]
    public void A_constraint_costs_energy_exactly_where_it_is_broken(int kind)
    {
        for (ulong seed = 0; seed < 150; seed++)
        {
            var problem = new Problem();
            Hypothesis[] all = [.. Enumerable.Range(0, 6).Select(i => problem.Add($"x{i}"))];
            Constraint constraint = SmallProblems.ConstraintOf(kind, all, new Rng(seed));
            problem.Constrain(constraint, weight: 2);
            CompiledProblem compiled = problem.Compile();
            if (compiled.Energy.Variables > 14) continue;
            double[] lowest = ProblemEnergyTests.LowestOverHelpers(compiled);
            for (int number = 0; number < lowest.Length; number++)
            {
                byte[] state = SmallProblems.State(number, 6);
                bool holds = Definition.Holds(constraint, state);
                Assert.Equal(holds, lowest[number] < 1e-9);
                Assert.Equal(2 * Definition.Cost(constraint, state), lowest[number], 1e-12);
                Violation[] violated = [.. compiled.Read(state).Violated];
                Assert.Equal(holds, violated.Length == 0);
                if (holds) continue;
                double amount = constraint.Kind == ConstraintKind.Linear
                    ? Definition.Distance(constraint, Definition.On(constraint, state)) : 1;
                Assert.Equal(amount, violated[0].Amount, 1e-12);
                Assert.Equal(lowest[number], violated[0].Energy, 1e-12);
                Assert.False(violated[0].IsHard);
            }
        }
    }

    [Fact]
    public void Different_integers_cost_a_unit_for_each_pair_of_equal_ones()
    {
        var problem = new Problem();
        IntegerVariable[] of = [.. Enumerable.Range(0, 3).Select(i => problem.Integer($"n{i}", i, i + 2, IntegerEncoding.OneHot))];
        problem.AllDifferent(of);
        CompiledProblem compiled = problem.Compile();
        Assert.Equal(3, compiled.Energy.Blocks.Count);
        for (int a = 0; a < 3; a++)
            for (int b = 1; b < 4; b++)
                for (int c = 2; c < 5; c++)
                {
                    byte[] state = new byte[9];
                    foreach (Hypothesis x in new[] { of[0].Is(a), of[1].Is(b), of[2].Is(c) }) state[x.Variable] = 1;
                    Solution solution = compiled.Read(state);
                    int equal = (a == b ? 1 : 0) + (a == c ? 1 : 0) + (b == c ? 1 : 0);
                    Assert.Equal(equal, solution.Violated.Sum(violation => violation.Amount));
                    Assert.Equal(equal == 0, solution.IsFeasible);
                    Assert.Equal((a, b, c), (solution[of[0]], solution[of[1]], solution[of[2]]));
                }
    }

    [Fact]
    public void A_clause_of_k_literals_takes_one_helper_less_than_the_bits_of_k()
    {
        foreach (var (literals, helpers) in new[] { (1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (8, 2), (9, 3), (16, 3), (17, 4) })
        {
            var problem = new Problem();
            problem.Clause([.. Enumerable.Range(0, literals).Select(i => problem.Add($"x{i}"))]);
            Assert.Equal(literals + helpers, problem.Compile().Energy.Variables);
        }
    }

    [Fact]
    public void Real_factors_are_rounded_so_that_what_keeps_the_rounded_constraint_keeps_the_constraint()
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var problem = new Problem();
            Hypothesis[] all = [.. Enumerable.Range(0, 6).Select(i => problem.Add($"x{i}"))];
            Constraint constraint = SmallProblems.ConstraintOf(SmallProblems.Kinds - 1, all, new Rng(seed));
            problem.Constrain(constraint, weight: 1);
            Assert.InRange(constraint.Rounding, 0, 1e-3);
            CompiledProblem compiled = problem.Compile();
            foreach (byte[] state in SmallProblems.States(6))
            {
                double distance = Definition.Distance(constraint, Definition.On(constraint, state));
                Solution solution = compiled.Read(state);
                if (solution.Violated.Count == 0) Assert.True(distance <= 1e-9, $"seed {seed}: off by {distance}, yet kept");
                else Assert.InRange(solution.Violated[0].Amount - distance, -1e-9, 7 * constraint.Rounding + 1e-9);
                // Slack reaches every value: what is left of the energy is the violation's alone.
                Assert.Equal(solution.Energy, compiled.Energy.Of(compiled.WithHelpers(state)), 1e-6);
            }
        }
    }

    [Fact]
    public void Numbers_that_cannot_be_kept_are_refused_with_what_they_are()
    {
        var problem = new Problem();
        Hypothesis x = problem.Add("x"), y = problem.Add("y");
        Assert.Contains("nine decimals", Refused(() => problem.Linear(Math.PI * x + y, Relation.Equal, 1)));
        Assert.Contains("1,048,576", Refused(() => problem.Linear(3_000_000 * x + y, Relation.AtMost, 2_999_999)));
        Assert.Contains("NaN", Refused(() => problem.Linear(x + y, Relation.AtMost, double.NaN)));
        Assert.Contains("products", Refused(() => problem.Linear(x * y, Relation.AtMost, 1)));
        Assert.Contains("-1", Refused(() => problem.Constrain(Constraint.Clause(x), weight: -1)));
        Assert.Contains("another problem", Refused(() => problem.Clause(new Problem().Add("z"))));
        Assert.Contains("already", Refused(() => problem.Add("x")));
        Assert.Contains("OneHot", Refused(() => problem.AllDifferent(problem.Integer("n", 0, 3))));
        problem.Require(x);
        Assert.Contains("required to be true", Refused(() => problem.Require(!x)));
        Assert.Contains("required to be true", Refused(() => problem.Clamp(x, false)));
        Assert.Contains("degrees 2 and 1", Refused(() => _ = x * y * x));
    }

    static string Refused(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
