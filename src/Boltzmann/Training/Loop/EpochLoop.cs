using System.Diagnostics;

namespace Boltzmann.Training;

/// <summary>
/// The loop that every trainer runs: the order of rows in each epoch, batches, how far the training is, its clock and its early end. The
/// trainer does the rest (<see cref="IEpochWork"/>).
/// The order of an epoch follows from seed and epoch alone, so a run that is saved and resumed anywhere between two updates finds its place
/// again, with another batch size too.
/// </summary>
/// <param name="seed">Settles the orders.</param>
/// <param name="batchSize">Rows per update; more than there are is fine.</param>
/// <param name="shuffle">Whether rows come in a new random order every epoch.</param>
/// <param name="stopping">When to stop before the last epoch; null for never.</param>
/// <param name="higherIsBetter">Whether more of the metric that early stopping watches is better.</param>
/// <param name="tieBreaker">
/// The metric, lower being better, that tells which of two epochs is the better one where the watched one ties (accuracy is a count, and of
/// unbalanced classes it ties from the first epoch on); null for none.
/// </param>
sealed class EpochLoop(ulong seed, int batchSize, bool shuffle, EarlyStopping? stopping, bool higherIsBetter, string? tieBreaker = null)
{
    const uint OrderStream = 0x6f726465, DrawStream = 0x64726177;
    const string EpochKey = "epoch", RowKey = "row", BestKey = "stopping-best", TieKey = "stopping-best-tie",
        SinceKey = "stopping-since-best";

    readonly BestValue watched = new(higherIsBetter, stopping?.MinimumDelta ?? 0);
    int[] order = [];

    /// <summary>Epochs completed.</summary>
    public int Epoch { get; private set; }

    /// <summary>Rows seen in the epoch after those.</summary>
    public int RowInEpoch { get; private set; }

    /// <summary>The best value so far of the metric that early stopping watches; NaN before the first.</summary>
    public double Best => watched.Value;

    /// <summary>
    /// Why training has ended early; null while it has not. It follows from what a snapshot holds, so a run resumed after its end stays
    /// ended, unless it is given more patience.
    /// </summary>
    public string? Stopped => stopping is not null && watched.Since >= stopping.Patience ? Reason(stopping) : null;

    /// <summary>Whether a metric settles ties whose value at the best epoch is not known.</summary>
    public bool NeedsTie(string metric) => tieBreaker == metric && double.IsNaN(watched.Tie);

    /// <summary>Takes what settles ties at the best epoch.</summary>
    public void SetTie(double value) => watched.Tie = value;

    /// <summary>Throws unless a run of so many epochs can begin or go on with this data.</summary>
    /// <exception cref="BadInputException">There is no epoch to learn, or a resumed run has seen more rows of its epoch than there
    /// are.</exception>
    public void Require(Dataset training, int epochs)
    {
        RequireRowsLeft(training);
        if (epochs < 1) throw new BadInputException($"the number of epochs must be at least 1, not {epochs}");
    }

    /// <exception cref="BadInputException">A resumed run has seen more rows of its epoch than there are.</exception>
    public void RequireRowsLeft(Dataset training)
    {
        if (RowInEpoch > 0 && RowInEpoch >= training.Count)
        {
            throw new BadInputException(
                $"this run stopped after row {RowInEpoch} of epoch {Epoch + 1}, but {training.Name} has only {training.Count} rows");
        }
    }

    /// <summary>Whether there is anything left to learn of so many epochs.</summary>
    public bool GoesOn(int epochs) => Epoch < epochs && Stopped is null;

