using Boltzmann.Compute.Cpu;

namespace Boltzmann.Tests.Backends;

public class WorkerTeamTests
{
    struct Counting(int[] counts) : IJob
    {
        public readonly void Execute(int part) => Interlocked.Increment(ref counts[part]);
    }

    struct Failing(int[] counts, int at) : IJob
    {
        public readonly void Execute(int part)
        {
            Interlocked.Increment(ref counts[part]);
            if (part == at) throw new InvalidOperationException($"part {part}");
        }
    }

    struct Nesting(WorkerTeam team, int[] counts) : IJob
    {
        public readonly void Execute(int part)
        {
            var inner = new Counting(counts);
            team.Run(ref inner, counts.Length);
        }
    }

    struct Waiting(Barrier barrier) : IJob
    {
        public readonly void Execute(int part) => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(30)));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(8)]
    public void Each_part_runs_exactly_once(int threads)
    {
        var team = new WorkerTeam(threads);
        for (int round = 0; round < 2000; round++)
        {
            var counts = new int[round % 37];
            var job = new Counting(counts);
            team.Run(ref job, counts.Length);
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(9)]
    public void Each_part_runs_exactly_once_on_some_of_the_threads(int threads)
    {
        var team = new WorkerTeam(3);
        for (int round = 0; round < 500; round++)
        {
            var counts = new int[round % 37];
            var job = new Counting(counts);
            team.Run(ref job, counts.Length, round % 5 == 0 ? 3 : threads);
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Parts_run_at_the_same_time()
    {
        var team = new WorkerTeam(3);
        using var barrier = new Barrier(3);
        var job = new Waiting(barrier);
        team.Run(ref job, 3);
    }

    [Fact]
    public void Sleeping_threads_wake_for_the_next_job()
    {
        var team = new WorkerTeam(2);
        using var barrier = new Barrier(2);
        for (int round = 0; round < 5; round++)
        {
            var job = new Waiting(barrier);
            team.Run(ref job, 2);
            Thread.Sleep(20);
        }
    }

    [Theory, InlineData(0), InlineData(5), InlineData(9)]
    public void An_exception_reaches_the_caller_after_the_other_parts_have_run(int at)
    {
        var team = new WorkerTeam(2);
        var counts = new int[10];
        var job = new Failing(counts, at);
        Assert.Equal($"part {at}", Assert.Throws<InvalidOperationException>(() => team.Run(ref job, counts.Length)).Message);
        Assert.All(counts, count => Assert.Equal(1, count));
        var after = new Counting(counts);
        team.Run(ref after, counts.Length);
        Assert.All(counts, count => Assert.Equal(2, count));
    }

    [Fact]
    public void A_single_thread_too_runs_the_parts_behind_an_exception()
    {
        var counts = new int[10];
        var job = new Failing(counts, 3);
        Assert.Equal("part 3", Assert.Throws<InvalidOperationException>(() => new WorkerTeam(1).Run(ref job, counts.Length)).Message);
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Callers_on_several_threads_do_not_wait_for_each_other()
    {
        var team = new WorkerTeam(2);
        var totals = new int[4][];
        var callers = new Thread[4];
        for (int i = 0; i < callers.Length; i++)
        {
            int[] counts = totals[i] = new int[7];
            callers[i] = new Thread(() =>
            {
                for (int round = 0; round < 500; round++)
                {
                    var job = new Counting(counts);
                    team.Run(ref job, counts.Length);
                }
            });
            callers[i].Start();
        }
        foreach (Thread caller in callers) caller.Join();
        Assert.All(totals, counts => Assert.All(counts, count => Assert.Equal(500, count)));
    }

    [Fact]
    public void A_run_within_a_part_is_done_in_place()
    {
        var team = new WorkerTeam(2);
        var counts = new int[3];
        var job = new Nesting(team, counts);
        team.Run(ref job, 4);
        Assert.All(counts, count => Assert.Equal(4, count));
    }

    [Fact]
    public void A_warm_run_allocates_nothing()
    {
        var team = new WorkerTeam(2);
        var job = new Counting(new int[5]);
        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int i = 0; i < 1000; i++) team.Run(ref job, 5);
        }));
    }
}
