using System.IO.Compression;
using System.Text;

namespace Boltzmann.Tests.Cli;

/// <summary>Bad input of every kind ends with code 2 and one line, and leaves nothing behind.</summary>
public sealed class BadInputTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Idx(int rows, int columns, int bytes) => [0, 0, 8, 2, 0, 0, 0, (byte)rows, 0, 0, 0, (byte)columns, .. new byte[bytes]];

    static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    static byte[] Npy(string type, string shape, int bytes, bool fortran = false) =>
        NpyBytes.Of($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", new byte[bytes]);

    public static TheoryData<string, byte[], string[]> Files => new()
    {
        { "truncated.idx", Idx(3, 4, 11), [] },
        { "oversized.idx", Idx(3, 4, 13), [] },
        { "magic.idx", [9, 9, .. Idx(3, 4, 12)[2..]], [] },
        { "type.idx", [0, 0, 7, 2, .. Idx(3, 4, 12)[4..]], [] },
        { "empty.idx", [], [] },
        { "garbage.idx.gz", [.. Gzip(Idx(3, 4, 12)), 1, 2, 3], [] },
        { "cut.idx.gz", Gzip(Idx(3, 4, 12))[..^6], [] },
        { "ragged.csv", Encoding.UTF8.GetBytes("a,b,c,d\n0,1,0,1\n0,1,0\n"), [] },
        { "text.csv", Encoding.UTF8.GetBytes("a,b,c,d\n0,1,0,1\n0,1,zero,1\n"), [] },
        { "nan.csv", Encoding.UTF8.GetBytes("0,1,0,1\n0,NaN,0,1\n"), [] },
        { "labels.csv", Encoding.UTF8.GetBytes("a,b,c,d\n0,1,0,1\n"), ["--label-column", "kind"] },
        { "header.csv", Encoding.UTF8.GetBytes("a,b,c,d\n"), [] },
        { "none.csv", [], [] },
        { "type.npy", Npy("<U4", "(3, 4)", 192), [] },
        { "objects.npy", Npy("|O", "(3, 4)", 96), [] },
        { "truncated.npy", Npy("<f8", "(3, 4)", 95), [] },
        { "oversized.npy", Npy("<f8", "(3, 4)", 97), [] },
        { "huge.npy", Npy("<f8", "(1099511627776, 1099511627776)", 96), [] },
        { "rows.npy", Npy("<f8", "(0, 4)", 0), [] },
        { "infinite.npy", NpyBytes.Of([[0, 1, double.PositiveInfinity, 0]]), [] },
        { "outside.npy", NpyBytes.Of([[0, 1, 0, 1], [0, 1, 1.5, 0]]), [] },
        { "negative.npy", NpyBytes.Of([[0, 1, -0.5, 0]]), [] },
        { "unknown.dat", [1, 2, 3], [] },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_file_of_bad_data_is_refused_by_every_command_that_reads_it(string name, byte[] bytes, string[] options)
    {
        File.WriteAllBytes(folder[name], bytes);
        new ForeignModel("bernoulli", 4, 3).Write(folder["model.safetensors"]);
        string[] before = folder.Names;
        Assert.Contains(name, CommandLine.Run(["train", "rbm", "--epochs", "1", "--data", folder[name], "--out", folder["run"],
            .. options]).IsRefused().Error);
        foreach (string command in (string[])["transform", "reconstruct", "sample"])
            CommandLine.Run([command, folder["model.safetensors"], "--data", folder[name], "--out", folder["rows-out.npy"],
                .. options]).IsRefused(name);
        CommandLine.Run(["evaluate", folder["model.safetensors"], "--data", folder[name], "--json", .. options]).IsRefused(name);
        Assert.Equal(before, folder.Names);
    }

    [Fact]
    public void Missing_files_and_rows_of_another_width_are_refused()
    {
        new ForeignModel("bernoulli", 4, 3).Write(folder["model.safetensors"]);
        File.WriteAllBytes(folder["wide.npy"], NpyBytes.Of([[0, 1, 0, 1, 0]]));
        string[] before = folder.Names;
        foreach (string command in (string[])["transform", "reconstruct", "sample"])
        {
            CommandLine.Run(command, folder["model.safetensors"], "--data", folder["absent.npy"], "--out",
                folder["out.npy"]).IsRefused("absent.npy");
            CommandLine.Run(command, folder["model.safetensors"], "--data", folder["wide.npy"], "--out",
                folder["out.npy"]).IsRefused("5 columns");
            CommandLine.Run(command, folder["absent.safetensors"], "--data", folder["wide.npy"], "--out",
                folder["out.npy"]).IsRefused("no such file");
        }
        CommandLine.Run("evaluate", folder["model.safetensors"], "--data", folder["wide.npy"]).IsRefused("5 columns");
        CommandLine.Run("train", "rbm", "--data", folder["absent.npy"], "--out", folder["run"]).IsRefused("absent.npy");
        CommandLine.Run("train", "rbm", "--data", "minst", "--out", folder["run"]).IsRefused("'minst'");
        CommandLine.Run("data", "show", folder["absent.csv"], "--out", folder["sheet.png"]).IsRefused("absent.csv");
        Assert.Equal(before, folder.Names);
    }

    [Fact]
    public void Rows_in_Fortran_order_are_read_as_what_they_are()
    {
        new ForeignModel("bernoulli", 2, 3).Write(folder["model.safetensors"]);
        File.WriteAllBytes(folder["c.npy"], NpyBytes.Of([[0, 1], [1, 1], [0, 0]]));
        byte[] columns = [.. new double[] { 0, 1, 0, 1, 1, 0 }.SelectMany(BitConverter.GetBytes)];
        File.WriteAllBytes(folder["f.npy"], NpyBytes.Of("{'descr': '<f8', 'fortran_order': True, 'shape': (3, 2), }", columns));
        Assert.Equal(Rows("c.npy"), Rows("f.npy"));

        string Rows(string name) => CommandLine.Succeed("transform", folder["model.safetensors"], "--data", folder[name]).Output;
    }

    static (string, int[], double[])[] Tensors(double weight = 1) =>
        [("layers.0.bias", [2], [0, 0]), ("layers.1.bias", [1], [0]), ("weights.0-1", [2, 1], [weight, 1])];

    const string Good = """{"format": 1, "model": "rbm", "layers": [{"units": "bernoulli", "size": 2}, {"units": "bernoulli", "size": 1}]}""";

    static byte[] Raw(string header, int bytes) =>
        [.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[bytes]];

    public static TheoryData<string, byte[]> Models => new()
    {
        { "truncated", ForeignModel.Safetensors(Good, Tensors())[..^8] },
        { "oversized", [.. ForeignModel.Safetensors(Good, Tensors()), 0] },
        { "empty", [] },
        { "header length 2^60", [0, 0, 0, 0, 0, 0, 0, 0x10, .. ForeignModel.Safetensors(Good, Tensors())[8..]] },
        { "overlapping offsets", Raw("""{"layers.0.bias":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},"layers.1.bias":{"dtype":"F64","shape":[1],"data_offsets":[8,16]},"weights.0-1":{"dtype":"F64","shape":[2,1],"data_offsets":[16,32]}}""", 32) },
        { "offsets out of range", Raw("""{"layers.0.bias":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},"layers.1.bias":{"dtype":"F64","shape":[1],"data_offsets":[16,24]},"weights.0-1":{"dtype":"F64","shape":[2,1],"data_offsets":[24,400]}}""", 40) },
        { "duplicate names", ForeignModel.Safetensors(Good, [.. Tensors(), Tensors()[0]]) },
        { "NaN weights", ForeignModel.Safetensors(Good, Tensors(double.NaN)) },
        { "infinite weights", ForeignModel.Safetensors(Good, Tensors(double.NegativeInfinity)) },
        { "unknown format", ForeignModel.Safetensors(Good.Replace("\"format\": 1", "\"format\": 2"), Tensors()) },
        { "unknown model", ForeignModel.Safetensors(Good.Replace("rbm", "rmb"), Tensors()) },
        { "unknown units", ForeignModel.Safetensors(Good.Replace("bernoulli", "poisson"), Tensors()) },
        { "other sizes", ForeignModel.Safetensors(Good.Replace("\"size\": 2", "\"size\": 3"), Tensors()) },
        { "not JSON", ForeignModel.Safetensors("format 1", Tensors()) },
        { "no tensors", ForeignModel.Safetensors(Good, []) },
    };

    [Theory, MemberData(nameof(Models))]
    public void A_bad_model_file_is_refused_by_every_command(string what, byte[] bytes)
    {
        File.WriteAllBytes(folder["bad.safetensors"], bytes);
        File.WriteAllBytes(folder["rows.npy"], NpyBytes.Of([[0, 1]]));
        string[] before = folder.Names;
        foreach (string command in (string[])["evaluate", "inspect"])
            Assert.True(CommandLine.Run(command, folder["bad.safetensors"], "--json").IsRefused("bad.safetensors").Code == 2, what);
        foreach (string command in (string[])["transform", "reconstruct", "sample"])
            CommandLine.Run(command, folder["bad.safetensors"], "--data", folder["rows.npy"], "--out",
                folder["out.npy"]).IsRefused("bad.safetensors");
        CommandLine.Run("train", "rbm", "--data", folder["rows.npy"], "--hidden", "1", "--validation-rows", "0", "--init-from",
            folder["bad.safetensors"], "--out", folder["run"]).IsRefused("bad.safetensors");
        Assert.Equal(before, folder.Names);
    }

    [Theory]
    [InlineData("evaluate MODEL --data ROWS --rows 0")]
    [InlineData("evaluate MODEL --data ROWS --rows many")]
    [InlineData("evaluate MODEL --data ROWS --chains 0")]
    [InlineData("evaluate MODEL --data ROWS --betas 1")]
    [InlineData("evaluate MODEL --data ROWS --burn-in -1")]
    [InlineData("evaluate MODEL --data ROWS --method guess")]
    [InlineData("evaluate MODEL --data ROWS --spacing log")]
    [InlineData("evaluate MODEL --data ROWS --start data")]
    [InlineData("evaluate MODEL --data ROWS --reverse both")]
    [InlineData("evaluate MODEL --data ROWS --metrics accuracy")]
    [InlineData("evaluate MODEL --data ROWS --binarize round")]
    [InlineData("evaluate MODEL --data ROWS --threshold NaN")]
    [InlineData("evaluate MODEL --data ROWS --split all")]
    [InlineData("evaluate MODEL --data ROWS --split test")]
    [InlineData("evaluate MODEL --data ROWS --split validation")]
    [InlineData("evaluate MODEL --data ROWS --header maybe")]
    [InlineData("evaluate MODEL --data ROWS --label-column 1")]
    [InlineData("evaluate MODEL --method ais --start base-rate")]
    [InlineData("evaluate MODEL --method ais --reverse data")]
    [InlineData("evaluate MODEL --seed -1")]
    [InlineData("evaluate MODEL --threads -1")]
    [InlineData("evaluate MODEL --precision float16")]
    [InlineData("transform MODEL --data ROWS --out FOLDER/out.txt")]
    [InlineData("transform MODEL --data ROWS --out FOLDER/absent/out.npy")]
    [InlineData("transform MODEL --data ROWS --out FOLDER")]
    [InlineData("transform MODEL --out FOLDER/out.npy")]
    [InlineData("reconstruct MODEL --data ROWS --steps 0 --out FOLDER/out.npy")]
    [InlineData("reconstruct MODEL --data ROWS --out FOLDER/out.npy --picture FOLDER/out.png")]
    [InlineData("reconstruct MODEL --data ROWS --out FOLDER/out.npy --picture FOLDER/out.jpg --image 2x2")]
    [InlineData("reconstruct MODEL --data ROWS --out FOLDER/out.npy --picture FOLDER/out.png --image 3x2")]
    [InlineData("reconstruct MODEL --data ROWS --out FOLDER/out.npy --picture FOLDER/out.png --image 4")]
    [InlineData("sample MODEL --count 0 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --count 1000000000 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --sweeps 0 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --temperature 0 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --temperature -1 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --temperature NaN --out FOLDER/out.npy")]
    [InlineData("sample MODEL --start middle --out FOLDER/out.npy")]
    [InlineData("sample MODEL --start data --out FOLDER/out.npy")]
    [InlineData("sample MODEL --clamp 0-1 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --data ROWS --clamp 0-4 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --data ROWS --clamp 2-1 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --data ROWS --clamp middle --out FOLDER/out.npy")]
    [InlineData("sample MODEL --data ROWS --clamp 1--2 --out FOLDER/out.npy")]
    [InlineData("sample MODEL --data ROWS --clamp left --out FOLDER/out.npy")]
    [InlineData("sample MODEL --data ROWS --clamp 0 --impute ROWS --out FOLDER/out.npy")]
    [InlineData("sample MODEL --impute FOLDER/absent.npy --out FOLDER/out.npy")]
    [InlineData("sample MODEL --impute MODEL --out FOLDER/out.npy")]
    [InlineData("sample MODEL --out FOLDER/out.npy --picture FOLDER/out.png")]
    [InlineData("sample MODEL --out FOLDER/out.npy --animation FOLDER/out.gif --image 2x2")]
    [InlineData("inspect MODEL --factors -1")]
    [InlineData("data show ROWS --rows 0")]
    [InlineData("data show ROWS --out FOLDER/out.png")]
    [InlineData("data show digits --split all")]
    [InlineData("data show mnist --split validation")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --epochs 0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --learning-rate -0.1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --learning-rate NaN")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --momentum 1.5")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --steps 0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --batch-size 0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --hidden 0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --l2 -1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --l1 -1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --max-norm 0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --dropout 1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --dropout -0.1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --sparsity-target 2")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --sparsity-cost -1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --sparsity-damping 1.5")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --weights-std -1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --sigma 0 --visible-units gaussian")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --hidden-bias 1 2")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --visible-bias much")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --categories 3 --visible-units multinomial")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --draws 0 --visible-units multinomial")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --visible-units poisson")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --method cd10")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --method pcd --chains -1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --method pt --temperatures 1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --method fpcd --fast-learning-rate 0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --metrics happiness")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --metrics weight-norm:0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --metrics pseudo-likelihood --visible-units gaussian")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --early-stopping happiness")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --early-stopping reconstruction-error --patience 0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --train-rows 0")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --validation-rows 3")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --validation-rows -1")]
    [InlineData("train rbm --data ROWS --out FOLDER/run --threshold NaN --binarize threshold")]
    [InlineData("train rbm --data ROWS --out MODEL")]
    [InlineData("train rbm --resume FOLDER/absent")]
    public void Options_out_of_range_are_refused_and_leave_nothing(string arguments)
    {
        new ForeignModel("bernoulli", 4, 3).Write(folder["model.safetensors"]);
        File.WriteAllBytes(folder["rows.npy"], NpyBytes.Of([[0, 1, 0, 1], [1, 1, 0, 0], [1, 0, 0, 0]]));
        string[] before = folder.Names;
        CommandLine.Run([.. arguments.Split(' ').Select(word => word.Replace("MODEL", folder["model.safetensors"]).Replace("ROWS",
            folder["rows.npy"]).Replace("FOLDER", folder.Path))]).IsRefused();
        Assert.Equal(before, folder.Names);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_fine()
    {
        File.WriteAllBytes(folder["rows.npy"], NpyBytes.Of([[0, 1], [1, 1], [1, 0]]));
        CommandLine.Succeed("train", "rbm", "--data", folder["rows.npy"], "--batch-size", "1000", "--epochs", "1", "--hidden", "2", "--out",
            folder["run"], "--quiet");
    }

    [Fact]
    public void Verbose_adds_where_it_happened()
    {
        CommandLine run = CommandLine.Run("inspect", folder["absent"], "--verbose");
        Assert.Equal(2, run.Code);
        Assert.Contains("BadInputException", run.Error);
    }
}
