namespace Boltzmann;

/// <summary>
/// Layers side by side as one: the visible layers of a model, which are independent given its hidden units. Their columns follow each other; copying them
/// by way of the host costs little beside the products that evaluations are made of.
/// </summary>
sealed class JoinedLayer(IReadOnlyList<Layer> parts) : Layer(parts.Sum(p => p.Units), parts[0].Placement)
{
    readonly BatchScratch[] first = [.. parts.Select(_ => new BatchScratch())], second = [.. parts.Select(_ => new BatchScratch())];

    public IReadOnlyList<Layer> Parts => parts;

    public override string Kind => string.Join(" and ", parts.Select(p => p.Kind));

    public override IReadOnlyList<Parameter> Parameters { get; } = [.. parts.SelectMany(p => p.Parameters)];

    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1)
    {
        Matrix[] split = Split(states);
        for (int i = 0; i < split.Length; i++) parts[i].AddEnergy(split[i], energies, scale);
    }

    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1)
    {
        Matrix[] split = Split(inputs);
        for (int i = 0; i < split.Length; i++) parts[i].AddLogNormalizer(split[i], values, scale);
    }

    public override void SetMean(Matrix inputs, Matrix destination)
    {
        Matrix[] split = Split(inputs), means = Scratch(second, inputs.Rows);
        for (int i = 0; i < split.Length; i++) parts[i].SetMean(split[i], means[i]);
        Join(means, destination);
    }

    public override void Sample(Matrix inputs, Matrix destination, Rng rng)
    {
        Matrix[] split = Split(inputs), samples = Scratch(second, inputs.Rows);
        for (int i = 0; i < split.Length; i++) parts[i].Sample(split[i], samples[i], rng);
        Join(samples, destination);
    }

    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients)
    {
        Matrix[] split = Split(states), means = [];
        if (inputs is not null)
        {
            means = Scratch(second, inputs.Rows);
            Copy(inputs, means);
        }
        for (int i = 0, k = 0; i < split.Length; k += parts[i++].Parameters.Count)
            parts[i].AddMoments(split[i], inputs is null ? null : means[i], rowWeights, scale, [.. gradients.Skip(k).Take(parts[i].Parameters.Count)]);
    }

    public override long? StateCount
    {
        get
        {
            double count = 1;
            foreach (Layer part in parts) count *= part.StateCount ?? double.PositiveInfinity;
            return count <= 1L << 62 ? (long)count : null;
        }
    }

    /// <summary>States of the first part change fastest.</summary>
    public override void SetStates(long first, Matrix destination)
    {
        Matrix[] one = Scratch(second, 1);
        for (int r = 0; r < destination.Rows; r++)
        {
            long index = first + r;
            for (int i = 0; i < one.Length; i++)
            {
                long count = parts[i].StateCount!.Value;
                parts[i].SetStates(index % count, one[i]);
                index /= count;
            }
            Join(one, destination.RowRange(r, 1));
        }
    }

    public override string? Complaint(ReadOnlySpan<double> row)
    {
        int column = 0;
        foreach (Layer part in parts)
        {
            if (part.Complaint(row.Slice(column, part.Units)) is string complaint) return complaint;
            column += part.Units;
        }
        return null;
    }

    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        int column = 0;
        foreach (Layer part in parts)
        {
            part.SetFromMoments(means.Slice(column, part.Units), variances.Slice(column, part.Units));
            column += part.Units;
        }
    }

    public override Layer Clone(Placement? placement = null) => new JoinedLayer([.. parts.Select(p => p.Clone(placement))]);

    public override string ToString() => string.Join(" and ", parts);

    /// <summary>The columns of each part, in memory that is used again.</summary>
    public Matrix[] Split(Matrix joined)
    {
        Matrix[] split = Scratch(first, joined.Rows);
        Copy(joined, split);
        return split;
    }

    /// <summary>Puts the columns of the parts side by side.</summary>
    public void Join(IReadOnlyList<Matrix> split, Matrix joined)
    {
        var row = new double[Units];
        for (int r = 0; r < joined.Rows; r++)
        {
            for (int i = 0, column = 0; i < parts.Count; column += parts[i++].Units) split[i].ReadRow(r, row.AsSpan(column, parts[i].Units));
            joined.WriteRow(r, row);
        }
    }

    void Copy(Matrix joined, Matrix[] split)
    {
        for (int i = 0, column = 0; i < parts.Count; column += parts[i++].Units) split[i].SetColumns(joined, column);
    }

    Matrix[] Scratch(BatchScratch[] memory, int rows) => [.. parts.Select((part, i) => memory[i].Of(rows, part.Units, Placement))];
}
