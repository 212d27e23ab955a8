using System.Buffers;
using System.Diagnostics;

namespace Boltzmann.Ratings;

/// <summary>
/// Contrastive divergence of a <see cref="RatingMachine"/> at the cost of the ratings there are: the gradient of a unit is the mean over
/// the cases of the batch that it rated, so that a unit of few ratings learns as fast as one of many, and units that rated none of a batch
/// stay.
/// </summary>
public sealed class RatingTrainer
{
    // Random numbers of an epoch: of hidden units, of levels.
    const uint Stream = 0x72617465;
    const string VelocityPrefix = "velocity.";

    readonly RatingMachine machine;
    readonly RatingTable ratings;
    readonly int[][]? alsoRated;
    readonly RatingTrainerOptions options;
    readonly Rng rng;
    readonly RatingMachine velocity;
    readonly float[] positive, negative;
    readonly byte[] drawn;
    readonly int[] known, order, entryStarts, unitStarts, unitEntries;
    int batch;
    ulong orderStep;

    /// <summary>A trainer at its first epoch.</summary>
    /// <param name="machine">What learns, begun.</param>
    /// <param name="ratings">Its cases.</param>
    /// <param name="alsoRated">Of each case the units known to have rated it whose ratings are not to be learned from; null for
    /// none.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Settles everything random.</param>
    public RatingTrainer(RatingMachine machine, RatingTable ratings, int[][]? alsoRated, RatingTrainerOptions options, ulong seed)
    {
        if (ratings.Units != machine.Units) throw new ArgumentException($"{ratings.Units} units do not fit a machine of {machine.Units}");
        (this.machine, this.ratings, this.alsoRated, this.options) = (machine, ratings, machine.IsConditional ? alsoRated : null, options);
        rng = new(seed, Stream);
        known = [.. Enumerable.Range(0, ratings.Cases).Where(c => ratings.CountOf(c) > 0)];
        order = [.. known];
        velocity = new(machine.Units, machine.Values, machine.Hidden, machine.IsConditional);
        positive = new float[options.BatchSize * machine.Width];
        negative = new float[options.BatchSize * machine.Width];
        entryStarts = new int[options.BatchSize + 1];
        unitStarts = new int[machine.Units + 1];
        int[] sizes = [.. order.Select(ratings.CountOf).OrderDescending().Take(options.BatchSize)];
        drawn = new byte[sizes.Sum()];
        unitEntries = new int[2 * drawn.Length];
    }

    /// <summary>Epochs completed.</summary>
    public int Epoch { get; private set; }

