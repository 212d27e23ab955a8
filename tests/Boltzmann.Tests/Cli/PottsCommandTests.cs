using System.Globalization;
using System.Text.Json.Nodes;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Cli;

/// <summary>Potts machines on the command line: of one-hot tables and of aligned sequences.</summary>
public sealed class PottsCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public PottsCommandTests()
    {
        string[] sequences = [.. Letters.Coupled(600, seed: 1)];
        using (StreamWriter text = File.CreateText(folder["family.fasta"]))
            FastaWriter.Write(text, sequences.Select((letters, i) => ($"s{i}", letters)));
        File.WriteAllLines(folder["family.csv"], sequences.Select(letters => string.Join(',',
            letters.SelectMany(letter => "ACD".Select(other => other == letter ? 1 : 0)))));
        File.WriteAllLines(folder["known.csv"], ["i,j", "1,4", "3,6"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_family_is_learned_and_its_contacts_couplings_and_likelihoods_are_those_of_its_law()
    {
        Family();
        CommandLine ranked = CommandLine.Succeed("contacts", folder["family"], "--truth", folder["known.csv"], "--count", "2");
        Assert.Equal(["1,4", "3,6"], ranked.Output.Trim().Split('\n')[1..].Select(line => string.Join(',', line.Split(',')[..2])).Order());
        // Of the first pair log p rises by log(0.9 + 0.1/3) − log(0.1/3) where the letters agree: centred two thirds of it, else minus one
        // third; 7 sequences in 600 show each pair that does not agree.
        string[] strongest = CommandLine.Succeed("couplings", folder["family"], "--count", "3").Output.Trim().Split('\n')[1..];
        Assert.All(strongest, line =>
        {
            Assert.Matches("^1=[ACD],4=[ACD],", line);
            double expected = (line[2] == line[6] ? 2.0 : -1) / 3 * Math.Log(28);
            Assert.InRange(Number(line), expected - 0.8, expected + 0.8);
        });
        JsonNode judged = CommandLine.Succeed("evaluate", folder["family"], "--data", folder["family.fasta"], "--metrics", "log-likelihood",
            "free-energy", "--json").Json;
        // Four free letters, and two that follow.
        double truth = 4 * -Math.Log(3) + Followed(0.9) + Followed(0.8), own = judged["log_likelihood"]!["mean"]!.GetValue<double>();
        Assert.InRange(own, truth - 0.2, truth + 0.2);
        string[] scores = CommandLine.Succeed("score", folder["family"], "--data", folder["family.fasta"], "--by",
            "log-likelihood").Output.Trim().Split('\n')[1..];
        Assert.Equal(own, scores.Average(Number), 1e-3);

        static double Followed(double share)
        {
            double same = share + (1 - share) / 3;
            return same * Math.Log(same) + (1 - same) * Math.Log((1 - same) / 2);
        }
    }

    [Fact]
    public void Couplings_of_a_family_have_the_gauge_that_letters_add_up_to_nothing()
    {
        Family(epochs: 3);
        CommandLine.Succeed("couplings", folder["family"], "--out", folder["couplings.npy"]);
        double[,] weights = ModelFile.LoadBoltzmannMachine(RunFolder.FindModel(folder["family"])).VisibleWeights.ToArray();
        Matrix couplings = NpyReader.Read(folder["couplings.npy"]).ToMatrix(0, 18, Placement.Default.Double);
        for (int i = 0; i < 18; i++)
            for (int j = 0; j < 18; j++)
            {
                double expected = 0;
                for (int a = 0; a < 3; a++)
                    for (int b = 0; b < 3; b++)
                        expected += (i % 3 == a ? 2 : -1) * (j % 3 == b ? 2 : -1) / 9.0 * weights[i - i % 3 + a, j - j % 3 + b];
                Assert.Equal(expected, couplings[i, j], 1e-6);
            }
    }

    [Fact]
    public void New_sequences_follow_the_family_and_mutations_are_differences_of_free_energies()
    {
        Family();
        CommandLine.Succeed("sample", folder["family"], "--count", "200", "--sweeps", "50", "--out", folder["new.fasta"]);
        Alignment drawn = FastaReader.Read(folder["new.fasta"], Alphabet.Parse("ACD"));
        Assert.Equal((200, 6), (drawn.Count, drawn.Sites));
        // Nine in ten, and a third of the rest: 0.933 ± 0.018.
        Assert.InRange(Enumerable.Range(0, 200).Count(i => drawn.Text(i)[0] == drawn.Text(i)[3]) / 200.0, 0.85, 1);
        File.WriteAllLines(folder["wild.fasta"], [">wild", "ACDACD", ">other", "CCDACD"]);
        double[] free = [.. Lines("--by", "free-energy").Select(Number)];
        Assert.Equal(free[0] - free[1], Number(Lines("--by", "mutation").Single(line => line.StartsWith("wild,1,A,C,",
            StringComparison.Ordinal))), 1e-3);

        string[] Lines(params string[] more) =>
            CommandLine.Succeed(["score", folder["family"], "--data", folder["wild.fasta"], .. more]).Output.Trim().Split('\n')[1..];
    }

    [Theory, InlineData("pl"), InlineData("pcd")]
    public void A_one_hot_table_is_learned_and_goes_on_to_the_bytes_of_one_that_did_not_stop(string method)
    {
        string[] common = ["train", "bm", "--data", folder["family.csv"], "--visible-units", "multinomial", "--categories", "3", "--method",
            method, "--learning-rate", "0.05", "0.04", "0.03", "0.02", "--metrics", "weight-norm", "--quiet"];
        CommandLine.Succeed([.. common, "--epochs", "4", "--out", folder["whole"]]);
        CommandLine.Succeed([.. common, "--epochs", "2", "--out", folder["parts"]]);
        CommandLine.Succeed("train", "bm", "--resume", folder["parts"], "--epochs", "4", "--quiet");
        BoltzmannMachine whole = Load("whole"), parts = Load("parts");
        Assert.Equal("6 × 3 multinomial", whole.Visible.ToString());
        Assert.Equal(whole.VisibleWeights.ToArray(), parts.VisibleWeights.ToArray());
        Assert.Equal(whole.Visible.Bias.ToArray(), parts.Visible.Bias.ToArray());
        string[] first = CommandLine.Succeed("contacts", folder["whole"], "--count", "2").Output.Trim().Split('\n')[1..];
        Assert.Equal(["1,4", "3,6"], first.Select(line => string.Join(',', line.Split(',')[..2])).Order());

        BoltzmannMachine Load(string name) => ModelFile.LoadBoltzmannMachine(RunFolder.FindModel(folder[name]));
    }

    [Fact]
    public void Relatives_count_once_by_weights()
    {
        File.WriteAllLines(folder["copies.fasta"], [.. Enumerable.Range(0, 200).SelectMany(i => (string[])[$">c{i}", "DDDDDD"]),
            .. Letters.Coupled(200, seed: 7).SelectMany((letters, i) => (string[])[$">s{i}", letters])]);
        Assert.InRange(ShareOfD("--weights", "identity:1"), 0.2, 0.5);
        Assert.InRange(ShareOfD(), 0.6, 0.75);

        double ShareOfD(params string[] weights)
        {
            string name = folder["w" + weights.Length];
            CommandLine.Succeed(["train", "bm", "--data", folder["copies.fasta"], "--alphabet", "ACD", "--method", "pl", "--epochs", "60",
                "--batch-size", "50", "--learning-rate", "0.1", "--validation-rows", "0", "--out", name, "--quiet", .. weights]);
            CommandLine.Succeed("sample", name, "--count", "400", "--sweeps", "50", "--out", folder["own.fasta"]);
            Alignment drawn = FastaReader.Read(folder["own.fasta"], Alphabet.Parse("ACD"));
            return Enumerable.Range(0, 400).Count(i => drawn.Text(i)[1] == 'D') / 400.0;
        }
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_line()
    {
        File.WriteAllLines(folder["pairs.csv"], ["0,3"]);
        string table = folder["family.csv"], family = folder["family.fasta"];
        string[] multinomial = ["--visible-units", "multinomial"];
        foreach (var (line, message) in ((string[], string)[])[
            (["--data", table, .. multinomial], "one block of 18 categories has no other to be joined to"),
            (["--data", table, .. multinomial, "--categories", "18"], "one block of 18 categories has no other to be joined to"),
            (["--data", table, .. multinomial, "--categories", "4"], "--categories must divide the 18 units, 4 does not"),
            (["--data", table, .. multinomial, "--categories", "1"], "a bm joins bernoulli, spin and one-hot multinomial units, not"),
            (["--data", table, "--categories", "3"], "--categories does nothing without multinomial units"),
            (["--data", table, .. multinomial, "--categories", "3", "--grid"], "join units of two values; 6 × 3 multinomial units are all"),
            (["--data", family, "--edges", folder["pairs.csv"]], "join units of two values; 6 × 3 multinomial units are all joined"),
            (["--data", family, "--visible-units", "spin"], "without --categories or --visible-units spin"),
            (["--data", family, .. multinomial, "--categories", "9"], "without --categories or --visible-units spin"),
            (["--data", table, "--weights", "identity:0.8"], "compares aligned sequences"),
        ])
            CommandLine.Run(["train", "bm", .. line, .. line.Contains(family) ? (string[])["--alphabet", "ACD"] : []]).IsRefused(message);
    }

    void Family(int epochs = 60) => CommandLine.Succeed("train", "bm", "--data", folder["family.fasta"], "--alphabet", "ACD", "--method",
        "pl", "--weights", "identity:1", "--l2", "0.001", "--learning-rate", "0.1", "--batch-size", "50", "--epochs", $"{epochs}",
        "--metrics", "weight-norm", "--out", folder["family"], "--quiet");

    static double Number(string line) => double.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture);
}
