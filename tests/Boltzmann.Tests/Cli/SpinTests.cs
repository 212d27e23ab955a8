using Boltzmann.Tests.Reporting;

namespace Boltzmann.Tests.Cli;

/// <summary>
/// Machines of spins take -1 and 1, and grey values between 0 and 1 only where these become -1 and 1: 0 is no state of a spin.
/// </summary>
public sealed class SpinTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public SpinTests()
    {
        Write("bits.csv", r => [r & 1, r & 1, r >> 1 & 1, 1 - (r & 1)]);
        Write("spins.csv", r => [2 * (r & 1) - 1, 2 * (r & 1) - 1, 2 * (r >> 1 & 1) - 1, 1 - 2 * (r & 1)]);
    }

    public void Dispose() => folder.Dispose();

    void Write(string name, Func<int, double[]> row) =>
        File.WriteAllText(folder[name], "a,b,c,d\n" + string.Concat(Enumerable.Range(0, 40).Select(r => string.Join(',', row(r)) + "\n")));

    void Train(string run, string data, params string[] more) =>
        CommandLine.Succeed(["train", "rbm", "--data", folder[data], "--visible-units", "spin", "--hidden", "3", "--validation-rows", "8",
            "--epochs", "10", "--learning-rate", "0.1", "--metrics", "weight-norm", "--quiet", "--out", folder[run], .. more]);

    [Theory, InlineData("auto"), InlineData("threshold"), InlineData("stochastic")]
    public void Bits_and_spins_train_the_same_machine_where_rows_are_made_binary(string binarize)
    {
        Train("bits", "bits.csv", "--binarize", binarize);
        Train("spins", "spins.csv", "--binarize", binarize);
        AssertSame("bits", "spins");
        // And the same as spins that nothing is done to, but for the random numbers that drawing takes.
        if (binarize == "threshold")
        {
            Train("plain", "spins.csv", "--binarize", "none");
            AssertSame("plain", "spins");
        }
        CommandLine.Succeed("sample", folder["bits"], "--count", "50", "--sweeps", "5", "--states", "--out", folder["samples.npy"]);
        Assert.All(NpyBytes.Read(folder["samples.npy"]).SelectMany(row => row), x => Assert.True(x is -1 or 1));
    }

    [Theory, InlineData("evaluate", "--metrics", "log-likelihood", "--json"), InlineData("transform"), InlineData("reconstruct"),
        InlineData("sample", "--clamp", "0-1", "--sweeps", "3")]
    public void Commands_make_the_same_of_bits_and_of_spins(string command, params string[] more)
    {
        Train("run", "spins.csv");
        string Of(string data) =>
            CommandLine.Succeed([command, folder["run"], "--data", folder[data], .. more]).Output.Replace(folder[data], "");
        Assert.Equal(Of("spins.csv").Replace("\"spins", "\"bits"), Of("bits.csv"));
        Write("halves.csv", r => [1, 0, -0.5, 1]);
        CommandLine.Run([command, folder["run"], "--data", folder["halves.csv"],
            .. more]).IsRefused("row 1, column 3 'c': -0.5 is not a valid spin");
    }

    [Fact]
    public void Without_binarising_every_command_wants_spins_and_says_which_value_is_none()
    {
        const string Refusal = "row 1, column 1 'a': 0 is not a valid spin";
        CommandLine.Run("train", "rbm", "--data", folder["bits.csv"], "--visible-units", "spin", "--binarize", "none", "--out",
            folder["x"]).IsRefused("is not a valid spin");
        CommandLine.Run("train", "bm", "--data", folder["bits.csv"], "--visible-units", "spin", "--binarize", "none", "--out",
            folder["x"]).IsRefused("is not a valid spin");
        Assert.False(Directory.Exists(folder["x"]));
        Train("run", "spins.csv", "--binarize", "none");
        foreach (string command in (string[])["evaluate", "transform", "reconstruct", "sample"])
        {
            CommandLine.Run(command, folder["run"], "--data", folder["bits.csv"]).IsRefused(Refusal);
            CommandLine.Succeed(command, folder["run"], "--data", folder["spins.csv"]);
        }
        CommandLine.Run("sample", folder["run"], "--impute",
            Rows([[double.NaN, 0, 1, 1]])).IsRefused("row 1, column 2: 0 is not a valid spin");
        // Asked for, bits become spins here too.
        string Likelihood(string data, params string[] more) => CommandLine.Succeed(["evaluate", folder["run"], "--data", folder[data],
            "--metrics", "log-likelihood", "--json", .. more]).Json["log_likelihood"]!.ToJsonString();
        Assert.Equal(Likelihood("spins.csv"), Likelihood("bits.csv", "--binarize", "threshold"));
    }

    [Fact]
    public void Missing_values_are_filled_in_with_spins()
    {
        Train("run", "spins.csv");
        CommandLine.Succeed("sample", folder["run"], "--impute", Rows([[double.NaN, 0, 1, double.NaN], [-1, 1, double.NaN, 0.75]]),
            "--sweeps", "5", "--states", "--out", folder["full.npy"]);
        double[][] full = NpyBytes.Read(folder["full.npy"]);
        Assert.Equal((-1, 1), (full[0][1], full[0][2]));
        Assert.Equal((-1, 1, 0.5), (full[1][0], full[1][1], full[1][3]));
        Assert.All((double[])[full[0][0], full[0][3], full[1][2]], x => Assert.True(x is -1 or 1));
    }

    [Fact]
    public void A_graph_takes_grey_values_of_spins_beside_bits()
    {
        File.WriteAllText(folder["graph.json"], """{"layers": [{"name": "bits", "units": "bernoulli", "size": 2, "visible": true}, {"name": "spins", "units": "spin", "size": 2, "visible": true}, {"name": "h", "units": "bernoulli", "size": 3}], "connections": [["bits", "h"], ["spins", "h"]]}""");
        Write("mixed.csv", r => [r & 1, r & 1, 2 * (r >> 1 & 1) - 1, 1 - 2 * (r & 1)]);
        foreach (string data in (string[])["bits", "mixed"])
            CommandLine.Succeed("train", "graph", folder["graph.json"], "--data", folder[$"{data}.csv"], "--epochs", "3", "--batch-size",
                "10", "--validation-rows", "8", "--metrics", "weight-norm", "--quiet", "--out", folder[data]);
        AssertSame("bits", "mixed");
        CommandLine.Run("transform", folder["mixed"], "--data",
            folder["spins.csv"]).IsRefused("-1 is outside 0..1 that bernoulli units allow");
    }

    [Fact]
    public void A_network_from_a_machine_of_spins_takes_what_the_machine_took()
    {
        foreach (string kind in (string[])["bits", "spins"])
        {
            string[] lines = File.ReadAllLines(folder[$"{kind}.csv"]);
            File.WriteAllLines(folder[$"{kind}-labelled.csv"], lines.Select((line, r) =>
                $"{line},{(r == 0 ? "answer" : r % 2 == 0 ? "yes" : "no")}"));
            Train(kind, $"{kind}-labelled.csv", "--label-column", "answer");
            CommandLine.Succeed("fine-tune", folder[kind], "--epochs", "5", "--batch-size", "10", "--validation-rows", "8", "--quiet",
                "--out", folder[$"{kind}-tuned"]);
        }
        AssertSame("bits-tuned", "spins-tuned");
        string Of(string command, string run, string kind) =>
            CommandLine.Succeed(command, folder[run], "--data", folder[$"{kind}-labelled.csv"], "--label-column", "answer").Output;
        foreach (string command in (string[])["predict", "transform"])
            Assert.Equal(Of(command, "bits-tuned", "bits"), Of(command, "bits-tuned", "spins"));
        // And from that network on.
        CommandLine.Succeed("fine-tune", folder["bits-tuned"], "--epochs", "1", "--validation-rows", "8", "--quiet", "--out",
            folder["again"]);
        Assert.Equal(Of("predict", "again", "bits"), Of("predict", "again", "spins"));
        Write("halves.csv", r => [1, 0, -0.5, 1]);
        CommandLine.Run("transform", folder["again"], "--data", folder["halves.csv"]).IsRefused("-0.5 is not a valid spin");
    }

    [Fact]
    public void Pictures_show_minus_one_black_and_one_white()
    {
        Train("run", "bits.csv");
        CommandLine.Succeed("reconstruct", folder["run"], "--data", folder["bits.csv"], "--rows", "4", "--image", "2x2", "--picture",
            folder["pairs.png"], "--out", folder["back.npy"]);
        double[][] back = NpyBytes.Read(folder["back.npy"]);
        double[][] data = [.. Enumerable.Range(0,
            4).Select(r => (double[])[2 * (r & 1) - 1, 2 * (r & 1) - 1, 2 * (r >> 1 & 1) - 1, 1 - 2 * (r & 1)])];
        byte[] expected = Png.Encode(ImageSheet.Pairs(data, back, new(2, 2), TileRange.Fixed(-1, 1)));
        Assert.Equal(PngReader.Decode(expected).Pixels, PngReader.Decode(File.ReadAllBytes(folder["pairs.png"])).Pixels);
    }

    [Fact]
    public void Hidden_spins_are_shown_so_too()
    {
        File.WriteAllLines(folder["labelled.csv"],
            File.ReadAllLines(folder["bits.csv"]).Select((line, r) => $"{line},{(r == 0 ? "answer" : "all")}"));
        Train("run", "labelled.csv", "--label-column", "answer", "--hidden-units", "spin");
        string[] rows = [folder["run"], "--data", folder["labelled.csv"], "--label-column", "answer", "--rows", "1"];
        CommandLine.Succeed(["transform", .. rows, "--out", folder["up.npy"]]);
        CommandLine.Succeed(["reconstruct", .. rows, "--image", "2x2", "--passages", folder["passages"], "--out", folder["back.npy"]]);
        double[] up = Assert.Single(NpyBytes.Read(folder["up.npy"])), back = Assert.Single(NpyBytes.Read(folder["back.npy"]));
        Assert.Contains(up, mean => mean < 0);
        TileRange spins = TileRange.Fixed(-1, 1);
        Assert.Equal(Png.Encode(ImageSheet.Passage([-1, -1, -1, 1], up, back, new(2, 2), range: spins, hiddenRange: spins)),
            File.ReadAllBytes(folder["passages/all.png"]));
    }

    string Rows(double[][] rows)
    {
        File.WriteAllBytes(folder["rows.npy"], NpyBytes.Of(rows));
        return folder["rows.npy"];
    }

    void AssertSame(string first, string second)
    {
        using SafetensorsFile a = SafetensorsFile.Open(folder[$"{first}/model.safetensors"]),
            b = SafetensorsFile.Open(folder[$"{second}/model.safetensors"]);
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
    }
}
