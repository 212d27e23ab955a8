using System.Runtime.CompilerServices;

namespace Boltzmann.Tests.Classifiers;

/// <summary>
/// Rows and what scikit-learn made of them: the files that tests/reference/classifiers.py writes (versions.json there names the versions).
/// </summary>
static class ReferenceResults
{
    public static TheoryData<string> Sets { get; } = new("digits", "iris");

    /// <summary>An array of a file.</summary>
    public static double[,] Array(string set, string name) =>
        NpzReader.Read(Path(set), name, scale: 1).ToMatrix(Placement.Default.Double).ToArray();

    /// <summary>An array of whole numbers.</summary>
    public static int[] Whole(string set, string name) => [.. Array(set, name).Cast<double>().Select(x => checked((int)x))];

    /// <summary>The training rows, their labels, and the rows that are judged.</summary>
    public static (Matrix Rows, int[] Labels, Matrix Judged) Data(string set, Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        return (Matrix.From(Array(set, "train_x"), placement), Whole(set, "train_y"), Matrix.From(Array(set, "test_x"), placement));
    }

    /// <summary>The greatest difference of two tables of one shape.</summary>
    public static double Difference(double[,] expected, double[,] actual)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        return expected.Cast<double>().Zip(actual.Cast<double>()).Max(pair => Math.Abs(pair.First - pair.Second));
    }

    static string Path(string set, [CallerFilePath] string source = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(source)!, "Reference", $"{set}.npz");
}
