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
}
