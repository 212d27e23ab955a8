namespace Boltzmann;

/// <summary>
/// Rows with what is known about them: class labels, names, the shape of a picture, weights. Immutable; values stay where they are.
/// </summary>
public sealed class Dataset
{
    readonly Lazy<ColumnStatistics> statistics;
    readonly Lazy<double> entropy;
    readonly int[]? labels;
    readonly double[]? rowWeights;
    readonly ImageShape? image;
    readonly IReadOnlyList<string>? columnNames, rowNames;

    /// <summary>A dataset over rows.</summary>
    /// <param name="name">What it is called in messages and reports.</param>
    /// <param name="rows">The values.</param>
    public Dataset(string name, Rows rows)
    {
        Name = name;
        Rows = rows;
        statistics = new(() => ColumnStatistics.Of(Rows, RowWeights, Missing is not null));
        entropy = new(() => RowEntropy.Of(Rows, RowWeights));
    }

    /// <summary>What it is called in messages and reports.</summary>
    public string Name { get; }

    /// <summary>The values.</summary>
    public Rows Rows { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Rows.Count;

    /// <summary>Values per row.</summary>
    public int Columns => Rows.Columns;

    /// <summary>What NaN among the values stands for; null where there must be none. Statistics are of the values that are there.</summary>
    public MissingValues? Missing { get; init; }

    /// <summary>Class of each row, from 0; indexes <see cref="LabelNames"/> where there are any.</summary>
    /// <exception cref="ArgumentException">Not one label per row.</exception>
    public int[]? Labels
    {
        get => labels;
        init => labels = value is null || value.Length == Count ? value
            : throw new ArgumentException($"{value.Length} labels for {Count} rows", nameof(value));
    }

    /// <summary>Classes as text.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>Number of classes: of names, or the greatest label + 1; 0 without labels.</summary>
    public int Classes => LabelNames?.Count ?? (Labels is { Length: > 0 } some ? some.Max() + 1 : 0);

    /// <summary>How a row is a picture, if it is one.</summary>
    /// <exception cref="ArgumentException">The shape has another number of pixels than a row has values.</exception>
    public ImageShape? Image
    {
        get => image;
        init => image = value is null || value.Width * value.Height == Columns ? value
            : throw new ArgumentException($"{value.Width} × {value.Height} pixels are not {Columns} columns", nameof(value));
    }

    /// <summary>Names of the columns.</summary>
    /// <exception cref="ArgumentException">Not one name per column.</exception>
    public IReadOnlyList<string>? ColumnNames
    {
        get => columnNames;
        init => columnNames = value is null || value.Count == Columns ? value
            : throw new ArgumentException($"{value.Count} names for {Columns} columns", nameof(value));
    }

    /// <summary>What each row is called; null where rows have no names.</summary>
    /// <exception cref="ArgumentException">Not one name per row.</exception>
    public IReadOnlyList<string>? RowNames
    {
        get => rowNames;
        init => rowNames = value is null || value.Count == Count ? value
            : throw new ArgumentException($"{value.Count} names for {Count} rows", nameof(value));
    }

    /// <summary>How much each row counts; null for equally. Not negative, not all zero.</summary>
    /// <exception cref="ArgumentException">Not one finite weight of 0 or more per row.</exception>
    public double[]? RowWeights
    {
        get => rowWeights;
        init
        {
            if (value is not null && value.Length != Count)
                throw new ArgumentException($"{value.Length} weights for {Count} rows", nameof(value));
            if (value is not null && Array.FindIndex(value, weight => !(weight >= 0 && double.IsFinite(weight))) is >= 0 and int bad)
                throw new ArgumentException($"the weight of row {bad} is {value[bad]}", nameof(value));
            rowWeights = value;
        }
    }

    /// <summary>Means, variances and extremes per column, from one pass over the rows that is made when first asked for.</summary>
    public ColumnStatistics Statistics => statistics.Value;

    /// <summary>
    /// Entropy of the empirical distribution of rows, in nats: −Σ p ln p over distinct rows. No model has a higher mean log-likelihood than
    /// minus this.
    /// </summary>
    public double Entropy => entropy.Value;

    /// <summary>Mean of each column, in double precision, by row weights where there are any.</summary>
    public double[] Means() => [.. Statistics.Means];

    /// <summary>Least value of each column.</summary>
    public double[] Minimum() => [.. Statistics.Minimum];

    /// <summary>Greatest value of each column.</summary>
    public double[] Maximum() => [.. Statistics.Maximum];

    /// <summary>Some rows in the given order, repeats allowed, with their labels and weights. Copies no values.</summary>
    /// <exception cref="ArgumentException">An index is not a row.</exception>
    public Dataset Select(ReadOnlySpan<int> indices)
    {
        var selected = new SelectedRows(Rows, indices);
        return new(Name, selected)
        {
            Labels = Pick(Labels, indices),
            LabelNames = LabelNames,
            Image = Image,
            ColumnNames = ColumnNames,
            RowNames = Pick(RowNames, indices),
            RowWeights = Pick(RowWeights, indices),
            Missing = Missing,
        };
    }

    /// <summary>The rows from <paramref name="first"/> on, at most <paramref name="count"/> of them.</summary>
    public Dataset Take(int count, int first = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        first = Math.Min(first, Count);
        count = Math.Min(count, Count - first);
        return count == Count ? this : Select(Range(first, count));
    }

    /// <summary>The columns of these names, in this order, wherever they stand. Copies no values.</summary>
    /// <param name="names">The columns to have, such as those that a model learned from.</param>
    /// <param name="ignoreExtra">Whether there may be others, which are left out.</param>
    /// <exception cref="BadInputException">The columns have no names, one is missing or there twice, or there are others.</exception>
    public Dataset InColumns(IReadOnlyList<string> names, bool ignoreExtra = false)
    {
        IReadOnlyList<string> own = ColumnNames ?? throw new BadInputException($"{Name}: its columns have no names");
        int[] places = ColumnMatch.Places(own, names, ignoreExtra, Name);
        if (places.Length == Columns && own.SequenceEqual(names)) return this;
        return new(Name, new SelectedColumns(Rows, places))
        {
            Labels = Labels,
            LabelNames = LabelNames,
            Image = Image is ImageShape shape && places.Length == Columns ? shape : null,
            ColumnNames = [.. names],
            RowNames = RowNames,
            RowWeights = RowWeights,
            Missing = Missing,
        };
    }

    /// <summary>The same data under another name.</summary>
    public Dataset Named(string name) => Copy(name, Rows, Missing);

    /// <summary>A row for each of some chains, from the first on and over again.</summary>
    internal Matrix Repeated(int count, Placement placement)
    {
        var rows = new Matrix(count, Columns, placement);
        Rows.Gather([.. Enumerable.Range(0, count).Select(i => i % Count)], rows);
        return rows;
    }

    /// <summary>All rows as one matrix.</summary>
    public Matrix ToMatrix(Placement? placement = null) => ToMatrix(0, Count, placement);

    /// <summary>A range of rows as one matrix.</summary>
    /// <exception cref="ArgumentException">The rows are not all in the dataset.</exception>
    public Matrix ToMatrix(int first, int count, Placement? placement = null)
    {
        if (first < 0 || count < 0 || first > Count - count)
            throw new ArgumentOutOfRangeException(nameof(count), $"rows {first}..{(long)first + count} are not all among {Count}");
        var matrix = new Matrix(count, Columns, placement);
        Rows.Gather(Range(first, count), matrix);
        return matrix;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{Count} × {Columns}]";

    /// <summary>The same data, whose NaN stand for something; null for nothing that is allowed.</summary>
    internal Dataset WithGaps(MissingValues? missing) => Copy(Name, Rows, missing);

    /// <summary>The rows in which nothing is missing; the very data where nothing may be.</summary>
    internal Dataset CompleteRows()
    {
        if (Missing is null) return this;
        // Of sparse rows what is kept is there.
        if (Rows.Elsewhere is 0) return WithGaps(null);
        if (Rows.Elsewhere is not null)
            return Select([.. Enumerable.Range(0, Count).Where(r => Rows.EntriesOf(r) == Columns)]).WithGaps(null);
        var complete = new List<int>();
        var row = new double[Columns];
        for (int r = 0; r < Count; r++)
        {
            Rows.Read(r, row);
            if (!Array.Exists(row, double.IsNaN)) complete.Add(r);
        }
        return Select(complete.ToArray()).WithGaps(null);
    }

    /// <summary>The complete rows; where there are none all rows, with the column's mean in place of what is missing.</summary>
    internal Dataset WithoutGaps()
    {
        if (Missing is null) return this;
        if (CompleteRows() is { Count: > 0 } complete) return complete;
        double[] means = Means();
        return ChangedRows.Of(this, row => MissingEntries.Fill(row, means)).WithGaps(null);
    }

    /// <summary>
    /// The rows as their machines' units above see them: 0 in place of absent entries, which then send nothing.
    /// </summary>
    /// <exception cref="BadInputException">Entries are unknown: what is above them depends on their values.</exception>
    internal Dataset Observed() => Missing switch
    {
        null => this,
        MissingValues.Absent => ChangedRows.Of(this, row => MissingEntries.Fill(row, new double[row.Length])).WithGaps(null),
        _ => throw new BadInputException($"{Name} has unknown entries, and units above the first hidden layer would depend on their "
            + "values: complete the rows first (sample --impute), train the first layer alone (train rbm), or leave the entries absent"),
    };

    /// <summary>The same knowledge about rows of other values.</summary>
    internal Dataset With(Rows rows) => Copy(Name, rows, Missing);

    /// <summary>The same rows, of other weights.</summary>
    internal Dataset Weighed(double[]? weights) => new(Name, Rows)
    {
        Labels = Labels,
        LabelNames = LabelNames,
        Image = Image,
        ColumnNames = ColumnNames,
        RowNames = RowNames,
        RowWeights = weights,
        Missing = Missing,
    };

    /// <summary>The same data with bytes by another step, where nobody has stated theirs.</summary>
    internal Dataset WithFoundStep(double step)
    {
        if (Rows.ByteStep == step) return this;
        Rows rows = Rows.WithFoundStep(step);
        return ReferenceEquals(rows, Rows) ? this : With(rows);
    }

    Dataset Copy(string name, Rows rows, MissingValues? missing) => new(name, rows)
    {
        Labels = Labels,
        LabelNames = LabelNames,
        Image = Image,
        ColumnNames = ColumnNames,
        RowNames = RowNames,
        RowWeights = RowWeights,
        Missing = missing,
    };

    static int[] Range(int first, int count)
    {
        var indices = new int[count];
        for (int i = 0; i < count; i++) indices[i] = first + i;
        return indices;
    }

    static T[]? Pick<T>(IReadOnlyList<T>? values, ReadOnlySpan<int> indices)
    {
        if (values is null) return null;
        var picked = new T[indices.Length];
        for (int i = 0; i < picked.Length; i++) picked[i] = values[indices[i]];
        return picked;
    }
}
