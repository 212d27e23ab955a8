using System.Text.Json.Nodes;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Documents;

/// <summary>What `search --json` writes is described.</summary>
public class SearchJsonTests
{
    [Fact]
    public void Every_entry_is_in_the_page_of_files()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "files.md"));
        int from = page.IndexOf("## What `search --json` writes", StringComparison.Ordinal);
        page = page[from..page.IndexOf("\n# ", from, StringComparison.Ordinal)];
        SortedSet<string> names = [];
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["pair.coo"], "# vartype=SPIN\n0 0 -1\n0 1 -1\n");
        Collect(CommandLine.Succeed("search", folder["pair.coo"], "--marginals", "--json").Json);
        Collect(CommandLine.Succeed("search", "queens:4", "--marginals", "--method", "tempering", "--sweeps", "600", "--json").Json);
        // Nothing solves it.
        Collect(CommandLine.Succeed("search", "queens:3", "--method", "tempering", "--sweeps", "64", "--json").Json);
        Assert.Contains("doubtful", names);
        Assert.Contains("raised", names);
        Assert.Contains("swap_rate", names);
        Found.Nothing(names.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)));

        // Names of variables are the problem's.
        void Collect(JsonNode? node)
        {
            if (node is JsonArray array) foreach (JsonNode? item in array) Collect(item);
            if (node is not JsonObject entries) return;
            foreach (var (name, value) in entries)
            {
                names.Add(name);
                if (name != "assignment") Collect(value);
            }
        }
    }
}
