using System.Text.Json.Nodes;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Cli;

/// <summary>
/// What one step of a byte is worth is decided once, by the training data, said in a line, and the same for every later file.
/// </summary>
public sealed class ByteStepTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Bytes(string name, params byte[] values)
    {
        File.WriteAllBytes(folder[name], ArrayFiles.Npy("'|u1'", $"({values.Length / 2}, 2)", values));
        return folder[name];
    }

    string Numbers(string name, double divisor, params byte[] values)
    {
        File.WriteAllBytes(folder[name], NpyBytes.Of([.. values.Chunk(2).Select(pair => pair.Select(x => x / divisor).ToArray())]));
        return folder[name];
    }

    CommandLine Train(string data, string name, params string[] more) =>
        CommandLine.Succeed(["train", "rbm", "--data", data, "--hidden", "3", "--epochs", "2", "--batch-size", "2", "--validation-rows",
            "0", "--quiet", "--out", folder[name], .. more]);

    string Transformed(string model, string data, params string[] more) =>
        CommandLine.Succeed(["transform", folder[model], "--data", data, .. more]).Output;

    static double? StepOf(string model) =>
        DataDescription.Read(ModelFile.Describe(Path.Combine(model, "model.safetensors")), model).ByteStep;

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(2, 2, "bytes 0..2 divided by 2")]
    [InlineData(16, 16, "bytes 0..16 divided by 16")]
    [InlineData(17, 255, "bytes 0..255 divided by 255")]
    [InlineData(255, 255, "bytes 0..255 divided by 255")]
    public void Training_decides_by_the_greatest_byte_and_says_so(byte greatest, double divisor, string note)
    {
        byte[] values = [0, greatest, 1, 0, greatest, 1, 0, 0];
        CommandLine run = Train(Bytes("bytes.npy", values), "bytes");
        Assert.Equal(note == "" ? "" : $"boltzmann: bytes.npy: {note}\n", run.Error);
        Assert.Equal(1 / divisor, StepOf(folder["bytes"]));
        Train(Numbers("numbers.npy", divisor, values), "numbers");
        Assert.Equal(Transformed("numbers", folder["numbers.npy"]), Transformed("bytes", folder["bytes.npy"]), Near);
    }

    [Fact]
    public void Every_later_file_is_read_by_the_step_of_training()
    {
        byte[] dark = [1, 0, 4, 1];
        Train(Bytes("bytes.npy", 0, 16, 8, 0, 16, 1, 0, 0), "model");
        string expected = Transformed("model", Numbers("dark-numbers.npy", 16, dark)), labels = folder["labels.idx"];
        CommandLine run = CommandLine.Succeed("transform", folder["model"], "--data", Bytes("dark.npy", dark));
        Assert.Equal((expected, "boltzmann: dark.npy: bytes divided by 16, as in training\n"), (run.Output, run.Error));
        File.WriteAllBytes(folder["dark.idx"], ArrayFiles.Idx(0x08, [2, 2], dark));
        File.WriteAllBytes(folder["dark.npz"], ArrayFiles.Npz(("x.npy", File.ReadAllBytes(folder["dark.npy"]))));
        Assert.Equal(expected, Transformed("model", folder["dark.idx"]));
        Assert.Equal(expected, Transformed("model", folder["dark.npz"]));
        string Completed(string path) => CommandLine.Succeed("sample", folder["model"], "--impute", path, "--sweeps", "3").Output;
        Assert.Equal(Completed(folder["dark-numbers.npy"]), Completed(folder["dark.npy"]));
        Assert.Equal("boltzmann: dark.npy: bytes divided by 16, as in training\n",
            CommandLine.Succeed("sample", folder["model"], "--impute", folder["dark.npy"], "--sweeps", "3").Error);
        string Reconstructed(string path) => CommandLine.Succeed("reconstruct", folder["model"], "--data", path).Output;
        Assert.Equal(Reconstructed(folder["dark-numbers.npy"]), Reconstructed(folder["dark.npy"]));
        CommandLine.Run("transform", folder["model"], "--data", Bytes("light.npy", 17, 0)).IsRefused("light.npy: row 1");
    }

    [Fact]
    public void Training_that_starts_from_a_model_reads_bytes_by_its_step()
    {
        Train(Bytes("bytes.npy", 0, 16, 8, 0, 16, 1, 0, 0), "first");
        string dark = Bytes("dark.npy", 1, 0, 4, 1);
        CommandLine run = Train(dark, "next", "--init-from", folder["first/model.safetensors"]);
        Assert.Equal("boltzmann: dark.npy: bytes divided by 16, as in training\n", run.Error);
        Assert.Equal(1.0 / 16, StepOf(folder["next"]));
        // Numbers tell nothing of bytes: then the bytes do.
        Train(Numbers("numbers.npy", 16, 0, 16, 8, 0), "numbers");
        Train(dark, "found", "--init-from", folder["numbers"]);
        Assert.Equal(0.25, StepOf(folder["found"]));
        Train(dark, "stated", "--init-from", folder["first/model.safetensors"], "--scale-bytes", "4");
        Assert.Equal(0.25, StepOf(folder["stated"]));
    }

    [Fact]
    public void The_step_can_be_stated_and_a_file_without_bytes_has_none()
    {
        byte[] values = [0, 100, 50, 0, 100, 100];
        Assert.Equal("boltzmann: bytes.npy: bytes divided by 100\n",
            Train(Bytes("bytes.npy", values), "hundred", "--scale-bytes", "100").Error);
        Assert.Equal(0.01, StepOf(folder["hundred"]));
        Assert.Equal(Transformed("hundred", Numbers("numbers.npy", 200, values)),
            Transformed("hundred", folder["bytes.npy"], "--scale-bytes", "200"));
        Assert.Contains("values 0 to 0.5", CommandLine.Succeed("data", "show", folder["bytes.npy"], "--scale-bytes", "200").Output);
        File.WriteAllText(folder["table.csv"], "a,b\n0,1\n1,0\n");
        foreach (string data in (string[])[folder["numbers.npy"], folder["table.csv"], "digits"])
            CommandLine.Run("train", "rbm", "--data", data, "--scale-bytes", "16", "--out",
                folder["none"]).IsRefused("--scale-bytes is for IDX, NPY and NPZ files of bytes");
        CommandLine.Run("train", "rbm", "--data", folder["bytes.npy"], "--scale-bytes", "0", "--out",
            folder["none"]).IsRefused("--scale-bytes must be above 0, not 0");
        Assert.False(Directory.Exists(folder["none"]));
    }

    [Fact]
    public void Numbers_that_are_no_shares_of_1_are_the_same_numbers_as_bytes()
    {
        byte[] values = [0, 16, 8, 0, 16, 1, 0, 0];
        Train(Numbers("counts.npy", 1, values), "counts", "--scale", "min-max");
        Assert.Equal(Transformed("counts", folder["counts.npy"]), Transformed("counts", Bytes("bytes.npy", values)));
    }

    [Fact]
    public void A_model_file_without_the_step_keeps_the_rule_that_it_was_made_by()
    {
        new ForeignModel("bernoulli", 2, 3).Write(folder["old.safetensors"]);
        string Of(string path) => CommandLine.Succeed("transform", folder["old.safetensors"], "--data", path).Output;
        Assert.Equal(Of(Numbers("numbers.npy", 255, 0, 16, 8, 1)), Of(Bytes("bytes.npy", 0, 16, 8, 1)));
    }

    [Fact]
    public void A_resumed_run_and_a_fine_tuned_network_keep_the_step()
    {
        byte[] values = [0, 16, 8, 0, 16, 1, 0, 0];
        Train(Bytes("bytes.npy", values), "model");
        // Darker bytes in its place: found out anew, the step would be another.
        Bytes("bytes.npy", [.. values.Select(x => (byte)(x / 4))]);
        CommandLine resumed = CommandLine.Succeed("train", "rbm", "--resume", folder["model"], "--epochs", "3", "--quiet");
        Assert.Equal((1.0 / 16, "boltzmann: bytes.npy: bytes divided by 16, as in training\n"),
            (StepOf(folder["model"])!.Value, resumed.Error));
        File.WriteAllBytes(folder["few-idx3-ubyte"], ArrayFiles.Idx(0x08, [4, 1, 2], [0, 4, 2, 0, 4, 1, 0, 0]));
        File.WriteAllBytes(folder["few-idx1-ubyte"], ArrayFiles.Idx(0x08, [4], [0, 1, 0, 1]));
        CommandLine.Succeed("fine-tune", folder["model"], "--data", folder["few-idx3-ubyte"], "--validation-rows", "0", "--epochs", "2",
            "--quiet", "--out", folder["tuned"]);
        Assert.Equal(1.0 / 16, StepOf(folder["tuned"]));
        Assert.Equal(CommandLine.Succeed("predict", folder["tuned"], "--data", Numbers("numbers.npy", 16, 0, 4, 4, 1),
            "--probabilities").Output,
            CommandLine.Succeed("predict", folder["tuned"], "--data", Bytes("later.npy", 0, 4, 4, 1), "--probabilities").Output);
    }

    [Fact]
    public void A_run_of_before_the_step_was_kept_resumes_as_it_was()
    {
        Train(Bytes("bytes.npy", 0, 16, 8, 0, 16, 1, 0, 0), "model", "--scale-bytes", "255");
        foreach (string file in (string[])["model.safetensors", "checkpoint.safetensors"])
            Rewrite(Path.Combine(folder["model"], file), "byte_step", "unknown_0");
        string settings = Path.Combine(folder["model"], "settings.json");
        JsonObject json = JsonNode.Parse(File.ReadAllText(settings))!.AsObject();
        json.Remove("scale-bytes");
        File.WriteAllText(settings, json.ToJsonString());
        CommandLine run = CommandLine.Succeed("train", "rbm", "--resume", folder["model"], "--epochs", "3", "--quiet");
        Assert.Equal((1.0 / 255, "boltzmann: bytes.npy: bytes 0..255 divided by 255\n"), (StepOf(folder["model"])!.Value, run.Error));
    }

    static void Rewrite(string path, string from, string to)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(from));
        Assert.True(at > 0);
        System.Text.Encoding.UTF8.GetBytes(to).CopyTo(bytes, at);
        File.WriteAllBytes(path, bytes);
    }

    // Sums of x/16 and of x·(1/16) may differ in the last bit.
    static bool Near(string expected, string actual) => expected.Split('\n', ',').Zip(actual.Split('\n', ',')).All(pair =>
        pair.First == pair.Second || Math.Abs(double.Parse(pair.First) - double.Parse(pair.Second)) < 1e-6);
}
