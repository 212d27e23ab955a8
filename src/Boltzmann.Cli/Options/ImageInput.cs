using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>How a row of visible units is a picture: stated, told by the data or by the model's training.</summary>
sealed class ImageInput
{
    public Option<ImageShape?> Image { get; } = new("--image")
    {
        Description = "Width and height of a row as a picture; known for data sets of pictures and models trained on them.",
        HelpName = "WIDTHxHEIGHT",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text.Split('x') is [string w, string h] && int.TryParse(w, out int width) && int.TryParse(h, out int height) && width > 0
                && height > 0) return new(width, height);
            result.AddError($"--image must be WIDTHxHEIGHT, such as 28x28, not '{text}'");
            return null;
        },
    };

    /// <summary>The shape; null if it is not known.</summary>
    /// <exception cref="BadInputException">The stated shape has another number of pixels than a row.</exception>
    public ImageShape? Find(ParseResult parsed, int columns, Dataset? data, LoadedModel? model = null)
    {
        if (parsed.GetValue(Image) is ImageShape stated)
            return (long)stated.Width * stated.Height == columns ? stated :
                throw new BadInputException($"--image {stated.Width}x{stated.Height} is {(long)stated.Width * stated.Height} pixels, but a "
                    + $"row has {columns}");
        ImageShape? told = data?.Image ?? model?.Data.Image ?? (model?.Text("data") is string name ? NamedSets.Find(name)?.Image : null);
        return told is not null && told.Width * told.Height == columns ? told : null;
    }

    /// <summary>The shape, for an option that cannot do without.</summary>
    /// <exception cref="BadInputException">It is not known.</exception>
    public ImageShape Require(string option, ParseResult parsed, int columns, Dataset? data, LoadedModel? model = null) =>
        Find(parsed, columns, data, model) ?? throw new BadInputException($"{option} needs rows that are pictures: --image WIDTHxHEIGHT "
            + $"tells how the {columns} columns are one");
}
