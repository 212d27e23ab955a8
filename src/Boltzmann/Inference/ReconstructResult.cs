namespace Boltzmann.Inference;

/// <summary>What a model makes of rows on their way up and down, as <see cref="Rows"/> are read.</summary>
public sealed class ReconstructResult
{
    const int Pairs = 40;

    readonly LoadedFile loaded;
    readonly Dataset own, prepared;
    readonly ImageShape? shape;
    readonly List<double[]> shown = [];
    readonly Action? writePassages;
    double squares;
    int read;

    internal ReconstructResult(LoadedFile loaded, Dataset own, Dataset prepared, ImageShape? shape,
        IEnumerable<(Matrix Batch, Matrix Result)> reconstructions, Action? writePassages)
    {
        (this.loaded, this.own, this.prepared, this.shape, this.writePassages) = (loaded, own, prepared, shape, writePassages);
        Rows = new(prepared.Count, ColumnNames.Visible(loaded, own), reconstructions.Select(pair => Keep(pair.Batch, pair.Result)));
    }

    /// <summary>The reconstructions in the units of the data, in order.</summary>
    public AnsweredRows Rows { get; }

    /// <summary>Mean square of the differences, in the units of the model, of the rows that were read; NaN before.</summary>
    public double MeanSquaredError => read == 0 ? double.NaN : squares / read / own.Columns;

    /// <summary>The first 40 rows that were read, reconstructions below them, as a PNG file.</summary>
    /// <exception cref="InvalidOperationException">The request asked for no picture.</exception>
    public byte[] ToPicture() => Png.Encode(ImageSheet.Pairs(ImageSheet.RowsOf(loaded.Pictured(own, prepared, 0, shown.Count)), shown,
        shape ?? throw new InvalidOperationException("the request asked for no picture"), loaded.Greys));

    /// <summary>Writes the picture of each class into the folder that the request named; nothing where it named none.</summary>
    public void WritePassages() => writePassages?.Invoke();

    // Errors are taken in the units of the model, results given in those of the data.
    Matrix Keep(Matrix batch, Matrix result)
    {
        Matrix difference = batch.Like(batch.Rows, batch.Columns);
        difference.SetSum(batch, 1, result, -1);
        read += batch.Rows;
        squares += difference.Summarize().SumOfSquares;
        loaded.ToDataUnits(result);
        for (int r = 0; r < result.Rows && shown.Count < Pairs; r++) shown.Add(result.ReadRow(r));
        return result;
    }
}
