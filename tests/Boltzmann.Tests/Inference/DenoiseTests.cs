using Boltzmann.Tests.Cli;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Inference;

/// <summary>Noisy rows handed to a trained model, against sums over all clean ones.</summary>
public sealed class DenoiseTests : IDisposable
{
    const int Rows = 60, Columns = 10;

    static readonly CompletionOptions options = new() { BurnIn = 30, Sweeps = 400 };

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Train(params string[] more)
    {
        CommandLine.Succeed(["train", "rbm", "--data", "demo", "--hidden", "4", "--epochs", "30", "--metrics", "weight-norm", "--quiet",
            "--out", folder["run"], .. more]);
        return folder["run"];
    }

    public static TheoryData<string> Kinds => ["normal", "flips", "salt-and-pepper", "masking"];

    // p(noisy | clean) of one value.
    static double Likelihood(string kind, double noisy, double clean) => kind switch
    {
        "normal" => Math.Exp(-(noisy - clean) * (noisy - clean) / (2 * 0.5 * 0.5)),
        "flips" => noisy == clean ? 0.8 : 0.2,
        "salt-and-pepper" => noisy == clean ? 0.8 : 0.2,
        _ => noisy == 1 ? clean * 0.6 : clean == 1 ? 0.4 : 1,
    };

    static Noise Of(string kind) => kind switch
    {
        "normal" => Noise.Normal(0.5),
        "flips" => Noise.Flips(0.2),
        // Half of what is replaced stays as it was.
        "salt-and-pepper" => Noise.SaltAndPepper(0.4),
        _ => Noise.Masking(0.4),
    };

    [Theory, MemberData(nameof(Kinds))]
    public void Clean_rows_are_the_posterior_means_of_noisy_ones(string kind)
    {
        // 60 equal rows × 400 sweeps of bits, which deviate by at most ½. With autocorrelation times below 16 sweeps a standard error of at
        // most ½·√(16/24 000) = 0.013, of which five are allowed.
        var model = TrainedModel.Load(Train());
        double[] noisy = kind == "normal" ? [1.2, -0.4, 0.7, 0.1, 0.9, 0.2, 0.5, 1, -0.1, 0.3] : [1, 0, 1, 0, 1, 0, 0, 1, 0, 0];
        Matrix clean = model.Denoise((double[][])[.. Enumerable.Repeat(noisy, Rows)], Of(kind), options);
        double[][] all = [.. Enumerable.Range(0, 1 << Columns).Select(state =>
            Enumerable.Range(0, Columns).Select(c => (double)(state >> c & 1)).ToArray())];
        double[] free = model.Score(all), weights = [.. all.Select((v, s) =>
            Math.Exp(free.Min() - free[s]) * v.Zip(noisy, (x, y) => Likelihood(kind, y, x)).Aggregate(1.0, (a, b) => a * b))];
        for (int c = 0; c < Columns; c++)
        {
            double exact = all.Zip(weights, (v, w) => v[c] * w).Sum() / weights.Sum();
            Assert.Equal(exact, clean.ReadColumn(c).Average(), 0.065);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_rows()
    {
        var model = TrainedModel.Load(Train());
        RowData rows = DemoSet.Create().Take(8);
        double[,] once = model.Denoise(rows, Noise.Flips(0.1), seed: 3).ToArray();
        Assert.Equal(once, model.Denoise(rows, Noise.Flips(0.1), seed: 3).ToArray());
        Assert.NotEqual(once, model.Denoise(rows, Noise.Flips(0.1), seed: 4).ToArray());
    }

    [Fact]
    public void Noise_that_units_cannot_have_is_refused_in_words()
    {
        var bits = TrainedModel.Load(Train());
        Assert.Contains("column 1", Assert.Throws<BadInputException>(() =>
            bits.Denoise((double[][])[[7, 0, 0, 0, 0, 0, 0, 0, 0, 0]], Noise.Flips(0.1))).Message);
        Assert.Contains("between 0 and 1, not 1", Assert.Throws<BadInputException>(() => Noise.Masking(1)).Message);
        Assert.Contains("must be positive", Assert.Throws<BadInputException>(() => Noise.Normal(0)).Message);
        var scaled = TrainedModel.Load(Train("--force", "--scale", "standardize", "--visible-units", "gaussian", "--learning-rate",
            "0.01"));
        RowData rows = DemoSet.Create().Take(2);
        Assert.Contains("scaled rows", Assert.Throws<BadInputException>(() => scaled.Denoise(rows, Noise.Normal(1))).Message);
        Assert.Contains("not in gaussian ones", Assert.Throws<ArgumentException>(() => scaled.Denoise(rows, Noise.Masking(0.1))).Message);
    }
}
