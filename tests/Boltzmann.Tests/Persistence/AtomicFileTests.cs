using System.Diagnostics;

namespace Boltzmann.Tests;

/// <summary>A reader sees a whole file at any moment, whatever the writer does or suffers.</summary>
public sealed class AtomicFileTests : IDisposable
{
    const string Victim = "BOLTZMANN_WRITE_UNTIL_KILLED";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Content_is_replaced_and_nothing_is_left_beside_it()
    {
        AtomicFile.WriteText(folder["a"], "old");
        AtomicFile.WriteBytes(folder["a"], "größer"u8.ToArray());
        Assert.Equal("größer", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void A_writer_that_fails_leaves_the_old_content()
    {
        AtomicFile.WriteText(folder["a"], "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Places_that_cannot_be_written_are_refused_in_one_line()
    {
        Assert.Contains("its folder does not exist",
            Assert.Throws<BadInputException>(() => AtomicFile.WriteText(folder["no/a"], "")).Message);
        Assert.Contains("is a folder", Assert.Throws<BadInputException>(() => AtomicFile.WriteText(folder.Path, "")).Message);
    }

    [Fact]
    public void Leftovers_of_killed_processes_are_deleted_and_other_files_are_not()
    {
        string[] kept = ["a.txt", "b.tmp-notes", "c.tmp-", "model.safetensors"];
        foreach (string name in (string[])[.. kept, "model.safetensors.tmp-4711-2", "metrics.csv.tmp-1-1"])
            File.WriteAllText(folder[name], "");
        AtomicFile.DeleteLeftovers(folder.Path);
        Assert.Equal(kept, folder.Names);
    }

    [Fact]
    public void A_reader_beside_a_writer_sees_only_whole_files()
    {
        WriteOnce(folder["m"], 0);
        using var done = new CancellationTokenSource();
        var writer = new Thread(() =>
        {
            for (int i = 1; !done.IsCancellationRequested; i++) WriteOnce(folder["m"], i);
        });
        writer.Start();
        try
        {
            for (int i = 0; i < 100; i++) IsWhole(folder["m"]);
        }
        finally
        {
            done.Cancel();
            writer.Join();
        }
    }

    [Fact]
    public void A_process_killed_while_writing_leaves_a_whole_file()
    {
        for (int kill = 0; kill < 3; kill++)
        {
            string path = folder[$"m{kill}"];
            using Process process = Start(path);
            // Eight files have been written; the kill falls at an arbitrary place of the next ones.
            var patience = Stopwatch.StartNew();
            while (!File.Exists(path) || SafetensorsFileNumber(path) < 8)
            {
                Assert.False(process.HasExited, "the writing process ended by itself");
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), "the writing process did not write");
                Thread.Sleep(5);
            }
            Thread.Sleep(3 * kill);
            process.Kill();
            process.WaitForExit();
            Assert.InRange(IsWhole(path), 8, double.MaxValue);
        }
    }

    /// <summary>What the killed process runs.</summary>
    [Fact(Explicit = true)]
    public void Writes_until_killed()
    {
        string path = Environment.GetEnvironmentVariable(Victim) ?? throw new InvalidOperationException($"{Victim} is not set");
        // The bound ends it should nobody kill it.
        for (int i = 0; i < 100_000; i++) WriteOnce(path, i);
    }

    static Process Start(string path)
    {
        var start = new ProcessStartInfo(Path.ChangeExtension(typeof(AtomicFileTests).Assembly.Location,
            OperatingSystem.IsWindows() ? ".exe" : null)!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "--filter-method", $"*.{nameof(AtomicFileTests)}.{nameof(Writes_until_killed)}", "--explicit", "only" },
            Environment = { [Victim] = path },
        };
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    static void WriteOnce(string path, double number)
    {
        var writer = new SafetensorsWriter();
        // A torn or mixed file would have fewer rows, or rows of different numbers.
        var matrix = new Matrix(200, 200);
        matrix.Fill(number);
        writer.Add("w", matrix);
        writer.Write(path);
    }

    static double SafetensorsFileNumber(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.ReadMatrix("w")[0, 0];
    }

    static double IsWhole(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Summary summary = file.ReadMatrix("w").Summarize();
        Assert.Equal(summary.Minimum, summary.Maximum);
        return summary.Minimum;
    }
}
