namespace Boltzmann.Tests.Temporal;

/// <summary>
/// Chains of a machine whose states lie in two groups, all units on or all off, between which sweeps at β = 1 hardly ever pass.
/// </summary>
public sealed class AnnealedChainsTests
{
    const int Units = 8, Repeats = 64;

    static readonly Placement inDouble = Placement.Default.Double;

    /// <summary>The mean over 64 repeats lies within five of its errors of the sums; without weights it lies far off.</summary>
    [Theory, InlineData(10, 0.5), InlineData(25, 0.8), InlineData(25, 0.3)]
    public void Unequal_groups_of_states_count_by_their_probability(int sweeps, double shareOn)
    {
        (StepMachine machine, Matrix toVisible, Matrix toHidden) = TwoGroups(shareOn);
        Matrix exact = toVisible.Like(Repeats, Units), drawn = toVisible.Like(Repeats, Units);
        machine.SetMeans(toVisible, toHidden, exact);
        var chains = new AnnealedChains(machine, toVisible, toHidden, chains: 2000, new Rng(11));
        chains.Run(sweeps);
        chains.SetMeans(drawn);
        var (mean, error) = MeanOf(drawn);
        Assert.True(error < 0.02, $"error {error}");
        Assert.True(Math.Abs(mean - exact[0, 0]) < 5 * error, $"{mean} ± {error}, exactly {exact[0, 0]}");
    }

    /// <summary>One chain in proportion to its weight: of 64 rows so many are on as the sums say, within five binomial errors.</summary>
    [Fact]
    public void Draws_fall_into_each_group_by_its_probability()
    {
        (StepMachine machine, Matrix toVisible, Matrix toHidden) = TwoGroups(0.8);
        Matrix exact = toVisible.Like(Repeats, Units), drawn = toVisible.Like(Repeats, Units);
        machine.SetMeans(toVisible, toHidden, exact);
        var chains = new AnnealedChains(machine, toVisible, toHidden, chains: 100, new Rng(12));
        chains.Run(25);
        chains.Draw(drawn);
        var (mean, _) = MeanOf(drawn);
        Assert.Equal(exact[0, 0], mean, 5 * Math.Sqrt(0.25 / Repeats));
        Assert.All(Enumerable.Range(0, Repeats), r => Assert.All(drawn.ReadRow(r), x => Assert.True(x is 0 or 1)));
    }

    // One hidden unit that says 5 to each visible unit of bias −2.5: on and off are alike but for the hidden unit's bias.
    static (StepMachine Machine, Matrix ToVisible, Matrix ToHidden) TwoGroups(double shareOn)
    {
        const double Weight = 5;
        Matrix weights = new(Units, 1, inDouble), toVisible = new(Repeats, Units, inDouble), toHidden = new(Repeats, 1, inDouble);
        weights.Fill(Weight);
        toVisible.Fill(-Weight / 2);
        double logOfEqual = Units * (Math.Log(1 + Math.Exp(-Weight / 2)) - Math.Log(1 + Math.Exp(Weight / 2)));
        toHidden.Fill(logOfEqual + Math.Log(shareOn / (1 - shareOn)));
        return (new(new BernoulliLayer(Units, inDouble), new BernoulliLayer(1, inDouble), weights), toVisible, toHidden);
    }

    static (double Mean, double Error) MeanOf(Matrix rows)
    {
        double[] means = [.. Enumerable.Range(0, rows.Rows).Select(r => rows.ReadRow(r).Average())];
        double mean = means.Average();
        return (mean, Math.Sqrt(means.Sum(m => (m - mean) * (m - mean)) / (means.Length - 1) / means.Length));
    }
}
