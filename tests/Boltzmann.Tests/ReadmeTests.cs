namespace Boltzmann.Tests;

/// <summary>The README shows code that runs: its block stands, word for word, in an example that the gate runs.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_code_in_the_README_is_that_of_the_first_example()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        string block = readme.Split("```csharp\n")[1].Split("```")[0];
        string example = File.ReadAllText(Path.Combine(Repository.Root, "examples", "FirstSteps.cs"));
        Assert.Contains(block.TrimEnd(), example.ReplaceLineEndings("\n"));
    }
}
