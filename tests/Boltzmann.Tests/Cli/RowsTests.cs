using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>The commands that make rows: transform, reconstruct, sample.</summary>
public sealed class RowsTests : IDisposable
{
    static readonly double[][] rows = [[0, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 1]];

    readonly TemporaryFolder folder = new();
    readonly ForeignModel model = new("bernoulli", 4, 3);

    public RowsTests()
    {
        model.Write(folder["model.safetensors"]);
        File.WriteAllBytes(folder["rows.npy"], NpyBytes.Of(rows));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Transform_gives_hidden_means_in_every_form()
    {
        double[][] expected = [.. rows.Select(model.HiddenMeans)];
        string[] args = ["transform", folder["model.safetensors"], "--data", folder["rows.npy"], "--precision", "float64"];
        CommandLine.Succeed([.. args, "--out", folder["h.npy"]]);
        Near(expected, NpyBytes.Read(folder["h.npy"]));
        CommandLine.Succeed([.. args, "--out", folder["h.csv"]]);
        Near(expected, FromCsv(File.ReadAllText(folder["h.csv"]), "h0,h1,h2"));
        Near(expected, FromCsv(CommandLine.Succeed(args).Output, "h0,h1,h2"));

        JsonNode json = CommandLine.Succeed([.. args, "--json"]).Json;
        Assert.Equal([3, 3], json["shape"]!.AsArray().Select(n => n!.GetValue<int>()));
        Near(expected, [.. json["rows"]!.AsArray().Select(r => r!.AsArray().Select(x => x!.GetValue<double>()).ToArray())]);
        JsonNode file = CommandLine.Succeed([.. args, "--json", "--out", folder["h.npy"]]).Json;
        Assert.Equal(["model", "shape", "path"], file.AsObject().Select(p => p.Key));
        Assert.Equal(folder["h.npy"], file["path"]!.GetValue<string>());
    }

    [Fact]
    public void Single_precision_is_the_width_of_the_file()
    {
        CommandLine.Succeed("transform", folder["model.safetensors"], "--data", folder["rows.npy"], "--out", folder["h.npy"]);
        double[][] read = NpyBytes.Read(folder["h.npy"]);
        Assert.All(read.SelectMany(r => r), x => Assert.Equal((float)x, x));
        Near([.. rows.Select(model.HiddenMeans)], read, 1e-6);
    }

    [Fact]
    public void Reconstruct_goes_up_and_down_as_often_as_asked()
    {
        double[][] once = [.. rows.Select(v => model.VisibleMeans(model.HiddenMeans(v)))],
            twice = [.. once.Select(v => model.VisibleMeans(model.HiddenMeans(v)))];
        string[] args = ["reconstruct", folder["model.safetensors"], "--data", folder["rows.npy"], "--precision", "float64", "--out",
            folder["r.npy"]];
        JsonNode json = CommandLine.Succeed([.. args, "--json"]).Json;
        Near(once, NpyBytes.Read(folder["r.npy"]));
        double error = rows.Zip(once, (v, r) => v.Zip(r, (a, b) => (a - b) * (a - b)).Average()).Average();
        Assert.Equal(error, json["mean_squared_error"]!.GetValue<double>(), 1e-9);
        CommandLine.Succeed([.. args, "--steps", "2"]);
        Near(twice, NpyBytes.Read(folder["r.npy"]));
    }

    [Fact]
    public void A_stochastic_reconstruction_is_settled_by_the_seed_and_ends_in_means()
    {
        string[] args = ["reconstruct", folder["model.safetensors"], "--data", folder["rows.npy"], "--stochastic", "--steps", "3",
            "--json"];
        string first = CommandLine.Succeed([.. args, "--seed", "1"]).Output;
        Assert.Equal(first, CommandLine.Succeed([.. args, "--seed", "1", "--threads", "1"]).Output);
        Assert.NotEqual(first, CommandLine.Succeed([.. args, "--seed", "2"]).Output);
        Assert.All(JsonNode.Parse(first)!["rows"]!.AsArray().SelectMany(r => r!.AsArray()),
            x => Assert.InRange(x!.GetValue<double>(), 1e-6, 1 - 1e-6));
    }

    [Fact]
    public void Free_samples_have_the_frequencies_of_the_model()
    {
        const int Count = 20_000;
        CommandLine.Succeed("sample", folder["model.safetensors"], "--count", $"{Count}", "--sweeps", "40", "--states", "--out",
            folder["s.npy"]);
        double[][] samples = NpyBytes.Read(folder["s.npy"]);
        double logPartition = model.LogPartition();
        foreach (double[] state in model.VisibleStates())
        {
            double p = Math.Exp(-model.FreeEnergy(state) - logPartition),
                share = samples.Count(s => s.SequenceEqual(state)) / (double)Count;
            // Four and a half standard errors for each of 16 states: a false alarm in 1 of 9000 seeds.
            Assert.InRange(share, p - 4.5 * Math.Sqrt(p * (1 - p) / Count), p + 4.5 * Math.Sqrt(p * (1 - p) / Count));
        }
    }

    [Fact]
    public void Samples_are_means_unless_states_are_asked_for()
    {
        string[] args = ["sample", folder["model.safetensors"], "--count", "10", "--sweeps", "5", "--json"];
        Assert.All(Values(CommandLine.Succeed([.. args, "--states"])), x => Assert.True(x is 0 or 1));
        Assert.All(Values(CommandLine.Succeed(args)), x => Assert.InRange(x, 1e-6, 1 - 1e-6));
    }

    [Fact]
    public void Clamped_columns_stay_and_the_others_follow_the_conditional()
    {
        const int Count = 20_000;
        CommandLine.Succeed("sample", folder["model.safetensors"], "--data", folder["rows.npy"], "--rows", "2", "--clamp", "0-1,3",
            "--count", $"{Count}", "--sweeps", "20", "--states", "--out", folder["s.npy"]);
        double[][] samples = NpyBytes.Read(folder["s.npy"]);
        for (int which = 0; which < 2; which++)
        {
            double[][] mine = [.. samples.Where((_, i) => i % 2 == which)];
            Assert.All(mine, s => Assert.Equal((rows[which][0], rows[which][1], rows[which][3]), (s[0], s[1], s[3])));
            double[] off = [.. rows[which]], on = [.. rows[which]];
            (off[2], on[2]) = (0, 1);
            double p = 1 / (1 + Math.Exp(model.FreeEnergy(on) - model.FreeEnergy(off)));
            Assert.InRange(mine.Average(s => s[2]), p - 4.5 * Math.Sqrt(p * (1 - p) / mine.Length), p
                + 4.5 * Math.Sqrt(p * (1 - p) / mine.Length));
        }
    }

    [Fact]
    public void Missing_values_are_filled_in_and_the_others_stay_bit_for_bit()
    {
        File.WriteAllBytes(folder["holes.npy"], NpyBytes.Of([[double.NaN, 1, 0, double.NaN], [1, double.NaN, 1, 0.25]]));
        CommandLine.Succeed("sample", folder["model.safetensors"], "--impute", folder["holes.npy"], "--sweeps", "5", "--states", "--out",
            folder["full.npy"]);
        double[][] full = NpyBytes.Read(folder["full.npy"]);
        Assert.Equal(2, full.Length);
        Assert.Equal((1, 0), (full[0][1], full[0][2]));
        Assert.Equal((1, 1, 0.25), (full[1][0], full[1][2], full[1][3]));
        Assert.All((double[])[full[0][0], full[0][3], full[1][1]], x => Assert.True(x is 0 or 1));
        CommandLine.Run("transform", folder["model.safetensors"], "--data", folder["holes.npy"]).IsRefused("NaN");
    }

    [Fact]
    public void Pictures_and_animations_are_png_files_of_the_stated_shape()
    {
        CommandLine.Succeed("sample", folder["model.safetensors"], "--count", "9", "--sweeps", "3", "--image", "2x2", "--picture",
            folder["s.png"], "--animation", folder["a.png"], "--out", folder["s.npy"]);
        CommandLine.Succeed("reconstruct", folder["model.safetensors"], "--data", folder["rows.npy"], "--image", "2x2", "--picture",
            folder["r.png"], "--out", folder["r.csv"]);
        foreach (string name in (string[])["s.png", "a.png", "r.png"])
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder[name])[..4]);
        Assert.Contains("acTL", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(folder["a.png"])));
    }

    static double[] Values(CommandLine run) =>
        [.. run.Json["rows"]!.AsArray().SelectMany(r => r!.AsArray()).Select(x => x!.GetValue<double>())];

    static double[][] FromCsv(string text, string header)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(header, lines[0]);
        return [.. lines.Skip(1).Select(l => l.Split(',').Select(double.Parse).ToArray())];
    }

    static void Near(double[][] expected, double[][] actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int r = 0; r < expected.Length; r++)
            for (int c = 0; c < expected[r].Length; c++) Assert.Equal(expected[r][c], actual[r][c], tolerance);
    }
}
