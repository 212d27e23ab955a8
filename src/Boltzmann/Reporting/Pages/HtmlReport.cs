using System.Buffers.Binary;
using System.Text;

namespace Boltzmann.Reporting;

/// <summary>
/// A self-contained HTML page, written part by part: charts are inline SVG, pictures are inside the file, nothing is fetched and no
/// script runs. It fits narrow and wide windows, light and dark, screen and paper.
/// </summary>
public sealed class HtmlReport
{
    const string Style = """
        :root{color-scheme:light dark;--paper:#f6f7f9;--card:#fff;--ink:#1c232b;--text:#3d4651;--faint:#6b7580;--line:#e1e5ea;--accent:#2468b2;--sure:#dff2e6;--doubtful:#fbefcd;--bad:#fbdfe1;--chart-paper:var(--card)}
        @media(prefers-color-scheme:dark){:root{--paper:#0f1317;--card:#171c21;--ink:#eef1f4;--text:#c6cdd5;--faint:#929da9;--line:#2b323a;--accent:#6cb0f5;--sure:#173a27;--doubtful:#453611;--bad:#4d1f26}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{max-width:1320px;margin:0 auto;padding:40px 24px 56px}
        h1{margin:0;color:var(--ink);font-size:clamp(26px,4vw,36px);line-height:1.2;letter-spacing:-.015em}
        h2{margin:48px 0 4px;color:var(--ink);font-size:21px;letter-spacing:-.01em}
        .subtitle{margin:8px 0 0;color:var(--faint);font-size:18px}
        p{max-width:76ch;margin:12px 0}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,230px),1fr));gap:16px;margin:28px 0 0;padding:0}
        .card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px}
        .card dt{color:var(--faint);font-size:14px}
        .card .value{margin:2px 0 0;color:var(--ink);font-size:24px;font-weight:650;line-height:1.25;font-variant-numeric:tabular-nums;letter-spacing:-.01em;overflow-wrap:anywhere}
        .card .note{margin:4px 0 0;color:var(--faint);font-size:13.5px;line-height:1.4}
        .headline{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:22px 24px;margin:28px 0 0}
        .headline .name{margin:0;color:var(--faint);font-size:16px}
        .headline .big{margin:2px 0 0;color:var(--ink);font-size:clamp(30px,5.4vw,46px);font-weight:680;line-height:1.15;letter-spacing:-.02em;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .headline .verdict{display:inline-block;margin:12px 0 0;padding:4px 12px;border-radius:8px;background:var(--sure);color:var(--ink);font-size:15px}
        .headline .doubtful{background:var(--doubtful)}.headline .none{background:var(--bad)}
        .headline dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,270px),1fr));gap:14px 28px;margin:18px 0 0}
        .headline dt{color:var(--faint);font-size:14px}
        .headline dd{margin:0}.headline dd.value{color:var(--ink);font-weight:600;font-variant-numeric:tabular-nums}
        .headline dd.note{color:var(--faint);font-size:13.5px;line-height:1.4}
        .machine{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:16px;margin-top:16px;align-items:center}
        .machine figure svg{width:auto;max-height:640px}
        .formula{margin:10px 0;color:var(--ink);font-size:19px;line-height:1.7;font-family:"STIX Two Text","Latin Modern Roman",Cambria,Georgia,serif;overflow-wrap:anywhere}
        .formula sub,.formula sup{font-size:.68em;line-height:0}
        .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(84px,1fr));gap:12px 8px}
        .tiles figure{padding:0;border:0;background:none;text-align:center}
        .tiles figcaption{margin-top:4px;font-size:12.5px;color:var(--text);line-height:1.3;overflow-wrap:anywhere}
        figure.group{margin-top:16px}
        details{margin-top:20px}summary{cursor:pointer;color:var(--accent)}
        td .default{color:var(--faint);padding-left:12px}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px;margin-top:16px;align-items:start}
        .gallery{columns:2 440px;column-gap:16px;margin-top:16px}
        .gallery figure{break-inside:avoid;margin-bottom:16px}
        figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px;min-width:0}
        figure svg,figure img{display:block;max-width:100%;height:auto;margin:0 auto}
        figure svg{width:100%}
        figure img{border-radius:4px;image-rendering:pixelated}
        figure h3{margin:0 0 12px;color:var(--ink);font-size:16px}
        figcaption{margin-top:12px;color:var(--faint);font-size:14px;line-height:1.5}
        .scroll{overflow-x:auto;margin-top:16px;background:var(--card);border:1px solid var(--line);border-radius:12px}
        table{border-collapse:collapse;width:100%;font-size:15px;font-variant-numeric:tabular-nums}
        th,td{padding:8px 18px;text-align:left;vertical-align:top;border-top:1px solid var(--line);overflow-wrap:anywhere}
        thead th{border-top:0;color:var(--faint);font-weight:600;font-size:14px}
        tbody:first-child tr:first-child>*{border-top:0}
        tbody th{font-weight:500;color:var(--faint);white-space:nowrap;width:1%;padding-right:32px}
        td{color:var(--ink)}
        td:not(:only-of-type),thead th{overflow-wrap:break-word}
        td:first-child:not(:only-of-type){white-space:nowrap}
        .number{text-align:right;white-space:nowrap}
        .then{color:var(--faint);padding:0 .45em}
        pre{margin:16px 0 0;padding:16px 18px;background:var(--card);border:1px solid var(--line);border-left:4px solid var(--accent);border-radius:8px;color:var(--ink);font:14px/1.6 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
        footer{margin-top:56px;padding-top:16px;border-top:1px solid var(--line);color:var(--faint);font-size:14px}
        @media(max-width:1319px){figure img{image-rendering:auto}}
        @media print{body{background:none}main{padding:0;max-width:none}figure,.card,.scroll,pre{break-inside:avoid}}
        """;

