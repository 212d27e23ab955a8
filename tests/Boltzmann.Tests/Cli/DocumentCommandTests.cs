using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Documents of different length from the command line: learned, judged, drawn, looked through.</summary>
public sealed class DocumentCommandTests : IDisposable
{
    static readonly string[] words = ["rare", "orbit", "moon", "rocket", "goal", "team", "season", "the"];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_remembers_its_words_and_how_its_files_are_read()
    {
        string run = Learn("--words", "7");
        JsonNode known = CommandLine.Succeed("evaluate", run, "--data", Write("new.dat", Documents(40, 11)), "--json").Json;
        double perplexity = (double)known["completion"]!["per_word"]!;
        // Half of the words say the topic, of three words and the common one.
        Assert.InRange(perplexity, 3, 5.5);
        Assert.Equal(40, (int)known["rows"]!);
        // The rare word, which is none of the seven, is passed over.
        JsonNode same = CommandLine.Succeed("evaluate", run, "--data", Write("more.dat", Documents(40, 11, rare: 3)), "--json").Json;
        Assert.Equal(perplexity, (double)same["completion"]!["per_word"]!, 1e-9);
        CommandLine.Run("evaluate", run, "--data", Write("far.dat", ["0 1 8:1"])).IsRefused("has the index 8, expected at most 7");
        Assert.Contains("team", CommandLine.Succeed("inspect", run, "--factors", "3").Output);
    }

    [Fact]
    public void Perplexity_is_by_a_log_partition_of_each_length()
    {
        string run = Learn();
        string data = Write("few.dat", ["0 2 1:2 2:1", "1 2 4:1 5:2", "0 1 3:1", "0 0"]);
        JsonNode json = CommandLine.Succeed("evaluate", run, "--data", data, "--metrics", "perplexity", "log-likelihood", "--json").Json;
        JsonArray lengths = (JsonArray)json["log_partitions"]!;
        Assert.Equal([1, 3], lengths.Select(one => (int)one!["draws"]!));
        Assert.All(lengths, one => Assert.Equal("exact", (string)one!["log_partition"]!["method"]!));
        Assert.Equal(3, (int)json["perplexity"]!["documents"]!);
        double[] logs = [.. ((JsonArray)json["perplexity"]!["log_probabilities"]!).Select(x => (double)x!)],
            counts = [.. ((JsonArray)json["log_likelihood"]!["per_row"]!).Select(x => (double)x!)];
        // Counts have as many orders as log 3!/2! says.
        Assert.Equal(counts[0] - Math.Log(3), logs[0], 1e-9);
        Assert.Equal(counts[2], logs[2], 1e-9);
        Assert.Equal(0, logs[3]);
        Assert.Equal(Math.Exp(-(logs[0] + logs[1] + logs[2]) / 7), (double)json["perplexity"]!["per_word"]!, 1e-9);

        JsonNode annealed = CommandLine.Succeed("evaluate", run, "--data", data, "--metrics", "perplexity", "--method", "ais", "--chains",
            "200", "--betas", "200", "--burn-in", "50", "--json").Json;
        Assert.Equal((double)json["perplexity"]!["per_word"]!, (double)annealed["perplexity"]!["per_word"]!, 0.05);
    }

    [Fact]
    public void Documents_are_drawn_of_a_length_and_rebuilt_with_their_own()
    {
        string run = Learn();
        CommandLine.Succeed("sample", run, "--draws", "12", "--count", "5", "--states", "--out", folder["drawn.csv"]);
        Assert.All(File.ReadLines(folder["drawn.csv"]).Skip(1), line => Assert.Equal(12, line.Split(',').Sum(double.Parse)));
        CommandLine.Run("sample", run).IsRefused("expected --draws");
        string data = Write("few.dat", ["0 2 1:2 2:1", "1 2 4:1 5:9"]);
        CommandLine.Succeed("reconstruct", run, "--data", data, "--out", folder["back.csv"]);
        double[] sums = [.. File.ReadLines(folder["back.csv"]).Skip(1).Select(line => line.Split(',').Sum(double.Parse))];
        Assert.Equal(3, sums[0], 1e-4);
        Assert.Equal(10, sums[1], 1e-4);
        string scores = CommandLine.Succeed("score", run, "--data", data).Output;
        Assert.Equal(2, scores.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);
    }

