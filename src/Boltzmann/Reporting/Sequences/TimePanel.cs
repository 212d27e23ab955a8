namespace Boltzmann.Reporting;

/// <summary>One of the panels that share an axis of time.</summary>
/// <param name="Name">What it shows, with the unit.</param>
/// <param name="Curves">Any number.</param>
sealed record TimePanel(string Name, IReadOnlyList<TimeCurve> Curves)
{
    /// <summary>Height of the plot.</summary>
    public double Height { get; init; } = 120;

    /// <summary>Whether 0 is on the vertical axis.</summary>
    public bool HasZero { get; init; }

    /// <summary>Points that are ringed, with a word beside each.</summary>
    public IReadOnlyList<(ChartPoint Point, string Label)> Marks { get; init; } = [];
}
