namespace Boltzmann.Tests.Training;

/// <summary>Metrics by name, a user's own among them.</summary>
public class MetricSetTests
{
    static readonly Metric own = new("own", "units", HigherIsBetter: true, c => c.Training.Rows);

    [Fact]
    public void A_metric_of_a_users_own_is_asked_for_by_name_and_measured_beside_the_built_in_ones()
    {
        MetricSet metrics = MetricCatalog.BuiltIn.With(own, new("of-deep-machines", "", false, _ => 0) { ModelType = typeof(Dbm) });
        var options = new TrainerOptions
        {
            BatchSize = 4,
            Metrics = [metrics.Parse("own:2"), metrics.Parse("weight-norm")],
            EarlyStopping = new("own", 1),
        };
        var trainer = new Trainer(Teaching.Bernoulli(3, 2), new ContrastiveDivergence(), new Sgd(), options);
        EpochRecord[] records = [.. trainer.Run(Teaching.RandomBits(4, 3), 9).Select(p => p.Completed!)];
        Assert.Equal([2, 4], records.Where(r => r.Metrics.ContainsKey("own")).Select(r => r.Number));
        Assert.Equal("own has not improved on 4 for 1 measurements", records[^1].Stopped);
        Assert.Equal([.. MetricCatalog.NamesFor<Rbm>(), "own"], metrics.NamesFor<Rbm>());
        Assert.Contains("of-deep-machines", metrics.NamesFor<Dbm>());
        string unknown = Assert.Throws<BadInputException>(() => metrics.Parse("mine")).Message;
        Assert.StartsWith("there is no metric 'mine'; known are reconstruction-error", unknown);
        Assert.EndsWith(", own, of-deep-machines", unknown);
    }

    [Fact]
    public void Adding_metrics_leaves_the_set_as_it_is_for_others()
    {
        IReadOnlyList<string> before = MetricCatalog.Names;
        Assert.Equal("own", MetricCatalog.BuiltIn.With(own).Names[^1]);
        Assert.Equal(before, MetricCatalog.Names);
        Assert.Throws<BadInputException>(() => MetricCatalog.Parse("own"));
    }

    [Fact]
    public void Names_that_could_not_be_told_apart_are_refused()
    {
        Assert.Contains("2 metrics 'own'", Refused(own, own));
        Assert.Contains("2 metrics 'seconds'", Refused(own with { Name = "seconds" }));
        foreach (string name in (string[])["", "own:2"]) Assert.Contains($"'{name}' is not a name", Refused(own with { Name = name }));

        static string Refused(params Metric[] added) => Assert.Throws<ArgumentException>(() => MetricCatalog.BuiltIn.With(added)).Message;
    }
}
