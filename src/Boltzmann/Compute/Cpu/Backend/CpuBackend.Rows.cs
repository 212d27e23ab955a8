using System.Buffers;

namespace Boltzmann.Compute;

/// <content>Rows that are filled, picked, exchanged and counted.</content>
public sealed unsafe partial class CpuBackend
{
    /// <summary>Bytes of a row that change places at once.</summary>
    const int ExchangedBytes = 2048;

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<Matrix> destinations, double value)
    {
        foreach (Matrix destination in destinations)
        {
            for (int r = 0; r < destination.Rows; r++)
                if (destination.Precision == Precision.Float64) new Span<double>(At(destination, r, 0), destination.Columns).Fill(value);
                else new Span<float>(At(destination, r, 0), destination.Columns).Fill((float)value);
            GC.KeepAlive(destination);
        }
    }

    /// <inheritdoc/>
    public override void ExchangeRows(Matrix a, Matrix b, Matrix mask)
    {
        byte* kept = stackalloc byte[ExchangedBytes];
        nint width = (nint)a.Columns * a.Placement.ElementBytes;
        for (int r = 0; r < a.Rows; r++)
        {
            byte* isChosen = At(mask, r, 0), ofA = At(a, r, 0), ofB = At(b, r, 0);
            if ((mask.Precision == Precision.Float64 ? *(double*)isChosen : *(float*)isChosen) == 0) continue;
            for (nint first = 0; first < width; first += ExchangedBytes)
            {
                nint bytes = Math.Min(ExchangedBytes, width - first);
                Buffer.MemoryCopy(ofA + first, kept, bytes, bytes);
                Buffer.MemoryCopy(ofB + first, ofA + first, bytes, bytes);
                Buffer.MemoryCopy(kept, ofB + first, bytes, bytes);
            }
        }
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(mask);
    }

    /// <inheritdoc/>
    public override void SetOneHot(Matrix destination, ReadOnlySpan<int> labels)
    {
        Fill([destination], 0);
        for (int r = 0; r < labels.Length; r++)
            if (destination.Precision == Precision.Float64) *(double*)At(destination, r, labels[r]) = 1;
            else *(float*)At(destination, r, labels[r]) = 1;
        GC.KeepAlive(destination);
    }

    /// <inheritdoc/>
    public override void GatherRows(Matrix destination, ReadOnlySpan<Matrix> parts, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < indices.Length; i++) CopyRow(destination, i, parts[indices[i] / parts[0].Rows], indices[i] % parts[0].Rows);
        GC.KeepAlive(destination);
        foreach (Matrix part in parts) GC.KeepAlive(part);
    }

    /// <inheritdoc/>
    public override void Gather(Matrix destination, HostValues source, ReadOnlySpan<int> indices, double scale)
    {
        fixed (byte* start = &source.First)
        {
            if (source.Format == HostFormat.Bytes)
            {
                KernelsFor(destination).GatherBytes(destination, (nint)start, indices, scale);
                GC.KeepAlive(destination);
                return;
            }
            int columns = destination.Columns;
            for (int i = 0; i < indices.Length; i++)
            {
                nint first = (nint)indices[i] * columns;
                byte* to = At(destination, i, 0);
                if (source.Format == HostFormat.Singles) Widen((float*)start + first, to, destination.Precision, columns);
                else Narrow((double*)start + first, to, destination.Precision, columns);
            }
        }
        GC.KeepAlive(destination);
    }

    /// <inheritdoc/>
    public override void AddScores(Matrix outputs, Matrix targets, Matrix totals)
    {
        int columns = outputs.Columns;
        double[] rented = ArrayPool<double>.Shared.Rent(2 * columns);
        Span<double> output = rented.AsSpan(0, columns), target = rented.AsSpan(columns, columns);
        var all = new Span<double>(At(totals, 0, 0), totals.Columns);
        for (int r = 0; r < outputs.Rows; r++)
        {
            Read(outputs, new(r, 1, 0, columns), output);
            Read(targets, new(r, 1, 0, columns), target);
            AddScore(output, target, all);
        }
        ArrayPool<double>.Shared.Return(rented);
        GC.KeepAlive(totals);
    }

    static void Widen(float* from, byte* to, Precision precision, int columns)
    {
        if (precision == Precision.Float32) Buffer.MemoryCopy(from, to, (long)columns * sizeof(float), (long)columns * sizeof(float));
        else
            for (int c = 0; c < columns; c++) ((double*)to)[c] = from[c];
    }

    static void Narrow(double* from, byte* to, Precision precision, int columns)
    {
        if (precision == Precision.Float64) Buffer.MemoryCopy(from, to, (long)columns * sizeof(double), (long)columns * sizeof(double));
        else
            for (int c = 0; c < columns; c++) ((float*)to)[c] = (float)from[c];
    }
}
