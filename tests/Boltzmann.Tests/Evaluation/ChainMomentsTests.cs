using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Evaluation;

/// <summary>Moments of chains beside sums over all states.</summary>
public class ChainMomentsTests
{
    const int Chains = 40, Sweeps = 4000;

    public static TheoryData<string> Machines => ["rbm of bits", "rbm of spins", "joined spins"];

    [Theory, MemberData(nameof(Machines))]
    public void Every_moment_is_within_its_errors_of_the_sum_over_all_states(string name)
    {
        // 6 numbers of the state, 5 means and 10 products of three machines at five standard errors: false-alarm rate 4e-5.
        EnergyModel model = Make(name);
        var rng = new Rng(8);
        State chains = Exact.Sample(model, Chains, rng);
        var moments = new ChainMoments(model, chains, Sweeps);
        IReadOnlyList<ChainMoment> found = ChainDiagnostics.Follow(model, chains, [], null, Sweeps, rng, moments: moments).Moments;
        Assert.Equal(6 + 5 + 10, found.Count);
        double[] p = Exact.StateProbabilities(model, 0);
        var states = new Matrix(p.Length, 5, model.Placement);
        model.Layers[0].SetStates(0, states);
        foreach (ChainMoment moment in found)
        {
            if (moment.Name.Contains("energy", StringComparison.Ordinal)) continue;
            double exact = 0;
            for (int s = 0; s < p.Length; s++) exact += p[s] * Of(moment, states.ReadRow(s));
            Assert.Equal(exact, moment.Statistic.Mean, 5 * moment.Statistic.StandardError);
            Assert.InRange(moment.Statistic.StandardError, 1e-6, 0.1);
        }
        var (energy, square) = Energies(model);
        Assert.Equal(energy, found[0].Statistic.Mean, 5 * found[0].Statistic.StandardError);
        Assert.Equal(square - energy * energy, found[1].Statistic.Mean, 5 * found[1].Statistic.StandardError);
    }

    [Fact]
    public void Errors_of_slow_chains_are_those_of_their_autocorrelation()
    {
        // Means of 40 groups of chains scatter by their error: the ratio of variances is χ²/39, between 0.4 and 2.1 at five deviations.
        EnergyModel model = Make("rbm of spins");
        model.Layers[0].Parameters[0].Value.Fill(0);
        double[] means = new double[40];
        double squares = 0;
        for (int g = 0; g < means.Length; g++)
        {
            var rng = new Rng(100 + (ulong)g);
            State chains = Exact.Sample(model, 4, rng);
            var moments = new ChainMoments(model, chains, 1000);
            ChainReport report = ChainDiagnostics.Follow(model, chains, [], null, 1000, rng, moments: moments);
            ChainMoment mean = report.Moments.First(m => m.Unit == 0);
            means[g] = mean.Statistic.Mean;
            squares += mean.Statistic.StandardError * mean.Statistic.StandardError / means.Length;
        }
        double centre = means.Average(), variance = means.Sum(m => (m - centre) * (m - centre)) / (means.Length - 1);
        Assert.InRange(variance / squares, 0.4, 2.1);
    }

    [Fact]
    public void Wide_rows_have_no_pairs()
    {
        var model = new Rbm(new BernoulliLayer(ChainMoments.MostColumns + 1), new BernoulliLayer(2));
        var chains = new State(model, 3);
        var moments = new ChainMoments(model, chains, 4);
        ChainReport report = ChainDiagnostics.Follow(model, chains, [], null, 4, new Rng(1), moments: moments);
        Assert.Equal(6 + ChainMoments.MostColumns + 1, report.Moments.Count);
        Assert.All(report.Moments, m => Assert.Null(m.Other));
    }

    static EnergyModel Make(string name)
    {
        var rng = new Rng(3);
        EnergyModel model = name switch
        {
            "rbm of bits" => new Rbm(new BernoulliLayer(5, Teaching.Double), new BernoulliLayer(3, Teaching.Double)),
            "rbm of spins" => new Rbm(new SpinLayer(5, Teaching.Double), new SpinLayer(3, Teaching.Double)),
            _ => new BoltzmannMachine(new SpinLayer(5, Teaching.Double)),
        };
        model.SetRandomWeights(0.7, rng);
        model.Layers[0].Parameters[0].Value.SampleNormal(rng);
        return model;
    }

    static double Of(ChainMoment moment, double[] row)
    {
        double m = row.Average();
        return moment.Name switch
        {
            "activity" => m,
            "absolute activity" => Math.Abs(m),
            "squared activity" => m * m,
            "fourth power of activity" => m * m * m * m,
            "mean" => row[moment.Unit!.Value],
            "product" => row[moment.Unit!.Value] * row[moment.Other!.Value],
            _ => throw new ArgumentException(moment.Name),
        };
    }

    // ⟨E⟩ and ⟨E²⟩ over all joint states.
    static (double Mean, double Square) Energies(EnergyModel model)
    {
        long[] sizes = [.. model.Layers.Select(layer => layer.StateCount!.Value)];
        int count = (int)sizes.Aggregate((a, b) => a * b);
        var state = new State(model, count);
        for (int l = 0; l < sizes.Length; l++)
        {
            var all = new Matrix((int)sizes[l], model.Layers[l].Units, model.Placement);
            model.Layers[l].SetStates(0, all);
            for (int s = 0; s < count; s++)
                state[l].WriteRow(s, all.ReadRow((int)(l == 0 ? s % sizes[0] : s / sizes[0])));
        }
        var energies = new Matrix(count, 1, model.Placement);
        model.AddEnergy(state, energies);
        double[] e = energies.ReadColumn(0), weights = Array.ConvertAll(e, x => Math.Exp(-x));
        double z = weights.Sum();
        return (e.Zip(weights, (x, w) => x * w).Sum() / z, e.Zip(weights, (x, w) => x * x * w).Sum() / z);
    }
}
