using System.Text.Json.Nodes;
using Boltzmann.Tests.Reporting;

namespace Boltzmann.Tests.Cli;

/// <summary>The film of a training: a frame for each epoch, and nothing else changes.</summary>
public sealed class AnimationTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("rbm", "--hidden", "6")]
    [InlineData("dbm", "--hidden", "6", "4", "--chains", "10")]
    [InlineData("dbn", "--hidden", "6", "4")]
    public void A_training_with_an_animation_learns_what_one_without_learns(string kind, params string[] more)
    {
        string[] common = ["train", kind, "--data", "bars-and-stripes", "--epochs", "2", "--metrics", "weight-norm", .. more];
        CommandLine.Succeed([.. common, "--quiet", "--out", folder["plain"]]);
        JsonNode json = CommandLine.Succeed([.. common, "--animation", "--json", "--out", folder["filmed"]]).Json;
        Assert.Equal(File.ReadAllBytes(folder["plain/model.safetensors"]), File.ReadAllBytes(folder["filmed/model.safetensors"]));
        Assert.False(File.Exists(folder["plain/particles.png"]));
        Assert.Equal(folder["filmed/particles.png"], json["animation"]!.GetValue<string>());
        List<PixelImage> frames = PngReader.Frames(File.ReadAllBytes(folder["filmed/particles.png"]));
        Assert.Equal(kind == "dbn" ? 5 : 3, frames.Count);
        Assert.NotEqual(frames[0].Pixels, frames[^1].Pixels);
        Assert.Contains("Fantasy particles over epochs", File.ReadAllText(folder["filmed/report.html"]));
        Assert.DoesNotContain("Fantasy particles over epochs", File.ReadAllText(folder["plain/report.html"]));
        // It is the same run, with or without.
        Assert.Contains("already trained", CommandLine.Succeed([.. common, "--out", folder["filmed"]]).Output);
    }

    [Fact]
    public void A_resumed_run_goes_on_with_its_film_unasked_and_ends_with_the_same_file()
    {
        string[] common = ["train", "rbm", "--data", "bars-and-stripes", "--hidden", "6", "--learning-rate", "0.05", "0.04", "0.03",
            "--metrics", "weight-norm", "--quiet", "--animation"];
        CommandLine.Succeed([.. common, "--epochs", "3", "--out", folder["whole"]]);
        CommandLine.Succeed([.. common, "--epochs", "2", "--out", folder["parts"]]);
        CommandLine.Succeed("train", "rbm", "--resume", folder["parts"], "--epochs", "3", "--quiet");
        Assert.Equal(File.ReadAllBytes(folder["whole/particles.png"]), File.ReadAllBytes(folder["parts/particles.png"]));
        File.WriteAllText(folder["parts/particles.png"], "no picture");
        CommandLine.Run("train", "rbm", "--resume", folder["parts"], "--epochs", "4",
            "--quiet").IsRefused("particles.png: is not a PNG file");
    }

    [Fact]
    public void Rows_that_are_no_pictures_are_refused_before_anything_is_written()
    {
        CommandLine.Run("train", "rbm", "--data", "demo", "--animation", "--out",
            folder["x"]).IsRefused("--animation needs rows that are pictures");
        Assert.False(Directory.Exists(folder["x"]));
    }
}
