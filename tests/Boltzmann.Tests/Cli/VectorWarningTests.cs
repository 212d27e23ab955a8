using System.Diagnostics;
using System.Text.Json.Nodes;
using Boltzmann.Compute.Cpu;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Cli;

/// <summary>The program as a process of its own, with vector instructions switched off: what it says of that, and where.</summary>
public sealed class VectorWarningTests : IDisposable
{
    const string Switch = "DOTNET_EnableAVX2";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Narrower_vectors_than_the_processor_has_are_said_once_on_standard_error()
    {
        Assert.SkipUnless(VectorWidth.OfProcessor > 128, "this processor has no vectors of more than 128 bits");
        string run = Path.Combine(folder.Path, "run");
        await Run("train", "rbm", "--data", "bars-and-stripes", "--hidden", "2", "--epochs", "1", "--out", run, "--quiet");

        var (output, error) = await Run("evaluate", run, "--data", "bars-and-stripes", "--json");
        Assert.Equal("rbm", JsonNode.Parse(output)!["model"]!.GetValue<string>());
        string warning = Assert.Single(error.Split('\n'), line => line.Contains("vectors"));
        Assert.StartsWith($"boltzmann: warning: the processor has vectors of {VectorWidth.OfProcessor} bits, but this program computes "
            + "with 128", warning);
        Assert.Contains($"because of {Switch}=0; remove that from the environment", warning);
    }

    [Fact]
    public async Task Who_computes_nothing_or_wants_no_words_is_told_nothing_of_vectors()
    {
        Assert.DoesNotContain("vectors", (await Run("--version")).Error);
        Assert.DoesNotContain("vectors", (await Run("data", "list")).Error);
        string run = Path.Combine(folder.Path, "run");
        Assert.Equal("", (await Run("train", "rbm", "--data", "bars-and-stripes", "--hidden", "2", "--epochs", "1", "--out", run,
            "--quiet")).Error);
    }

    static async Task<(string Output, string Error)> Run(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Switch] = "0";
        foreach (string arg in (string[])[typeof(Boltzmann.Cli.Application).Assembly.Location, .. args]) start.ArgumentList.Add(arg);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', args)}\nended with {process.ExitCode}: {await error}");
        return (await output, await error);
    }
}
