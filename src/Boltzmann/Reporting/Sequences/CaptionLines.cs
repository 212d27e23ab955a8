namespace Boltzmann.Reporting;

/// <summary>A caption in lines that fit a drawing: broken after a semicolon.</summary>
static class CaptionLines
{
    public const double Height = 16;

    public static IReadOnlyList<string> Of(string caption, double width)
    {
        var lines = new List<string>();
        foreach (string part in caption.Split("; "))
            if (lines.Count > 0 && ChartCanvas.TextWidth($"{lines[^1]}; {part}") <= width) lines[^1] += "; " + part;
            else lines.Add(part);
        return lines;
    }
}
