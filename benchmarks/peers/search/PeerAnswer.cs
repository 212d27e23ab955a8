namespace SearchPeers;

/// <summary>What a solver found.</summary>
/// <param name="Energy">Of its best state, counted from the problem; null for none.</param>
/// <param name="Seconds">After which it had that state.</param>
/// <param name="Proved">What it proved, in words.</param>
sealed record PeerAnswer(double? Energy, double Seconds, string Proved);
