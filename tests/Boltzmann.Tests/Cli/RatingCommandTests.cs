using System.Globalization;
using System.Text.Json.Nodes;
using Boltzmann.Ratings;

namespace Boltzmann.Tests.Cli;

/// <summary>Machines of ratings on the command line, from training to what somebody new would like.</summary>
public sealed class RatingCommandTests : IDisposable
{
    const int Users = 80, Items = 30;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Two tastes in even and odd items: predictions are better than means and biases, and recommended is one's own
    /// kind.</summary>
    [Theory, InlineData("item"), InlineData("user")]
    public void Tastes_are_learned_predicted_and_recommended(string by)
    {
        Write();
        JsonNode result = Train("films", "--by", by, "--conditional", "--rated", folder["test.csv"]);
        Assert.True(result["rmse"]!.GetValue<double>() < 0.6 * result["biases-rmse"]!.GetValue<double>(), result.ToJsonString());
        Assert.Contains("of means and biases", File.ReadAllText(folder["films/report.html"]), StringComparison.Ordinal);

        JsonNode judged = CommandLine.Succeed("evaluate", folder["films"], "--ratings", folder["test.csv"], "--rated", folder["test.csv"],
            "--metrics", "rmse", "mae", "ndcg@10", "--json").Json;
        Assert.True(judged["rmse"]!.GetValue<double>() < 0.6 * judged["baseline"]!["rmse"]!.GetValue<double>(), judged.ToJsonString());
        Assert.True(judged["ndcg@10"]!.GetValue<double>() > judged["baseline"]!["ndcg@10"]!.GetValue<double>(), judged.ToJsonString());

        CommandLine.Succeed("predict", folder["films"], "--for", folder["test.csv"], "--out", folder["answers.csv"]);
        string[] answers = File.ReadAllLines(folder["answers.csv"]), asked = File.ReadAllLines(folder["test.csv"]);
        Assert.Equal("user,item,prediction", answers[0]);
        Assert.Equal(asked.Length, answers.Length);
        Assert.Equal(asked[1].Split(',')[..2], answers[1].Split(',')[..2]);

        foreach (string[] who in (string[][])[["--likes", "Film 0=5, Film 2, the second=5, Film 1=1"], ["--user", "u0"]])
        {
            JsonNode best = CommandLine.Succeed(["recommend", folder["films"], .. who, "--names", folder["names.csv"], "--count", "3",
                "--least",
                "1", "--json"]).Json;
            Assert.All(best["rows"]!.AsArray(), row => Assert.Equal(0, int.Parse(row![0]!.ToString()[1..],
                CultureInfo.InvariantCulture) % 2));
        }
    }

