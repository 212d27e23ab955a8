using System.Text.RegularExpressions;

namespace Boltzmann.Tests.Rooms;

/// <summary>
/// The library's folders are rooms, and this table says which rooms each may use: types are read from the compiled library, the room of a
/// type from the file that declares it. Lower rooms know nothing of higher ones.
/// </summary>
public partial class RoomTests
{
    // From the lowest room up.
    static readonly (string Room, string Uses)[] table =
    [
        ("(root)", ""),
        ("Text", "(root)"),
        ("Compute", "(root)"),
        ("Data", "(root) Text Compute"),
        ("Layers", "(root) Text Compute Data"),
        ("Models", "(root) Text Compute Layers"),
        ("Temporal", "(root) Compute Data Layers Models"),
        ("Persistence", "(root) Text Compute Data Layers Models Temporal"),
        ("Sampling", "(root) Compute Layers Models Temporal"),
        ("Answers", "Compute Data Layers Models Sampling"),
        ("Evaluation", "(root) Text Compute Data Layers Models Temporal Sampling Answers"),
        ("Training", "(root) Text Compute Data Layers Models Temporal Persistence Sampling Answers Evaluation"),
        ("Ratings", "(root) Text Compute Data Layers Models Persistence Training"),
        ("Networks", "(root) Text Compute Data Layers Models Persistence Evaluation Training"),
        ("Classifiers", "(root) Compute Data Networks"),
        ("Search", "(root) Text Compute Data Layers Models Persistence"),
        ("Reporting", "(root) Text Compute Data Layers Models Temporal Sampling Evaluation Search"),
        ("Estimators", "(root) Text Compute Data Layers Models Persistence Sampling Answers Evaluation Training Networks Classifiers"),
        ("Inference", "(root) Text Compute Data Layers Models Temporal Persistence Sampling Answers Evaluation Training Ratings Networks "
            + "Search Reporting"),
        ("Runs", "(root) Text Compute Data Layers Models Temporal Persistence Sampling Evaluation Training Ratings Networks Reporting "
            + "Estimators Inference"),
    ];

    [Fact]
    public void Rooms_use_each_other_only_as_the_table_allows()
    {
        Dictionary<string, HashSet<string>> rooms = RoomsOfTypes();
        var allowed = table.ToDictionary(row => row.Room, row => Words(row.Uses).ToHashSet());
        var arrows = Arrows(rooms);
        var unknown = arrows.Where(a => !allowed.TryGetValue(a.Key.From, out HashSet<string>? to) || !to.Contains(a.Key.To))
            .Select(a => $"{a.Key.From} -> {a.Key.To}: {string.Join(", ", a.Value.Order().Take(8))}").Order().ToArray();
        Assert.True(unknown.Length == 0, string.Join("\n", unknown));
        var unused = table.SelectMany(row => Words(row.Uses).Where(to => !arrows.ContainsKey((row.Room, to)))
            .Select(to => $"{row.Room} -> {to}")).ToArray();
        Assert.True(unused.Length == 0, "the table allows what nothing needs: " + string.Join(", ", unused));
    }

    [Fact]
    public void Every_arrow_goes_down()
    {
        string[] order = [.. table.Select(row => row.Room)];
        foreach (var (room, uses) in table)
            Assert.All(Words(uses), to => Assert.True(Array.IndexOf(order, to) < Array.IndexOf(order, room), $"{room} -> {to} goes up"));
    }

    [Fact]
    public void Contributing_prints_the_table()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        string lines = string.Join('\n', table.Select(row => $"| {row.Room} | {Shown(row.Uses)} |"));
        Assert.Contains(lines, text, StringComparison.Ordinal);

        static string Shown(string rooms) => rooms.Length == 0 ? "—" : rooms.Replace(" ", ", ", StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_holds_one_type_and_bears_its_name()
    {
        var wrong = new List<string>();
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), name = Path.GetFileName(path).Split('.')[0];
            if (relative.Contains("/obj/", StringComparison.Ordinal) || relative.Contains("/bin/", StringComparison.Ordinal)) continue;
            // A program of top-level statements has no type.
            string[] types = [.. Declaration().Matches(File.ReadAllText(path)).Select(match => match.Groups["name"].Value)];
            if (types is not [var type] ? name != "Program" : type != name) wrong.Add($"{relative}: {string.Join(", ", types)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    static Dictionary<(string From, string To), HashSet<string>> Arrows(Dictionary<string, HashSet<string>> rooms)
    {
        var arrows = new Dictionary<(string, string), HashSet<string>>();
        using var references = new TypeReferences(typeof(Matrix).Assembly.Location);
        foreach (var (user, used) in references.Pairs())
        {
            if (!rooms.TryGetValue(user, out HashSet<string>? from) || !rooms.TryGetValue(used, out HashSet<string>? to)) continue;
            // A type whose parts lie in several rooms belongs to the first of them.
            foreach (string room in from)
                if (!to.Contains(room)) (arrows.TryGetValue((room, to.First()),
                    out HashSet<string>? names) ? names : arrows[(room, to.First())] = []).Add($"{user} uses {used}");
        }
        return arrows;
    }

    static Dictionary<string, HashSet<string>> RoomsOfTypes()
    {
        string library = Path.Combine(Repository.Root, "src", "Boltzmann");
        var rooms = new Dictionary<string, HashSet<string>>();
        foreach (string path in Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string relative = Path.GetRelativePath(library, path).Replace('\\', '/');
            string room = relative.Contains('/') ? relative[..relative.IndexOf('/')] : "(root)";
            if (room is "obj" or "bin") continue;
            string text = File.ReadAllText(path), space = Namespace().Match(text).Groups["name"].Value;
            foreach (Match match in Declaration().Matches(text))
            {
                string name = $"{space}.{match.Groups["name"].Value}";
                (rooms.TryGetValue(name, out HashSet<string>? known) ? known : rooms[name] = []).Add(room);
            }
        }
        return rooms;
    }

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // Types of a file begin their lines; nested ones are indented.
    [GeneratedRegex(@"^(?:(?:public|internal|sealed|abstract|static|partial|readonly|unsafe|file|ref) )*"
        + @"(?:class|struct|interface|enum|record(?: struct| class)?) (?<name>[A-Z]\w*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
