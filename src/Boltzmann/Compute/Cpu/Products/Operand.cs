namespace Boltzmann.Compute.Cpu;

/// <summary>Where an operand's entries are. A row that serves all rows is an operand with a stride of zero.</summary>
/// <param name="Address">Entry (0, 0).</param>
/// <param name="Stride">Bytes from one row to the next.</param>
/// <param name="OnePerRow">Whether one value serves a whole row.</param>
readonly unsafe record struct Operand(nint Address, nint Stride, bool OnePerRow = false)
{
    public Operand(Matrix matrix, bool broadcast = false)
        : this(
            HostStorage.AddressOf(matrix), broadcast && matrix.Rows == 1 ? 0 : (nint)matrix.Stride * matrix.Placement.ElementBytes,
            broadcast && matrix.Columns == 1)
    {
    }

    public T* Row<T>(int row) where T : unmanaged => (T*)(Address + row * Stride);
}
