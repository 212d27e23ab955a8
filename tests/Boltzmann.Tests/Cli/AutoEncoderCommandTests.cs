using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>From a stack to an auto-encoder, to codes in a file and back to rows; and what does not go with one.</summary>
public sealed class AutoEncoderCommandTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("boltzmann-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    string In(string name) => Path.Combine(folder, name);

    string Stack(params string[] more)
    {
        CommandLine.Succeed(["train", "dbn", "--hidden", "20", "6", "--hidden-units", "bernoulli", "gaussian", "--epochs", "2", "--quiet",
            "--metrics", "weight-norm", "--out", In("stack"), .. more]);
        return In("stack");
    }

    string Tuned(string name = "tuned", int epochs = 3, params string[] more)
    {
        if (!Directory.Exists(In("stack"))) Stack();
        CommandLine.Succeed(["fine-tune", In("stack"), "--reconstruct", "--epochs", $"{epochs}", "--quiet", "--out", In(name), .. more]);
        return In(name);
    }

    [Fact]
    public void Rows_become_codes_and_come_back_as_their_reconstructions()
    {
        string tuned = Tuned();
        Assert.Contains("squared error of a row on", File.ReadAllText(Path.Combine(tuned, "report.html")));
        Assert.Contains("validation-squared-error", File.ReadLines(Path.Combine(tuned, "metrics.csv")).First());
        CommandLine.Succeed("encode", tuned, "--split", "test", "--out", In("codes.npy"));
        CommandLine.Succeed("encode", tuned, "--split", "test", "--out", In("codes.csv"));
        CommandLine.Succeed("decode", tuned, "--data", In("codes.npy"), "--out", In("back.npy"), "--picture", In("back.png"));
        CommandLine.Succeed("decode", tuned, "--data", In("codes.csv"), "--out", In("back-csv.npy"));
        CommandLine.Succeed("reconstruct", tuned, "--split", "test", "--out", In("again.npy"), "--picture", In("pairs.png"));
        double[][] codes = NpyBytes.Read(In("codes.npy")), back = NpyBytes.Read(In("back.npy")), again = NpyBytes.Read(In("again.npy")),
            fromCsv = NpyBytes.Read(In("back-csv.npy"));
        Assert.Equal(6, codes[0].Length);
        Assert.Equal(784, back[0].Length);
        // Products of single precision over 20 units, in batches of other sizes.
        for (int r = 0; r < back.Length; r++)
            for (int c = 0; c < back[r].Length; c++)
            {
                Assert.Equal(again[r][c], back[r][c], 1e-5);
                Assert.Equal(fromCsv[r][c], back[r][c], 1e-5);
                Assert.InRange(back[r][c], 0, 1);
            }
        foreach (string picture in (string[])["back.png", "pairs.png"]) Assert.True(new FileInfo(In(picture)).Length > 100, picture);
    }

    [Fact]
    public void The_judgement_is_the_squared_error_of_the_reconstructions()
    {
        string tuned = Tuned();
        CommandLine.Succeed("reconstruct", tuned, "--split", "test", "--out", In("again.npy"));
        double[][] again = NpyBytes.Read(In("again.npy")), rows = Rows();
        double squares = rows.Zip(again, (x, y) => x.Zip(y, (a, b) => (a - b) * (a - b)).Sum()).Average();
        JsonNode judged = CommandLine.Succeed("evaluate", tuned, "--json").Json;
        Assert.Equal(squares, judged["squared_error"]!.GetValue<double>(), 1e-4 * squares);
        Assert.True(judged["loss"]!.GetValue<double>() > 0);
        Assert.Null(judged["accuracy"]);
        Assert.Contains("squared error of a row", CommandLine.Succeed("evaluate", tuned, "--metrics", "reconstruction").Output);
    }

    static double[][] Rows()
    {
        Dataset data = DataSource.Open("digits", new() { Split = DataSplit.Test });
        return [.. Enumerable.Range(0, data.Count).Select(r => data.ToMatrix(r, 1).ReadRow(0))];
    }

    [Fact]
    public void Learning_on_lowers_the_error_and_a_resumed_run_is_the_whole_one()
    {
        Stack();
        string whole = Tuned("whole", 6, "--early-stopping", "none"),
            parts = Tuned("parts", 3, "--early-stopping", "none");
        CommandLine.Succeed("fine-tune", "--resume", parts, "--epochs", "6", "--quiet");
        using SafetensorsFile a = SafetensorsFile.Open(Path.Combine(whole, "model.safetensors")),
            b = SafetensorsFile.Open(Path.Combine(parts, "model.safetensors"));
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
        double?[] errors = MetricsTable.Open(Path.Combine(whole, "metrics.csv")).Column("validation-squared-error");
        Assert.True(errors[^1] < errors[0]);
        // An auto-encoder may go on as the start of another run.
        CommandLine.Succeed("fine-tune", whole, "--reconstruct", "--epochs", "1", "--quiet", "--out", In("further"));
    }

    [Fact]
    public void Machines_have_codes_too()
    {
        Stack();
        CommandLine.Succeed("encode", In("stack"), "--split", "test", "--out", In("codes.npy"));
        CommandLine.Succeed("transform", In("stack"), "--split", "test", "--out", In("features.npy"));
        Assert.Equal(File.ReadAllBytes(In("features.npy")), File.ReadAllBytes(In("codes.npy")));
        CommandLine.Succeed("decode", In("stack"), "--data", In("codes.npy"), "--out", In("back.npy"));
        CommandLine.Succeed("reconstruct", In("stack"), "--split", "test", "--out", In("again.npy"));
        double[][] back = NpyBytes.Read(In("back.npy")), again = NpyBytes.Read(In("again.npy"));
        for (int r = 0; r < back.Length; r++)
            for (int c = 0; c < back[r].Length; c++) Assert.Equal(again[r][c], back[r][c], 1e-5);
    }

    [Fact]
    public void Real_columns_come_back_in_their_own_units()
    {
        var random = new Random(4);
        File.WriteAllLines(In("table.csv"), ["a,b,c", .. Enumerable.Range(0, 200).Select(_ => random.NextDouble()).Select(x =>
            FormattableString.Invariant($"{100 + 20 * x:R},{-5 * x:R},{3 + x:R}"))]);
        CommandLine.Succeed("train", "rbm", "--data", In("table.csv"), "--visible-units", "gaussian", "--scale", "standardize", "--hidden",
            "8", "--epochs", "2", "--quiet", "--metrics", "weight-norm", "--out", In("stack"));
        string tuned = Tuned("tuned", 200, "--learning-rate", "0.01", "--batch-size", "20");
        CommandLine.Succeed("reconstruct", tuned, "--data", In("table.csv"), "--out", In("again.npy"));
        double[][] again = NpyBytes.Read(In("again.npy"));
        string[] first = File.ReadLines(In("table.csv")).ElementAt(1).Split(',');
        // One number makes the row; uniform columns have deviations of 5.8, 1.4 and 0.29.
        foreach (var (c, within) in ((int, double)[])[(0, 2), (1, 0.5), (2, 0.1)])
            Assert.Equal(double.Parse(first[c], System.Globalization.CultureInfo.InvariantCulture), again[0][c], within);
    }

    [Fact]
    public void What_does_not_go_with_an_auto_encoder_is_refused()
    {
        string tuned = Tuned();
        CommandLine.Run("predict", tuned).IsRefused("encode, decode, reconstruct");
        CommandLine.Run("sample", tuned).IsRefused("generates no rows");
        CommandLine.Run("evaluate", tuned, "--metrics", "accuracy").IsRefused("expected loss, reconstruction");
        CommandLine.Run("reconstruct", tuned, "--stochastic").IsRefused("draws nothing");
        CommandLine.Run("reconstruct", tuned, "--layer", "1").IsRefused("through its code, layer 2");
        CommandLine.Run("fine-tune", tuned, "--out", In("classes")).IsRefused("784 bernoulli outputs");
        CommandLine.Run("fine-tune", In("stack"), "--reconstruct", "--task", "regression").IsRefused("--reconstruct is --task");
        CommandLine.Run("fine-tune", In("stack"), "--reconstruct", "--hidden", "5").IsRefused("up and down");
        File.WriteAllText(In("codes.csv"), "1,2,3\n4,5,6\n");
        CommandLine.Run("decode", tuned, "--data", In("codes.csv")).IsRefused("3 columns, but a code of");
        CommandLine.Run("decode", tuned).IsRefused("decode needs --data");
        CommandLine.Succeed("fine-tune", In("stack"), "--epochs", "1", "--quiet", "--out", In("classifier"));
        CommandLine.Run("decode", In("classifier"), "--data", In("codes.csv")).IsRefused("--reconstruct makes an auto-encoder");
        CommandLine.Run("fine-tune", In("classifier"), "--reconstruct", "--out", In("x")).IsRefused("does not rebuild its inputs");
        Assert.Contains("code of 6", CommandLine.Succeed("inspect", tuned).Output);
    }

    [Fact]
    public void Any_number_of_threads_may_ask_for_codes_at_once()
    {
        TrainedModel model = TrainedModel.Load(Tuned(), new Placement(new CpuBackend(1), Precision.Float32));
        double[][] rows = Rows();
        var given = Matrix.From(ToArray(rows));
        double[,] codes = model.Encode(given).ToArray(), back = model.Decode(model.Encode(given)).ToArray();
        Parallel.For(0, 8, _ =>
        {
            Assert.Equal(codes, model.Encode(given).ToArray());
            Assert.Equal(back, model.Decode(model.Encode(given)).ToArray());
        });
    }

    static double[,] ToArray(double[][] rows)
    {
        var all = new double[rows.Length, rows[0].Length];
        for (int r = 0; r < rows.Length; r++)
            for (int c = 0; c < rows[0].Length; c++) all[r, c] = rows[r][c];
        return all;
    }
}
