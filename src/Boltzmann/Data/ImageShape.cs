namespace Boltzmann.Data;

/// <summary>How a row of values is laid out as a picture: row-major, <see cref="Height"/> lines of <see cref="Width"/> pixels.</summary>
/// <param name="Width">Pixels per line.</param>
/// <param name="Height">Lines.</param>
public sealed record ImageShape(int Width, int Height);
