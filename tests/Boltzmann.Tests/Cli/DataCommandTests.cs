using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>boltzmann data list, get, show.</summary>
public sealed class DataCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void List_names_every_set_and_says_which_are_here()
    {
        JsonArray sets = CommandLine.Succeed("data", "list", "--data-folder", folder.Path, "--json").Json["sets"]!.AsArray();
        Assert.Equal(NamedSets.All.Select(s => s.Name), sets.Select(s => s!["name"]!.GetValue<string>()));
        JsonNode digits = sets[0]!;
        Assert.Equal(["name", "rows", "columns", "image", "what", "generated", "can_fetch", "folder"],
            digits.AsObject().Select(p => p.Key));
        Assert.Equal((784, 28, true), (digits["columns"]!.GetValue<int>(), digits["image"]!["width"]!.GetValue<int>(),
            digits["generated"]!.GetValue<bool>()));

        Assert.Contains("built in", CommandLine.Succeed("data", "list").Output);
        NamedSet iris = NamedSets.Find("iris")!;
        Directory.CreateDirectory(folder[iris.Folder]);
        File.WriteAllText(Path.Combine(folder[iris.Folder], iris.Files[0].Name), "");
        Assert.Contains(folder[iris.Folder], CommandLine.Succeed("data", "list", "--data-folder", folder.Path).Output);
    }

    [Fact]
    public void Get_has_nothing_to_do_for_built_in_sets_and_refuses_unknown_ones()
    {
        Assert.Contains("nothing to fetch", CommandLine.Succeed("data", "get", "digits").Output);
        CommandLine.Run("data", "get", "minst").IsRefused("expected one of digits");
        // No mirror is known, so nothing is asked of the network.
        CommandLine.Run("data", "get", "iris", "--folder", folder.Path).IsRefused("put there by hand");
    }

    [Fact]
    public void Show_gives_statistics_and_a_sheet()
    {
        JsonNode json = CommandLine.Succeed("data", "show", "bars-and-stripes", "--out", folder["sheet.png"], "--json").Json;
        GoldenFile.Check("cli/data-show.json", json.ToJsonString(new() { WriteIndented = true }).Replace(folder.Path, "FOLDER") + "\n");
        Assert.Equal([0x89, (byte)'P'], File.ReadAllBytes(folder["sheet.png"])[..2]);
    }

    [Fact]
    public void Show_gives_the_head_of_a_table()
    {
        File.WriteAllText(folder["flowers.csv"], "length,width,kind\n5.1,3.5,a\n4.9,3,b\n7,3.2,a\n");
        GoldenFile.Check("cli/data-show.txt",
            CommandLine.Succeed("data", "show", folder["flowers.csv"], "--label-column", "kind").Output.Replace(folder.Path, "FOLDER"));
        CommandLine.Run("data", "show", folder["flowers.csv"], "--label-column", "kind", "--out",
            folder["sheet.png"]).IsRefused("--image WIDTHxHEIGHT");
        CommandLine.Succeed("data", "show", folder["flowers.csv"], "--label-column", "kind", "--image", "2x1", "--out",
            folder["sheet.png"]);
    }
}
