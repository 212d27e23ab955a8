using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>Simplification keeps energies, and the lowest one.</summary>
public class SimplificationTests
{
    [Fact]
    public void Every_state_of_the_components_has_the_energy_of_the_whole_state_and_the_lowest_is_the_same()
    {
        int removed = 0, components = 0, split = 0;
        for (ulong seed = 0; seed < 600; seed++)
        {
            Problem problem = seed % 4 == 3 ? Halves(new Rng(seed)) : SmallProblems.Random(seed);
            var rng = new Rng(seed, stream: 1000);
            var fixedTo = new Dictionary<int, bool>();
            if (rng.NextInteger(2) == 0)
            {
                int variable = rng.NextInteger(problem.Variables);
                problem.Clamp(new(problem, variable), fixedTo[variable] = rng.NextInteger(2) == 0);
            }
            CompiledProblem compiled = problem.Compile(blocks: seed % 2 == 0);
            BinaryEnergy energy = compiled.Energy;
            Simplification simple = compiled.Simplify();
            double tolerance = ProblemEnergyTests.Tolerance(energy), lowest = double.PositiveInfinity, simplest = simple.Offset;
            foreach (byte[] state in SmallProblems.States(energy.Variables))
                if (IsValid(energy, state) && fixedTo.All(pair => state[pair.Key] != 0 == pair.Value))
                    lowest = Math.Min(lowest, energy.Of(state));
            removed += simple.Removed;
            components += simple.Components.Count;
            if (simple.Components.Count > 1) split++;
            byte[][] best = [.. simple.Components.Select(component => new byte[component.Energy.Variables])];
            for (int c = 0; c < best.Length; c++)
            {
                BinaryEnergy part = simple.Components[c].Energy;
                byte[][] valid = [.. SmallProblems.States(part.Variables).Where(state => IsValid(part, state))];
                simplest += valid.Min(state => part.Of(state));
                best[c] = valid.MinBy(state => part.Of(state))!;
            }
            for (int c = 0; c < best.Length; c++)
            {
                BinaryEnergy part = simple.Components[c].Energy;
                byte[] kept = best[c];
                foreach (byte[] state in SmallProblems.States(part.Variables).Where(state => IsValid(part, state)))
                {
                    best[c] = state;
                    byte[] whole = simple.Expand(best);
                    Assert.True(IsValid(energy, whole), $"seed {seed}: a block with other than one");
                    Assert.All(fixedTo, pair => Assert.Equal(pair.Value, whole[pair.Key] != 0));
                    double sum = simple.Offset + best.Select((s, i) => simple.Components[i].Energy.Of(s)).Sum();
                    Assert.Equal(sum, energy.Of(whole), tolerance);
                }
                best[c] = kept;
            }
            Assert.True(Math.Abs(lowest - simplest) <= tolerance, $"seed {seed}: {simplest}, not {lowest}");
            Assert.Equal(simplest, energy.Of(simple.Expand(best)), tolerance);
        }
        // The generator has what is to be tested.
        Assert.True(removed > 1000 && components > 100 && split > 10, $"{removed} removed, {components} components, {split} split");
    }

    [Fact]
    public void A_tree_needs_no_search()
    {
        var rng = new Rng(3);
        var problem = new Problem();
        Hypothesis[] x = [.. Enumerable.Range(0, 200).Select(i => problem.Add($"x{i}"))];
        for (int i = 1; i < x.Length; i++) problem.Cost(x[i], x[rng.NextInteger(i)], rng.NextUniform() - 0.5);
        foreach (Hypothesis hypothesis in x) problem.Prefer(hypothesis, rng.NextUniform() - 0.5);
        Assert.Empty(problem.Compile().Simplify().Components);
    }

    // Two frustrated parts that have nothing to do with each other.
    static Problem Halves(Rng rng)
    {
        var problem = new Problem();
        Hypothesis[] x = [.. Enumerable.Range(0, 10).Select(i => problem.Add($"x{i}"))];
        for (int i = 0; i < x.Length; i++)
            for (int j = i % 2; j < i; j += 2) problem.Objective((rng.NextInteger(2) - 0.5) * (2 * x[i] - 1) * (2 * x[j] - 1));
        return problem;
    }

    static bool IsValid(BinaryEnergy energy, byte[] state) => energy.Blocks.All(block => block.Count(i => state[i] != 0) == 1);
}