    [Fact]
    public void Documents_like_a_query_are_found()
    {
        string run = Learn();
        string data = Write("few.dat", ["0 2 1:2 2:1", "1 2 4:1 5:2", "0 1 3:4", "1 2 6:1 7:1"]);
        string[] found = CommandLine.Succeed("nearest", run, "--data", data, "--query", "Moon, rocket!", "--count", "2").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("row,cosine,label,words", found[0]);
        Assert.Equal(["1", "3"], found[1..].Select(line => line.Split(',')[0]).Order());
        Assert.StartsWith("4,", CommandLine.Succeed("nearest", run, "--data", data, "--like", "2", "--count", "1").Output.Split('\n')[1]);
        Assert.Contains("does not know 'xyzzy'",
            CommandLine.Succeed("nearest", run, "--data", data, "--query", "moon xyzzy").Error);
        CommandLine.Run("nearest", run, "--data", data, "--query", "xyzzy").IsRefused("knows none of the words 'xyzzy'");
        CommandLine.Run("nearest", run, "--data", data).IsRefused("--query");
        CommandLine.Run("nearest", run, "--data", data, "--like", "5").IsRefused("has 4 rows");
    }

    [Fact]
    public void What_is_not_of_documents_is_refused()
    {
        string run = Learn(), data = Write("few.dat", ["0 2 1:2 2:1"]);
        CommandLine.Run("evaluate", run, "--data", data, "--metrics", "log-partition").IsRefused("of machines whose rows have draws");
        CommandLine.Run("diagnose", run).IsRefused("for each number of draws");
        string[] train = ["train", "rbm", "--data", Write("train.dat", Documents(20, 1)), "--format", "counts", "--quiet",
            "--visible-units", "multinomial", "--out", folder["none"]];
        CommandLine.Run([.. train, "--draws", "row", "--method", "pcd"]).IsRefused("--method cd");
        CommandLine.Run([.. train, "--draws", "row", "--metrics", "validation-log-likelihood"]).IsRefused("completion");
        CommandLine.Run([.. train, "--draws", "row", "--hidden-units", "multinomial"]).IsRefused("hidden ones need a number");
        CommandLine.Run(["train", "dbm", .. train[2..], "--draws", "row"]).IsRefused("rbm or a dbn");
        CommandLine.Run([.. train, "--draws", "0"]).IsRefused("at least 1, or row");
        CommandLine.Run([.. train, "--draws", "3"]).IsRefused("--draws row");
        CommandLine.Run([.. train, "--draws", "row", "--words", "9"]).IsRefused("expected 1 to 8");
        CommandLine.Run([.. train, "--draws", "row", "--vocabulary", Write("two.txt", ["a", "a"])]).IsRefused("line 2");
        CommandLine.Run([.. train, "--draws", "row", "--vocabulary", Write("short.txt", ["a", "b"])]).IsRefused("expected at most 1");
        CommandLine.Run("train", "rbm", "--data", Write("named.csv", ["x,y", "1,0", "0,1"]), "--words", "1", "--visible-units", "bernoulli",
            "--out", folder["none"]).IsRefused("have names");
        Assert.False(Directory.Exists(folder["none"]));
        CommandLine.Succeed("train", "rbm", "--data", "bars-and-stripes", "--epochs", "1", "--quiet", "--out", folder["plain"]);
        CommandLine.Run("evaluate", folder["plain"], "--metrics", "completion").IsRefused("models of documents");
        CommandLine.Run("sample", folder["plain"], "--draws", "3").IsRefused("--draws is for models whose rows");
    }

    string Learn(params string[] more)
    {
        CommandLine.Succeed(["train", "rbm", "--data", Write("train.dat", Documents(300, 1)), "--format", "counts", "--vocabulary",
            Write("vocabulary.txt", words), "--visible-units", "multinomial", "--draws", "row", "--hidden", "3", "--epochs", "40",
            "--batch-size", "20", "--learning-rate", "0.05", "--quiet", "--out", folder["run"], .. more]);
        return folder["run"];
    }

    // Two topics of three words, and a word of both.
    static IEnumerable<string> Documents(int count, ulong seed, int rare = 0)
    {
        var rng = new Rng(seed);
        for (int d = 0; d < count; d++)
        {
            var counts = new int[words.Length];
            int length = 4 + (int)(16 * rng.NextUniform());
            for (int i = 0; i < length; i++)
                counts[rng.NextUniform() < 0.2 ? 7 : 1 + d % 2 * 3 + (int)(3 * rng.NextUniform())]++;
            counts[0] = rare;
            int[] there = [.. Enumerable.Range(0, counts.Length).Where(k => counts[k] > 0)];
            yield return $"{d % 2} {there.Length} {string.Join(' ', there.Select(k => $"{k}:{counts[k]}"))}";
        }
    }

    string Write(string name, IEnumerable<string> lines)
    {
        File.WriteAllText(folder[name], string.Join('\n', lines) + "\n");
        return folder[name];
    }
}
