using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Boltzmann.Tests.Documents;

/// <summary>
/// Compiles C# as it stands on a page, as a program of one file: against the library, with the namespaces that the SDK puts into every
/// program. Where the first block of a page holds nothing but usings, these are those of all its blocks.
/// </summary>
static class SnippetCompiler
{
    static readonly CSharpParseOptions language =
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithFeatures([new("FileBasedProgram", "true")]);

    static readonly string[] implicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    static readonly string[] webUsings =
    [
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
    ];

    static readonly MetadataReference[] references = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The snippet as a compilation; further code may be compiled into it.</summary>
    public static CSharpCompilation Compile(Snippet snippet, Snippet first, string? further = null)
    {
        bool isWeb = snippet.Text.StartsWith("#:sdk Microsoft.NET.Sdk.Web", StringComparison.Ordinal);
        string usings = string.Concat(implicitUsings.Concat(isWeb ? webUsings : []).Select(name => $"global using {name};\n"));
        if (first != snippet && IsUsings(first)) usings += first.Text.Replace("using ", "global using ");
        SyntaxTree[] trees = [.. ((string?[])[usings, snippet.Text, further]).OfType<string>().Select((text, i) =>
            CSharpSyntaxTree.ParseText(text, language, path: i == 1 ? snippet.Where : $"{i}.cs"))];
        return CSharpCompilation.Create($"snippet{snippet.Line}", trees, [.. references, .. isWeb ? WebReferences() : []],
            new(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>Whether a block holds nothing but usings: it is no program, but the beginning of those that follow.</summary>
    public static bool IsUsings(Snippet snippet) =>
        snippet.Text.Split('\n').All(line => line.Length == 0 || line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';')
            && !line.Contains('=')) && snippet.Text.Length > 0;

    /// <summary>What is wrong with it, a line each.</summary>
    public static IEnumerable<string> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.ToString());

    // The web framework lies beside the runtime in every SDK, and is no part of a test program.
    static IEnumerable<MetadataReference> WebReferences()
    {
        string runtime = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar);
        string folder = Path.Combine(runtime, "..", "..", "Microsoft.AspNetCore.App", Path.GetFileName(runtime));
        Assert.True(Directory.Exists(folder), $"the SDK has no {folder}");
        HashSet<string> known = [.. references.Select(reference => Path.GetFileName(reference.Display!))];
        return Directory.EnumerateFiles(folder, "*.dll").Where(path => !known.Contains(Path.GetFileName(path)) && IsManaged(path))
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    static bool IsManaged(string path)
    {
        try
        {
            AssemblyName.GetAssemblyName(path);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
