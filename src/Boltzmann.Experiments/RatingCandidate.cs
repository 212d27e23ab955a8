namespace Boltzmann.Experiments;

/// <summary>A machine of ratings to be learned.</summary>
/// <param name="Label">What tables call it.</param>
/// <param name="ByItem">Whether items are its cases.</param>
/// <param name="Flags">What it knows.</param>
/// <param name="Hidden">Hidden units.</param>
sealed record RatingCandidate(string Label, bool ByItem, RatedFlags Flags, int Hidden)
{
    /// <summary>Most epochs; which of them counts is settled by validation.</summary>
    public int Epochs { get; init; } = 80;

    /// <summary>Validation looks at every so many epochs.</summary>
    public int Every { get; init; } = 4;

    /// <summary>Step size at first; it falls to a tenth in a straight line.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Weight decay.</summary>
    public double L2 { get; init; } = 0.01;

    /// <summary>Cases that a unit's gradient is divided by in addition to its own.</summary>
    public double Prior { get; init; } = 2;

    /// <summary>Ratings of the common shares that each unit's biases begin with.</summary>
    public double Smoothing { get; init; } = 5;

    /// <summary>Levels of what biases of users and items leave, if it learns that; 0 for the ratings themselves.</summary>
    public int ResidualLevels { get; init; }
}
