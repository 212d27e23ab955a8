using System.Text;
using System.Text.RegularExpressions;

namespace Boltzmann.Experiments;

/// <summary>
/// The text of a page with places that a run fills. {{name}} stands for a text; {{#name}} … {{/name}} encloses a part that is repeated for
/// each of its entries, so it is left out where there are none. The marks of a part may stand on lines of their own, which then vanish.
/// A text that nothing asks for, and a place that nothing fills, are mistakes of the program.
/// </summary>
sealed partial class PageTemplate
{
    readonly string name;
    readonly Part page;

    /// <param name="name">What messages call it.</param>
    /// <param name="text">The text with its places.</param>
    /// <exception cref="InvalidOperationException">A mark cannot be read, or parts do not end where they should.</exception>
    public PageTemplate(string name, string text)
    {
        this.name = name;
        page = new Part("", []);
        var open = new Stack<Part>([page]);
        int end = 0;
        foreach (Match mark in Marks().Matches(text))
        {
            AddText(open.Peek(), text[end..mark.Index]);
            end = mark.Index + mark.Length;
            string kind = mark.Groups["kind"].Value, place = mark.Groups["name"].Value;
            if (kind == "/")
            {
                if (open.Pop().Name != place || open.Count == 0) throw Wrong($"{{{{/{place}}}}} ends nothing that is open");
            }
            else if (kind == "#")
            {
                var part = new Part(place, []);
                open.Peek().Pieces.Add(part);
                open.Push(part);
            }
            else open.Peek().Pieces.Add(new Place(place));
        }
        AddText(open.Peek(), text[end..]);
        if (open.Count > 1) throw Wrong($"{{{{#{open.Peek().Name}}}}} has no end");
    }

    /// <summary>The page of an experiment, Pages/NAME.md in the source.</summary>
    public static PageTemplate Of(string name) => new(name, Resource.Text($"Pages/{name}.md"));

    /// <summary>Names of all places and parts.</summary>
    public IEnumerable<string> Places => page.Places.Distinct();

    /// <summary>The page with all its places filled.</summary>
    /// <param name="values">What the page asks for, all of it and nothing else.</param>
    /// <param name="common">What any page may ask for.</param>
    /// <exception cref="InvalidOperationException">Nothing fills a place, or the page has none for a value.</exception>
    public string Fill(PageValues values, PageValues common)
    {
        var text = new StringBuilder();
        Append(text, page, [values, common]);
        return text.ToString();
    }

    // Scopes from the inmost outward: a place is filled by the first that knows it.
    void Append(StringBuilder text, Part part, PageValues[] scopes)
    {
        foreach (string known in scopes[0].Names)
            if (!part.Places.Contains(known)) throw Wrong($"the page has no place for '{known}'");
        foreach (object piece in part.Pieces)
            if (piece is Place place)
            {
                string? value = scopes.Select(scope => scope.Text(place.Name)).FirstOrDefault(found => found is not null);
                text.Append(value ?? throw Wrong($"nothing fills {{{{{place.Name}}}}}"));
            }
            else if (piece is Part inner)
            {
                IReadOnlyList<PageValues>? entries = scopes.Select(scope => scope.Entries(inner.Name)).FirstOrDefault(e => e is not null);
                foreach (PageValues entry in entries ?? throw Wrong($"nothing says what {{{{#{inner.Name}}}}} is repeated for"))
                    Append(text, inner, [entry, .. scopes]);
            }
            else text.Append((string)piece);
    }

    void AddText(Part part, string text)
    {
        if (text.Contains("{{") || text.Contains("}}")) throw Wrong($"a mark cannot be read in '{text.Trim()}'");
        part.Pieces.Add(text);
    }

    InvalidOperationException Wrong(string what) => new($"page {name}: {what}");

    [GeneratedRegex(@"^\{\{(?<kind>[#/])(?<name>[a-z0-9-]+)\}\}\n|\{\{(?<kind>[#/]?)(?<name>[a-z0-9-]+)\}\}", RegexOptions.Multiline)]
    private static partial Regex Marks();

    sealed record Place(string Name);

    // Texts, places and parts in their order.
    sealed record Part(string Name, List<object> Pieces)
    {
        public IEnumerable<string> Places => Pieces.SelectMany(piece => piece switch
        {
            Place place => [place.Name],
            Part part => part.Places.Prepend(part.Name),
            _ => (IEnumerable<string>)[],
        });
    }
}
