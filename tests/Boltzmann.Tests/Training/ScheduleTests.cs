namespace Boltzmann.Tests.Training;

/// <summary>Settings that vary with the epoch.</summary>
public class ScheduleTests
{
    [Fact]
    public void The_first_epoch_reads_the_first_value_and_the_last_value_stays()
    {
        // A peer reads element min(epoch, last) with epochs counted from 1, and so never its first element.
        var schedule = new Schedule(0.5, 0.7, 0.9);
        Assert.Equal([0.5, 0.7, 0.9, 0.9, 0.9], Enumerable.Range(1, 5).Select(schedule.At));
        Assert.Equal(0.9, schedule.At(int.MaxValue));
    }

    [Fact]
    public void A_number_is_a_constant_schedule()
    {
        Schedule constant = 0.3;
        Assert.Equal([0.3, 0.3, 0.3], new[] { 1, 2, 1000 }.Select(constant.At));
        Assert.Equal(constant.Values, Schedule.FromDouble(0.3).Values);
    }

    [Fact]
    public void Progressions_begin_and_end_where_they_say()
    {
        Assert.Equal([1, 3, 5], Schedule.Linear(1, 5, 3).Values);
        double[] geometric = [.. Schedule.Geometric(0.1, 0.001, 3).Values];
        Assert.Equal(0.1, geometric[0]);
        Assert.Equal(0.01, geometric[1], 1e-16);
        Assert.Equal(0.001, geometric[2], 1e-17);
        Assert.Equal([7], Schedule.Linear(7, 9, 1).Values);
        Assert.Equal([7], Schedule.Geometric(7, 9, 1).Values);
    }

    [Fact]
    public void A_schedule_needs_a_value_and_keeps_its_own()
    {
        Assert.Throws<ArgumentException>(() => new Schedule());
        double[] values = [1, 2];
        var schedule = new Schedule(values);
        values[0] = 9;
        Assert.Equal(1, schedule.At(1));
        Assert.Equal("1 2", schedule.ToString());
    }

    [Fact]
    public void A_trainer_reads_rates_momentum_and_steps_by_epoch_from_the_first_on()
    {
        var estimator = new RecordingEstimator();
        var optimizer = new RecordingOptimizer();
        var trainer = new Trainer(Teaching.Bernoulli(3, 2), estimator, optimizer, new TrainerOptions
        {
            BatchSize = 5,
            LearningRate = new(0.3, 0.2, 0.1),
            Momentum = new(0.1, 0.6),
            Steps = new Schedule(4, 2, 1),
            Centering = false,
        });
        trainer.Learn(Teaching.RandomBits(10, 3), epochs: 4);
        Assert.Equal([4, 4, 2, 2, 1, 1, 1, 1], estimator.StepsSeen);
        var weights = optimizer.Calls.Where(c => c.Index == 2).ToArray();
        Assert.Equal([0.3, 0.3, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1], weights.Select(c => c.Rates.LearningRate));
        Assert.Equal([0.1, 0.1, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6], weights.Select(c => c.Rates.Momentum));
    }
}
