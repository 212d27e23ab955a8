namespace Boltzmann.Classifiers;

/// <summary>
/// Tells the classes of rows apart, learned from rows whose classes are known. Classes are numbers from 0; see
/// <see cref="Dataset.LabelNames"/> for names.
/// </summary>
public abstract class Classifier
{
    bool[] seen = [];

    /// <summary>Number of classes, 0 before <see cref="Fit(Matrix, int[], int?)"/>.</summary>
    public int Classes => seen.Length;

    /// <summary>Values per row, 0 before <see cref="Fit(Matrix, int[], int?)"/>.</summary>
    public int Columns { get; private set; }

    /// <summary>Learns from all rows of a dataset.</summary>
    /// <param name="training">Rows with labels.</param>
    /// <param name="placement">Where and in which precision to work; <see cref="Placement.Default"/> when null.</param>
    /// <exception cref="BadInputException">There are no labels; else as for <see cref="Fit(Matrix, int[], int?)"/>.</exception>
    public void Fit(Dataset training, Placement? placement = null)
    {
        int[] labels = training.Labels ?? throw new BadInputException($"{training.Name} has no labels: a classifier needs one for each "
            + "row");
        Fit(training.ToMatrix(placement), labels, training.Classes);
    }

    /// <summary>Learns from rows and their classes, forgetting what was learned before.</summary>
    /// <param name="rows">[N × columns], in the place and precision to work in. May be kept: do not change it afterwards.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="classes">Number of classes; the greatest label + 1 when null.</param>
    /// <exception cref="BadInputException">Not one label per row, a label out of range, rows of one class only, or a value that is not
    /// finite.</exception>
    public void Fit(Matrix rows, int[] labels, int? classes = null)
    {
        if (labels.Length != rows.Rows)
            throw new BadInputException($"there are {labels.Length} labels for {rows.Rows} training rows: expected one for each");
        int count = classes ?? (labels.Length == 0 ? 0 : labels.Max() + 1);
        var known = new bool[count];
        for (int r = 0; r < labels.Length; r++)
        {
            if ((uint)labels[r] >= (uint)count)
                throw new BadInputException($"training row {r + 1} has label {labels[r]}: expected 0 to {count - 1}");
            known[labels[r]] = true;
        }
        if (known.Count(isKnown => isKnown) < 2) throw new BadInputException($"the {labels.Length} training rows are of "
            + $"{(labels.Length == 0 ? "no class" : $"one class only ({labels[0]})")}: expected two or more");
        RequireFinite(rows, "training row");
        Learn(rows, labels, count);
        (seen, Columns) = (known, rows.Columns);
    }

    /// <summary>The most likely class of each row; of equally likely ones the first.</summary>
    /// <param name="rows">[B × columns], of any precision.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, or a value that is not finite.</exception>
    public int[] Predict(Matrix rows)
    {
        Require(rows);
        return Classify(rows);
    }

    /// <summary>Share of rows whose class is predicted, from 0 to 1.</summary>
    /// <param name="rows">[B × columns].</param>
    /// <param name="labels">Their classes.</param>
    /// <exception cref="BadInputException">Not one label per row, none at all, or a class that no training row had; else as for
    /// <see cref="Predict"/>.</exception>
    public double Accuracy(Matrix rows, int[] labels)
    {
        Require(rows);
        if (labels.Length != rows.Rows || labels.Length == 0)
            throw new BadInputException($"there are {labels.Length} labels for {rows.Rows} rows: expected one for each, and at least one");
        for (int r = 0; r < labels.Length; r++)
            if ((uint)labels[r] >= (uint)seen.Length || !seen[labels[r]])
                throw new BadInputException($"row {r + 1} has label {labels[r]}, a class that no training row had");
        return Classify(rows).Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Length;
    }

    /// <summary>Learns; what is given has been checked.</summary>
    protected abstract void Learn(Matrix rows, int[] labels, int classes);

    /// <summary>Predicts; what is given has been checked.</summary>
    protected abstract int[] Classify(Matrix rows);

    /// <summary>Throws unless something has been learned and the rows are such as can be judged.</summary>
    protected void Require(Matrix rows)
    {
        if (Classes == 0) throw new InvalidOperationException("the classifier has learned nothing yet: fit it first");
        if (rows.Columns != Columns)
            throw new BadInputException($"the rows have {rows.Columns} columns, but the classifier learned from {Columns}");
        RequireFinite(rows, "row");
    }

    /// <summary>The greatest of each row; of equal ones the first.</summary>
    internal static int[] Greatest(double[,] values)
    {
        var best = new int[values.GetLength(0)];
        for (int r = 0; r < best.Length; r++)
            for (int k = 1; k < values.GetLength(1); k++)
                if (values[r, k] > values[r, best[r]]) best[r] = k;
        return best;
    }

    /// <summary>The rows where and as they are needed, some at a time; a copy is used again for the next ones.</summary>
    private protected static IEnumerable<(int First, Matrix Rows)> Blocks(Matrix rows, Placement placement, int blockRows)
    {
        Matrix? copy = rows.Placement == placement ? null : new Matrix(Math.Min(blockRows, rows.Rows), rows.Columns, placement);
        for (int first = 0; first < rows.Rows; first += blockRows)
        {
            Matrix part = rows.RowRange(first, Math.Min(blockRows, rows.Rows - first));
            if (copy is not null)
            {
                Matrix own = copy.RowRange(0, part.Rows);
                own.SetCopy(part);
                part = own;
            }
            yield return (first, part);
        }
    }

    static void RequireFinite(Matrix rows, string what)
    {
        if (rows.Summarize().NonFinite == 0) return;
        int bad = Enumerable.Range(0, rows.Rows).First(r => rows.RowRange(r, 1).Summarize().NonFinite > 0);
        throw new BadInputException($"{what} {bad + 1} has a value that is not a finite number");
    }
}
