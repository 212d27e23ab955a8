using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Cli;

/// <summary>Experiments on small sets, as smoke tests: their pages and the files beside them.</summary>
public sealed class ExperimentTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("csv-classifier", "uci-small", "pre-trained longer", "csv-classifier-quick-predictions.csv",
        "csv-classifier-quick-accuracy.svg")]
    [InlineData("dbn-digits", "optdigits", "published settings, no pre-training")]
    public void A_smoke_test_writes_its_page(string name, string data, string row, params string[] files)
    {
        string? root = Environment.GetEnvironmentVariable(DataFolders.Variable);
        Assert.SkipUnless(root is not null && Directory.Exists(Path.Combine(root, data)),
            $"{DataFolders.Variable} names no folder with {data}");
        CommandLine.Succeed("experiment", "run", name, "--quick", "--results", folder.Path);
        string page = File.ReadAllText(Path.Combine(folder.Path, $"{name}-quick.md"));
        Assert.Contains("these numbers mean nothing", page);
        Assert.Contains($"| {row}", page);
        foreach (string file in files) Assert.Contains(file, page);
        foreach (string file in files) Assert.True(new FileInfo(Path.Combine(folder.Path, file)).Length > 0);
        if (files.Length == 0) return;

        // A fifth of the rows, each with its class, what was predicted, and probabilities that add up.
        string[] lines = File.ReadAllLines(Path.Combine(folder.Path, files[0]));
        Assert.Equal("label,predicted,P(M),P(R)", lines[0]);
        Assert.Equal(1 + 42, lines.Length);
        foreach (string[] fields in lines.Skip(1).Select(line => line.Split(',')))
        {
            Assert.Contains(fields[0], "MR");
            double first = double.Parse(fields[2]), second = double.Parse(fields[3]);
            Assert.Equal(1, first + second, 2e-6);
            Assert.Equal(first >= second ? "M" : "R", fields[1]);
        }
    }

    [Fact]
    public void Gradients_are_measured_without_any_data_files()
    {
        CommandLine.Succeed("experiment", "run", "bm-exact", "--quick", "--results", folder.Path);
        string page = File.ReadAllText(Path.Combine(folder.Path, "bm-exact-quick.md"));
        Assert.Contains("-2.639 nats", page);
        foreach (string row in (string[])["| RBM 9-8 ", "| DBM 9-6-6 ", "| 9 visible units, fully connected ", "| exact gradient ",
            "| CD-1 ", "| pseudo-likelihood ", "| parallel tempering, 10 temperatures "]) Assert.Contains(row, page);
    }

    [Fact]
    public void Halves_of_digits_are_completed_beside_baselines()
    {
        string? root = Environment.GetEnvironmentVariable(DataFolders.Variable);
        Assert.SkipUnless(root is not null && Directory.Exists(Path.Combine(root, "binarized-mnist")),
            $"{DataFolders.Variable} names no folder with binarized-mnist");
        CommandLine.Succeed("experiment", "run", "half-digits", "--quick", "--results", folder.Path, "--runs",
            Path.Combine(folder.Path, "runs"));
        string page = File.ReadAllText(Path.Combine(folder.Path, "half-digits-quick.md"));
        foreach (string row in (string[])["| mean training digit ", "| mean of the 20 nearest ", "| RBM, mean of 10 sweeps ",
            "| DBM, one sample "]) Assert.Contains(row, page);
        Assert.True(new FileInfo(Path.Combine(folder.Path, "half-digits-quick-digits.png")).Length > 1000);
    }

    [Theory]
    [InlineData("music", "| jsb-chorales ", "music-quick-jsb-chorales.mid", "music-quick-jsb-chorales-real.svg",
        "music-quick-jsb-chorales-continued.svg")]
    [InlineData("rnn-rbm-tutorial", "| pseudo-likelihood [nats per step] ")]
    public void Music_is_learned_and_scored(string name, string row, params string[] files)
    {
        string? root = Environment.GetEnvironmentVariable(DataFolders.Variable);
        Assert.SkipUnless(root is not null && Directory.Exists(Path.Combine(root, "polyphonic-music")),
            $"{DataFolders.Variable} names no folder with polyphonic-music");
        CommandLine.Succeed("experiment", "run", name, "--quick", "--results", folder.Path, "--runs", Path.Combine(folder.Path, "runs"));
        string page = File.ReadAllText(Path.Combine(folder.Path, $"{name}-quick.md"));
        Assert.Contains(row, page);
        Assert.DoesNotContain("NaN", page);
        foreach (string file in files) Assert.Contains($"({file})", page);
        foreach (string file in files) Assert.True(new FileInfo(Path.Combine(folder.Path, file)).Length > 0);
    }

    [Fact]
    public void Balls_are_predicted_beside_baselines()
    {
        CommandLine.Succeed("experiment", "run", "bouncing-balls", "--quick", "--results", folder.Path, "--runs", Path.Combine(folder.Path,
            "runs"));
        string page = File.ReadAllText(Path.Combine(folder.Path, "bouncing-balls-quick.md"));
        foreach (string row in (string[])["| **dybm, 2 frames** ", "| **crbm, 2 frames, 100 hidden** ", "| linear extrapolation ",
            "| persistence ", "| mean image "]) Assert.Contains(row, page);
        foreach (string file in (string[])["frames", "crbm-video", "rtrbm-video"])
            Assert.True(new FileInfo(Path.Combine(folder.Path, $"bouncing-balls-quick-{file}.png")).Length > 1000);
    }

    [Theory, InlineData("csv-classifier"), InlineData("dbn-digits"), InlineData("bm-exact"), InlineData("half-digits")]
    public void Quirks_that_are_shown_beside_cannot_be_asked_for(string name) =>
        CommandLine.Run("experiment", "run", name, "--as-published", "--results", folder.Path).IsRefused("without --as-published");
}
