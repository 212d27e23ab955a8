using Boltzmann.Evaluation;

namespace Boltzmann;

/// <summary>
/// Finds rows of a table that do not belong, without labels: a Gaussian–Bernoulli machine with learned precisions learns the rows, and a
/// row's score is a free energy, F(v) = −log Σ_h e^{−E(v,h)} = −log p(v) − log Z: a row whose score is a nat higher is e times less likely.
/// </summary>
/// <remarks>
/// Columns become normal scores of their ranks, of variance 1, so that neither units, nor shapes, nor tails matter. The strangest tenth of
/// the rows by Σz² is left out of learning, as the rows may contain what is to be found (Rousseeuw and Van Driessen 1999 trim so for
/// covariances). Then the machine is multiplied by independent columns (<see cref="AnomalySettings.ColumnWeight"/>), which leaves it a
/// machine of the same kind. All rows are scored.
/// A NaN is a value that is missing: its column is no part of that row's machine, in learning and in the score, so that it speaks neither
/// for nor against the row. In nats a usual column adds about one and a half to a score: rows with as many gaps are best compared with
/// each other.
/// </remarks>
public sealed partial class AnomalyDetector
{
    const uint WeightStream = 0x77656967;
    const double WeightDeviation = 0.1;

    readonly Placement placement;
    Learned? learned;

    /// <summary>A detector that has learned nothing.</summary>
    /// <param name="settings">How it learns; the defaults when null.</param>
    /// <param name="placement">Where to work; single precision on all cores when null.</param>
    /// <exception cref="BadInputException">A setting is out of range.</exception>
    public AnomalyDetector(AnomalySettings? settings = null, Placement? placement = null)
    {
        Settings = settings ?? new();
        Settings.Validate();
        this.placement = placement ?? Placement.Default;
    }

    /// <summary>How it learns.</summary>
    public AnomalySettings Settings { get; }

    /// <summary>Whether it has learned.</summary>
    public bool IsFitted => learned is not null;

    /// <summary>Values per row; 0 before it has learned.</summary>
    public int Columns => learned?.Machine.Visible.Units ?? 0;

    /// <summary>The machine whose free energy is the score, of columns brought to variance 1.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public Rbm Machine => Known.Machine;

    /// <summary>The scores of the rows that it learned from, in their order.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public IReadOnlyList<double> TrainingScores => Known.Scores;

    /// <summary>Learns rows, forgetting what was learned before. Odd rows may be among them.</summary>
    /// <param name="rows">Rows; NaN for what is missing.</param>
    /// <param name="progress">Told after every update.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">There are fewer than two rows, a value is infinite, or a column has no value.</exception>
    /// <exception cref="DivergenceException">Learning diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was learned before stays.</exception>
    public void Fit(RowData rows, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        Dataset data = FiniteRows.RequireOrGaps(rows.Dataset);
        if (data.Count < 2) throw new BadInputException($"{data.Name} has one row: expected two or more to learn what is usual");
        var scale = TableScale.Fit(data, Settings.NormalScores);
        Matrix scaled = scale.Transform(data).ToMatrix(placement.Double);
        Dataset usual = new Dataset(data.Name, new MatrixRows(scaled.Part(Usual(scaled), [.. Enumerable.Range(0, data.Columns)])
            .Clone(placement.Precision))).WithGaps(data.Missing);
        var machine = new Rbm(new GaussianLayer(data.Columns, learnPrecision: true, placement: placement),
            new BernoulliLayer(Settings.Hidden, placement));
        machine.SetRandomWeights(WeightDeviation, new Rng(Settings.Seed, WeightStream));
        machine.Visible.SetFromMoments(usual.Means(), [.. usual.Statistics.Variances.Select(v => v + Settings.Noise * Settings.Noise)]);
        Teach(machine, usual, progress, cancellation);
        machine.Visible.TryAddPrecision(Settings.ColumnWeight);
        learned = new(machine, Plain(machine), scale, data.ColumnNames, Scores(machine, scaled, data.Missing));
    }

    /// <summary>The free energy of each row, in nats: the higher, the stranger.</summary>
    /// <param name="rows">Rows; NaN for what is missing, which adds nothing to the score.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Other columns than learned from, no rows, or a value that is infinite.</exception>
    public double[] Score(RowData rows)
    {
        Matrix scaled = Prepared(rows, out Dataset raw);
        return Scores(Machine, scaled, raw.Missing);
    }

