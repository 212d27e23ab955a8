using System.Globalization;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>Sizes of a step whose operations are timed.</summary>
/// <param name="Visible">Visible units.</param>
/// <param name="Hidden">Hidden units.</param>
/// <param name="Batch">Rows.</param>
readonly record struct BenchShape(int Visible, int Hidden, int Batch)
{
    // More than machines have memory for, and products of two stay whole numbers.
    const int Largest = 1_000_000;

    /// <summary>The shapes that are timed unless others are asked for.</summary>
    public static IReadOnlyList<BenchShape> Standard { get; } = [new(784, 1024, 10), new(784, 1024, 100)];

    /// <summary>"784x1024x10".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Visible}x{Hidden}x{Batch}");

    /// <summary>Reads VISIBLExHIDDENxBATCH; false unless these are three numbers of 1 to a million.</summary>
    public static bool TryParse(string text, out BenchShape shape)
    {
        string[] parts = text.Replace('×', 'x').Split('x');
        var sizes = new int[3];
        bool isShape = parts.Length == 3;
        for (int i = 0; isShape && i < 3; i++)
            isShape = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i])
                && sizes[i] is >= 1 and <= Largest;
        shape = new(sizes[0], sizes[1], sizes[2]);
        return isShape;
    }
}
