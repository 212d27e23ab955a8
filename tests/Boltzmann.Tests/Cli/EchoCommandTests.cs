namespace Boltzmann.Tests.Cli;

/// <summary>--echo: a random network beside the queue and traces.</summary>
public sealed class EchoCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_command_line_takes_an_echo_and_a_resumed_run_ends_at_the_same_bytes()
    {
        File.WriteAllText(folder["wave.csv"], "x\n" + string.Join('\n', Enumerable.Range(0, 200).Select(t => $"{Math.Sin(t / 3.0):F4}")));
        string[] common = ["--data", folder["wave.csv"], "--echo", "12", "--quiet"];
        CommandLine.Succeed(["train", "dybm", .. common, "--online", "--epochs", "4", "--out", folder["whole"]]);
        CommandLine.Succeed(["train", "dybm", .. common, "--online", "--epochs", "2", "--out", folder["parts"]]);
        CommandLine.Succeed("train", "dybm", "--resume", folder["parts"], "--epochs", "4", "--quiet");
        Assert.Equal(Parameters("whole"), Parameters("parts"));
        Assert.Matches(@"memory +echo *\n[─ ]+\ndelay +2 *\ndecays +0.5 *\nfeed +delayed *\nunits +12 *\nwidth +14 *\n",
            CommandLine.Succeed("inspect", folder["whole"]).Output);
        CommandLine.Succeed("predict", folder["whole"], "--horizon", "3", "--paths", "10");

        // A crbm that begins at a dybm has its network too.
        CommandLine.Succeed(["train", "dybm", .. common, "--epochs", "5", "--seed", "1", "--out", folder["first"]]);
        CommandLine.Succeed(["train", "crbm", .. common, "--decays", "0.5", "--hidden", "3", "--seed", "2", "--learning-rate", "1e-30",
            "--epochs", "1", "--init-from", folder["first"], "--out", folder["second"]]);
        var one = (EchoMemory)ModelFile.LoadSequence(folder["first/model.safetensors"]).Memory;
        var two = (EchoMemory)ModelFile.LoadSequence(folder["second/model.safetensors"]).Memory;
        Assert.Equal(one.Recurrent.ToArray(), two.Recurrent.ToArray());
    }

    [Theory]
    [InlineData("--echo stands beside a queue and traces", "dybm", "--echo", "5", "--delays", "1-3")]
    [InlineData("echo", "dybm", "--echo", "0")]
    [InlineData("echo", "dybm", "--echo", "20000")]
    [InlineData("--echo", "rtrbm", "--echo", "5")]
    public void An_echo_is_refused_where_there_can_be_none(string reason, string kind, params string[] more) =>
        CommandLine.Run(["train", kind, "--data", "noisy-sine", .. more]).IsRefused(reason);

    List<double[,]> Parameters(string run) =>
        [.. ModelFile.LoadSequence(folder[$"{run}/model.safetensors"]).Parameters.Select(p => p.Value.ToArray())];
}
