namespace Boltzmann.Cli.Searches;

/// <summary>How large a problem is.</summary>
/// <param name="Variables">That are searched, without slack and helpers.</param>
/// <param name="Pairs">Products of two variables in the energy.</param>
/// <param name="Clauses">As the file states them.</param>
/// <param name="Constraints">Of a problem of constraints.</param>
/// <param name="Blocks">Of them, those that always hold.</param>
sealed record SearchSizes(long Variables, long Pairs, long Clauses, long Constraints, long Blocks);
