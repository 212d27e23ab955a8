namespace Boltzmann.Inference;

/// <summary>Which sequences a machine with memory is asked about. Members that are null stand as in its training.</summary>
public sealed record SequenceRequest
{
    /// <summary>Named set or file; null for those of the training.</summary>
    public string? Data { get; init; }

    /// <summary>The part of them; null for the test part where there is one, else the held-out one, else the training's.</summary>
    public DataSplit? Split { get; init; }

    /// <summary>The column that says which sequence a row belongs to.</summary>
    public string? SequenceColumn { get; init; }

    /// <summary>Kind of the file.</summary>
    public string? Format { get; init; }

    /// <summary>Steps before a part of one sequence that only fill the memory.</summary>
    public int? WarmUp { get; init; }

    /// <summary>Looked into first for named sets; null for none.</summary>
    public string? Folder { get; init; }
}