    readonly StringBuilder body = new();
    readonly string title;

    /// <summary>A page with its header.</summary>
    /// <param name="title">Heading, and the name of the browser's tab.</param>
    /// <param name="subtitle">A line below it; empty for none.</param>
    public HtmlReport(string title, string subtitle = "")
    {
        this.title = title;
        Line("<header>");
        Line($"<h1>{Markup.Escape(title)}</h1>");
        if (subtitle != "") Line($"<p class=\"subtitle\">{Markup.Escape(subtitle)}</p>");
        Line("</header>");
    }

    /// <summary>A heading that opens a part of the page.</summary>
    public HtmlReport Heading(string heading) => Line($"<h2>{Markup.Escape(heading)}</h2>");

    /// <summary>A paragraph of plain text.</summary>
    public HtmlReport Paragraph(string text) => Line($"<p>{Markup.Escape(text)}</p>");

    /// <summary>Numbers as cards in a row that wraps.</summary>
    public HtmlReport Cards(IReadOnlyList<ReportNumber> numbers)
    {
        if (numbers.Count == 0) return this;
        Line("<dl class=\"cards\">");
        foreach (ReportNumber number in numbers)
        {
            Line($"<div class=\"card\"><dt>{Markup.Escape(number.Name)}</dt><dd class=\"value\">{Markup.Escape(number.Value)}</dd>"
                + (number.Note == "" ? "" : $"<dd class=\"note\">{Markup.Escape(number.Note)}</dd>") + "</div>");
        }
        return Line("</dl>");
    }

    /// <summary>The number that the page is about, large, with its verdict and what belongs to it.</summary>
    public HtmlReport Headline(ReportHeadline headline)
    {
        Line("<section class=\"headline\">");
        Line($"<p class=\"name\">{Markup.Escape(headline.Name)}</p>");
        Line($"<p class=\"big\">{Markup.Escape(headline.Value)}</p>");
        if (headline.Verdict != "")
        {
            string tone = headline.Tone switch { HeadlineTone.Sure => "", HeadlineTone.Doubtful => " doubtful", _ => " none" };
            Line($"<p class=\"verdict{tone}\">{Markup.Escape(headline.Verdict)}</p>");
        }
        if (headline.Details.Count > 0)
        {
            Line("<dl>");
            foreach (ReportNumber detail in headline.Details)
                Line($"<div><dt>{Markup.Escape(detail.Name)}</dt><dd class=\"value\">{Markup.Escape(detail.Value)}</dd>"
                    + (detail.Note == "" ? "" : $"<dd class=\"note\">{Markup.Escape(detail.Note)}</dd>") + "</div>");
            Line("</dl>");
        }
        return Line("</section>");
    }

    /// <summary>A machine's formula beside its drawing; both enter the page as they are.</summary>
    public HtmlReport Machine(ReportMachine machine) => Line($"<div class=\"machine\">\n<div>\n{machine.Formula}"
        + (machine.Caption == "" ? "" : $"<p>{Markup.Escape(machine.Caption)}</p>\n")
        + $"</div>\n<figure>\n{machine.Svg}</figure>\n</div>");

    /// <summary>Small pictures, many in a line, each with its own words.</summary>
    /// <exception cref="ArgumentException">The bytes of a picture are not those of a PNG file.</exception>
    public HtmlReport Tiles(ReportTiles tiles)
    {
        if (tiles.Tiles.Count == 0) return this;
        Line($"<figure class=\"group\">\n<h3>{Markup.Escape(tiles.Title)}</h3>\n<div class=\"tiles\">");
        foreach (ReportTile tile in tiles.Tiles)
        {
            (int width, int height) = Size(new(tile.Caption, "", tile.Png));
            Line($"<figure><img width=\"{width}\" height=\"{height}\" alt=\"\" "
                + $"src=\"data:image/png;base64,{Convert.ToBase64String(tile.Png)}\"/>{Caption(tile.Caption).TrimEnd('\n')}</figure>");
        }
        return Line($"</div>\n{Caption(tiles.Caption)}</figure>");
    }

