namespace Boltzmann.Tests.Cli;

/// <summary>boltzmann inspect, pinned for a model of another program.</summary>
public sealed class InspectTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData("bernoulli", 4, 3, 0, 0), InlineData("gaussian", 3, 2, 0, 0), InlineData("multinomial", 6, 2, 3, 2)]
    public void Documents_stay_as_they_are(string units, int visible, int hidden, int categories, int draws)
    {
        new ForeignModel(units, visible, hidden, categories, draws).Write(folder["model.safetensors"]);
        CommandLine run = CommandLine.Succeed("inspect", folder["model.safetensors"], "--factors", "1", "--json");
        GoldenFile.Check($"cli/inspect-{units}.json", run.RoundedJson.Replace(folder.Path, "FOLDER"));
    }

    [Fact]
    public void People_get_tables()
    {
        new ForeignModel("bernoulli", 4, 3).Write(folder["model.safetensors"]);
        GoldenFile.Check("cli/inspect.txt",
            CommandLine.Succeed("inspect", folder["model.safetensors"]).Output.Replace(folder.Path, "FOLDER"));
    }

    [Fact]
    public void A_file_without_metadata_is_a_binary_machine()
    {
        File.WriteAllBytes(folder["plain.safetensors"], ForeignModel.Safetensors(null,
            [("layers.0.bias", [2], [0.5, -1]), ("layers.1.bias", [1], [2]), ("weights.0-1", [2, 1], [1, -1])]));
        Assert.Contains("2 bernoulli × 1 bernoulli", CommandLine.Succeed("inspect", folder["plain.safetensors"], "--factors", "0").Output);
    }

    [Fact]
    public void A_folder_means_its_model_else_its_checkpoint()
    {
        CommandLine.Run("inspect", folder.Path).IsRefused("expected a model file or the folder of a run");
        new ForeignModel("bernoulli", 2, 1).Write(folder["checkpoint.safetensors"]);
        Assert.Contains("2 bernoulli × 1", CommandLine.Succeed("inspect", folder.Path).Output);
        new ForeignModel("bernoulli", 3, 1).Write(folder["model.safetensors"]);
        Assert.Contains("3 bernoulli × 1", CommandLine.Succeed("inspect", folder.Path).Output);
    }
}
