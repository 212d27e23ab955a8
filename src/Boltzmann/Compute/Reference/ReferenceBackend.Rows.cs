namespace Boltzmann.Compute;

/// <content>
/// Rows that are filled, picked, exchanged and counted. What else is composed of the core has its meaning in <see cref="Backend"/>.
/// </content>
public sealed unsafe partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<Matrix> destinations, double value)
    {
        foreach (Matrix destination in destinations) ForEach(destination, (_, _) => value);
    }

    /// <inheritdoc/>
    public override void ExchangeRows(Matrix a, Matrix b, Matrix mask)
    {
        for (int r = 0; r < a.Rows; r++)
        {
            if (Get(mask, r, 0) == 0) continue;
            for (int c = 0; c < a.Columns; c++)
            {
                double ofA = Get(a, r, c);
                Set(a, r, c, Get(b, r, c));
                Set(b, r, c, ofA);
            }
        }
    }

    /// <inheritdoc/>
    public override void SetOneHot(Matrix destination, ReadOnlySpan<int> labels)
    {
        int[] classes = labels.ToArray();
        ForEach(destination, (r, c) => c == classes[r] ? 1 : 0);
    }

    /// <inheritdoc/>
    public override void GatherRows(Matrix destination, ReadOnlySpan<Matrix> parts, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            Matrix part = parts[indices[i] / parts[0].Rows];
            for (int c = 0; c < destination.Columns; c++) Set(destination, i, c, Get(part, indices[i] % parts[0].Rows, c));
        }
    }

    /// <inheritdoc/>
    public override void Gather(Matrix destination, HostValues source, ReadOnlySpan<int> indices, double scale)
    {
        fixed (byte* start = &source.First)
            for (int i = 0; i < indices.Length; i++)
                for (int c = 0; c < destination.Columns; c++)
                {
                    long number = (long)indices[i] * destination.Columns + c;
                    if (source.Format == HostFormat.Bytes) Set(destination, i, c, scale * start[number]);
                    else Set(destination, i, c, source.Format == HostFormat.Singles ? ((float*)start)[number] : ((double*)start)[number]);
                }
    }

    /// <inheritdoc/>
    public override void AddScores(Matrix outputs, Matrix targets, Matrix totals)
    {
        double[] output = new double[outputs.Columns], target = new double[outputs.Columns], all = new double[totals.Columns];
        for (int k = 0; k < all.Length; k++) all[k] = Get(totals, 0, k);
        for (int r = 0; r < outputs.Rows; r++)
        {
            for (int c = 0; c < output.Length; c++) (output[c], target[c]) = (Get(outputs, r, c), Get(targets, r, c));
            AddScore(output, target, all);
        }
        for (int k = 0; k < all.Length; k++) Set(totals, 0, k, all[k]);
    }
}
