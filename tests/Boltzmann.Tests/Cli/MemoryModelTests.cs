using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Machines with memory in commands that show any model, and in those for models of rows alone.</summary>
public sealed class MemoryModelTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Inspect_shows_a_queue_and_traces()
    {
        JsonNode shown = Inspect(SequenceModel.Dybm(new BernoulliLayer(3), new TraceMemory(3, delay: 4, decays: [0.25, 0.5])));
        Assert.Equal("""{"kind":"traces","delay":4,"decays":[0.25,0.5],"feed":"delayed","width":15}""", shown["memory"]!.ToJsonString());
        Assert.Equal(["bernoulli", "context"], shown["layers"]!.AsArray().Select(layer => (string)layer!["units"]!));
        Assert.Contains(shown["parameters"]!.AsArray(), p => (string)p!["name"]! == "weights.0-1"
            && p["shape"]!.ToJsonString() == "[3,15]");
        Assert.Empty(shown["factors"]!.AsArray());
        string text = CommandLine.Succeed("inspect", folder["model.safetensors"]).Output;
        Assert.Matches(@"memory +traces *\n[─ ]+\ndelay +4 *\ndecays +0.25 0.5 *\nfeed +delayed *\nwidth +15 *\n", text);
    }

    [Fact]
    public void Inspect_shows_the_least_and_the_greatest_delay()
    {
        JsonNode shown = Inspect(SequenceModel.Dybm(new BernoulliLayer(2), new DelayMemory([1, 5, 2, 3], [0.5], [0.25, 0.5])));
        Assert.Equal((1, 5), ((int)shown["memory"]!["least_delay"]!, (int)shown["memory"]!["greatest_delay"]!));
        Assert.Matches(@"delays +1 to 5\n", CommandLine.Succeed("inspect", folder["model.safetensors"]).Output);
    }

    [Fact]
    public void Inspect_shows_what_hidden_units_have_to_do_with_columns()
    {
        SequenceModel model = SequenceModel.RnnRbm(new BernoulliLayer(3), new BernoulliLayer(2), new RecurrentMemory(3, 4))
            .With(null, lowestPitch: 60);
        model.Weights![1, 1] = 2;
        JsonNode shown = Inspect(model);
        Assert.Equal((60, 4), ((int)shown["lowest_pitch"]!, (int)shown["memory"]!["width"]!));
        JsonNode factor = shown["factors"]![0]!;
        Assert.Equal((1, 1, "61"), ((int)factor["hidden"]!, (int)factor["for"]![0]!["visible"]!, (string)factor["for"]![0]!["name"]!));
        Assert.Matches(@"pitches +60 to 62\n", CommandLine.Succeed("inspect", folder["model.safetensors"]).Output);
    }

    [Theory, InlineData("transform"), InlineData("reconstruct"), InlineData("score"), InlineData("complete"), InlineData("diagnose"),
        InlineData("export"), InlineData("fine-tune"), InlineData("search")]
    public void Commands_for_models_of_rows_say_so(string command)
    {
        Inspect(SequenceModel.Dybm(new BernoulliLayer(3), new TraceMemory(3, delay: 2, decays: [])));
        CommandLine.Run(command, folder["model.safetensors"]).IsRefused($"{command} is for models of rows; {folder["model.safetensors"]} "
            + "holds a dybm, which has a memory");
    }

    JsonNode Inspect(SequenceModel model)
    {
        ModelFile.Save(folder["model.safetensors"], model);
        return CommandLine.Succeed("inspect", folder["model.safetensors"], "--json").Json;
    }
}
