using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Documents;

/// <summary>
/// What the pages tell people to type, typed. Some minutes of it, and so asked for: by BOLTZMANN_PAGES=docs, as the gate does, or another
/// part of the names of pages, such as guide/02.
/// </summary>
public sealed class PageRunTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Pages => [.. Document.All.Where(page => page.Name is "docs/how-do-i.md"
        || page.Name.StartsWith("docs/guide/", StringComparison.Ordinal)).Select(page => page.Name)];

    [Theory, MemberData(nameof(Pages))]
    public void A_page_does_what_it_says(string name)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("BOLTZMANN_PAGES") is { } asked && name.Contains(asked),
            "takes minutes; BOLTZMANN_PAGES=docs runs it");
        Document page = Document.All.First(page => page.Name == name);
        var run = new PageRun(folder.Path);
        try
        {
            run.Run(page);
        }
        finally
        {
            // What was printed and drawn, for whoever writes the page.
            if (Environment.GetEnvironmentVariable("BOLTZMANN_PAGES_OUT") is { } kept) Keep(run, kept, Path.GetFileName(name));
        }
    }

    void Keep(PageRun run, string kept, string page)
    {
        File.WriteAllLines(Path.Combine(kept, $"{page}.log"), run.Outputs.Select(output => $"$ {output.Command}\n{output.Output}"));
        foreach (string picture in Directory.EnumerateFiles(folder.Path).Where(path => Path.GetExtension(path) is ".png" or ".svg"))
            File.Copy(picture, Path.Combine(kept, Path.GetFileName(picture)), overwrite: true);
    }

    /// <summary>The first steps always, smaller than they stand: fewer rows, units and epochs.</summary>
    [Fact]
    public void Getting_started_works_from_end_to_end()
    {
        var run = new PageRun(folder.Path)
        {
            More = words => words switch
            {
                ["train", _, .., "--out", "runs/first"] => ["--train-rows", "200", "--hidden", "16", "--epochs", "1"],
                ["train", ..] => ["--epochs", "20"],
                ["sample", ..] => ["--sweeps", "20"],
                _ => [],
            },
        };
        run.Run(Document.All.First(page => page.Name == "docs/getting-started.md"));
        Assert.True(File.Exists(folder["runs/first/report.html"]));
        Assert.Contains(run.Outputs, output => output.Command.Contains("complete"));
    }
}
