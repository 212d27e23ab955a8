namespace Boltzmann.Reporting;

/// <summary>What surrounds the data of a chart: titles, size, kind of axis.</summary>
/// <param name="Title">Says what is shown; empty for none.</param>
public sealed record ChartFrame(string Title)
{
    /// <summary>Title of the horizontal axis, with its unit.</summary>
    public string XTitle { get; init; } = "";

    /// <summary>Title of the vertical axis, with its unit; it stands level above the axis.</summary>
    public string YTitle { get; init; } = "";

    /// <summary>Width of the drawing, in the units of SVG; a page scales it.</summary>
    public int Width { get; init; } = 560;

    /// <summary>Height of the drawing.</summary>
    public int Height { get; init; } = 320;

    /// <summary>Whether the vertical axis, unless it is logarithmic, begins at 0, as that of shares should.</summary>
    public bool FromZero { get; init; }

    /// <summary>A logarithmic horizontal axis; points at 0 or less are left out.</summary>
    public bool LogX { get; init; }

    /// <summary>A logarithmic vertical axis; values of 0 or less are left out.</summary>
    public bool LogY { get; init; }
}
