namespace Boltzmann.Tests.Documents;

/// <summary>What a look through the pages has found; all of it is told, as pages are mended together.</summary>
static class Found
{
    public static void Nothing(IEnumerable<string> complaints)
    {
        string[] all = [.. complaints];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
