using Boltzmann.Models;
using Boltzmann.Searching;
using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>Problems as machines: the same energy at every state, and the lowest one found again.</summary>
public class ProblemMachineTests
{
    [Fact]
    public void A_machine_has_its_problems_energy_at_every_state()
    {
        int sparse = 0, joined = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            Problem problem = SmallProblems.Random(seed);
            ProblemMachine made = problem.ToMachine(placement: SmallModels.Double);
            BinaryEnergy plain = problem.Compile(blocks: false).Energy, again = ModelEnergy.Of(made.Machine).Energy;
            if (made.Machine.Edges is null) joined++;
            else sparse++;
            Assert.Equal(problem.Variables, made.Machine.Visible.Units);
            Assert.Equal(plain.Variables - problem.Variables, made.Machine.Hidden?.Units ?? 0);
            foreach (byte[] state in SmallProblems.States(plain.Variables))
                Assert.Equal(plain.Of(state), again.Of(state) + made.Offset, 1e-9 * Math.Max(1, Math.Abs(plain.Of(state))));
        }
        Assert.True(sparse > 10 && joined > 10, $"{sparse} sparse, {joined} fully connected");
    }

    [Fact]
    public void Its_units_bear_the_names_of_the_hypotheses()
    {
        var problem = new Problem();
        Hypothesis rain = problem.Add("rain"), wet = problem.Add("wet");
        problem.Support(rain, wet, 2);
        problem.Prefer(rain, 1);
        ProblemMachine made = problem.ToMachine();
        Assert.Equal(["rain", "wet"], made.Names);
        // Both or neither: those two states are the modes.
        ModesResult modes = Search.Modes(made.Machine, new() { Sweeps = 100 });
        Assert.Equal([[1.0, 1], [0, 0]], modes.Modes.Select(mode => mode.Row));
        Assert.Equal(problem.Compile().Energy.Of([1, 1]), modes.Modes[0].Energy + made.Offset, 1e-6);
        Assert.Throws<ArgumentException>(() => new Problem().ToMachine());
    }
}
