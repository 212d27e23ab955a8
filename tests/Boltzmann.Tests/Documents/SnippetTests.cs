using System.CommandLine;
using Boltzmann.Cli;
using Microsoft.CodeAnalysis;

namespace Boltzmann.Tests.Documents;

/// <summary>What is shown on the pages: C# compiles, and commands have the options that are given.</summary>
public class SnippetTests
{
    // Readmes of packages show a part of a program, which Packages/PackageTests.cs compares with the whole.
    static IEnumerable<(Document Page, Snippet[] Blocks)> Pages(string language) => Document.All
        .Where(page => language != "csharp" || !page.Name.StartsWith("packaging/", StringComparison.Ordinal))
        .Select(page => (page, page.Snippets.Where(snippet => snippet.Language == language).ToArray()))
        .Where(pair => pair.Item2.Length > 0);

    public static TheoryData<string> PagesWithCode => [.. Pages("csharp").Select(pair => pair.Page.Name)];

    public static TheoryData<string> PagesWithCommands => [.. Pages("sh").Select(pair => pair.Page.Name)];

    [Theory, MemberData(nameof(PagesWithCode))]
    public void Code_compiles(string page)
    {
        Snippet[] blocks = Pages("csharp").First(pair => pair.Page.Name == page).Blocks;
        Found.Nothing(blocks.Where(block => !SnippetCompiler.IsUsings(block))
            .SelectMany(block => SnippetCompiler.Errors(SnippetCompiler.Compile(block, blocks[0]))));
    }

    [Theory, MemberData(nameof(PagesWithCommands))]
    public void Commands_are_understood(string page)
    {
        RootCommand root = Application.CreateRoot(new(), TextWriter.Null, TextWriter.Null);
        Found.Nothing(Pages("sh").First(pair => pair.Page.Name == page).Blocks.SelectMany(block => block.Commands()
            .Select(command => (Words: Snippet.ArgumentsOf(command), Text: command)).Where(command => command.Words is not null)
            .SelectMany(command => root.Parse(command.Words!).Errors.Select(e => $"{block.Where}: {command.Text}: {e.Message}"))));
    }

    [Fact]
    public void What_does_not_compile_or_does_not_exist_is_found()
    {
        var wrong = new Snippet("page", 1, "csharp", "", "Rbm machine = new Dbm();");
        Assert.NotEmpty(SnippetCompiler.Errors(SnippetCompiler.Compile(wrong, wrong)));
        Assert.Equal(["train", "rbm", "--given", "a b=c"],
            Snippet.ArgumentsOf("cat x | boltzmann train rbm --given \"a b=c\" > file") ?? []);
        RootCommand root = Application.CreateRoot(new(), TextWriter.Null, TextWriter.Null);
        Assert.NotEmpty(root.Parse(["train", "rbm", "--no-such"]).Errors);
        Assert.Null(Snippet.ArgumentsOf("dotnet test"));
    }
}
