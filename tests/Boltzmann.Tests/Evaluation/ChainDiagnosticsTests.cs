using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Evaluation;

/// <summary>Chains of machines whose mixing can be computed.</summary>
public class ChainDiagnosticsTests
{
    [Fact]
    public void The_autocorrelation_time_of_two_joined_units_is_that_of_their_Markov_chain()
    {
        // v → h → v has P(1|1) − P(1|0) = (σ(3) − σ(−1))(σ(2) − σ(−2)) = λ, so ρ(t) = λ^t and τ = (1 + λ)/(1 − λ). Five standard errors,
        // false-alarm rate 6e-7.
        const int Chains = 40, Sweeps = 4000;
        var model = new Rbm(new BernoulliLayer(1, Teaching.Double), new BernoulliLayer(1, Teaching.Double));
        model.Weights[0, 0] = 4;
        model.Visible.Bias.Fill(-1);
        model.Hidden.Bias.Fill(-2);
        double second = (Teaching.Logistic(3) - Teaching.Logistic(-1)) * (Teaching.Logistic(2) - Teaching.Logistic(-2)),
            exact = (1 + second) / (1 - second);
        var rng = new Rng(4);
        State chains = Exact.Sample(model, Chains, rng);
        ChainReport report = ChainDiagnostics.Follow(model, chains, Sweeps, rng);
        ChainStatistic activity = report.Statistics.Single(s => s.Name == "visible activity");
        Assert.Equal(exact, activity.Time.Value, 5 * exact * Math.Sqrt(2 * (10 * exact + 1) / (Chains * Sweeps)));
        Assert.Equal(Chains * Sweeps / activity.Time.Value, activity.EffectiveSampleSize, 1e-6);
        double on = (Math.Exp(-1) + Math.Exp(1)) / (1 + Math.Exp(-1) + Math.Exp(-2) + Math.Exp(1));
        Assert.Equal(on, activity.Mean, 5 * 0.5 * Math.Sqrt(exact / (Chains * Sweeps)));
        Assert.Equal(activity.StandardDeviation / Math.Sqrt(activity.EffectiveSampleSize), activity.StandardError, 1e-12);
        Assert.Empty(report.Warnings);
        Assert.Equal((Chains, Sweeps, 0), (report.Chains, report.Sweeps, report.SwapRates.Count));
    }

    [Fact]
    public void Units_that_are_not_joined_make_independent_samples()
    {
        // Five statistics at five standard errors √(2(2·10 + 1)/n): false-alarm rate 3e-6.
        const int Chains = 20, Sweeps = 1000;
        Rbm model = Teaching.Bernoulli(5, 4, deviation: 1);
        model.Weights.Fill(0);
        var rng = new Rng(5);
        State chains = Exact.Sample(model, Chains, rng);
        ChainReport report = ChainDiagnostics.Follow(model, chains, Sweeps, rng);
        Assert.Equal(["energy", "free energy", "visible activity", "hidden activity", "random projection"],
            report.Statistics.Select(s => s.Name));
        Assert.All(report.Statistics, s => Assert.Equal(1, s.Time.Value, 5 * Math.Sqrt(2 * 21.0 / (Chains * Sweeps))));
        Assert.All(report.Statistics, s => Assert.InRange(s.RHat, 0.99, 1.01));

        double[] b = model.Visible.Bias.ReadRow(0), c = model.Hidden.Bias.ReadRow(0);
        double energy = -b.Concat(c).Sum(x => x * Teaching.Logistic(x)),
            variance = b.Concat(c).Sum(x => x * x * Teaching.Logistic(x) * Teaching.Logistic(-x));
        double free = -b.Sum(x => x * Teaching.Logistic(x)) - c.Sum(x => Math.Log(1 + Math.Exp(x)));
        Assert.Equal(energy, report.Statistics[0].Mean, 5 * Math.Sqrt(variance / (Chains * Sweeps)));
        Assert.Equal(Math.Sqrt(variance), report.Statistics[0].StandardDeviation, 0.05 * Math.Sqrt(variance));
        Assert.Equal(free, report.Statistics[1].Mean, 5 * Math.Sqrt(variance / (Chains * Sweeps)));
    }

