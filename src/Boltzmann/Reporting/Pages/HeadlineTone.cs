namespace Boltzmann.Reporting;

/// <summary>How far the number of a <see cref="ReportHeadline"/> is to be believed.</summary>
public enum HeadlineTone
{
    /// <summary>Nothing speaks against it.</summary>
    Sure,

    /// <summary>Something does.</summary>
    Doubtful,

    /// <summary>There is no number to be believed.</summary>
    None,
}