    /// <summary>Settings that a reader opens to see.</summary>
    public HtmlReport Folded(string title, IReadOnlyList<ReportSetting> settings)
    {
        if (settings.Count == 0) return this;
        Line($"<details><summary>{Markup.Escape(title)}</summary>");
        return Settings(settings).Line("</details>");
    }

    /// <summary>Charts, two beside each other where there is room.</summary>
    public HtmlReport Charts(IReadOnlyList<ReportChart> charts) =>
        Figures("figures", charts.Select(chart => $"<figure>\n{chart.Svg}{Caption(chart.Caption)}</figure>"));

    /// <summary>Pictures at their own size or smaller, two beside each other where there is room.</summary>
    /// <exception cref="ArgumentException">The bytes of a picture are not those of a PNG file.</exception>
    public HtmlReport Images(IReadOnlyList<ReportImage> images) => Figures("gallery", images.Select(image =>
    {
        (int width, int height) = Size(image);
        return $"<figure>\n<h3>{Markup.Escape(image.Title)}</h3>\n<img width=\"{width}\" height=\"{height}\" "
            + $"alt=\"{Markup.Escape(image.Title)}\" "
            + $"src=\"data:image/png;base64,{Convert.ToBase64String(image.Png)}\"/>\n{Caption(image.Caption)}</figure>";
    }));

    /// <summary>Names with their values; values that follow each other stand behind each other with arrows.</summary>
    public HtmlReport Settings(IReadOnlyList<ReportSetting> settings)
    {
        if (settings.Count == 0) return this;
        Line("<div class=\"scroll\"><table><tbody>");
        foreach (ReportSetting setting in settings)
        {
            string values = string.Join("<span class=\"then\">→</span>", setting.Values.Select(Markup.Escape));
            Line($"<tr><th scope=\"row\">{Markup.Escape(setting.Name)}</th><td>{values}{Default(setting)}</td></tr>");
        }
        return Line("</tbody></table></div>");
    }

    /// <summary>A table; columns of numbers stand to the right.</summary>
    public HtmlReport Table(TextTable table)
    {
        string Style(int column) => table.IsNumeric(column) ? " class=\"number\"" : "";
        Line("<div class=\"scroll\"><table>");
        Line("<thead><tr>" + string.Concat(table.Headers.Select((h, c) => $"<th scope=\"col\"{Style(c)}>{Markup.Escape(h)}</th>"))
            + "</tr></thead>");
        Line("<tbody>");
        foreach (IReadOnlyList<string> row in table.Rows)
            Line("<tr>" + string.Concat(row.Select((cell, c) => $"<td{Style(c)}>{Markup.Escape(cell)}</td>")) + "</tr>");
        return Line("</tbody></table></div>");
    }

    /// <summary>Lines as they are: a command to repeat.</summary>
    public HtmlReport Code(string code) => Line($"<pre><code>{Markup.Escape(code.ReplaceLineEndings("\n"))}</code></pre>");

    /// <summary>Small print at the end.</summary>
    public HtmlReport Footer(string text) => Line($"<footer>{Markup.Escape(text)}</footer>");

    /// <summary>The page.</summary>
    public override string ToString() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{Markup.Escape(title)}</title>
        <link rel="icon" href="data:,"/>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        {body}</main>
        </body>
        </html>

        """;

    static string Default(ReportSetting setting) =>
        setting.Default is string usual ? $"<span class=\"default\">default {Markup.Escape(usual)}</span>" : "";

    HtmlReport Figures(string style, IEnumerable<string> figures)
    {
        string[] all = [.. figures];
        return all.Length == 0 ? this : Line($"<div class=\"{style}\">\n{string.Join('\n', all)}\n</div>");
    }

    HtmlReport Line(string markup)
    {
        body.Append(markup).Append('\n');
        return this;
    }

    static string Caption(string caption) => caption == "" ? "" : $"<figcaption>{Markup.Escape(caption)}</figcaption>\n";

    static (int Width, int Height) Size(ReportImage image)
    {
        if (image.Png.Length < 24 || !image.Png.AsSpan().StartsWith(PngChunks.Signature))
            throw new ArgumentException($"the picture '{image.Title}' is not a PNG file");
        return (BinaryPrimitives.ReadInt32BigEndian(image.Png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(image.Png.AsSpan(20)));
    }
}
