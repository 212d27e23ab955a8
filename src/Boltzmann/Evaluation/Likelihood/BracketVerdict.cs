namespace Boltzmann.Evaluation;

/// <summary>How far a bracket of log Z is to be believed, from its width and from how many chains carry the weight.</summary>
public enum BracketVerdict
{
    /// <summary>Nothing speaks against it.</summary>
    Trustworthy,

    /// <summary>
    /// Something does: more than a nat is left open, fewer than a tenth of the chains carry the weight, or the reverse estimate lies below
    /// the forward one by more than their errors.
    /// </summary>
    Doubtful,

    /// <summary>More than ten nats are left open either way, or fewer than two chains carry the weight.</summary>
    NotToBeBelieved,
}
