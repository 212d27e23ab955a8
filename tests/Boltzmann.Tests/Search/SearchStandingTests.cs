using Boltzmann.Cli;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>The line on a search that goes on.</summary>
public sealed class SearchStandingTests
{
    static LadderRung Rung(double beta, double energy) => new(beta, energy, 1, 0.5, 0.5, 0);

    static readonly SearchStanding standing = new("best cut 3064", "8190 of 8200 clauses hold",
        [.. Enumerable.Range(0, 31).Select(t => Rung(Math.Pow(2, t / 5.0 - 1), -t))], 1.52e9, 3.4);

    [Fact]
    public void It_has_the_best_what_holds_temperatures_updates_and_the_time_since_it_improved() =>
        Assert.Equal("4 colours · best cut 3064 · 8190 of 8200 clauses hold · T 2 ██▇▇▆▆▅▅▄▄▃▃▂▂▁▁ 0.031 · 1520 million updates/s "
            + "· 3 s since the last improvement", standing.Line(200, "4 colours"));

    [Fact]
    public void What_finds_no_room_is_left_out_and_the_best_stays_last()
    {
        for (int width = 1; width < 160; width++)
        {
            string line = standing.Line(width, "4 colours");
            Assert.InRange(line.Length, 1, width);
            Assert.StartsWith("best cut 3064"[..Math.Min(width, 8)], line.Replace("4 colours · ", "", StringComparison.Ordinal));
        }
        Assert.Equal("4 colours · best cut 3064 · 8190 of 8200 clauses hold · T 2 ██▇▇▆▆▅▅▄▄▃▃▂▂▁▁ 0.031 · 3 s since the last improvement",
            standing.Line(120, "4 colours"));
        Assert.Equal("best cut 3064 · 3 s since the last improvement", standing.Line(50));
    }

    [Fact]
    public void Without_temperatures_and_clauses_there_is_nothing_between() =>
        Assert.Equal("best energy −3 · 2.5 million updates/s · 0 s since the last improvement",
            new SearchStanding("best energy −3", "", [Rung(1, -3)], 2.5e6, 0.2).Line(200));

    [Fact]
    public void An_anneal_under_way_shows_the_temperatures_that_it_has_passed()
    {
        var ring = new BinaryEnergyBuilder();
        ring.AddVariables(2000);
        for (int v = 0; v < 2000; v++) ring.AddSpins(v, (v + 1) % 2000, -0.5);
        var lengths = new List<int>();
        Search.Best(ring.Build(), new Boltzmann.Searching.Annealing(), new StopRule { Sweeps = 300 }, seed: 1, progress: run =>
        {
            IReadOnlyList<LadderRung> now = run.LadderNow;
            lengths.Add(now.Count);
            Assert.True(now.Zip(now.Skip(1)).All(pair => pair.First.Beta < pair.Second.Beta));
            Assert.Equal(2000, run.CooledState()!.Length);
        });
        Assert.True(lengths[0] < 5 && lengths.Max() >= 50, string.Join(' ', lengths));
    }
}
