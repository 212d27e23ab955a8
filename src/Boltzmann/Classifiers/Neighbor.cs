namespace Boltzmann.Classifiers;

/// <summary>A training row near some other row.</summary>
/// <param name="Row">Its number among the training rows, from 0.</param>
/// <param name="Distance">In the metric of the search, computed in double precision from the rows' differences.</param>
public readonly record struct Neighbor(int Row, double Distance);
