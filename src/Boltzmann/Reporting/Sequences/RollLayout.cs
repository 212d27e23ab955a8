namespace Boltzmann.Reporting;

/// <summary>How the units of a sequence are shown over time.</summary>
public sealed record RollLayout
{
    /// <summary>Steps at the beginning that were given; what follows was made by a model. They are shaded.</summary>
    public int PrefixSteps { get; init; }

    /// <summary>
    /// The MIDI pitch of the first column, for piano rolls: only the range that sounds is shown, with a line at each C. Units are numbered
    /// from 1 on when null, and all of them are shown.
    /// </summary>
    public int? LowestPitch { get; init; }

    /// <summary>Whether the first column is at the top, as in a bitmap, and not at the bottom.</summary>
    public bool IsFirstOnTop { get; init; }

    /// <summary>Which values are blank and full; 0 and 1 when null.</summary>
    public TileRange? Range { get; init; }

    /// <summary>Names of the columns, where they have some; shown for up to 50.</summary>
    public IReadOnlyList<string>? Names { get; init; }
}
