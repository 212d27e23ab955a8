namespace Boltzmann.Reporting;

/// <summary>
/// The energy of a machine as HTML: E = Σ U(x) − Σ xᵀWx, with the potential of each kind of units written out and each pair of units
/// counted once.
/// </summary>
static class EnergyFormula
{
    /// <summary>The formula, and below it what the letters stand for.</summary>
    public static string Html(DrawnMachine machine)
    {
        DrawnLink[] directed = [.. machine.Links.Where(link => link.IsDownward)];
        int[] undirected = [.. Enumerable.Range(0, machine.Layers.Count).Where(l => directed.Length == 0
            || machine.Links.Any(link => !link.IsDownward && (link.Lower == l || link.Upper == l)))];
        string states = string.Join(", ", undirected.Select(l => Symbol(machine.Layers[l])));
        IEnumerable<string> terms = [.. undirected.Select(l => Potential(machine.Layers[l])),
            .. machine.Links.Where(link => !link.IsDownward).Select(link => Joint(machine, link))];
        List<string> lines = [$"<var>E</var>({states}) = {Sum(terms)}",
            $"<var>p</var>({states}) = <var>e</var><sup>−<var>E</var></sup> / <var>Z</var>"];
        foreach (DrawnLink link in directed.Reverse())
            lines.Add(Downward(machine.Layers[link.Lower], machine.Layers[link.Upper]));
        return string.Concat(lines.Select(line => $"<p class=\"formula\">{line}</p>\n"));
    }

    static string Downward(DrawnLayer lower, DrawnLayer upper) => $"<var>p</var>({Symbol(lower)} | {Symbol(upper)}): units are "
        + $"independent, with inputs <var>W</var>{Symbol(upper)} + <var>b</var><sub>{lower.Symbol}{lower.Number}</sub>";

    static string Sum(IEnumerable<string> terms)
    {
        string joined = string.Join(" ", terms);
        return joined.StartsWith("+ ", StringComparison.Ordinal) ? joined[2..] : joined;
    }

    static string Potential(DrawnLayer layer)
    {
        string x = Symbol(layer);
        string linear = $"− <var>b</var><sub>{layer.Symbol}{layer.Number}</sub><sup>T</sup>{x}";
        string quadratic = $"+ ½ Σ<sub><var>i</var></sub> <var>γ<sub>i</sub></var> {x}<sub><var>i</var></sub><sup>2</sup>";
        return layer.Units is QuadraticLayer ? $"{quadratic} {linear}"
            : layer.Units is DoubleReluLayer ? DoubleRectified(x, linear)
            : layer.Units is MixedLayer mixed && mixed.Parts.Any(part => part.Kind == GaussianLayer.Name)
                ? $"+ ½ Σ<sub>real <var>i</var></sub> <var>γ<sub>i</sub></var> {x}<sub><var>i</var></sub><sup>2</sup> {linear}" : linear;
    }

    // κ|x| and a precision for each half.
    static string DoubleRectified(string x, string linear)
    {
        string Half(string sign) =>
            $"½ <var>γ<sub>i</sub></var><sup>{sign}</sup> ({x}<sub><var>i</var></sub><sup>{sign}</sup>)<sup>2</sup>";
        return $"+ Σ<sub><var>i</var></sub> [{Half("+")} + {Half("−")} + <var>κ<sub>i</sub></var> |{x}<sub><var>i</var></sub>|] {linear}";
    }

    static string Joint(DrawnMachine machine, DrawnLink link)
    {
        string lower = Symbol(machine.Layers[link.Lower]);
        string weights = machine.Links.Count(other => !other.IsDownward) == 1 ? "<var>W</var>"
            : $"<var>W</var><sub>{link.Lower}{(machine.Layers.Count > 9 ? "," : "")}{link.Upper}</sub>";
        if (link.Lower != link.Upper) return $"− {lower}<sup>T</sup>{weights}{Symbol(machine.Layers[link.Upper])}";
        return link.AreAll ? $"− ½ {lower}<sup>T</sup>{weights}{lower}"
            : $"− Σ<sub>edges <var>ij</var></sub> <var>w<sub>ij</sub></var> {lower}<sub><var>i</var></sub> {lower}<sub><var>j</var></sub>";
    }

    static string Symbol(DrawnLayer layer) => $"<b>{layer.Symbol}</b>{Index(layer)}";

    static string Index(DrawnLayer layer) => layer.Number is int number ? $"<sub>{number}</sub>" : "";
}
