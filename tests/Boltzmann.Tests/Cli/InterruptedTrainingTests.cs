using System.Diagnostics;
using Boltzmann.Cli;

namespace Boltzmann.Tests.Cli;

/// <summary>Training that does not come to its end: killed, or resumed. As processes of their own, as a user would have them.</summary>
public sealed class InterruptedTrainingTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("boltzmann-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_run_killed_at_any_moment_leaves_a_folder_that_loads_and_resumes()
    {
        foreach (int milliseconds in (ReadOnlySpan<int>)[300, 900, 1700])
        {
            string run = Path.Combine(folder, $"killed-{milliseconds}");
            using (Process process = Start("train", "rbm", "--data", "demo", "--hidden", "8", "--epochs", "1000000", "--metrics",
                "weight-norm:1000", "--out", run))
            {
                var waited = Stopwatch.StartNew();
                while (!File.Exists(Path.Combine(run, "checkpoint.safetensors")) && waited.Elapsed < TimeSpan.FromSeconds(60))
                    Thread.Sleep(10);
                Thread.Sleep(milliseconds);
                process.Kill();
                process.WaitForExit();
            }
            Rbm model = ModelFile.LoadRbm(RunFolder.Open(run).CheckpointPath);
            Assert.Equal(10, model.Visible.Units);
            _ = MetricsTable.Open(RunFolder.Open(run).MetricsPath);
            Assert.Equal(0, Run("inspect", run));
            RunFolder resumable = RunFolder.Resume(run);
            _ = Checkpoint.Load(resumable.CheckpointPath, model);
        }
    }

    [Fact]
    public void A_run_that_goes_on_from_its_folder_ends_at_the_bytes_of_one_that_did_not_stop()
    {
        string whole = Path.Combine(folder, "whole"), parts = Path.Combine(folder, "parts");
        string[] common = ["train", "rbm", "--data", "demo", "--hidden", "8", "--learning-rate", "0.05", "0.04", "0.03", "0.02",
            "--metrics", "weight-norm"];
        Assert.Equal(0, Run([.. common, "--epochs", "4", "--out", whole]));
        Assert.Equal(0, Run([.. common, "--epochs", "2", "--out", parts]));
        Assert.Equal(0, Run("train", "rbm", "--resume", parts, "--epochs", "4"));
        using SafetensorsFile a = SafetensorsFile.Open(Path.Combine(whole, "model.safetensors")),
            b = SafetensorsFile.Open(Path.Combine(parts, "model.safetensors"));
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
        Assert.Equal(a.Tensors.Count, b.Tensors.Count);
    }

    [Fact]
    public void A_finished_run_is_not_trained_again()
    {
        string run = Path.Combine(folder, "once");
        string[] arguments = ["train", "rbm", "--data", "demo", "--hidden", "4", "--epochs", "1", "--out", run, "--json"];
        Assert.Equal(0, Run(arguments));
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(run, "model.safetensors"));
        using var output = new StringWriter();
        Assert.Equal(0, Application.Run(arguments, output, TextWriter.Null));
        Assert.Contains("done already", output.ToString());
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(run, "model.safetensors")));
    }

    static int Run(params string[] arguments) => Application.Run([.. arguments, "--quiet"], TextWriter.Null, TextWriter.Null);

    static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Boltzmann.Cli.dll"),
            .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
