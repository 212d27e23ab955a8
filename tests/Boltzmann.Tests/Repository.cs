using System.Runtime.CompilerServices;

namespace Boltzmann.Tests;

/// <summary>Where the sources are that the tests were compiled from, for tests that read them.</summary>
static class Repository
{
    /// <summary>The folder of the README.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
