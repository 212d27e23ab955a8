using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>How probable hypotheses are given that hard constraints hold, against all states by definition.</summary>
public class ProblemMarginalTests
{
    // Means and log Z over the feasible states; null where there are none.
    static (double[] Means, double LogPartition, double Least, int States)? Summed(Problem problem, double temperature)
    {
        CompiledProblem compiled = problem.Compile();
        Solution[] feasible = [.. SmallProblems.States(problem.Variables).Select(state => compiled.Read(state))
            .Where(solution => solution.IsFeasible)];
        if (feasible.Length == 0) return null;
        double least = feasible.Min(solution => solution.Energy);
        double[] weights = [.. feasible.Select(solution => Math.Exp((least - solution.Energy) / temperature))];
        double total = weights.Sum();
        return ([.. Enumerable.Range(0, problem.Variables).Select(i => feasible.Zip(weights).Sum(pair => pair.First.State[i] * pair.Second)
            / total)], Math.Log(total) - least / temperature, least,
            feasible.Count(solution => solution.Energy <= least + 1e-9 * Math.Max(1, Math.Abs(least))));
    }

    static Problem Problem(ulong seed)
    {
        Problem problem = SmallProblems.Random(seed);
        if (seed % 4 == 0) problem.Require(!new Hypothesis(problem, 0));
        return problem;
    }

    [Fact]
    public void Exact_marginals_are_those_of_all_feasible_states()
    {
        int compared = 0, refused = 0, eliminated = 0;
        for (ulong seed = 0; seed < 400; seed++)
        {
            Problem problem = Problem(seed);
            if (problem.Variables > 14) continue;
            double temperature = ((double[])[0.2, 1, 5])[seed % 3];
            if (Summed(problem, temperature) is not var (means, log, least, states))
            {
                Assert.Contains("no state keeps", Assert.Throws<BadInputException>(() =>
                    Search.Marginals(problem, temperature, new(), method: "exact")).Message);
                refused++;
                continue;
            }
            List<ProblemMarginals> found = [Search.Marginals(problem, temperature, new(), method: "exact")];
            if (new ConstrainedInference(problem, temperature, new(), 1, CpuBackend.Shared).Eliminated(isAsked: true) is { } other)
            {
                found.Add(other);
                eliminated++;
            }
            foreach (ProblemMarginals marginals in found)
            {
                for (int i = 0; i < means.Length; i++) Assert.Equal(means[i], marginals.Marginals.Means[i], 1e-8);
                Assert.Equal(log, marginals.LogPartition!.Value, 1e-7 + 1e-12 * Math.Abs(log));
                Assert.Equal(least, marginals.Best.Energy, 1e-9 * Math.Max(1, Math.Abs(least)));
                Assert.Equal(states, marginals.Search.GroundStates);
                Assert.Equal(1, marginals.FeasibleShare);
                Assert.All(marginals.Marginals.StandardErrors, error => Assert.Equal(0, error));
            }
            compared++;
        }
        Assert.True(compared > 100 && eliminated > 20, $"{compared} compared, {eliminated} by elimination, {refused} refused");
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Draws_that_keep_all_constraints_have_marginals_within_four_stated_errors(bool blocks)
    {
        double squares = 0;
        int count = 0, compared = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            Problem problem = Problem(seed);
            if (problem.Variables > 12 || problem.Compile(blocks: false).Energy.Variables > 60) continue;
            // In the unit of its weights, some of which are 10⁷: far below, no chain moves any more.
            double temperature = ((double[])[0.7, 1.5, 5])[seed % 3] * (problem.Penalties(new()).Span > 1e5 ? 2e6 : 1);
            if (Summed(problem, temperature) is not var (means, _, _, _)) continue;
            ProblemMarginals found = Search.Marginals(problem, temperature, new() { Sweeps = 2500 }, seed, method: "tempering",
                options: new() { Blocks = blocks });
            Assert.True(found.Best.IsFeasible);
            Assert.InRange(found.FeasibleShare, 1e-3, 1);
            for (int i = 0; i < means.Length; i++)
            {
                double error = found.Marginals.Means[i] - means[i], stated = found.Marginals.StandardErrors[i];
                Assert.True(Math.Abs(error) <= 4 * stated + 1e-12, $"seed {seed}, hypothesis {i}: {found.Marginals.Means[i]} ± {stated}, "
                    + $"but it is {means[i]}; {found.FeasibleShare} feasible");
                if (stated == 0) continue;
                squares += Math.Pow(error / stated, 2);
                count++;
            }
            compared++;
        }
        Assert.True(compared > 20, $"{compared}");
        Assert.InRange(Math.Sqrt(squares / count), 0.5, 1.3);
    }

