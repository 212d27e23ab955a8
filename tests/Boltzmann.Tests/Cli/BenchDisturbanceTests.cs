using Boltzmann.Cli.Benchmarks;

namespace Boltzmann.Tests.Cli;

/// <summary>Which timings bench takes for disturbed, what it does about them, and what it makes of the rest; without a clock.</summary>
public sealed class BenchDisturbanceTests
{
    static readonly BenchWidth two = new(Precision.Float32, 256, 2), one = two with { Threads = 1 };
    static readonly Surroundings quiet = new(110, 120, 100, 100), far = new(450, 120, 100, 100), late = new(110, 1500, 100, 100),
        slow = new(110, 120, 100, 80);

    static Disturbances Usual()
    {
        var disturbances = new Disturbances();
        for (int i = 0; i < 5; i++) disturbances.Add(two, quiet);
        return disturbances;
    }

    [Fact]
    public void A_long_exchange_and_a_low_peak_are_disturbances()
    {
        Disturbances usual = Usual();
        Assert.Equal(120, usual.MedianExchange);
        Assert.Equal(100, usual.BestPeak(Precision.Float32, 256));
        Assert.False(usual.Contains(two, quiet));
        Assert.True(usual.Contains(two, late));
        Assert.True(usual.Contains(one, late));
        Assert.True(usual.Contains(two, slow));
        Assert.True(usual.Contains(one, slow));
    }

    [Fact]
    public void Cores_further_apart_than_usual_disturb_only_work_of_several_threads()
    {
        Assert.True(Usual().Contains(two, far));
        Assert.False(Usual().Contains(one, far));
        var apart = new Disturbances();
        for (int i = 0; i < 5; i++) apart.Add(two, far with { ExchangeAfter = 480 });
        Assert.False(apart.Contains(two, far));
    }

    [Fact]
    public void Of_few_readings_nothing_is_usual()
    {
        var disturbances = new Disturbances();
        disturbances.Add(two, quiet);
        Assert.False(disturbances.Contains(two, far));
        Assert.True(disturbances.Contains(two, late));
    }

    [Fact]
    public void Peaks_are_compared_with_those_of_the_same_width()
    {
        Disturbances usual = Usual();
        var wide = new BenchWidth(Precision.Float64, 256, 2);
        usual.Add(wide, quiet with { PeakBefore = 50, PeakAfter = 50 });
        Assert.False(usual.Contains(wide, quiet with { PeakBefore = 50, PeakAfter = 49 }));
    }

    [Fact]
    public void A_machine_of_one_core_has_no_exchange_and_is_judged_by_its_peak()
    {
        var disturbances = new Disturbances();
        Surroundings single = new(double.NaN, double.NaN, 100, 100);
        for (int i = 0; i < 10; i++) disturbances.Add(one, single);
        Assert.False(disturbances.Contains(one, single));
        Assert.True(disturbances.Contains(one, single with { PeakAfter = 70 }));
        Assert.True(double.IsNaN(disturbances.MedianExchange));
    }

    [Fact]
    public void Disturbed_visits_do_not_count_where_there_are_others()
    {
        var judged = new JudgedVisits([new(1, 0.9, late), new(3, 2.5, quiet), new(2, 1.9, quiet)], two, Usual());
        Assert.Equal(2, judged.Best.Milliseconds);
        Assert.Equal(1.9, judged.Fastest);
        Assert.Equal([true, false, false], judged.AreDisturbed);
        Assert.False(judged.AreOnlyDisturbed);
    }

    [Fact]
    public void Disturbed_visits_count_and_are_named_where_there_is_nothing_else()
    {
        var judged = new JudgedVisits([new(4, 3.9, late), new(3, 2.9, slow)], two, Usual());
        Assert.Equal(3, judged.Best.Milliseconds);
        Assert.True(judged.AreOnlyDisturbed);
        Assert.Equal(2, judged.Disturbed);
    }

