using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>Problem files: what is written is read, and what cannot be read is refused with the place.</summary>
public class ProblemJsonTests
{
    [Fact]
    public void A_problem_that_is_saved_and_loaded_has_the_same_energies_and_the_same_file()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            Problem problem = SmallProblems.Random(seed);
            if (seed % 3 == 0) problem.Require(!new Hypothesis(problem, 0));
            byte[] file = Saved(problem);
            Problem loaded = Problem.Load(new MemoryStream(file));
            Assert.Equal(file, Saved(loaded));
            CompiledProblem one = problem.Compile(), other = loaded.Compile();
            Assert.Equal(one.Energy.Variables, other.Energy.Variables);
            foreach (byte[] state in SmallProblems.States(problem.Variables))
            {
                Assert.Equal(one.Read(state).Energy, other.Read(state).Energy, ProblemEnergyTests.Tolerance(one.Energy));
                Assert.Equal(one.Read(state).IsFeasible, other.Read(state).IsFeasible);
            }
        }
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "expected an object")]
    [InlineData("""{"format":"other"}""", "\"format\" must be")]
    [InlineData("""{"format":"boltzmann problem","version":9}""", "version 9")]
    [InlineData("""{"format":"boltzmann problem","version":1}""", "\"variables\" is missing")]
    [InlineData("""{"format":"boltzmann problem","version":1,"variables":[{"name":"x"},{"name":"x"}]}""", "variables[1]: a hypothesis is called x already")]
    [InlineData("""{"format":"boltzmann problem","version":1,"variables":[{"name":"x"}],"required":["y"]}""", "required[0]: no variable is called \"y\"")]
    [InlineData("""{"format":"boltzmann problem","version":1,"variables":[{"name":"x"}],"weights":[]}""", "\"weights\" is unknown")]
    [InlineData("""{"format":"boltzmann problem","version":1,"variables":[{"name":"x"}],"constraints":[{"kind":"clause","of":[]}]}""",
        "constraints[0]: a clause without literals")]
    [InlineData("""{"format":"boltzmann problem","version":1,"variables":[{"name":"x"}],"constraints":[{"kind":"clause","of":["x"],"weight":1e999}]}""",
        "constraints[0]: 1e999 is too large")]
    [InlineData("""{"format":"boltzmann problem","version":1,"variables":[{"name":"x"}],"constraints":[{"kind":"sudoku","of":["x"]}]}""",
        "\"sudoku\" is none of clause, xor")]
    public void A_file_that_is_no_problem_is_refused_with_the_place(string text, string message)
    {
        var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        string said = Assert.Throws<BadInputException>(() => Problem.Load(stream, "p.json")).Message;
        Assert.StartsWith("p.json", said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    static byte[] Saved(Problem problem)
    {
        using var stream = new MemoryStream();
        problem.Save(stream);
        return stream.ToArray();
    }
}
