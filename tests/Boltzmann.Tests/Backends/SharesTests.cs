using Boltzmann.Compute.Cpu;

namespace Boltzmann.Tests.Backends;

/// <summary>The shares of processors that are not at hand: up to 128 threads, on shapes from a few rows to many.</summary>
public class SharesTests
{
    static readonly int[] Teams = [1, 2, 3, 5, 16, 64, 128];

    public static TheoryData<int, int> RowsAndThreads
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int rows in (int[])[0, 1, 15, 16, 17, 100, 500, 784, 1024, 3072, 5000, 20_136])
                foreach (int threads in Teams) data.Add(rows, threads);
            return data;
        }
    }

    [Theory, MemberData(nameof(RowsAndThreads))]
    public void Each_row_belongs_to_one_share_and_lines_are_not_divided(int rows, int threads)
    {
        var shares = new Shares(rows, threads);
        Assert.InRange(shares.Count, 1, threads);
        Assert.Equal(0, shares.Start(0));
        Assert.Equal(rows, shares.Start(shares.Count));
        for (int share = 0; share < shares.Count; share++)
        {
            Assert.Equal(0, shares.Start(share) % Shares.Grain);
            if (rows > 0) Assert.True(shares.Start(share) < shares.Start(share + 1), $"share {share} of {rows} rows is empty");
        }
    }

    [Theory, MemberData(nameof(RowsAndThreads))]
    public void The_largest_share_is_as_small_as_whole_grains_allow_and_no_thread_more_than_that_takes_is_asked(int rows, int threads)
    {
        var shares = new Shares(rows, threads);
        int grains = (rows + Shares.Grain - 1) / Shares.Grain, least = (grains + threads - 1) / threads;
        int largest = Enumerable.Range(0, shares.Count).Max(i => shares.Start(i + 1) - shares.Start(i));
        Assert.InRange(largest, 0, Math.Max(least, 1) * Shares.Grain);
        if (shares.Count > 1) Assert.True(new Shares(rows, shares.Count - 1).Count < shares.Count);
        Assert.Equal(shares.Count, new Shares(rows, shares.Count).Count);
        // One fewer would have to take more rows each.
        if (shares.Count > 1) Assert.True((grains + shares.Count - 2) / (shares.Count - 1) > least);
    }

    [Fact]
    public void More_threads_are_asked_only_where_they_are_quicker_by_the_model_of_costs()
    {
        foreach (double nanoseconds in (double[])[0, 300, 1000, 3000, 10_000, 100_000, 1e6, 1e8])
            foreach (int team in Teams)
            {
                int threads = Shares.Worth(nanoseconds, team);
                Assert.InRange(threads, 1, team);
                for (int fewer = 1; fewer < threads; fewer++)
                    Assert.True(Time(nanoseconds, threads) <= Time(nanoseconds, fewer), $"{threads} threads for {nanoseconds} ns");
            }

        static double Time(double nanoseconds, int threads) => nanoseconds / threads + 200.0 * threads;
    }

    [Fact]
    public void Threads_grow_with_the_work_and_never_pass_the_team()
    {
        foreach (int team in Teams)
        {
            int before = 1;
            foreach (int examples in (int[])[0, 1, 2, 10, 48, 100, 1000, 100_000])
            {
                int threads = Shares.Threads(784, 1024, examples, team);
                Assert.InRange(threads, before, team);
                before = threads;
            }
            Assert.Equal(team, before);
            Assert.Equal(1, Shares.Threads(20, 30, 10, team));
        }
    }
}
