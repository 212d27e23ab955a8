namespace Boltzmann.Inference;

/// <summary>What a model file says, whatever kind of model it holds.</summary>
/// <param name="Path">The file.</param>
/// <param name="Description">Kind, layers, training.</param>
/// <param name="Data">What rows must go through before the model sees them.</param>
abstract record LoadedFile(string Path, ModelDescription Description, DataDescription Data)
{
    /// <summary>Columns of a row that the model takes.</summary>
    public virtual int Columns => Description.RowColumns;

    /// <summary>Where it computes.</summary>
    public abstract Placement Placement { get; }

    /// <summary>The layers that the columns of a row are divided among; empty where any numbers do.</summary>
    public virtual IReadOnlyList<Layer> RowLayers => [];

    /// <summary>What rows go through before the model sees them, and answers on their way back.</summary>
    public Preprocessing Preprocessing => field ??= Preprocessing.Of(Description, Data, Columns);

    /// <summary>What its columns hold, in the words of the training's table; where rows never were a table, numbers alone.</summary>
    public TableSchema Words => field ??= Data.Table ?? TableSchema.OfNumbers(ColumnNames.Visible(this));

    /// <summary>What it says of its training.</summary>
    public TrainingFacts Training => field ??= TrainingFacts.Of(Description);

    /// <summary>Whether those columns are binary units, to whom grey values come in 0..1 and no others.</summary>
    public bool IsBinary => Preprocessing.IsBinary;

    /// <summary>Which of those columns are spins.</summary>
    public IReadOnlyList<bool> SpinColumns => Preprocessing.SpinColumns;

    /// <summary>Whether its training made bits of its rows' grey values.</summary>
    public bool IsBinarized => Preprocessing.IsBinarized;

    /// <summary>Ends of the greys of a picture of rows: the least and greatest value of units that have such.</summary>
    public virtual TileRange Greys => Data.Scaling is not null ? TileRange.PerTile() : TileRange.Of(RowLayers);

    /// <summary>How a row is a picture, as the file or the name of the training's data tells; null otherwise.</summary>
    public ImageShape? ImageIn(RunContext context) => Data.Image ?? (Training.Data is string name ? context.Data.ImageOf(name) : null);

    /// <summary>Rows as results are given: in the units of the data, by undoing the scaling.</summary>
    public void ToDataUnits(Matrix rows) => Preprocessing.Undo(rows);

    /// <summary>
    /// Rows as they are shown beside what the model makes of them: in the units of the data, but spins as -1 and 1 or the means between.
    /// </summary>
    public Matrix Pictured(Dataset own, Dataset scaled, int first, int count)
    {
        if (!SpinColumns.Contains(true)) return own.ToMatrix(first, count, Placement);
        Matrix rows = scaled.ToMatrix(first, count, Placement);
        ToDataUnits(rows);
        return rows;
    }
}
