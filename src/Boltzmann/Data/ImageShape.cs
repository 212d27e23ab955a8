namespace Boltzmann.Data;

/// <summary>How a row of values is laid out as a picture: row-major, <see cref="Height"/> lines of <see cref="Width"/> pixels.</summary>
/// <param name="Width">Pixels per line.</param>
/// <param name="Height">Lines.</param>
public sealed record ImageShape(int Width, int Height)
{
    /// <summary>How rows are pictures, as stated or as told; null if nobody knows.</summary>
    /// <param name="stated">What a person states; null to find out.</param>
    /// <param name="columns">Values of a row.</param>
    /// <param name="told">What data or a model tell, which counts where it has as many pixels; null for nothing.</param>
    /// <exception cref="BadInputException">The stated shape has another number of pixels than a row.</exception>
    public static ImageShape? Find(ImageShape? stated, int columns, ImageShape? told)
    {
        if (stated is null) return told is not null && told.Width * told.Height == columns ? told : null;
        long pixels = (long)stated.Width * stated.Height;
        return pixels == columns ? stated : throw new BadInputException($"--image {stated.Width}x{stated.Height} is {pixels} pixels, but "
            + $"a row has {columns}");
    }

    /// <summary>The same for what cannot do without.</summary>
    /// <param name="what">What needs pictures, in the message: "--picture".</param>
    /// <param name="stated">What a person states; null to find out.</param>
    /// <param name="columns">Values of a row.</param>
    /// <param name="told">What data or a model tell.</param>
    /// <exception cref="BadInputException">Nobody knows, or the stated shape has another number of pixels than a row.</exception>
    public static ImageShape Require(string what, ImageShape? stated, int columns, ImageShape? told) => Find(stated, columns, told)
        ?? throw new BadInputException($"{what} needs rows that are pictures: --image WIDTHxHEIGHT tells how the {columns} columns "
            + "are one");
}
