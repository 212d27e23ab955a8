using System.Runtime.InteropServices;

namespace Boltzmann.Estimators;

/// <summary>What all estimators share: rows are checked and scaled, later ones as those they learned from.</summary>
public abstract class RowEstimator
{
    const int BlockRows = 1024;

    private protected RowEstimator(Placement? placement) => Placement = placement ?? Placement.Default;

    /// <summary>Where models live.</summary>
    public Placement Placement { get; }

    /// <summary>Whether it has learned.</summary>
    public bool IsFitted => Columns > 0;

    /// <summary>Values per row; 0 before it has learned.</summary>
    public int Columns { get; private protected set; }

    /// <summary>What the training rows looked like.</summary>
    private protected DataDescription Data { get; set; } = new();

    /// <summary>What is done to the columns first.</summary>
    private protected abstract FeatureScaling ColumnScaling { get; }

    /// <summary>Whether scaled values then become bits.</summary>
    private protected abstract bool MakesBits { get; }

    /// <summary>The rows, if they can be used.</summary>
    /// <exception cref="BadInputException">There are none, or a value is not finite.</exception>
    private protected static Dataset Checked(RowData x)
    {
        if (x is null) throw new BadInputException("the rows are missing: expected an array of them");
        return FiniteRows.Require(x.Dataset);
    }

    /// <summary>Rows as the model sees them.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Other columns, by name where both have names, no rows, or a value that is not
    /// finite.</exception>
    private protected Dataset Prepared(RowData x)
    {
        if (!IsFitted) throw NothingLearned();
        Dataset given = Checked(x);
        RowData rows = Data.Match(given);
        if (rows.Dataset.Columns != Columns)
            throw new BadInputException($"{given.Name} has {given.Columns} columns, but the estimator learned from {Columns}");
        Dataset data = rows.Dataset;
        NumberRange.Check(data, Data.Scaling, Placement.Precision);
        return Applied(Data, data);
    }

    /// <summary>What is made of rows, a block at a time: on their way they need more memory than they and their features do.</summary>
    private protected static double[,] InBlocks(Dataset rows, int columns, Placement placement, Func<Matrix, Matrix> features)
    {
        var all = new double[rows.Count, columns];
        for (int first = 0; first < rows.Count; first += BlockRows)
        {
            Matrix block = features(rows.ToMatrix(first, Math.Min(BlockRows, rows.Count - first), placement));
            for (int r = 0; r < block.Rows; r++) block.ReadRow(r, MemoryMarshal.CreateSpan(ref all[first + r, 0], columns));
        }
        return all;
    }

    /// <summary>What has to be known of the training rows.</summary>
    private protected DataDescription Described(Dataset training)
    {
        Scaling? scaling = ColumnScaling switch
        {
            FeatureScaling.MinMax => MinMaxScaler.Fit(training),
            FeatureScaling.Standardize => Standardizer.Fit(training),
            _ => null,
        };
        NumberRange.Check(training, scaling, Placement.Precision);
        return new(scaling, training.Image, training.ColumnNames, ByteStep: training.Rows.ByteStep);
    }

    /// <summary>Rows scaled and binarised.</summary>
    private protected Dataset Applied(DataDescription description, Dataset data)
    {
        Dataset scaled = description.Scaling is null ? data : description.Scaling.Transform(data);
        return MakesBits ? scaled.With(new ThresholdRows(scaled.Rows)) : scaled;
    }

    /// <summary>A visible layer for scaled rows: of binary units where all values lie in 0..1, else of Gaussian ones.</summary>
    private protected Layer VisibleFor(Dataset rows)
    {
        bool isBinary = rows.Minimum().All(x => x >= 0) && rows.Maximum().All(x => x <= 1);
        return isBinary ? new BernoulliLayer(rows.Columns, Placement) : new GaussianLayer(rows.Columns, placement: Placement);
    }

    private protected static InvalidOperationException NothingLearned() =>
        new("the estimator has learned nothing yet: fit it first");
}