    /// <summary>Learns until so many epochs are completed or early stopping ends it, yielding after every update.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="rows">Rows of an epoch.</param>
    /// <param name="epochs">Those already completed included.</param>
    /// <param name="drawn">The rows' weights, to draw an epoch's rows in proportion to them; null for each row once.</param>
    public IEnumerable<TrainingProgress> Run(IEpochWork work, int rows, int epochs, double[]? drawn = null)
    {
        int size = Math.Min(batchSize, rows), batches = (rows + size - 1) / size;
        var clock = new Stopwatch();
        while (GoesOn(epochs))
        {
            int epoch = Epoch + 1, from = RowInEpoch, batch = from / size;
            DateTimeOffset begin = Telemetry.Now;
            clock.Restart();
            Arrange(rows, epoch, drawn);
            work.Begin(epoch, isNew: from == 0);
            for (RowInEpoch = from; RowInEpoch < rows;)
            {
                int count = Math.Min(size, rows - RowInEpoch);
                work.Update(order.AsSpan(RowInEpoch, count), ++batch, epoch);
                RowInEpoch += count;
                Telemetry.AddUpdate(work.Model, count);
                if (RowInEpoch == rows) continue;
                // The time that the reader takes is not training's.
                clock.Stop();
                yield return new(epoch, epochs, batch, batches, (RowInEpoch - from) / clock.Elapsed.TotalSeconds, null);
                clock.Start();
            }
            double seconds = clock.Elapsed.TotalSeconds, rate = (rows - from) / seconds;
            work.Check(epoch);
            Epoch = epoch;
            RowInEpoch = 0;
            Dictionary<string, double> values = work.Measure(epoch, epoch == epochs, seconds, rate);
            double tie = tieBreaker is not null && values.TryGetValue(tieBreaker, out double loss) ? loss : double.NaN;
            bool improved = stopping is not null && values.TryGetValue(stopping.Metric, out double value) && watched.Take(value, tie);
            work.End(values, improved, isEnd: !GoesOn(epochs));
            Telemetry.AddEpoch(work.Model, epoch, rows - from, begin, seconds, rate, values);
            yield return new(epoch, epochs, batches, batches, rate,
                new EpochRecord(epoch, values, seconds, rate, Stopped) { Estimates = work.Estimates });
        }
    }

    /// <summary>
    /// Adds to the numbers of a snapshot. The best so far is one of a metric: a run that goes on with another begins to look anew.
    /// </summary>
    public void Save(Dictionary<string, double> numbers)
    {
        (numbers[EpochKey], numbers[RowKey]) = (Epoch, RowInEpoch);
        if (stopping is not null)
            (numbers[BestOf(stopping)], numbers[TieKey], numbers[SinceKey]) = (watched.Value, watched.Tie, watched.Since);
    }

    /// <summary>Reads a position without taking it.</summary>
    /// <exception cref="BadInputException">The snapshot lacks a number or has an impossible one.</exception>
    public EpochPosition Read(TrainerSnapshot snapshot)
    {
        int epoch = (int)snapshot.Count(EpochKey, int.MaxValue), row = (int)snapshot.Count(RowKey, int.MaxValue);
        // Checkpoints of 0.1.0 have the best value of a machine without the name of its metric.
        string? best = stopping is null ? null : ((string[])[BestOf(stopping), BestKey]).FirstOrDefault(snapshot.Numbers.ContainsKey);
        // Nor do they have what settles ties.
        double tie = best is not null && snapshot.Numbers.TryGetValue(TieKey, out double saved) ? saved : double.NaN;
        return best is null ? new(epoch, row, double.NaN, double.NaN, 0)
            : new(epoch, row, snapshot.Number(best), tie, (int)snapshot.Count(SinceKey, int.MaxValue));
    }

    /// <summary>Takes a position.</summary>
    public void Restore(in EpochPosition position)
    {
        (Epoch, RowInEpoch) = (position.Epoch, position.RowInEpoch);
        watched.Restore(position.Best, position.Tie, position.SinceBest);
    }

    static string BestOf(EarlyStopping stopping) => $"{BestKey}.{stopping.Metric}";

    string Reason(EarlyStopping stopping) => double.IsNaN(watched.Value)
        ? $"{stopping.Metric} has not been finite in {watched.Since} measurements"
        : $"{stopping.Metric} has not improved on {watched.Value:G6}{Tied} for {watched.Since} measurements";

    string Tied => double.IsNaN(watched.Tie) ? "" : $", nor {tieBreaker} on {watched.Tie:G6} where it was equalled,";

    void Arrange(int rows, int epoch, double[]? drawn)
    {
        if (order.Length != rows) order = new int[rows];
        for (int i = 0; i < rows; i++) order[i] = i;
        if (drawn is not null) DrawnRows.Draw(drawn, order, new Rng(seed, DrawStream, (ulong)epoch));
        if (shuffle) new Rng(seed, OrderStream, (ulong)epoch).Shuffle(order.AsSpan());
    }
}
