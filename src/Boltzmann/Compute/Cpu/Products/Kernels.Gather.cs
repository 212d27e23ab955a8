using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <content>Bytes picked, widened and scaled.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    /// <inheritdoc/>
    public override void GatherBytes(Matrix destination, nint source, ReadOnlySpan<int> indices, double scale)
    {
        if (destination.Columns == 0 || indices.Length == 0) return;
        fixed (int* picked = indices)
        {
            var job = new GatherJob
            {
                Destination = Address(destination),
                DestinationRow = RowBytes(destination),
                Source = (byte*)source,
                Indices = picked,
                Rows = indices.Length,
                Columns = destination.Columns,
                Scale = T.CreateTruncating(scale),
            };
            long values = (long)indices.Length * destination.Columns;
            int threads = values <= SmallWork / 2 ? 1 : Shares.Worth(values * CopyingTime, team.Threads);
            job.Parts = threads == 1 ? 1 : Math.Min(indices.Length, 2 * threads);
            team.Run(ref job, job.Parts, threads);
        }
    }

    struct GatherJob : IJob
    {
        public byte* Destination, Source;
        public nint DestinationRow;
        public int* Indices;
        public int Rows, Columns, Parts;
        public T Scale;

        public readonly void Execute(int part)
        {
            int end = Start(Rows, Parts, part + 1);
            TV scale = TO.Splat(Scale);
            for (int i = Start(Rows, Parts, part); i < end; i++)
            {
                // Picked rows lie anywhere: without a warning each would wait for memory.
                if (Sse.IsSupported && i + 1 < end)
                {
                    byte* next = Source + (nint)Indices[i + 1] * Columns;
                    for (int line = 0; line < Columns; line += 64) Sse.Prefetch0(next + line);
                }
                byte* from = Source + (nint)Indices[i] * Columns;
                var to = (T*)(Destination + i * DestinationRow);
                int c = 0;
                for (; c + TO.Count <= Columns; c += TO.Count) TO.Store(TO.Multiply(scale, TO.Widen(from + c)), to + c);
                for (; c < Columns; c++) to[c] = Scale * T.CreateTruncating(from[c]);
            }
        }
    }
}
