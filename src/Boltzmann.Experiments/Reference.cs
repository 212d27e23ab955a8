using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>A published number.</summary>
/// <param name="Value">As it was published, several of a series separated by blanks.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Source">One of <see cref="ExperimentLibrary.Sources"/>.</param>
/// <param name="Note">What stands behind it in tables; null for nothing.</param>
sealed record Reference(string Value, string Unit, string Source, string? Note = null)
{
    /// <summary>As tables show it.</summary>
    public string Cell => Note is null ? Value : $"{Value} ({Note})";

    /// <summary>The number itself.</summary>
    public double Number => double.Parse(Value, CultureInfo.InvariantCulture);

    /// <summary>The numbers of a series.</summary>
    public double[] Series => [.. Value.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
