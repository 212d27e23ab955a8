namespace Boltzmann.Tests.Rooms;

/// <summary>Lines of code are at most 140 characters; what stands between three quotation marks is as long as it has to be.</summary>
public class LineTests
{
    const int Longest = 140;

    [Theory, InlineData("src"), InlineData("tests"), InlineData("examples"), InlineData("benchmarks")]
    public void Lines_are_short_enough_to_be_read(string folder)
    {
        string[] paths = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(IsSource)];
        Assert.NotEmpty(paths);
        string[] tooLong = [.. paths.SelectMany(path =>
            TooLong(path).Select(line => $"{Path.GetRelativePath(Repository.Root, path)}:{line}"))];
        Assert.True(tooLong.Length == 0, string.Join('\n', tooLong));
    }

    static IEnumerable<int> TooLong(string path)
    {
        bool isRaw = false;
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            int marks = line.Split("\"\"\"").Length - 1;
            if (line.Length > Longest && !isRaw && marks == 0) yield return index + 1;
            isRaw ^= marks % 2 == 1;
        }
    }

    static bool IsSource(string path) => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin");
}
