using System.Globalization;

namespace Boltzmann.Tests.Runs;

/// <summary>What a search draws, and what it refuses to.</summary>
public sealed class SearchSpaceTests
{
    static readonly RunPlan rbm = TrainPlan.Of(ModelKind.Rbm);

    static double[] Drawn(string text, int count)
    {
        var range = SettingRange.Parse(text);
        var rng = new Rng(5);
        return [.. Enumerable.Range(0, count).Select(_ => double.Parse(range.Draw(rng), CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void A_range_of_a_factor_of_ten_is_log_uniform_and_others_are_uniform()
    {
        // Half of the draws lie below the middle: √(0.01 · 0.3), or (0.2 + 0.8)/2. Of 4000, ± 4 deviations of 32: one false alarm in
        // 16 000.
        Assert.InRange(Drawn("learning-rate=0.01..0.3", 4000).Count(x => x < Math.Sqrt(0.003)), 2000 - 127, 2000 + 127);
        Assert.InRange(Drawn("momentum=0.2..0.8", 4000).Count(x => x < 0.5), 2000 - 127, 2000 + 127);
        Assert.InRange(Drawn("learning-rate=linear:0.01..0.3", 4000).Count(x => x < 0.155), 2000 - 127, 2000 + 127);
        Assert.InRange(Drawn("learning-rate=log:0.1..0.4", 4000).Count(x => x < 0.2), 2000 - 127, 2000 + 127);
        Assert.False(SettingRange.Parse("l2=0..0.1").IsLogarithmic);
        Assert.All(Drawn("learning-rate=0.01..0.3", 4000), x => Assert.InRange(x, 0.01, 0.3));
    }

    [Fact]
    public void Whole_ends_give_whole_numbers_the_ends_as_often_as_others()
    {
        double[] drawn = Drawn("chains=1..4", 4000);
        Assert.All(drawn, x => Assert.Equal(Math.Round(x), x));
        // Each a quarter, ± 4 deviations of √(4000 · 3/16) = 27.4, of four counts: one false alarm in 4000.
        foreach (int value in (int[])[1, 2, 3, 4]) Assert.InRange(drawn.Count(x => x == value), 1000 - 110, 1000 + 110);
        Assert.All(Drawn("hidden=16..512", 500), x => Assert.True(x == Math.Round(x) && x is >= 16 and <= 512));
        Assert.True(SettingRange.Parse("hidden=16..512").IsLogarithmic);
        Assert.Contains(Drawn("learning-rate=0.01..0.3", 20), x => x != Math.Round(x));
    }

    [Theory]
    [InlineData("learning-rate", "expected NAME=VALUES")]
    [InlineData("learning-rate=", "expected NAME=VALUES")]
    [InlineData("learning-rate=0.3..0.01", "expected a greater number behind ..")]
    [InlineData("learning-rate=0.01..x", "expected numbers on both sides")]
    [InlineData("l2=log:0..1", "log: needs a range above 0")]
    [InlineData("hidden=128,,256", "a value is empty")]
    [InlineData("hidden=128,128", "a value is listed twice")]
    [InlineData("hidden=log:128,256", "expected a range after log:")]
    public void What_is_no_range_is_refused(string text, string because) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(() => SettingRange.Parse(text)).Message);

    [Theory]
    [InlineData("learning-rat=0.1,0.2", "there is no such setting; did you mean 'learning-rate'?")]
    [InlineData("epochs=1,2", "--epochs is what the last round trains to")]
    [InlineData("seed=1,2", "train --seeds")]
    [InlineData("binarize=none,stochastic", "judged on the same rows")]
    [InlineData("data=mnist,digits", "judged on the same rows")]
    [InlineData("batch-size=20.5,30", "expected")]
    [InlineData("chains=0..100", "--chains must be at least 1, not 0")]
    [InlineData("method=cd,gibbs", "one of")]
    public void What_cannot_be_searched_is_refused(string text, string because) => Assert.Contains(because,
        Assert.Throws<BadInputException>(() => SearchSpace.Check(rbm, [SettingRange.Parse(text)])).Message);

    [Fact]
    public void A_seed_draws_the_same_trials_and_a_larger_budget_begins_with_them()
    {
        SettingRange[] ranges = [.. SearchSpace.DefaultsOf(rbm).Select(SettingRange.Parse)];
        SearchSpace.Check(rbm, ranges);
        string[] few = Words(SearchSpace.Draw(ranges, 5, 1)), many = Words(SearchSpace.Draw(ranges, 20, 1));
        Assert.Equal(few, many[..5]);
        Assert.Equal(20, many.Distinct().Count());
        Assert.NotEqual(few, Words(SearchSpace.Draw(ranges, 5, 2)));

        static string[] Words(IReadOnlyList<IReadOnlyDictionary<string, string>> drawn) =>
            [.. drawn.Select(values => string.Join(' ', values))];
    }

    [Fact]
    public void Few_values_are_each_tried_once()
    {
        SettingRange[] ranges = [SettingRange.Parse("hidden=8,16"), SettingRange.Parse("steps=1..3")];
        IReadOnlyList<IReadOnlyDictionary<string, string>> drawn = SearchSpace.Draw(ranges, 20, 3);
        Assert.Equal(6, drawn.Select(values => (values["hidden"], values["steps"])).Distinct().Count());
        Assert.Equal(6, drawn.Count);
    }

    [Fact]
    public void Values_of_several_layers_have_blanks_between_them()
    {
        var plan = (TrainPlan)SearchSpace.With(TrainPlan.Of(ModelKind.Dbn), new Dictionary<string, string>
        {
            ["hidden"] = "500 250",
            ["method"] = "cd",
            ["centering"] = "false",
            ["learning-rate"] = "0.02",
        });
        Assert.Equal([500, 250], plan.Hidden);
        Assert.Equal((TrainingMethod.Cd, false), (plan.Method, plan.Centering));
        Assert.Equal([0.02], plan.LearningRate);
    }

    [Theory]
    [InlineData(36, null, new[] { 4, 12, 36 })]
    [InlineData(20, null, new[] { 3, 9, 20 })]
    [InlineData(20, 5, new[] { 5, 15, 20 })]
    [InlineData(5, null, new[] { 1, 3, 5 })]
    [InlineData(1, null, new[] { 1 })]
    [InlineData(9, 9, new[] { 9 })]
    public void Rounds_are_three_times_as_long_up_to_all_epochs(int epochs, int? first, int[] rounds) =>
        Assert.Equal(rounds, TunePlan.Rounds(epochs, first));

    [Fact]
    public void Twenty_trials_cost_at_most_twenty_quarters_of_a_training()
    {
        int[] rounds = TunePlan.Rounds(36);
        int trials = 20, cost = 0, before = 0;
        foreach (int epochs in rounds)
        {
            cost += trials * (epochs - before);
            (trials, before) = (TunePlan.Survivors(trials), epochs);
        }
        Assert.InRange(cost, 4 * 36, 20 * 36 / 4);
    }
}
