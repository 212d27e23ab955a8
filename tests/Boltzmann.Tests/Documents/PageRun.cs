using System.Diagnostics;
using Boltzmann.Cli;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Boltzmann.Tests.Documents;

/// <summary>
/// Does what a page says, from top to bottom, in an empty folder that has the data among the repository's examples: writes the blocks that
/// have a file's name, calls the program as its commands say, compiles and runs its programs. Lines that call other programs, and web
/// services, which do not end, are passed over.
/// </summary>
sealed class PageRun(string folder)
{
    static readonly string library = AppContext.BaseDirectory;

    /// <summary>Words put behind a command, by which a test makes it smaller.</summary>
    public Func<string[], IEnumerable<string>> More { get; init; } = _ => [];

    /// <summary>What commands and programs printed, in order.</summary>
    public List<(string Command, string Output)> Outputs { get; } = [];

    /// <summary>Runs the page; the first block that fails is an exception that says where it stands and what was printed.</summary>
    public void Run(Document page)
    {
        Directory.CreateDirectory(Path.Combine(folder, "examples"));
        foreach (string file in (string[])["people.csv", "kunitz.fasta", "kunitz-contacts.csv"])
            File.Copy(Path.Combine(Repository.Root, "examples", file), Path.Combine(folder, "examples", file));
        Snippet[] programs = [.. page.Snippets.Where(snippet => snippet.Language == "csharp")];
        foreach (Snippet snippet in page.Snippets)
        {
            if (snippet.Name.Length > 0) File.WriteAllText(Path.Combine(folder, snippet.Name), snippet.Text + "\n");
            foreach (string command in snippet.Commands())
                if (Snippet.ArgumentsOf(command) is { } words) Succeed(snippet, command, Program([.. words, .. More(words)]));
            bool isProgram = snippet.Language == "csharp" && !SnippetCompiler.IsUsings(snippet);
            if (isProgram && !snippet.Text.Contains("WebApplication")) RunProgram(snippet, programs[0]);
        }
    }

    void RunProgram(Snippet snippet, Snippet first)
    {
        // The library stays where the tests were built, and is found there.
        string resolver = $$"""
            static class Resolver
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Begin() => System.Runtime.Loader.AssemblyLoadContext.Default.Resolving += (context, name) =>
                {
                    string path = @"{{library}}" + name.Name + ".dll";
                    return System.IO.File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
                };
            }
            """;
        CSharpCompilation program = SnippetCompiler.Compile(snippet, first, resolver);
        Found.Nothing(SnippetCompiler.Errors(program));
        string path = Path.Combine(folder, $"{program.AssemblyName}.dll");
        using (FileStream file = File.Create(path)) Assert.True(program.Emit(file).Success);
        File.Copy(Path.Combine(library, "Boltzmann.Tests.runtimeconfig.json"), Path.ChangeExtension(path, ".runtimeconfig.json"));
        Succeed(snippet, snippet.Where, [path]);
    }

    /// <summary>What dotnet is called with to run the program.</summary>
    public static string[] Program(string[] arguments) => [typeof(Application).Assembly.Location, .. arguments];

    /// <summary>Calls dotnet in the folder: how it ended, and all that it printed.</summary>
    public (int Code, string Output) Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Sets that this machine happens to have are not the page's.
            Environment = { ["BOLTZMANN_DATA"] = "" },
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    void Succeed(Snippet snippet, string what, string[] arguments)
    {
        var (code, output) = Start(arguments);
        Assert.True(code == 0, $"{snippet.Where}: {what}\nended with {code}\n{output}");
        Outputs.Add((what, output));
    }
}
