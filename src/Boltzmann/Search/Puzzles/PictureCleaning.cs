using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>
/// A black-and-white picture freed from noise: each pixel is a spin s that agrees with what was seen and with its four neighbours,
/// E = −Σ (2v − 1)·s − J·Σ s·s′ with the grey v from 0 to 1 (Geman and Geman 1984).
/// </summary>
public sealed class PictureCleaning
{
    /// <summary>The pull of a neighbour, in units of the pull of a pixel that was seen black or white: at 0.7 a lone pixel turns, and a
    /// corner stays.</summary>
    public const double DefaultCoupling = 0.7;

    /// <summary>The most pixels, 2²².</summary>
    public const int Most = 1 << 22;

    readonly SpinVariable[] pixels;

    /// <summary>The problem of a picture.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="grey">Row by row, 0 for black to 1 for white.</param>
    /// <param name="coupling">J, above 0.</param>
    /// <exception cref="ArgumentException">Numbers that do not fit.</exception>
    public PictureCleaning(int width, int height, IReadOnlyList<double> grey, double coupling = DefaultCoupling)
    {
        ArgumentNullException.ThrowIfNull(grey);
        if (width < 1 || height < 1 || (long)width * height > Most || width * height != grey.Count)
            throw new ArgumentException($"a picture of {width} × {height} has not {grey.Count} pixels, or more than {Most:N0}",
                nameof(grey));
        if (!(coupling > 0 && double.IsFinite(coupling)))
            throw new ArgumentException($"the coupling is {coupling}, which is not above 0 and finite", nameof(coupling));
        (Width, Height, Seen, Coupling) = (width, height, grey, coupling);
        pixels = [.. grey.Select((_, i) => Problem.Spin($"row{i / width + 1}.column{i % width + 1}"))];
        var terms = new List<Expression>();
        for (int i = 0; i < pixels.Length; i++)
        {
            if (!(grey[i] is >= 0 and <= 1)) throw new ArgumentException($"pixel {i} has the grey {grey[i]}, not 0 to 1", nameof(grey));
            terms.Add((1 - 2 * grey[i]) * (Expression)pixels[i]);
            if (i % width + 1 < width) terms.Add(-coupling * ((Expression)pixels[i] * pixels[i + 1]));
            if (i + width < pixels.Length) terms.Add(-coupling * ((Expression)pixels[i] * pixels[i + width]));
        }
        Problem.Objective(Expression.Sum(terms));
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The grey that was seen, row by row.</summary>
    public IReadOnlyList<double> Seen { get; }

    /// <summary>The pull of a neighbour.</summary>
    public double Coupling { get; }

    /// <summary>What is searched.</summary>
    public Problem Problem { get; } = new();

    /// <summary>The hypothesis that a pixel is white.</summary>
    public Hypothesis At(int row, int column) => pixels[row * Width + column].Up;

    /// <summary>A picture with noise: v becomes 1 − v for each pixel by itself with a probability.</summary>
    /// <param name="grey">From 0 to 1.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="rng">A draw for each pixel.</param>
    public static double[] Turned(IReadOnlyList<double> grey, double probability, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(grey);
        ArgumentNullException.ThrowIfNull(rng);
        return [.. grey.Select(value => rng.NextUniform() < probability ? 1 - value : value)];
    }

    /// <summary>The clean picture, row by row, 0 or 1.</summary>
    public double[] Read(Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return Array.ConvertAll(pixels, pixel => solution[pixel.Up] ? 1.0 : 0);
    }
}
