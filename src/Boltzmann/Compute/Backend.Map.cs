namespace Boltzmann.Compute;

/// <content>Functions of the caller's own.</content>
public abstract partial class Backend
{
    /// <summary>
    /// destination[r, c] = f(x, p, q, u), element by element. This default goes by way of the host, row by row, and is the meaning of the
    /// operation; a backend that can run the function where its memory is does so.
    /// </summary>
    /// <typeparam name="TMap">f.</typeparam>
    /// <param name="destination">[B × n].</param>
    /// <param name="inputs">x, [B × n].</param>
    /// <param name="first">p, of the same shape, a row, a column or [1 × 1]; null for zeros.</param>
    /// <param name="second">q, likewise.</param>
    /// <param name="draw">Of the random numbers u, <see cref="Philox.Uniform"/>; null for zeros.</param>
    public virtual void Map<TMap>(Matrix destination, Matrix inputs, Matrix? first, Matrix? second, Draw? draw)
        where TMap : struct, IMap<TMap>
    {
        double[] x = new double[inputs.Columns], p = Row(first), q = Row(second);
        for (int r = 0; r < inputs.Rows; r++)
        {
            inputs.ReadRow(r, x);
            Read(first, r, p);
            Read(second, r, q);
            for (int c = 0; c < x.Length; c++) x[c] = TMap.Invoke(x[c], At(p, c), At(q, c), draw is Draw key ? Philox.Uniform(key, r, c)
                : 0);
            destination.WriteRow(r, x);
        }

        static double[] Row(Matrix? parameter) => new double[parameter?.Columns ?? 1];

        static void Read(Matrix? parameter, int row, double[] values) => parameter?.ReadRow(parameter.Rows == 1 ? 0 : row, values);

        static double At(double[] row, int column) => row[row.Length == 1 ? 0 : column];
    }
}
