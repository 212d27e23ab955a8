namespace Boltzmann.Compute.Cpu;

/// <summary>A kernel over a matrix, cut into bands of rows or of columns.</summary>
struct KernelJob<TKernel, TV, T, TO, TD, TW>(TKernel kernel, int rows, int columns, int grain, bool byColumns, int parts) : IJob
    where TKernel : struct, IKernel where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
{
    public void Execute(int part)
    {
        if (byColumns) kernel.Run<TV, T, TO, TD, TW>(0, rows, Edge(columns, part), Edge(columns, part + 1));
        else kernel.Run<TV, T, TO, TD, TW>(Edge(rows, part), Edge(rows, part + 1), 0, columns);
    }

    /// <summary>Where a part begins: a multiple of the grain.</summary>
    readonly int Edge(int length, int part) => (int)Math.Min(length, ((long)length + grain - 1) / grain * part / parts * grain);
}
