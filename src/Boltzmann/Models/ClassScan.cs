namespace Boltzmann;

/// <summary>
/// The inputs of the hidden units of a <see cref="ClassificationRbm"/> under each class in turn: xW once, then U's column of the class on
/// top. Allocates nothing once warm.
/// </summary>
sealed class ClassScan
{
    // A chunk of rows keeps its inputs for one class in the cache; all classes pass over them twice.
    const int ChunkRows = 512;

    readonly Matrix fields, oneHots;
    readonly Matrix[] fieldOf, oneHotOf;
    readonly Workspace workspace = new();
    readonly BatchScratch ofRows = new(), ofClass = new(), logNormalizers = new(), logWeights = new();
    Matrix? ofVisible;

    public ClassScan(ClassificationRbm model)
    {
        Model = model;
        fields = model.LabelWeights.Like(model.Classes, model.Hidden.Units);
        oneHots = fields.Like(model.Classes, model.Classes);
        for (int y = 0; y < model.Classes; y++) oneHots[y, y] = 1;
        fieldOf = [.. Enumerable.Range(0, model.Classes).Select(y => fields.RowRange(y, 1))];
        oneHotOf = [.. Enumerable.Range(0, model.Classes).Select(y => oneHots.RowRange(y, 1))];
    }

    public ClassificationRbm Model { get; }

    /// <summary>xW, [B × hidden units].</summary>
    public Matrix Field => ofVisible!;

    /// <summary>The classes as states of the label layer, one per row: the identity, [K × K].</summary>
    public Matrix OneHots => oneHots;

    /// <summary>A class as a state of the label layer, [1 × K].</summary>
    public Matrix OneHot(int label) => oneHotOf[label];

    /// <summary>Takes rows, and U as it is now.</summary>
    public void Start(Matrix visible)
    {
        fields.SetProduct(oneHots, Model.LabelWeights, transposeRight: true);
        ofVisible = ofRows.Of(visible.Rows, Model.Hidden.Units, visible.Placement);
        ofVisible.SetProduct(visible, Model.Weights);
    }

    /// <summary>
    /// xW + U_·y, [B × hidden units]: the inputs of the hidden units under a class; scratch that the next class overwrites.
    /// </summary>
    public Matrix Inputs(int label)
    {
        Matrix inputs = ofClass.Like(Field);
        inputs.SetSum(Field, 1, fieldOf[label]);
        return inputs;
    }

    /// <summary>
    /// The log-normalisers of the hidden units under each class, [B × K]: with the labels' biases log p(y|x) up to a constant, so they are
    /// to the label layer what inputs are.
    /// </summary>
    public Matrix LogWeights()
    {
        Matrix column = logNormalizers.Of(Field.Rows, 1, Field.Placement), all = logWeights.Of(Field.Rows, Model.Classes, Field.Placement);
        for (int y = 0; y < Model.Classes; y++)
        {
            column.Fill(0);
            Model.Hidden.AddLogNormalizer(Inputs(y), column, 1, workspace);
            all.SetProduct(column, oneHotOf[y], keep: y == 0 ? 0 : 1);
        }
        return all;
    }

    /// <summary>Scans rows a chunk at a time; the work gets the number of the chunk's first row, its rows and the scan.</summary>
    /// <exception cref="ArgumentException">The rows have another width than the model.</exception>
    public static void ForChunks(ClassificationRbm model, Matrix visible, Action<int, Matrix, ClassScan> work)
    {
        if (visible.Columns != model.Visible.Units)
            throw new ArgumentException($"the model has {model.Visible.Units} visible units, but the rows have {visible.Columns} columns");
        var scan = new ClassScan(model);
        for (int first = 0; first < visible.Rows; first += ChunkRows)
        {
            Matrix rows = visible.RowRange(first, Math.Min(ChunkRows, visible.Rows - first));
            scan.Start(rows);
            work(first, rows, scan);
        }
    }
}