    [Fact]
    public void Shares_are_of_threads_times_the_one_thread_peak_and_speeds_over_one_thread()
    {
        BenchCase bench = BenchCases.Standard(2, 256)[0];
        BenchResult both = new(bench, new JudgedVisits([new(2, 2, quiet)], two, Usual())),
            alone = new(bench with { Threads = 1 }, new JudgedVisits([new(3, 3, quiet)], one, Usual()));
        Assert.Equal(200, both.PeakGflops);
        Assert.Equal(100, alone.PeakGflops);
        Assert.Equal(1.5, both.OverOneThread([both, alone]));
        Assert.Null(alone.OverOneThread([both, alone]));
        Assert.Null(both.OverOneThread([both]));
    }

    [Fact]
    public void More_threads_that_take_longer_than_one_are_named()
    {
        BenchCase bench = BenchCases.Standard(2, 256)[0];
        BenchResult Of(int threads, double milliseconds, Surroundings around) => new(bench with { Threads = threads },
            new JudgedVisits([new(milliseconds, milliseconds, around)], two, Usual()));
        BenchReport Report(double both, Surroundings around) => new()
        {
            Machine = new("CPU", 2, 256, ".NET", null),
            Data = "digits",
            Results = [Of(2, both, quiet), Of(1, 1, around)],
        };
        Assert.Contains(BenchText.Notes(Report(1.25, quiet)), note => note.Contains($"{bench.Name} (0.80)", StringComparison.Ordinal));
        Assert.Empty(BenchText.Notes(Report(1.02, quiet)));
        Assert.DoesNotContain(BenchText.Notes(Report(1.25, late)), note => note.StartsWith("Slower", StringComparison.Ordinal));
        Assert.EndsWith("n7 and 2 more", BenchText.List(Enumerable.Range(0, 10).Select(i => $"n{i}")));
    }

    [Fact]
    public void A_disturbed_visit_is_repeated_until_the_spell_is_over()
    {
        Entry spoiled = new([quiet, late, late, quiet, quiet]), fine = new([quiet]);
        var rounds = new BenchRounds();
        Assert.Equal([1, 2, 3], rounds.Run([fine, spoiled], 3, default));
        Assert.Equal(2, rounds.Repeats);
        Assert.Equal(3, fine.Visits);
        Assert.Equal(5, spoiled.Visits);
    }

    [Fact]
    public void Where_a_machine_is_never_quiet_repeats_end()
    {
        Entry entry = new([late]);
        var rounds = new BenchRounds();
        Assert.Equal(20, rounds.Run([entry], 20, default).Count());
        Assert.Equal(20 * BenchRounds.RepeatsPerVisit, rounds.Repeats);
        Entry once = new([late]);
        Assert.Single(new BenchRounds().Run([once, new Entry([late]), new Entry([late]), new Entry([late])], 1, default));
        Assert.InRange(once.Visits, 2, 1 + BenchRounds.MostRepeats);
    }

    [Fact]
    public void Rounds_can_be_interrupted() => Assert.Throws<OperationCanceledException>(
        () => new BenchRounds().Run([new Entry([quiet])], 1, new CancellationToken(canceled: true)).Count());

    [Fact]
    public void A_thread_that_never_answers_does_not_hang_the_exchange()
    {
        if (Environment.ProcessorCount < 2) return;
        double nanoseconds = PingPong.Measure(9, 100, TimeSpan.FromMilliseconds(5), _ => { });
        Assert.InRange(nanoseconds, 5e6, double.MaxValue);
    }

    [Fact]
    public void A_brief_exchange_is_a_time()
    {
        double nanoseconds = PingPong.MeasureBriefly();
        if (Environment.ProcessorCount < 2) Assert.True(double.IsNaN(nanoseconds));
        else Assert.InRange(nanoseconds, 10, double.MaxValue);
    }

    // Lives through given surroundings, the last of them for ever.
    sealed class Entry(Surroundings[] around) : IBenchEntry
    {
        public int Visits { get; private set; }

        public BenchWidth Width => two;

        public Surroundings Visit() => around[Math.Min(Visits++, around.Length - 1)];
    }
}