    [Fact]
    public void A_run_that_was_interrupted_goes_on_to_the_same_bytes()
    {
        Write();
        Train("whole", "--epochs", "6", "--learning-rate-end", "0.01");
        Train("parts", "--epochs", "3", "--learning-rate", "0.05", "0.042", "0.034", "0.026", "0.018", "0.01");
        CommandLine.Succeed("train", "ratings", "--resume", folder["parts"], "--epochs", "6", "--quiet");
        Assert.Equal(Tensors(folder["whole/model.safetensors"]), Tensors(folder["parts/model.safetensors"]));
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_line()
    {
        Write();
        Train("films", "--epochs", "1");
        File.WriteAllText(folder["half.csv"], "user,item,rating\nu1,i1,3.5\n");
        File.WriteAllText(folder["stranger.csv"], "user,item\nnobody,i1\n");
        foreach (var (line, message) in ((string[], string)[])[
            (["train", "ratings"], "needs --data FILE"),
            (["train", "ratings", "--data", folder["train.csv"], "--rated", folder["test.csv"]], "expected --conditional"),
            (["train", "ratings", "--data", folder["train.csv"], "--validation-share", "0"], "expected --keep last"),
            (["train", "ratings", "--data", folder["train.csv"], "--by", "film"], "film"),
            (["train", "ratings", "--data", folder["train.csv"], "--steps", "0"], "--steps"),
            (["train", "ratings", "--data", folder["train.csv"], "--item", "film"], "none is 'film'"),
            (["train", "ratings", "--data", folder["none.csv"]], "none.csv"),
            (["train", "rbm", "--resume", folder["films"]], "train ratings --resume"),
            (["evaluate", folder["films"]], "expected --ratings FILE"),
            (["evaluate", folder["films"], "--data", folder["test.csv"]], "--data does nothing for a machine of ratings"),
            (["evaluate", folder["films"], "--ratings", folder["train.csv"]], "is asked for and known"),
            (["evaluate", folder["films"], "--ratings", folder["test.csv"], "--given", folder["half.csv"]], "has the rating 3.5"),
            (["evaluate", folder["films"], "--ratings", folder["test.csv"], "--metrics", "log-likelihood"],
                "machines of ratings have rmse"),
            (["evaluate", folder["films"], "--ratings", folder["test.csv"], "--rated", folder["test.csv"]], "without --conditional"),
            (["evaluate", folder["films"], "--ratings", folder["test.csv"], "--relevant", "4"], "--relevant is for ndcg@10"),
            (["predict", folder["films"]], "expected --for FILE"),
            (["recommend", folder["films"]], "expected --likes for somebody new, or --user"),
            (["recommend", folder["films"], "--user", "nobody"], "'nobody' has no ratings"),
            (["recommend", folder["films"], "--likes", "i1"], "is no item and its rating"),
            (["recommend", folder["films"], "--likes", "i1=7"], "the rating 7"),
            (["recommend", folder["films"], "--likes", "film=5"], "'film' has no ratings"),
            (["recommend", folder["films"], "--user", "u1", "--least", "1000"], "expected a smaller --least"),
        ])
            CommandLine.Run(line).IsRefused(message);
        CommandLine strange = CommandLine.Succeed("predict", folder["films"], "--for", folder["stranger.csv"]);
        Assert.Contains("1 of 1 pairs have no prediction", strange.Error, StringComparison.Ordinal);
        Assert.Equal("nobody,i1,", strange.Output.Trim().Split('\n')[1].Trim());
    }

    [Fact]
    public void Options_of_ratings_are_not_for_other_models()
    {
        CommandLine.Succeed("train", "rbm", "--epochs", "1", "--hidden", "4", "--data", "bars-and-stripes", "--out", folder["rbm"],
            "--quiet");
        CommandLine.Run("predict", folder["rbm"], "--for", "x.csv").IsRefused("--for is for machines of ratings");
        CommandLine.Run("evaluate", folder["rbm"], "--metrics", "ndcg@10").IsRefused("the metric ndcg@10 is for machines of ratings");
        CommandLine.Run("recommend", folder["rbm"], "--user", "1").IsRefused("is no machine of ratings");
    }

    JsonNode Train(string name, params string[] more) => CommandLine.Succeed(["train", "ratings", "--data", folder["train.csv"], "--hidden",
        "8", "--batch-size", "10", "--out", folder[name], "--quiet", "--json", .. more]).Json["result"]!;

    // User u likes items of the parity of u: 5 or 4 stars; the others get 1 or 2. Half are rated, a fifth of these are the test.
    void Write()
    {
        var rng = new Rng(3);
        List<string> train = ["user,item,rating"], test = ["user,item,rating"], names = ["item,title"];
        for (int i = 0; i < Items; i++) names.Add(i == 2 ? "i2,\"Film 2, the second\"" : $"i{i},Film {i}");
        for (int u = 0; u < Users; u++)
            for (int i = 0; i < Items; i++)
            {
                if (rng.NextUniform() < 0.5) continue;
                int stars = u % 2 == i % 2 ? 4 + rng.NextInteger(2) : 1 + rng.NextInteger(2);
                (rng.NextUniform() < 0.2 ? test : train).Add($"u{u},i{i},{stars}");
            }
        File.WriteAllLines(folder["train.csv"], train);
        File.WriteAllLines(folder["test.csv"], test);
        File.WriteAllLines(folder["names.csv"], names);
    }

    static double[][,] Tensors(string path) =>
        [.. TrainedRatings.Load(path).Machine.Model.Parameters.Select(p => p.Value.ToArray())];
}
