using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Boltzmann.Reporting;

/// <summary>
/// The rules of a drawing's own style sheet, for light paper: a class or an element after the drawing's class. Later rules win over
/// earlier ones, classes over elements and attributes, and what stands in style over all.
/// </summary>
sealed partial class SvgStyles
{
    static readonly string[] inherited = ["fill", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "color", "font-size",
        "font-weight"];

    static readonly string[] attributes = [.. inherited, "opacity", "stroke-dasharray", "text-anchor", "paint-order"];

    readonly List<(bool IsClass, string Name, (string Property, string Value)[] Settings)> rules = [];

    /// <summary>Reads a style sheet without its parts for dark paper.</summary>
    public void Add(string sheet)
    {
        foreach (Match rule in Rule().Matches(Dark().Replace(sheet, "")))
            foreach (string selector in rule.Groups["of"].Value.Split(','))
            {
                string[] parts = selector.Trim().Split(' ');
                // The drawing as a whole has fonts only; what a pointer changes is not drawn.
                if (parts.Length != 2 || parts[1].Contains(':', StringComparison.Ordinal)) continue;
                bool isClass = parts[1][0] == '.';
                rules.Add((isClass, parts[1].TrimStart('.'), Settings(rule.Groups["all"].Value)));
            }
    }

    /// <summary>What holds for an element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="parent">What holds for the one around it.</param>
    public Dictionary<string, string> Of(XElement element, Dictionary<string, string> parent)
    {
        var look = new Dictionary<string, string>();
        foreach (string property in inherited)
            if (parent.TryGetValue(property, out string? value)) look[property] = value;
        foreach (string property in attributes)
            if ((string?)element.Attribute(property) is string value) look[property] = value;
        string[] classes = ((string?)element.Attribute("class") ?? "").Split(' ');
        foreach (bool isClass in (bool[])[false, true])
            foreach (var (isOfClass, name, settings) in rules)
                if (isOfClass == isClass && (isClass ? classes.Contains(name) : element.Name.LocalName == name))
                    foreach (var (property, value) in settings) look[property] = value;
        foreach (var (property, value) in Settings((string?)element.Attribute("style") ?? "")) look[property] = value;
        return look;
    }

    /// <summary>The colour of fill or stroke; null for none.</summary>
    /// <exception cref="NotSupportedException">A way to write colours that is not known.</exception>
    public static (byte R, byte G, byte B)? Colour(Dictionary<string, string> look, string property, string otherwise)
    {
        string text = look.GetValueOrDefault(property, otherwise);
        if (text == "currentColor") text = look.GetValueOrDefault("color", "#000");
        if (text is "none" or "transparent") return null;
        if (Variable().Match(text) is { Success: true } variable) text = variable.Groups[1].Value;
        if (text.StartsWith('#') && text.Length is 4 or 7)
        {
            string digits = text.Length == 7 ? text[1..] : $"{text[1]}{text[1]}{text[2]}{text[2]}{text[3]}{text[3]}";
            byte[] parts = Convert.FromHexString(digits);
            return (parts[0], parts[1], parts[2]);
        }
        if (Hue().Match(text) is { Success: true } hue)
            return OfHue(Number(hue.Groups[1].Value), Number(hue.Groups[2].Value) / 100, Number(hue.Groups[3].Value) / 100);
        throw new NotSupportedException($"'{text}' is not a colour that is known");
    }

    /// <summary>A number of a look, with or without px.</summary>
    public static double Number(Dictionary<string, string> look, string property, double otherwise) =>
        look.TryGetValue(property, out string? text) ? Number(text.Replace("px", "", StringComparison.Ordinal)) : otherwise;

    static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    static (string, string)[] Settings(string text) => [.. text.Split(';').Select(setting => setting.Split(':', 2))
        .Where(pair => pair.Length == 2).Select(pair => (pair[0].Trim(), pair[1].Trim()))];

    // CSS Color 4, section 7.1.
    static (byte, byte, byte) OfHue(double hue, double saturation, double lightness)
    {
        return (Part(0), Part(8), Part(4));

        byte Part(int n)
        {
            double k = (n + hue / 30) % 12;
            double value = lightness - saturation * Math.Min(lightness, 1 - lightness) * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1));
            return (byte)Math.Round(255 * value);
        }
    }

    [GeneratedRegex(@"(?<of>[^{}]+)\{(?<all>[^{}]*)\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")]
    private static partial Regex Dark();

    [GeneratedRegex(@"^var\([^,]+,\s*(.+)\)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^hsl\(([\d.]+)\s+([\d.]+)%\s+([\d.]+)%\)$")]
    private static partial Regex Hue();
}