    /// <summary>Learns from every case once, in random order.</summary>
    /// <param name="cancellation">Checked from batch to batch.</param>
    public void RunEpoch(CancellationToken cancellation = default)
    {
        foreach (TrainingProgress _ in Run(Epoch + 1, _ => new Dictionary<string, double>())) cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Learns until so many epochs are completed, yielding after every update. Stop enumerating to stop; run again to go on.
    /// </summary>
    /// <param name="epochs">The last epoch.</param>
    /// <param name="measure">Metrics of the machine after each epoch.</param>
    public IEnumerable<TrainingProgress> Run(int epochs, Func<RatingMachine, IReadOnlyDictionary<string, double>> measure)
    {
        int batches = (order.Length + options.BatchSize - 1) / options.BatchSize;
        while (Epoch < epochs)
        {
            Put();
            long started = Stopwatch.GetTimestamp();
            int firstBatch = batch;
            while (batch < batches)
            {
                int first = batch * options.BatchSize;
                Update(order.AsMemory(first, Math.Min(options.BatchSize, order.Length - first)));
                batch++;
                double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                double speed = Math.Min(order.Length, (batch - firstBatch) * options.BatchSize) / seconds;
                if (batch < batches)
                {
                    yield return new(Epoch + 1, epochs, batch, batches, speed, null);
                    continue;
                }
                Epoch++;
                yield return new(Epoch, epochs, batch, batches, speed, new(Epoch, measure(machine), seconds, speed, null));
            }
            batch = 0;
        }
    }

    /// <summary>All that it needs, besides the machine, to go on as if it had not stopped.</summary>
    internal TrainerSnapshot Snapshot()
    {
        bool isOver = batch * options.BatchSize >= order.Length;
        return new([.. velocity.Model.Parameters.Select(p => (VelocityPrefix + p.Name, p.Value))], new Dictionary<string, double>
        {
            ["epoch"] = Epoch,
            ["batch"] = isOver ? 0 : batch,
            ["order-step"] = isOver ? rng.Step : orderStep,
            ["step"] = rng.Step,
        });
    }

    /// <exception cref="BadInputException">It is not of such a trainer.</exception>
    internal void Restore(TrainerSnapshot snapshot)
    {
        snapshot.CopyTo(VelocityPrefix, velocity.Model.Parameters);
        Epoch = (int)snapshot.Count("epoch", int.MaxValue);
        batch = (int)snapshot.Count("batch", int.MaxValue);
        orderStep = (ulong)snapshot.Count("order-step");
        if (batch == 0)
        {
            rng.Step = (ulong)snapshot.Count("step");
            return;
        }
        rng.Step = orderStep;
        Shuffle();
        rng.Step = (ulong)snapshot.Count("step");
    }

    // The order of an epoch that begins.
    void Put()
    {
        if (batch > 0) return;
        orderStep = rng.Step;
        Shuffle();
    }

    void Shuffle()
    {
        known.CopyTo(order, 0);
        rng.Shuffle<int>(order);
    }

    void Update(ReadOnlyMemory<int> cases)
    {
        int entries = 0;
        for (int i = 0; i < cases.Length; i++)
        {
            entryStarts[i] = entries;
            entries += ratings.CountOf(cases.Span[i]);
        }
        entryStarts[cases.Length] = entries;
        Draw draw = rng.NextDraw();
        int steps = (int)options.Steps.At(Epoch + 1);
        var step = new RatingStep((float)options.LearningRate.At(Epoch + 1), (float)options.Momentum, (float)options.L2);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        Parallel.For(0, cases.Length, parallel, i => SetPhases(cases.Span[i], i, draw, steps));
        GroupByUnit(cases.Span);
        int parts = Math.Min(machine.Units, 64);
        Parallel.For(0, parts, parallel, part =>
        {
            float[] gradient = ArrayPool<float>.Shared.Rent((machine.Levels + 1) * machine.Width + machine.Levels);
            for (int u = (int)((long)machine.Units * part / parts); u < (int)((long)machine.Units * (part + 1) / parts); u++)
                if (unitStarts[u + 1] > unitStarts[u]) MoveUnit(cases.Span, u, gradient, step);
            ArrayPool<float>.Shared.Return(gradient);
        });
        MoveHidden(cases.Length, step);
    }

    // E[h | ratings] and E[h | what k sweeps make of them], and the levels drawn last.
    void SetPhases(int number, int place, Draw draw, int steps)
    {
        int hidden = machine.Hidden, levels = machine.Levels;
        float[] lent = ArrayPool<float>.Shared.Rent(machine.Width);
        Span<float> up = positive.AsSpan(place * machine.Width, machine.Width), states = lent.AsSpan(0, machine.Width),
            down = negative.AsSpan(place * machine.Width, machine.Width), shares = stackalloc float[levels];
        states.Clear();
        Span<byte> own = drawn.AsSpan(entryStarts[place], ratings.CountOf(number));
        ReadOnlySpan<int> units = ratings.UnitsOf(number), also = alsoRated is null ? [] : alsoRated[number];
        machine.SetInputs(units, ratings.LevelsOf(number), also, up);
        machine.SetMeans(up);
        up.CopyTo(down);
        for (int sweep = 0; sweep < steps; sweep++)
        {
            for (int j = 0; j < hidden; j++) states[j] = Philox.Uniform(draw, place, (sweep * hidden) + j) < down[j] ? 1 : 0;
            for (int e = 0; e < own.Length; e++)
                own[e] = DrawLevel(units[e], states, shares, Philox.Uniform(draw, entryStarts[place] + e, -1 - sweep));
            machine.SetInputs(units, own, also, down);
            machine.SetMeans(down);
        }
        ArrayPool<float>.Shared.Return(lent);
    }

    // A level of p(v_u | h) by a uniform number.
    byte DrawLevel(int unit, ReadOnlySpan<float> states, Span<float> shares, float uniform)
    {
        ReadOnlySpan<float> bias = machine.BiasOf(unit);
        float greatest = float.NegativeInfinity, sum = 0;
        for (int k = 0; k < shares.Length; k++)
        {
            shares[k] = bias[k] + FloatRows.Dot(machine.WeightsOf(unit, k), states);
            greatest = Math.Max(greatest, shares[k]);
        }
        for (int k = 0; k < shares.Length; k++) sum += shares[k] = MathF.Exp(shares[k] - greatest);
        float left = sum * uniform;
        int level = 0;
        while (level < shares.Length - 1 && (left -= shares[level]) >= 0) level++;
        return (byte)level;
    }

    // Entries of the batch by unit: the case's place in the batch, and the entry's among those drawn.
    void GroupByUnit(ReadOnlySpan<int> cases)
    {
        Array.Clear(unitStarts);
        foreach (int number in cases)
            foreach (int unit in ratings.UnitsOf(number)) unitStarts[unit + 1]++;
        for (int u = 0; u < machine.Units; u++) unitStarts[u + 1] += unitStarts[u];
        int[] next = ArrayPool<int>.Shared.Rent(machine.Units);
        unitStarts.AsSpan(0, machine.Units).CopyTo(next);
        for (int i = 0; i < cases.Length; i++)
        {
            ReadOnlySpan<int> units = ratings.UnitsOf(cases[i]);
            for (int e = 0; e < units.Length; e++)
            {
                int at = next[units[e]]++;
                (unitEntries[2 * at], unitEntries[2 * at + 1]) = (i, entryStarts[i] + e);
            }
        }
        ArrayPool<int>.Shared.Return(next);
    }

    void MoveUnit(ReadOnlySpan<int> cases, int unit, float[] scratch, in RatingStep step)
    {
        int width = machine.Width, levels = machine.Levels, first = unitStarts[unit], count = unitStarts[unit + 1] - first;
        Span<float> weights = scratch.AsSpan(0, levels * width), rated = scratch.AsSpan(levels * width, width),
            bias = scratch.AsSpan((levels + 1) * width, levels);
        scratch.AsSpan(0, (levels + 1) * width + levels).Clear();
        for (int i = first; i < first + count; i++)
        {
            int place = unitEntries[2 * i], entry = unitEntries[2 * i + 1];
            byte level = ratings.LevelsOf(cases[place])[entry - entryStarts[place]];
            ReadOnlySpan<float> up = positive.AsSpan(place * width, width), down = negative.AsSpan(place * width, width);
            FloatRows.Add(weights.Slice(level * width, width), up);
            FloatRows.Add(weights.Slice(drawn[entry] * width, width), down, -1);
            bias[level]++;
            bias[drawn[entry]]--;
            if (!machine.IsConditional) continue;
            FloatRows.Add(rated, up);
            FloatRows.Add(rated, down, -1);
        }
        float scale = (float)(1 / (count + options.Prior));
        for (int k = 0; k < levels; k++)
            FloatRows.Move(machine.WeightsOf(unit, k), velocity.WeightsOf(unit, k), weights.Slice(k * width, width), scale, step);
        FloatRows.Move(machine.BiasOf(unit), velocity.BiasOf(unit), bias, scale, step with { Decay = 0 });
        if (machine.IsConditional) FloatRows.Move(machine.RatedOf(unit), velocity.RatedOf(unit), rated, scale, step);
    }

    void MoveHidden(int count, in RatingStep step)
    {
        int width = machine.Width;
        float[] lent = ArrayPool<float>.Shared.Rent(width);
        Span<float> sum = lent.AsSpan(0, width);
        sum.Clear();
        for (int i = 0; i < count; i++)
        {
            FloatRows.Add(sum, positive.AsSpan(i * width, width));
            FloatRows.Add(sum, negative.AsSpan(i * width, width), -1);
        }
        FloatRows.Move(machine.HiddenBias, velocity.HiddenBias, sum, 1f / count, step with { Decay = 0 });
        ArrayPool<float>.Shared.Return(lent);
    }
}
