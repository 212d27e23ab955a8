using System.Runtime.CompilerServices;

namespace Boltzmann.Tests;

/// <summary>The README shows code that runs: its block stands, word for word, in an example that the gate runs.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_code_in_the_README_is_that_of_the_first_example()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));
        string readme = File.ReadAllText(Path.Combine(root, "README.md")).ReplaceLineEndings("\n");
        string block = readme.Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains(block.TrimEnd(), File.ReadAllText(Path.Combine(root, "examples", "FirstSteps.cs")).ReplaceLineEndings("\n"));
    }

    static string Here([CallerFilePath] string path = "") => path;
}