    /// <summary>
    /// The score that a share of the rows that it learned from exceed: 0.01 for alarms on one row in a hundred like them.
    /// </summary>
    /// <param name="share">At least 0 and below 1.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">The share is out of range.</exception>
    public double Threshold(double share)
    {
        double[] scores = [.. Known.Scores];
        if (!(share is >= 0 and < 1)) throw new BadInputException($"the share of alarms must be at least 0 and below 1, not {share:R}");
        Array.Sort(scores);
        return scores[scores.Length - 1 - (int)(share * scores.Length)];
    }

    /// <summary>Whether each row is stranger than all but a share of the rows that it learned from.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="share">As for <see cref="Threshold"/>.</param>
    /// <inheritdoc cref="Score"/>
    public bool[] IsAnomaly(RowData rows, double share = 0.01)
    {
        double threshold = Threshold(share);
        return Array.ConvertAll(Score(rows), score => score > threshold);
    }

    /// <summary>
    /// The columns that make a row odd, the oddest first: those least likely given the row's other columns, by the machine as it was
    /// before columns got a weight of their own.
    /// </summary>
    /// <param name="row">One row; NaN for what is missing, which is not among the columns.</param>
    /// <param name="count">How many columns at most.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Other columns than learned from, not one row, or a value that is infinite.</exception>
    public IReadOnlyList<OddColumn> Explain(RowData row, int count = 3)
    {
        Matrix scaled = Prepared(row, out Dataset raw);
        if (raw.Count != 1) throw new BadInputException($"{raw.Name} has {raw.Count} rows: expected one to explain");
        double[] values = new double[Columns];
        raw.Rows.Read(0, values);
        IEnumerable<OddColumn> all = Enumerable.Range(0, Columns).Where(c => !double.IsNaN(values[c])).Select(c =>
            new OddColumn(c, Known.Names?[c] ?? raw.ColumnNames?[c],
            values[c], Known.Scale.Inverse(c, ColumnConditional.Density(Known.Plain, scaled, c).Means[0]),
            -ColumnConditional.PerRow(Known.Plain, scaled, c).PerRow[0]));
        return [.. all.OrderByDescending(column => column.Surprise).Take(count)];
    }

    Learned Known => learned ?? throw new InvalidOperationException("the detector has learned nothing yet: fit it first");

    // The rows whose columns, each by itself, are the least strange, in their order.
    int[] Usual(Matrix scaled)
    {
        int kept = Math.Max(2, scaled.Rows - (int)(Settings.LeftOut * scaled.Rows));
        // Of the columns that a row has, as if it had all.
        double[] squares = [.. Enumerable.Range(0, scaled.Rows).Select(r => scaled.ReadRow(r).Where(double.IsFinite).Select(z => z * z)
            .DefaultIfEmpty().Average())];
        return [.. Enumerable.Range(0, squares.Length).OrderBy(r => squares[r]).Take(kept).Order()];
    }

    void Teach(Rbm machine, Dataset rows, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        int batches = (rows.Count - 1) / Settings.BatchSize + 1, epochs = (Settings.Updates - 1) / batches + 1;
        var trainer = new Trainer(machine, new ContrastiveDivergence(sampleVisible: true), new Sgd(), new TrainerOptions
        {
            BatchSize = Settings.BatchSize,
            LearningRate = Schedule.Linear(Settings.LearningRate, Settings.LearningRate / epochs, epochs),
            L2 = Settings.L2,
            Transforms = (_, usual) => [new PresentedNoise(Settings.Noise), .. usual],
        }, Settings.Seed);
        foreach (TrainingProgress step in trainer.Run(rows, epochs))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(FitPhase.Machines, 1, 1, step));
        }
    }

    static double[] Scores(Rbm machine, Matrix scaled, MissingValues? missing) => [.. (missing is MissingValues gaps
        ? FreeEnergy.PerRow(machine, scaled, gaps) : FreeEnergy.PerRow(machine, scaled)).PerRow];

    // The machine as it was before columns got a weight of their own.
    Rbm Plain(Rbm machine)
    {
        Rbm plain = machine.Clone();
        plain.Visible.TryAddPrecision(-Settings.ColumnWeight);
        return plain;
    }

    // In double precision: a column far outside has a score as large as its distance.
    Matrix Prepared(RowData rows, out Dataset raw)
    {
        Learned known = Known;
        raw = rows.Dataset;
        if (known.Names is not null && raw.ColumnNames is not null) raw = raw.InColumns(known.Names);
        if (raw.Columns != Columns)
            throw new BadInputException($"{raw.Name} has {raw.Columns} columns, but the detector learned from {Columns}");
        raw = FiniteRows.RequireOrGaps(raw);
        return known.Scale.Transform(raw).ToMatrix(placement.Double);
    }

    sealed record Learned(Rbm Machine, Rbm Plain, TableScale Scale, IReadOnlyList<string>? Names, double[] Scores);
}
