namespace Boltzmann.Data;

/// <summary>A grey picture.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">Row by row, 0 for black to 1 for white.</param>
public sealed record GreyPicture(int Width, int Height, double[] Values)
{
    /// <summary>Reads a PNG file of 8 bits a channel, colours weighted as eyes do (0.299, 0.587, 0.114), or an NPY file of [height × width]
    /// numbers from 0 to 1 or bytes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file is missing, or of another kind; the message says which.</exception>
    public static GreyPicture Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) return PngPicture.Read(path);
        if (!path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
            throw new BadInputException($"{path}: expected a picture, .png or .npy");
        Dataset data = NpyReader.Read(path);
        double[] values = new double[checked(data.Count * data.Columns)];
        Matrix rows = data.ToMatrix();
        for (int row = 0; row < data.Count; row++)
            for (int column = 0; column < data.Columns; column++)
            {
                double value = rows[row, column];
                values[row * data.Columns + column] = value is >= 0 and <= 1 ? value : throw new BadInputException(
                    $"{path}, row {row + 1}, column {column + 1}: {value} is not a grey from 0 to 1");
            }
        return new(data.Columns, data.Count, values);
    }
}
