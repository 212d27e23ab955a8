namespace Boltzmann.Data;

/// <summary>What a table may lack, or have beside, that is read for a model of another one.</summary>
public sealed record TableUse
{
    /// <summary>Whether columns that the model does not know are passed over; they are refused otherwise.</summary>
    public bool IgnoresExtra { get; init; }

    /// <summary>Whether a word that the training did not have is a missing value; it is refused otherwise.</summary>
    public bool UnseenIsAbsent { get; init; }

    /// <summary>Whether columns may be missing, whose fields then are missing in every row; such columns are refused otherwise.</summary>
    public bool AllowsMissingColumns { get; init; }

    /// <summary>The only column that may be missing; null for none.</summary>
    public string? MayLack { get; init; }

    /// <summary>Whether a table without the column of labels will do, and then has no labels.</summary>
    public bool LabelIsOptional { get; init; }

    /// <summary>The classes, in order, where they are settled; null to take those that occur.</summary>
    public IReadOnlyList<string>? Classes { get; init; }
}