    [Fact]
    public void Slack_does_not_weigh_states_by_the_ways_of_its_bits()
    {
        // At most 5 of 12: slack of 0 to 5 has values that several states of its bits make.
        var problem = new Problem();
        Hypothesis[] all = [.. Enumerable.Range(0, 12).Select(i => problem.Add($"x{i}"))];
        problem.Constrain(Constraint.AtMost(5, all), name: "few");
        var (means, _, _, _) = Summed(problem, 1)!.Value;
        ProblemMarginals found = Search.Marginals(problem, 1, new() { Sweeps = 2000 }, 3, method: "tempering");
        for (int i = 0; i < 12; i++)
            Assert.InRange(found.Marginals.Means[i] - means[i], -4 * found.Marginals.StandardErrors[i],
                4 * found.Marginals.StandardErrors[i]);
        Assert.True(found.Marginals.StandardErrors.Max() < 0.02);
    }

    [Fact]
    public void Larger_problems_are_eliminated_or_drawn()
    {
        // A chain of 60 choices among three, neighbours differ: 3·2⁵⁹ states, a transfer matrix tells them.
        var chain = new Problem();
        IntegerVariable[] cells = [.. Enumerable.Range(0, 60).Select(i => chain.Integer($"n{i}", 1, 3, IntegerEncoding.OneHot))];
        for (int i = 1; i < cells.Length; i++) chain.Constrain(Constraint.AllDifferent(cells[i - 1], cells[i]));
        chain.Prefer(cells[0].Is(1), 2);
        ProblemMarginals exact = Search.Marginals(chain, 1, new());
        Assert.Equal("exact", exact.Marginals.Method);
        Assert.Equal(Math.Log(Math.Exp(2) + 2) + 59 * Math.Log(2), Math.Abs(exact.LogPartition!.Value), 1e-6);
        Assert.Equal(Math.Exp(2) / (Math.Exp(2) + 2), Math.Max(exact.Marginals.Means[0], 1 - exact.Marginals.Means[0]), 1e-9);
        ProblemMarginals drawn = Search.Marginals(chain, 1, new() { Sweeps = 1500 }, method: "tempering");
        for (int i = 0; i < chain.Variables; i++)
            Assert.InRange(drawn.Marginals.Means[i] - exact.Marginals.Means[i], -4.5 * drawn.Marginals.StandardErrors[i],
                4.5 * drawn.Marginals.StandardErrors[i]);
    }

    [Fact]
    public void What_cannot_be_told_is_refused()
    {
        Problem problem = Problem(1);
        Assert.Throws<ArgumentException>(() => Search.Marginals(problem, 1, new(), method: "annealing"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Search.Marginals(problem, 0, new()));
        Assert.Throws<ArgumentException>(() => Search.Marginals(new Problem(), 1, new()));
        Assert.Contains("ended before its chains", Assert.Throws<BadInputException>(() => Search.Marginals(problem, 1,
            new() { Cancellation = new CancellationToken(canceled: true) }, method: "tempering")).Message);
        var none = new Problem();
        Hypothesis x = none.Add("x"), y = none.Add("y");
        none.Constrain(Constraint.Clause(x, y));
        none.Constrain(Constraint.Clause(!x));
        none.Constrain(Constraint.Clause(!y));
        Assert.Contains("no state keeps", Assert.Throws<BadInputException>(() => Search.Marginals(none, 1, new())).Message);
        Assert.Contains("no draw keeps", Assert.Throws<BadInputException>(() =>
            Search.Marginals(none, 1, new() { Sweeps = 50 }, method: "tempering")).Message);
    }
}
