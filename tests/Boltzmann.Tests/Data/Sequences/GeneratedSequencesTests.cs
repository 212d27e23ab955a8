namespace Boltzmann.Tests.Data;

/// <summary>Sequences that are made here.</summary>
public sealed class GeneratedSequencesTests
{
    [Fact]
    public void Science_is_readable_and_nothing_of_it_is_held_out()
    {
        SequenceParts parts = SequenceSource.Open("science");
        Assert.Equal((1, 35, 7), (parts.Training.Count, parts.Training.Steps.Count, parts.Training.Columns));
        Assert.True(parts.Validation is null && parts.Test is null);
        double[] values = SequenceFiles.Values(parts.Training);
        // As numbers the columns of the letters S, C, I, E, N, C, E, the uppermost pixel first.
        int[] columns = [.. values.Chunk(7).Select(column => column.Aggregate(0, (sum, bit) => 2 * sum + (int)bit))];
        int[] c = [62, 65, 65, 34, 0], e = [127, 73, 73, 65, 0];
        Assert.Equal([49, 73, 73, 70, 0, .. c, 65, 127, 65, 0, .. e, 127, 16, 8, 4, 127, 0, .. c, .. e], columns);
    }

    [Fact]
    public void The_sine_has_its_period_and_its_noise()
    {
        double[] values = SequenceFiles.Values(SequenceSource.Open("noisy-sine", SequenceFiles.Whole).Training);
        double[] noise = [.. values.Select((x, t) => x - Math.Sin(Math.PI * t / 40))];
        // 600 normal numbers: five standard errors of their mean and of their variance.
        Assert.Equal(0, noise.Average(), 5 * 0.1 / Math.Sqrt(600));
        Assert.Equal(0.01, noise.Average(x => x * x), 5 * 0.01 * Math.Sqrt(2.0 / 600));
        Assert.Equal(values, SequenceFiles.Values(NoisySine.Create()));
        Assert.NotEqual(values, SequenceFiles.Values(NoisySine.Create(seed: 2)));
    }

    [Fact]
    public void Balls_follow_from_the_seed_and_their_number()
    {
        SequenceParts parts = SequenceSource.Open("bouncing-balls", SequenceFiles.Whole with { Videos = 45 });
        Assert.Equal((45, 2, 900, 100), (parts.Training.Count, parts.Test!.Count, parts.Training.Columns, parts.Training.Longest));
        double[] first = SequenceFiles.Values(BouncingBalls.Generate(2));
        Assert.Equal(first, SequenceFiles.Values(parts.Training.Select([0, 1])));
        Assert.NotEqual(first, SequenceFiles.Values(parts.Test));
        Assert.NotEqual(first, SequenceFiles.Values(BouncingBalls.Generate(2, seed: 2)));
        Assert.Equal(1, SequenceSource.Open("bouncing-balls", SequenceFiles.Whole with { Videos = 1 }).Test!.Count);
        Assert.Contains("0 videos", ArrayFiles.Refusal(() => BouncingBalls.Generate(0)));
        Assert.Contains("20001 videos", ArrayFiles.Refusal(() => BouncingBalls.Generate(20_001)));
    }

    [Fact]
    public void A_frame_is_the_sum_over_the_balls()
    {
        var motion = new BallMotion(new Draw(Rng.DefaultSeed, 0xBA11_0000, 0));
        double[] values = SequenceFiles.Values(BouncingBalls.Generate(1));
        for (int t = 0; t < BouncingBalls.Frames; t++, motion.Advance())
            for (int i = 0; i < 900; i++)
            {
                double sum = Enumerable.Range(0, 3).Sum(ball => Math.Exp(-Math.Pow((Math.Pow((i % 30 + 0.5) / 3 - motion[ball].X, 2)
                    + Math.Pow((i / 30 + 0.5) / 3 - motion[ball].Y, 2)) / 1.44, 4)));
                Assert.Equal(Math.Min(1, sum), values[t * 900 + i], 0.5 / 255 + 1e-5);
            }
    }

    [Fact]
    public void Balls_stay_in_the_box_and_keep_their_energy()
    {
        for (ulong video = 0; video < 50; video++)
        {
            var motion = new BallMotion(new Draw(7, 0, video));
            for (int t = 0; t < 100; t++)
            {
                (double X, double Y)[] before = [.. Enumerable.Range(0, 3).Select(ball => motion[ball])];
                motion.Advance();
                double square = 0;
                for (int ball = 0; ball < 3; ball++)
                {
                    var (x, y) = motion[ball];
                    // A ball passes a wall by at most one half-step before it turns.
                    Assert.InRange(x, 1.2 - 0.25, 8.8 + 0.25);
                    Assert.InRange(y, 1.2 - 0.25, 8.8 + 0.25);
                    square += Math.Pow(x - before[ball].X, 2) + Math.Pow(y - before[ball].Y, 2);
                }
                // Speeds are as fast as at the beginning; two half-steps of different directions are shorter than one step.
                Assert.InRange(Math.Sqrt(square), 0, 0.5 + 1e-9);
            }
        }
    }

    [Fact]
    public void Persistence_of_balls_is_what_others_found()
    {
        // 11.84 over the test videos of the original program; 200 videos differ from it by less than 0.1 (standard error 0.05).
        Sequences test = BouncingBalls.Generate(200, stream: 1);
        double[] sums = new double[200];
        Parallel.For(0, 200, video =>
        {
            double[] before = new double[900], now = new double[900];
            for (int t = 0; t < 100; t++, (before, now) = (now, before))
            {
                test.Steps.Rows.Read(100 * video + t, now);
                if (t > 0) sums[video] += now.Zip(before, (x, y) => (x - y) * (x - y)).Sum() / 99;
            }
        });
        double mean = sums.Average(), error = Math.Sqrt(sums.Average(x => (x - mean) * (x - mean)) / 200);
        TestContext.Current.SendDiagnosticMessage($"{mean} ± {error}");
        Assert.Equal(11.84, mean, 5 * error);
    }
}
