namespace Boltzmann.Compute;

/// <summary>
/// Memory for computing that belongs to whoever computes: a <see cref="State"/>, an estimator. Matrices are lent and come back at the end
/// of their block, and the next loan of the same shape gets the same memory, so that training and sampling allocate nothing once warm. One
/// thread at a time.
/// </summary>
/// <remarks>
/// Models, layers and interactions hold parameters and nothing else, and are handed a workspace where they need room; so any number of
/// threads may ask one model, each with a workspace of its own.
/// </remarks>
public sealed class Workspace
{
    readonly List<Matrix> idle = [];

    /// <summary>Lends a matrix of a shape; its content is what was there before.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="placement">Where, and in which precision.</param>
    public Loan Lend(int rows, int columns, Placement placement)
    {
        // The last to come back is the likeliest to be in the cache.
        for (int i = idle.Count - 1; i >= 0; i--)
        {
            Matrix matrix = idle[i];
            if (matrix.Rows != rows || matrix.Columns != columns || matrix.Placement != placement) continue;
            idle[i] = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return new(this, matrix);
        }
        return new(this, new Matrix(rows, columns, placement));
    }

    /// <summary>Lends a matrix of the shape and placement of another.</summary>
    /// <param name="workspace">Whose memory; null for memory that is new and not kept.</param>
    /// <param name="shape">Not read.</param>
    public static Loan Like(Workspace? workspace, Matrix shape) => Of(workspace, shape.Rows, shape.Columns, shape.Placement);

    /// <summary>Lends a matrix of a shape; see <see cref="Lend"/>.</summary>
    /// <param name="workspace">Whose memory; null for memory that is new and not kept.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="placement">Where, and in which precision.</param>
    public static Loan Of(Workspace? workspace, int rows, int columns, Placement placement) =>
        workspace is null ? new(null, new Matrix(rows, columns, placement)) : workspace.Lend(rows, columns, placement);

    void Return(Matrix matrix) => idle.Add(matrix);

    /// <summary>A matrix that is lent until <see cref="Dispose"/>, the end of a using block.</summary>
    public readonly ref struct Loan
    {
        readonly Workspace? owner;

        internal Loan(Workspace? owner, Matrix matrix)
        {
            this.owner = owner;
            Matrix = matrix;
        }

        /// <summary>The matrix; not to be used after the end of the loan.</summary>
        public Matrix Matrix { get; }

        /// <summary>The matrix.</summary>
        public static implicit operator Matrix(Loan loan) => loan.Matrix;

        /// <summary>The matrix, by the name that languages without operators use.</summary>
        public Matrix ToMatrix() => Matrix;

        /// <summary>Gives the memory back.</summary>
        public void Dispose() => owner?.Return(Matrix);
    }
}
