namespace Boltzmann.Compute;

/// <summary>Places of a sweep that are moved by the same loop.</summary>
/// <param name="First">First place.</param>
/// <param name="End">Behind the last one.</param>
/// <param name="IsHalf">Whether the units' biases are odd multiples of half a step.</param>
/// <param name="IsWide">Whether sums over a unit's neighbours may leave the range of a byte.</param>
/// <param name="Lowest">The least difference of energy between on and off, in whole steps.</param>
/// <param name="Highest">The greatest.</param>
/// <param name="IsBlocks">Whether these are blocks of which exactly one unit is on: <see cref="LaneProgram.BlockEnds"/>.</param>
readonly record struct LaneSegment(int First, int End, bool IsHalf, bool IsWide, int Lowest, int Highest, bool IsBlocks = false);
