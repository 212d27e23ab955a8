using Spectre.Console;
using Spectre.Console.Rendering;

namespace Boltzmann.Cli.Training;

/// <summary>The moving lines below the table of epochs: a bar with rate and time left, a curve, and what is done beside learning.</summary>
/// <param name="Position">Where training is.</param>
/// <param name="Share">How much of it is done.</param>
/// <param name="Rate">How fast it goes; may be empty.</param>
/// <param name="Left">How long it will take; may be empty.</param>
/// <param name="Curve">The curve of a metric; may be empty.</param>
sealed record TrainingPicture(string Position, double Share, string Rate, string Left, string Curve)
{
    /// <summary>Draws it.</summary>
    /// <param name="width">Places in a line.</param>
    /// <param name="activity">What is done besides; null for nothing.</param>
    public IRenderable Draw(int width, string? activity)
    {
        string end = string.Join("  ", ((string[])[Rate, Left.Length > 0 ? $"{Left} left" : ""]).Where(text => text.Length > 0));
        var lines = new List<IRenderable> { ProgressLine.Of(Position, Share, end, width) };
        if (Curve.Length > 0) lines.Add(new Text(Curve));
        if (activity is not null) lines.Add(new Text(activity.Length > width ? activity[..width] : activity));
        return new Spectre.Console.Rows(lines);
    }
}
