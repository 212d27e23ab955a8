namespace Boltzmann.Inference;

/// <summary>
/// How well rows come back from the top layer of a stack, means being passed up and down; as <see cref="Reconstruction"/> says of a
/// machine.
/// </summary>
static class DbnReconstruction
{
    /// <summary>Mean over units of the squared difference, for each row.</summary>
    public static Score SquaredError(Dbn stack, Matrix rows)
    {
        Matrix inputs = Inputs(stack, rows), means = rows.Like(rows.Rows, rows.Columns), errors = rows.Like(rows.Rows, 1);
        stack.Visible.SetMean(inputs, means);
        means.SetSum(rows, 1, means, -1);
        errors.AddRowSums(means, means, 1.0 / rows.Columns);
        return new(errors.ReadColumn(0));
    }

    /// <summary>−log p(v | h) of each row in nats, h being the means of the first hidden layer on the way down.</summary>
    public static Score CrossEntropy(Dbn stack, Matrix rows)
    {
        Matrix inputs = Inputs(stack, rows), errors = rows.Like(rows.Rows, 1);
        stack.Visible.AddEnergy(rows, errors);
        errors.AddRowSums(inputs, rows, -1);
        stack.Visible.AddLogNormalizer(inputs, errors);
        return new(errors.ReadColumn(0));
    }

    // Inputs to the visible units.
    static Matrix Inputs(Dbn stack, Matrix rows)
    {
        int top = stack.Machines.Count;
        Matrix states = stack.Transform(rows, top), inputs = rows.Like(rows.Rows, rows.Columns);
        if (top > 1) states = new Dbn([.. stack.Machines.Skip(1)]).Generate(states, top - 1);
        inputs.SetProduct(states, stack.Machines[0].Weights, transposeRight: true);
        return inputs;
    }
}
