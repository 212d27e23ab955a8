using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>A problem's energy is what its definition says, in every form.</summary>
public class ProblemEnergyTests
{
    const int Problems = 600;

    [Fact]
    public void The_compiled_energy_at_the_best_helpers_is_the_energy_by_definition_at_every_state()
    {
        for (ulong seed = 0; seed < Problems; seed++)
        {
            CompiledProblem compiled = SmallProblems.Random(seed).Compile(blocks: false);
            double[] lowest = LowestOverHelpers(compiled);
            for (int number = 0; number < lowest.Length; number++)
            {
                byte[] state = SmallProblems.State(number, compiled.Hypotheses);
                double expected = Definition.Energy(compiled, state), tolerance = Tolerance(compiled.Energy);
                Assert.True(Math.Abs(lowest[number] - expected) <= tolerance,
                    $"seed {seed}, state {number}: {lowest[number]}, not {expected}");
                Assert.Equal(expected, compiled.Energy.Of(compiled.WithHelpers(state)), tolerance);
                Solution solution = compiled.Read(state);
                Assert.Equal(expected, solution.Energy, tolerance);
                Assert.Equal(Definition.IsFeasible(compiled.Problem, state), solution.IsFeasible);
            }
        }
    }

    [Fact]
    public void With_blocks_the_energy_is_the_same_wherever_exactly_one_holds()
    {
        int blocks = 0;
        for (ulong seed = 0; seed < Problems; seed++)
        {
            Problem problem = SmallProblems.Random(seed);
            CompiledProblem compiled = problem.Compile(), plain = problem.Compile(blocks: false);
            blocks += compiled.Energy.Blocks.Count;
            foreach (byte[] state in SmallProblems.States(compiled.Hypotheses))
            {
                if (compiled.Energy.Blocks.Any(block => block.Count(i => state[i] != 0) != 1)) continue;
                Assert.Equal(plain.Energy.Of(plain.WithHelpers(state)), compiled.Energy.Of(compiled.WithHelpers(state)),
                    Tolerance(plain.Energy));
            }
        }
        Assert.True(blocks > Problems / 5, $"only {blocks} blocks");
    }

    [Fact]
    public void A_problem_of_constraints_alone_has_energy_0_exactly_where_all_hold()
    {
        for (ulong seed = 0; seed < Problems; seed++)
        {
            CompiledProblem compiled = SmallProblems.Random(seed, withObjective: false).Compile(blocks: false);
            foreach (byte[] state in SmallProblems.States(compiled.Hypotheses))
            {
                bool all = compiled.Constraints.All(entry => Definition.Holds(entry.Constraint, state));
                double energy = compiled.Energy.Of(compiled.WithHelpers(state));
                Assert.True(all ? Math.Abs(energy) <= Tolerance(compiled.Energy) : energy > 1e-6,
                    $"seed {seed}: {energy}, all hold: {all}");
            }
        }
    }

    [Fact]
    public void Spins_and_binary_variables_give_equal_energies_and_equal_temperatures()
    {
        var rng = new Rng(5);
        for (int trial = 0; trial < 100; trial++)
        {
            Problem spins = new(), binary = new();
            SpinVariable[] s = [.. Enumerable.Range(0, 6).Select(i => spins.Spin($"s{i}"))];
            Hypothesis[] x = [.. Enumerable.Range(0, 6).Select(i => binary.Add($"x{i}"))];
            for (int t = 0; t < 9; t++)
            {
                int i = rng.NextInteger(6), j = rng.NextInteger(6);
                if (i == j) continue;
                double weight = rng.NextInteger(9) - 4;
                spins.Objective(weight * s[i] * s[j] + weight * s[j]);
                binary.Objective(weight * (4 * x[i] * x[j] - 2 * x[i] - 2 * x[j] + 1) + weight * (2 * x[j] - 1));
            }
            BinaryEnergy one = spins.Compile().Energy, other = binary.Compile().Energy;
            foreach (byte[] state in SmallProblems.States(6)) Assert.Equal(one.Of(state), other.Of(state));
            Assert.Equal(TemperatureRange.Of(one), TemperatureRange.Of(other));
        }
    }

    [Fact]
    public void Spins_and_integers_read_back_as_what_they_are()
    {
        var problem = new Problem();
        SpinVariable s = problem.Spin("s");
        foreach (IntegerEncoding encoding in Enum.GetValues<IntegerEncoding>())
        {
            IntegerVariable n = problem.Integer($"n{encoding}", -3, 9, encoding);
            var values = new SortedSet<int>();
            foreach (byte[] bits in SmallProblems.States(n.Bits.Count))
            {
                if (encoding == IntegerEncoding.OneHot && bits.Sum(bit => bit) != 1) continue;
                byte[] state = new byte[problem.Variables];
                bits.CopyTo(state, n.Bits[0].Variable);
                values.Add(problem.Compile().Read(state)[n]);
            }
            Assert.Equal(Enumerable.Range(-3, 13), values);
        }
        byte[] up = new byte[problem.Variables];
        Assert.Equal(-1, problem.Compile().Read(up)[s]);
        up[0] = 1;
        Assert.Equal(1, problem.Compile().Read(up)[s]);
    }

    [Fact]
    public void What_is_maximised_is_reported_in_its_own_sense()
    {
        var problem = new Problem();
        Hypothesis x = problem.Add("x"), y = problem.Add("y");
        problem.Maximise(3 * x + 2 * y - 4 * x * y);
        Solution solution = problem.Compile().Read([1, 0]);
        Assert.Equal(3, solution.Objective);
        Assert.Equal(-3, solution.Energy);
        Assert.Throws<ArgumentException>(() => problem.Objective(x));
    }

    internal static double Tolerance(BinaryEnergy energy)
    {
        double sum = 1 + Math.Abs(energy.Offset);
        foreach (double value in energy.Linear) sum += Math.Abs(value);
        foreach (double value in energy.Weights) sum += Math.Abs(value);
        // Sums of fewer than 2¹⁰ terms in double precision.
        return 1e-13 * sum;
    }

    internal static double[] LowestOverHelpers(CompiledProblem compiled)
    {
        double[] lowest = new double[1 << compiled.Hypotheses];
        Array.Fill(lowest, double.PositiveInfinity);
        for (int number = 0; number < 1 << compiled.Energy.Variables; number++)
        {
            double energy = compiled.Energy.Of(SmallProblems.State(number, compiled.Energy.Variables));
            ref double least = ref lowest[number & (lowest.Length - 1)];
            least = Math.Min(least, energy);
        }
        return lowest;
    }
}
