namespace Boltzmann.Cli.Training;

/// <summary>What units of a hidden layer stand for, as columns [visible units × units]: weights for the first layer, for others what pixels gain by the unit.</summary>
static class LayerFilters
{
    public static Matrix Of(Dbn model, int layer)
    {
        if (layer == 1) return model.Machines[0].Weights;
        Matrix evoked = model.ProjectActivity(layer), none = model.Generate(evoked.Like(1, model.Layers[layer].Units), layer);
        evoked.SetSum(evoked, 1, none, -1);
        return Transposed(evoked);
    }

    static Matrix Transposed(Matrix rows)
    {
        double[,] values = rows.ToArray(), columns = new double[rows.Columns, rows.Rows];
        for (int r = 0; r < rows.Rows; r++)
            for (int c = 0; c < rows.Columns; c++) columns[c, r] = values[r, c];
        return Matrix.From(columns, rows.Placement);
    }
}
