using System.Text;

namespace Boltzmann.Reporting;

/// <summary>The paper of a drawing without axes: an SVG document of a size, with a title, in the colours of the charts.</summary>
sealed class Drawing
{
    const double TitleHeight = 28;

    // Fields of a board, faults, and text inside of marks.
    const string More = """
        .bz .pale{fill:var(--chart-grid,#e4e7eb)}.bz .bare{fill:var(--chart-paper,#fff)}.bz .fault{fill:var(--chart-4,#c0364f)}.bz .fault-line{stroke:var(--chart-4,#c0364f);fill:none}
        .bz .frame{stroke:var(--chart-ink,#1c232b);fill:none}.bz .thin{stroke:var(--chart-axis,#9aa5b1);fill:none}.bz .on{fill:var(--chart-paper,#fff)}
        .bz .fault-ink{fill:var(--chart-4,#c0364f)}.bz .found{fill:var(--chart-0,#2468b2)}
        @media(prefers-color-scheme:dark){
        .bz .pale{fill:var(--chart-grid,#2b323a)}.bz .bare{fill:var(--chart-paper,#171c21)}.bz .fault{fill:var(--chart-4,#f27a90)}.bz .fault-line{stroke:var(--chart-4,#f27a90)}
        .bz .frame{stroke:var(--chart-ink,#eef1f4)}.bz .thin{stroke:var(--chart-axis,#66717d)}.bz .on{fill:var(--chart-paper,#171c21)}
        .bz .fault-ink{fill:var(--chart-4,#f27a90)}.bz .found{fill:var(--chart-0,#6cb0f5)}}
        """;

    readonly StringBuilder svg = new();

    public Drawing(string title, double width, double height)
    {
        // The title is larger and heavier than what the charts measure.
        width = Math.Max(width, 1.2 * ChartCanvas.TextWidth(title));
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bz\" viewBox=\"0 0 {N(width)} {N(height + TitleHeight)}\" "
            + $"width=\"{N(width)}\" height=\"{N(height + TitleHeight)}\" role=\"img\" aria-label=\"{Markup.Escape(title)}\">");
        Line($"<style>{ChartCanvas.Style}{More}</style>");
        Line($"<text class=\"bz-title\" x=\"0\" y=\"16\">{Markup.Escape(title)}</text>");
        Line($"<g transform=\"translate(0 {N(TitleHeight)})\">");
    }

    public static string N(double value) => ChartCanvas.N(value);

    public void Line(string markup) => svg.Append(markup).Append('\n');

    public void Box(double x, double y, double width, double height, string style, string hint = "") =>
        Line($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" {style}{End("rect", hint)}");

    public void Dot(double x, double y, double radius, string style, string hint = "") =>
        Line($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" {style}{End("circle", hint)}");

    public void Stroke(double x1, double y1, double x2, double y2, string style, string hint = "") =>
        Line($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" {style}{End("line", hint)}");

    public void Text(double x, double y, string text, string style = "", double size = 12, string anchor = "middle") =>
        Line($"<text x=\"{N(x)}\" y=\"{N(y)}\" {style} text-anchor=\"{anchor}\" "
            + $"style=\"font-size:{N(size)}px\">{Markup.Escape(text)}</text>");

    /// <summary>A picture, its pixels as boxes, stretched over a place.</summary>
    public void Picture(double x, double y, double width, double height, PixelImage image) =>
        Line($"<image x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" preserveAspectRatio=\"none\" "
            + $"style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(Png.Encode(image))}\"/>");

    public string Close()
    {
        Line("</g>");
        Line("</svg>");
        return svg.ToString();
    }

    static string End(string element, string hint) =>
        hint == "" ? "/>" : $"><title>{Markup.Escape(hint)}</title></{element}>";
}
