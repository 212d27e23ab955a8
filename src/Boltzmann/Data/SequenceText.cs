namespace Boltzmann.Data;

/// <summary>A line of text.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Text">Its letters.</param>
/// <param name="Count">What stands behind them; 1 where there are no counts.</param>
readonly record struct SequenceText(long Line, string Text, double Count);
