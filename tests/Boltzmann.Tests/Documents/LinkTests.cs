namespace Boltzmann.Tests.Documents;

/// <summary>Links between the pages: what they name is there.</summary>
public class LinkTests
{
    public static TheoryData<string> Pages => [.. Document.All.Select(page => page.Name)];

    [Theory, MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string name)
    {
        Document page = Find(name)!;
        Found.Nothing(page.Links().Select(link => (link.Line, Complaint: Complaint(page, link.Target)))
            .Where(link => link.Complaint is not null).Select(link => $"{name}:{link.Line}: {link.Complaint}"));
    }

    [Fact]
    public void Every_picture_is_on_a_page()
    {
        HashSet<string> shown = [.. Document.All.SelectMany(page => page.Links().Select(link => Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(page.Path)!, link.Target.Split('#')[0]))))];
        IEnumerable<string> pictures = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "images"), "*",
            SearchOption.AllDirectories);
        Assert.NotEmpty(pictures);
        Found.Nothing(pictures.Where(picture => !shown.Contains(picture)));
    }

    static string? Complaint(Document page, string target)
    {
        // Other sites are not asked.
        if (target.StartsWith("https://", StringComparison.Ordinal)) return null;
        if (target.Contains(':')) return $"{target} is neither a path nor https";
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? page.Path
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, Uri.UnescapeDataString(parts[0])));
        // Packages bear their readme without the rest of the repository.
        if (page.Name.StartsWith("packaging/", StringComparison.Ordinal)) return $"{target} is not in the package";
        if (!File.Exists(path) && !Directory.Exists(path)) return $"{target} is not there";
        return parts.Length == 1 || Find(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')) is { } aim
            && aim.Anchors.Contains(parts[1]) ? null : $"{target}: there is no such heading";
    }

    static Document? Find(string name) => Document.All.FirstOrDefault(page => page.Name == name);
}
