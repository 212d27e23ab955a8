using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>The option that says how a row of visible units is a picture.</summary>
static class ImageInput
{
    public static Option<ImageShape?> Option() => new("--image")
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
}
