using System.Globalization;
using System.Text.Json.Nodes;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Cli;

/// <summary>Aligned sequences on the command line, from FASTA to contacts and new sequences.</summary>
public sealed class AlignmentCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public AlignmentCommandTests()
    {
        Write("family.fasta", Letters.Coupled(600, seed: 1));
        Write("others.fasta", Letters.Coupled(50, seed: 2));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_family_is_learned_and_its_contacts_are_those_of_its_law()
    {
        Train("family", "--epochs", "60");
        File.WriteAllLines(folder["known.csv"], ["i,j", "1,4", "3,6"]);
        CommandLine ranked = CommandLine.Succeed("contacts", folder["family"], "--truth", folder["known.csv"], "--count", "2", "--picture",
            folder["map.svg"]);
        string[] lines = ranked.Output.Trim().Split('\n');
        Assert.Equal("site 1,site 2,score,contact", lines[0]);
        Assert.Equal(["1,4", "3,6"], lines[1..].Select(line => string.Join(',', line.Split(',')[..2])).Order());
        Assert.All(lines[1..], line => Assert.EndsWith("yes", line, StringComparison.Ordinal));
        Assert.Contains("in contact: 66.7% of the first 3", ranked.Error.Replace(" %", "%", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("<svg", File.ReadAllText(folder["map.svg"]), StringComparison.Ordinal);

        string[] pairs = CommandLine.Succeed("couplings", folder["family"], "--count", "3").Output.Trim().Split('\n');
        Assert.Equal("unit 1,unit 2,coupling", pairs[0]);
        // Of the strongest pairs the letters are the same, and attract.
        Assert.All(pairs[1..], line =>
        {
            string[] fields = line.Split(',');
            Assert.Equal(fields[0][^1] == fields[1][^1], double.Parse(fields[2], CultureInfo.InvariantCulture) > 0);
            Assert.Contains($"{fields[0][0]}{fields[1][0]}", (string[])["14", "36"]);
        });
    }

    [Fact]
    public void Samples_are_sequences_of_the_family_and_scores_name_them()
    {
        Train("family", "--epochs", "60");
        CommandLine.Succeed("sample", folder["family"], "--count", "200", "--sweeps", "100", "--out", folder["new.fasta"]);
        Alignment drawn = FastaReader.Read(folder["new.fasta"], Alphabet.Parse("ACD"));
        Assert.Equal((200, 6), (drawn.Count, drawn.Sites));
        // Nine in ten, and a third of the rest, follow the law of the first pair: 0.933 ± 0.018.
        Assert.InRange(Enumerable.Range(0, 200).Count(i => drawn.Text(i)[0] == drawn.Text(i)[3]) / 200.0, 0.8, 1);
        string[] scores = CommandLine.Succeed("score", folder["family"], "--data", folder["others.fasta"]).Output.Trim().Split('\n');
        Assert.Equal("name,score", scores[0]);
        Assert.StartsWith("s0,", scores[1], StringComparison.Ordinal);
        Assert.StartsWith(">sample1\n", CommandLine.Succeed("sample", folder["family"], "--count", "1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutations_are_differences_of_log_likelihoods()
    {
        Train("family", "--epochs", "5");
        Write("wild.fasta", ["ACDACD"]);
        Write("mutants.fasta", ["CCDACD", "ACDACA"]);
        string[] changes = CommandLine.Succeed("score", folder["family"], "--data", folder["wild.fasta"], "--by", "mutation", "--picture",
            folder["scan.svg"]).Output.Trim().Split('\n');
        Assert.Equal("name,site,from,to,score", changes[0]);
        Assert.Equal(6 * 2, changes.Length - 1);
        double wild = Free("wild.fasta")[0];
        double[] mutants = Free("mutants.fasta");
        Assert.Equal(wild - mutants[0], Change("s0,1,A,C,"), 1e-3);
        Assert.Equal(wild - mutants[1], Change("s0,6,D,A,"), 1e-3);
        Assert.Contains("<svg", File.ReadAllText(folder["scan.svg"]), StringComparison.Ordinal);

        double Change(string start) => Number(changes.Single(line => line.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void Weights_count_relatives_once()
    {
        // Half of the rows are one sequence: by weights it counts as one.
        Write("copies.fasta", [.. Enumerable.Repeat("DDDDDD", 200), .. Letters.Coupled(200, seed: 7)]);
        File.WriteAllLines(folder["one.txt"], Enumerable.Repeat("1", 400));
        double[] plain = Trained("--weights", folder["one.txt"]), weighed = Trained("--weights", "identity:1");
        Assert.True(plain[2] > 1.5 * weighed[2], $"{plain[2]} and {weighed[2]} for the letter of the copies");

        // The share of D at the second site, which is free, by the bias of a machine without influence of hidden units.
        double[] Trained(params string[] weights)
        {
            string name = folder["w" + weights[1].Length];
            CommandLine.Succeed(["train", "rbm", "--data", folder["copies.fasta"], "--alphabet", "ACD", "--hidden", "2", "--epochs", "1",
                "--validation-rows", "0", "--out", name, "--quiet", .. weights]);
            Rbm rbm = ModelFile.LoadRbm(RunFolder.FindModel(name));
            var mean = new Matrix(1, rbm.Visible.Units, rbm.Placement);
            rbm.Visible.SetMean(new Matrix(1, rbm.Visible.Units, rbm.Placement), mean);
            return mean.ReadRow(0)[3..6];
        }
    }

    [Fact]
    public void Factors_are_drawn_as_logos_and_columns_left_out()
    {
        Train("family", "--epochs", "2", "--ignore", "2", "5");
        CommandLine.Succeed("inspect", folder["family"], "--factors", "2", "--picture", folder["logos.svg"]);
        Assert.Contains("<text", File.ReadAllText(folder["logos.svg"]), StringComparison.Ordinal);
        JsonNode contacts = CommandLine.Succeed("contacts", folder["family"], "--separation", "3", "--json").Json;
        // Of sites 1, 3, 4 and 6.
        Assert.Equal(["1,4", "1,6", "3,6"], contacts["rows"]!.AsArray().Select(row => $"{row![0]},{row[1]}").Order());
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_line()
    {
        Train("family", "--epochs", "1");
        Write("long.fasta", ["ACDACDA"]);
        Write("strange.fasta", ["ACDACE"]);
        File.WriteAllLines(folder["known.csv"], ["1,9"]);
        File.WriteAllLines(folder["weights.txt"], ["1", "2"]);
        File.WriteAllLines(folder["bad.txt"], ["1", "-2"]);
        CommandLine.Succeed("train", "rbm", "--epochs", "1", "--hidden", "4", "--data", "bars-and-stripes", "--out", folder["bits"],
            "--quiet");
        string data = folder["family.fasta"];
        foreach (var (line, message) in ((string[], string)[])[
            (["train", "rbm", "--data", data, "--weights", "identity:2"], "expected a share above 0 and at most 1"),
            (["train", "rbm", "--data", data, "--weights", "none.txt"], "is no file"),
            (["train", "rbm", "--data", data, "--weights", folder["weights.txt"]], "has 2 weights, but family.fasta 600 rows"),
            (["train", "rbm", "--data", data, "--weights", folder["bad.txt"]], "line 2"),
            (["train", "rbm", "--data", "bars-and-stripes", "--weights", "identity:0.8"], "compares aligned sequences"),
            (["train", "rbm", "--data", data, "--alphabet", "AA"], "--alphabet must be"),
            (["train", "rbm", "--data", data, "--scale", "standardize"], "letters have no scale"),
            (["train", "rbm", "--data", data, "--missing", "absent"], "a gap is a letter"),
            (["train", "rbm", "--data", data, "--types", "1=real"], "whose columns are known"),
            (["train", "rbm", "--data", data, "--l1b", "-1"], "--l1b must be at least 0"),
            (["score", folder["family"], "--data", folder["long.fasta"]], "has a column '7', which the model did not learn from"),
            (["score", folder["family"], "--data", folder["strange.fasta"]], "which is no letter of the alphabet ACD"),
            (["score", folder["family"], "--by", "mutation", "--explain", "2"], "--explain and --threshold are for scores of whole rows"),
            (["score", folder["family"], "--picture", "x.svg"], "--picture is for --by mutation"),
            (["score", folder["bits"], "--by", "mutation"], "mutations are of aligned sequences"),
            (["contacts", folder["family"], "--truth", folder["known.csv"]], "expected two different sites of 1 to 6"),
            (["contacts", folder["family"], "--separation", "9"], "no two of the 6 sites are 9 apart"),
            (["sample", folder["bits"], "--out", folder["x.fasta"]], "did not learn aligned sequences"),
            (["inspect", folder["bits"], "--picture", folder["x.svg"]], "did not learn aligned sequences"),
        ])
            CommandLine.Run(line).IsRefused(message);
    }

    [Fact]
    public void Columns_of_two_values_have_couplings_too()
    {
        CommandLine.Succeed("train", "rbm", "--epochs", "3", "--hidden", "8", "--data", "bars-and-stripes", "--out", folder["bits"],
            "--quiet");
        string[] lines = CommandLine.Succeed("contacts", folder["bits"], "--count", "4").Output.Trim().Split('\n');
        Assert.Equal(5, lines.Length);
    }

    void Train(string name, params string[] more) => CommandLine.Succeed(["train", "rbm", "--data", folder["family.fasta"], "--alphabet",
        "ACD", "--hidden", "8", "--hidden-units", "drelu", "--weights", "identity:1", "--l1b", "0.01", "--learning-rate", "0.1",
        "--batch-size", "20", "--metrics", "reconstruction-error", "--out", folder[name], "--quiet", .. more]);

    double[] Free(string file) => [.. CommandLine.Succeed("score", folder["family"], "--data", folder[file]).Output.Trim().Split('\n')
        .Skip(1).Select(Number)];

    static double Number(string line) => double.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture);

    void Write(string name, IEnumerable<string> sequences)
    {
        using StreamWriter text = File.CreateText(folder[name]);
        FastaWriter.Write(text, sequences.Select((letters, i) => ($"s{i}", letters)));
    }
}
