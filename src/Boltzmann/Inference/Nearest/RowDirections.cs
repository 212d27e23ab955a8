namespace Boltzmann.Inference;

/// <summary>Rows as directions, by which likeness is measured.</summary>
static class RowDirections
{
    /// <summary>
    /// What the units of the top layer hear from a row, Wᵀ·x without their biases, of length 1: of a stack by way of the means of the
    /// layers below. Deep machines whose layers are joined and networks give the means of their top layer.
    /// </summary>
    /// <param name="file">The model.</param>
    /// <param name="layers">Its hidden layers.</param>
    /// <param name="rows">[B × columns].</param>
    public static Matrix Of(LoadedFile file, int layers, Matrix rows)
    {
        Matrix features = file switch
        {
            LoadedModel { Model: StackModel { Top: > 0 } stack } => Heard(stack, rows),
            LoadedModel { Model: { Top: > 0 } machine } => machine.Transform(rows, machine.Top),
            LoadedNetwork network => network.Transform(rows, layers),
            _ => throw new BadInputException($"{file.Path}: has no hidden units, by whose inputs rows are compared"),
        };
        ToLengthOne(features);
        return features;
    }

    /// <summary>Divides rows by their lengths; rows of zeros stay.</summary>
    public static void ToLengthOne(Matrix rows)
    {
        Matrix norms = rows.Like(rows.Rows, 1);
        norms.AddRowSums(rows, rows);
        norms.WriteColumn(0, [.. norms.ReadColumn(0).Select(square => square > 0 ? 1 / Math.Sqrt(square) : 0)]);
        rows.SetScaled(rows, norms);
    }

    /// <summary>What the units of the top layer of a stack hear from rows, of any length.</summary>
    public static Matrix Heard(StackModel stack, Matrix rows)
    {
        Matrix below = stack.Top == 1 ? rows : stack.Transform(rows, stack.Top - 1), weights = stack.Weights(stack.Top);
        Matrix heard = below.Like(rows.Rows, weights.Columns);
        heard.SetProduct(below, weights);
        return heard;
    }
}
