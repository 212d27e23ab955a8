namespace Boltzmann.Inference;

/// <summary>Rows that codes stand for, as <see cref="Rows"/> are read.</summary>
public sealed class DecodeResult
{
    const int Shown = 100;

    readonly LoadedFile loaded;
    readonly ImageShape? shape;
    readonly List<double[]> shown = [];

    internal DecodeResult(LoadedFile loaded, int count, ImageShape? shape, IEnumerable<Matrix> parts)
    {
        (this.loaded, this.shape) = (loaded, shape);
        Rows = new(count, ColumnNames.Visible(loaded), parts.Select(Keep));
    }

    /// <summary>The rows in the units of the data, in order.</summary>
    public AnsweredRows Rows { get; }

    /// <summary>The first 100 rows that were read, as a PNG file.</summary>
    /// <exception cref="InvalidOperationException">The request asked for no picture.</exception>
    public byte[] ToPicture() => Png.Encode(ImageSheet.Grey(shown,
        shape ?? throw new InvalidOperationException("the request asked for no picture"), loaded.Greys));

    Matrix Keep(Matrix rows)
    {
        loaded.ToDataUnits(rows);
        for (int r = 0; r < rows.Rows && shown.Count < Shown; r++) shown.Add(rows.ReadRow(r));
        return rows;
    }
}
