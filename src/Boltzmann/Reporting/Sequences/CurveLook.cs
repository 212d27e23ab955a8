namespace Boltzmann.Reporting;

/// <summary>How a curve over time is drawn.</summary>
enum CurveLook
{
    /// <summary>A line in a colour.</summary>
    Line,

    /// <summary>A thin grey line: what others are compared with.</summary>
    Thin,

    /// <summary>A stroke from 0 to each value: spikes, and functions of whole steps.</summary>
    Stems,
}
