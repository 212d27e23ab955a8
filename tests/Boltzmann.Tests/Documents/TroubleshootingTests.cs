namespace Boltzmann.Tests.Documents;

/// <summary>The page of errors: its commands end with exit code 2 and the very line that it quotes.</summary>
public sealed class TroubleshootingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_errors_are_those_of_the_program()
    {
        Document page = Document.All.First(page => page.Name == "docs/troubleshooting.md");
        var run = new PageRun(folder.Path);
        run.Run(page);
        Snippet[] consoles = [.. page.Snippets.Where(snippet => snippet.Language == "console")];
        Assert.True(consoles.Length >= 12);
        foreach (Snippet console in consoles)
        {
            string[] lines = console.Text.Split('\n');
            Assert.StartsWith("$ boltzmann ", lines[0]);
            var (code, output) = run.Start(PageRun.Program(Snippet.ArgumentsOf(lines[0][2..])!));
            Assert.Equal((2, $"{lines[1]}\n"), (code, output.ReplaceLineEndings("\n")));
        }
    }
}
