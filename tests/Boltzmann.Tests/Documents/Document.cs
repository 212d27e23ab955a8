using System.Text.RegularExpressions;

namespace Boltzmann.Tests.Documents;

/// <summary>A page of Markdown: what it links to, which headings can be linked to, and its fenced blocks.</summary>
sealed partial class Document
{
    readonly List<string> prose = [];

    public Document(string path)
    {
        Path = path;
        Name = System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
        Snippets = [.. Read(File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n'))];
        Anchors = AnchorsOf(prose);
    }

    /// <summary>The pages that people read: not templates, and not what tests compare with.</summary>
    public static IReadOnlyList<Document> All { get; } = [.. ((string[])["README.md", "CHANGELOG.md", "CONTRIBUTING.md"])
        .Select(name => System.IO.Path.Combine(Repository.Root, name))
        .Concat(((string[])["docs", "packaging", "benchmarks"]).SelectMany(folder => Directory.EnumerateFiles(
            System.IO.Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
        .Where(path => !path.Split(System.IO.Path.DirectorySeparatorChar).Contains("obj")).Order(StringComparer.Ordinal)
        .Select(path => new Document(path))];

    public string Path { get; }

    /// <summary>The path from the repository's root.</summary>
    public string Name { get; }

    public IReadOnlyList<Snippet> Snippets { get; }

    /// <summary>The fragments by which headings are linked to, as GitHub forms them.</summary>
    public IReadOnlySet<string> Anchors { get; }

    /// <summary>Line and target of every link and picture outside of code.</summary>
    public IEnumerable<(int Line, string Target)> Links() => prose.Index().SelectMany(line =>
        Link().Matches(Code().Replace(line.Item, "")).Select(match => (line.Index + 1, match.Groups["target"].Value)));

    // Fills prose with the lines outside of blocks, and empty ones in place of those inside.
    IEnumerable<Snippet> Read(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            Match fence = Fence().Match(lines[i]);
            if (!fence.Success)
            {
                prose.Add(lines[i]);
                continue;
            }
            int end = Array.FindIndex(lines, i + 1, line => line.TrimStart().StartsWith("```", StringComparison.Ordinal));
            Assert.True(end > 0, $"{Name}:{i + 1}: the block is not closed");
            prose.AddRange(Enumerable.Repeat("", end - i + 1));
            yield return new(Name, i + 1, fence.Groups["language"].Value, fence.Groups["name"].Value.Trim(),
                string.Join('\n', lines[(i + 1)..end]));
            i = end;
        }
    }

    static HashSet<string> AnchorsOf(IEnumerable<string> lines)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match heading in lines.Select(line => Heading().Match(line)).Where(match => match.Success))
        {
            string text = Link().Replace(heading.Groups["text"].Value, match => match.Groups["text"].Value);
            string anchor = string.Concat(text.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' '))
                .Trim().Replace(' ', '-');
            string free = anchor;
            for (int n = 1; !anchors.Add(free); n++) free = $"{anchor}-{n}";
        }
        return anchors;
    }

    [GeneratedRegex(@"^ {0,3}```(?<language>[a-z]*)(?<name>.*)$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"!?\[(?<text>(?:[^\[\]]|\[[^\]]*\](?:\([^)]*\))?)*)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^#{1,6} +(?<text>.*?) *#*$")]
    private static partial Regex Heading();
}
