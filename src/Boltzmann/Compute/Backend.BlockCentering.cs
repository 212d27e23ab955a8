namespace Boltzmann.Compute;

/// <content>The gauge of one-hot units.</content>
public abstract partial class Backend
{
    /// <summary>
    /// means[b, c] = mean over the rows of block b of matrix[r, c], and these rows lose it. This default goes by way of the host.
    /// </summary>
    /// <param name="matrix">[blocks·size × n].</param>
    /// <param name="means">[blocks × n].</param>
    public virtual void CenterBlocks(Matrix matrix, Matrix means)
    {
        int size = matrix.Rows / means.Rows;
        double[] mean = new double[matrix.Columns], row = new double[matrix.Columns];
        for (int block = 0; block < means.Rows; block++)
        {
            Array.Clear(mean);
            for (int r = block * size; r < (block + 1) * size; r++)
            {
                matrix.ReadRow(r, row);
                for (int c = 0; c < row.Length; c++) mean[c] += row[c] / size;
            }
            means.WriteRow(block, mean);
            for (int r = block * size; r < (block + 1) * size; r++)
            {
                matrix.ReadRow(r, row);
                for (int c = 0; c < row.Length; c++) row[c] -= mean[c];
                matrix.WriteRow(r, row);
            }
        }
    }
}
