namespace Boltzmann.Cli.Evaluation;

/// <summary>Rows as the undirected pair of a model sees them: those of a machine itself; on top of a stack, draws of the way up, with labels beside them where it has any.</summary>
sealed class PairRows(Dbn stack, ModelRows rows, ulong seed)
{
    const uint Stream = 0x70616972;

    /// <summary>For the lower layer of the pair, evenly spread over all rows.</summary>
    public Matrix Lower(int most) => stack.SampleTransform(rows.Spread(most), stack.Machines.Count - 1, new Rng(seed, Stream));

    /// <summary>For everything that is joined to the pair's hidden layer: the labels are drawn given the rest.</summary>
    public Matrix Joined(int most)
    {
        if (stack.LabelledTop is null) return Lower(most);
        State chains = stack.ChainsFrom(rows.Spread(most), new Rng(seed, Stream));
        var joined = new double[chains.Rows, chains[0].Columns + chains[2].Columns];
        for (int r = 0; r < chains.Rows; r++)
        {
            double[] row = [.. chains[0].ReadRow(r), .. chains[2].ReadRow(r)];
            for (int c = 0; c < row.Length; c++) joined[r, c] = row[c];
        }
        return Matrix.From(joined, stack.Placement);
    }
}