    [Fact]
    public void Two_modes_are_told_by_R_hat_and_joined_by_tempering()
    {
        // All spins agree: one flips against the others with probability 1/(1 + e^6.4), and they flip it back.
        const int Chains = 8;
        var model = new Rbm(new SpinLayer(4, Teaching.Double), new SpinLayer(4, Teaching.Double));
        model.Weights.Fill(0.8);
        var chains = new State(model, Chains);
        for (int c = 0; c < Chains; c++)
            for (int l = 0; l < 2; l++) chains[l].RowRange(c, 1).Fill(c % 2 == 0 ? 1 : -1);
        ChainReport stuck = ChainDiagnostics.Follow(model, chains, 400, new Rng(6));
        ChainStatistic activity = stuck.Statistics.Single(s => s.Name == "visible activity");
        Assert.True(activity.RHat > 5);
        Assert.InRange(activity.EffectiveSampleSize, 1, 2 * Chains);
        Assert.Contains(stuck.Warnings, w => w.StartsWith("visible activity: R-hat is", StringComparison.Ordinal));
        // The energy knows no difference between the modes.
        Assert.InRange(stuck.Statistics[0].RHat, 0.99, 1.2);

        var tempered = new TemperedChains(model, Chains, new Rng(7), temperatures: 8);
        tempered.StartAt(chains);
        ChainReport mixed = ChainDiagnostics.Follow(tempered, 4000, new Rng(8));
        Assert.InRange(mixed.Statistics.Single(s => s.Name == "visible activity").RHat, 0.99, 1.1);
        Assert.True(mixed.RoundTrips > 10 * Chains);
        Assert.Equal(7, mixed.SwapRates.Count);
        Assert.True(mixed.SlowestTime < stuck.SlowestTime);
    }

    [Fact]
    public void A_number_that_never_changes_is_named_and_not_taken_for_a_result()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        var chains = new State(model, 3);
        chains[0].SampleUniform(new Rng(1));
        chains.ClampLayer(0);
        ChainReport report = ChainDiagnostics.Follow(model, chains, 50, new Rng(2));
        Assert.Contains(report.Statistics, s => s.Name == "hidden activity" && double.IsFinite(s.Time.Value));
        Assert.Contains("| visible activity", report.ToTable().ToMarkdown());
        Assert.Throws<ArgumentOutOfRangeException>(() => ChainDiagnostics.Follow(model, chains, 3, new Rng(2)));
        chains.ClampLayer(1);
        Assert.Equal(report.Statistics.Count, ChainDiagnostics.Follow(model, new State(model, 1), 4, new Rng(2)).Statistics.Count);
        Assert.All(ChainDiagnostics.Follow(model, Same(model), 20, new Rng(2)).Warnings,
            w => Assert.EndsWith("so it shows nothing about mixing", w));
    }

    static State Same(Rbm model)
    {
        var chains = new State(model, 2);
        chains.ClampLayer(0);
        chains.ClampLayer(1);
        return chains;
    }

    [Fact]
    public void Chains_start_at_both_ends_of_every_kind_of_unit()
    {
        Layer[] layers = [new BernoulliLayer(70, Teaching.Double), new SpinLayer(70, Teaching.Double),
            new GaussianLayer(2, 2, placement: Teaching.Double), new ReluLayer(2, 2, placement: Teaching.Double),
            new MultinomialLayer(6, 3, 2, Teaching.Double)];
        layers[2].Bias.Fill(0.25);
        double[][] low = [[0, 0], [-1, -1], [-5, -5], [0, 0], [2, 0, 0, 2, 0, 0]],
            high = [[1, 1], [1, 1], [7, 7], [6, 6], [0, 0, 2, 0, 0, 2]];
        for (int l = 0; l < layers.Length; l++)
            foreach (var (isHigh, expected) in ((bool, double[])[])[(false, low[l]), (true, high[l])])
            {
                var states = new Matrix(3, layers[l].Units, Teaching.Double);
                layers[l].SetExtreme(isHigh, states, new Rng(1));
                Assert.Equal(expected, states.ReadRow(2).Take(expected.Length));
            }
    }

    [Fact]
    public void Groups_that_agree_pass_and_groups_that_do_not_are_named()
    {
        var groups = new ChainGroup[] { new(ChainStarts.Low, 4), new(ChainStarts.High, 4) };
        ChainReport Follow(double weight)
        {
            var model = new Rbm(new SpinLayer(4, Teaching.Double), new SpinLayer(4, Teaching.Double));
            model.Weights.Fill(weight);
            var rng = new Rng(6);
            var chains = new State(model, 8);
            ChainStarts.Set(model, groups, chains, new Dictionary<string, State>(), rng);
            Gibbs.Sweep(model, chains, 100, rng);
            return ChainDiagnostics.Follow(model, chains, groups, new TemperedChains(model, 4, rng, 8), 2000, rng);
        }

        ChainReport mixed = Follow(0.1), stuck = Follow(1.5);
        Assert.True(mixed.HaveMixed, string.Join("; ", mixed.Warnings));
        Assert.Empty(mixed.Disagreements);
        Assert.InRange(mixed.GroupRHat(2), 0.999, 1.01);
        Assert.Equal(["low", "high"], mixed.Groups.Select(g => g.Name));
        Assert.False(stuck.HaveMixed);
        Assert.Contains(stuck.Disagreements, d => d.StartsWith("visible activity is ", StringComparison.Ordinal)
            && d.Contains("all units low") && d.EndsWith("the chains have not mixed", StringComparison.Ordinal));
        Assert.Contains("low (4)", stuck.ToGroupTable()!.ToText());
        Assert.Throws<ArgumentException>(() => ChainDiagnostics.Follow(new Rbm(new SpinLayer(2), new SpinLayer(2)),
            new State(new Rbm(new SpinLayer(2), new SpinLayer(2)), 3), groups, null, 10, new Rng(1)));
    }
}
