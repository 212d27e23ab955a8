using System.Globalization;

namespace Boltzmann.Benchmarks;

/// <summary>Words of a command line such as <c>784x1024 threads=1</c>.</summary>
static class Arguments
{
    /// <summary>The number behind a name, or another one.</summary>
    public static double Number(string[] arguments, string name, double otherwise) =>
        arguments.FirstOrDefault(a => a.StartsWith(name + "=", StringComparison.Ordinal)) is { } text
            ? double.Parse(text.AsSpan(name.Length + 1), CultureInfo.InvariantCulture)
            : otherwise;

    /// <summary>Sizes such as 784x1024x10, or others where none is given.</summary>
    public static IReadOnlyList<int[]> Shapes(string[] arguments, params int[][] otherwise)
    {
        int[][] given = [.. arguments.Where(a => a.Contains('x')).Select(a => Array.ConvertAll(a.Split('x'), int.Parse))];
        return given.Length > 0 ? given : otherwise;
    }
}
