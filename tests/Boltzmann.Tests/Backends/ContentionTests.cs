using Boltzmann.Compute.Cpu;

namespace Boltzmann.Tests.Backends;

public class ContentionTests
{
    static long Shortest => Contention.ShortestSpell;

    static long Longest => Contention.LongestSpell;

    static long Stretch => Contention.GoodStretch;

    long now = 12_345_678_901;

    [Fact]
    public void Without_trouble_all_threads_work()
    {
        var contention = new Contention(16);
        Assert.True(contention.IsOver);
        Assert.Equal(16, contention.Threads(now));
    }

    [Fact]
    public void A_single_trouble_costs_one_thread_for_the_shortest_spell()
    {
        var contention = new Contention(16);
        contention.Meet(now);
        Assert.False(contention.IsOver);
        Assert.Equal(15, contention.Threads(now + Shortest - 1));
        Assert.Equal(16, contention.Threads(now + Shortest));
        Assert.True(contention.IsOver);
    }

    [Fact]
    public void Runs_that_take_longer_than_one_thread_would_are_trouble_in_sum()
    {
        var contention = new Contention(2);
        long unit = Contention.Tolerance / 10;
        // What was saved before counts, but not without bound.
        for (int i = 0; i < 1000; i++) contention.Compare(unit, 2 * unit, now);
        for (int i = 0; i < 19; i++) contention.Compare(3 * unit, 2 * unit, now);
        Assert.True(contention.IsOver);
        contention.Compare(3 * unit, 2 * unit, now);
        Assert.Equal(1, contention.Threads(now));
        now += Shortest;
        Assert.Equal(2, contention.Threads(now));
        // Losses and gains that cancel are none.
        for (int i = 0; i < 1000; i++) contention.Compare(i % 2 == 0 ? 6 * unit : unit, i % 2 == 0 ? unit : 6 * unit, now);
        Assert.True(contention.IsOver);
    }

    [Fact]
    public void Trouble_that_comes_back_soon_doubles_the_spell_up_to_the_longest()
    {
        var contention = new Contention(2);
        for (long expected = Shortest; expected < 4 * Longest; expected *= 2) Assert.Equal(Math.Min(expected, Longest), Spell(contention));
    }

    [Fact]
    public void Each_good_stretch_halves_the_next_spell()
    {
        var contention = new Contention(2);
        for (int i = 0; i < 5; i++) Spell(contention);                // the last one 16 times the shortest
        now += Stretch;
        Assert.Equal(16 * Shortest, Spell(contention));
        now += 3 * Stretch;
        Assert.Equal(4 * Shortest, Spell(contention));
        now += 100 * Stretch;
        Assert.Equal(Shortest, Spell(contention));
    }

    [Fact]
    public void Rare_trouble_never_lengthens_the_spells()
    {
        var contention = new Contention(2);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(Shortest, Spell(contention));
            now += 10 * Stretch;
        }
    }

    [Fact]
    public void Trouble_among_fewer_threads_doubles_those_that_pause()
    {
        var contention = new Contention(16);
        foreach (int threads in new[] { 15, 14, 12, 8, 1, 1 })
        {
            contention.Meet(now);
            Assert.Equal(threads, contention.Threads(now + 1));
        }
    }

    [Fact]
    public void Soon_after_a_spell_half_as_many_pause_as_did_last()
    {
        var contention = new Contention(16);
        for (int i = 0; i < 4; i++) contention.Meet(now);
        Assert.Equal(8, contention.Threads(now));
        now += Shortest;
        Assert.Equal(16, contention.Threads(now));
        contention.Meet(now + 1);
        Assert.Equal(12, contention.Threads(now + 1));
    }

    /// <summary>Lets trouble come one tick from now and returns how long threads pause; it is the end of that spell then.</summary>
    long Spell(Contention contention)
    {
        contention.Meet(++now);
        for (long spell = Shortest; ; spell *= 2)
        {
            Assert.True(spell <= Longest);
            if (contention.Threads(now + spell) < 2) continue;
            now += spell;
            return spell;
        }
    }
}
