namespace Boltzmann.Models;

/// <summary>The units that take the rows of a table.</summary>
static class TableUnits
{
    /// <summary>
    /// A layer of one kind where the columns are of one, <see cref="MixedLayer"/> otherwise: Gaussian units for numbers, Bernoulli units
    /// for
    /// columns of two values, one-hot blocks for words.
    /// </summary>
    /// <param name="schema">What the columns hold.</param>
    /// <param name="learnsPrecision">Whether the precision of Gaussian units is learned.</param>
    public static LayerDescription Of(TableSchema schema, bool learnsPrecision)
    {
        var parts = new List<LayerDescription>();
        foreach (int c in schema.Modelled)
        {
            LayerDescription one = Of(schema.Columns[c], learnsPrecision);
            if (parts.Count > 0 && parts[^1].Units == one.Units && parts[^1].Categories == one.Categories)
                parts[^1] = parts[^1] with { Size = parts[^1].Size + one.Size };
            else parts.Add(one);
        }
        return parts.Count == 1 ? parts[0] : MixedLayer.Describe(parts);
    }

    static LayerDescription Of(TableColumn column, bool learnsPrecision)
    {
        if (column.Type == ColumnType.Binary) return new(BernoulliLayer.Name, 1);
        if (!column.IsNumber)
            return new(MultinomialLayer.Name, column.Units) { Fields = new() { [MultinomialLayer.CategoriesField] = column.Units } };
        var reals = new LayerDescription(GaussianLayer.Name, 1);
        return learnsPrecision ? reals with { Fields = new() { [QuadraticLayer.LearnsPrecisionField] = true } } : reals;
    }
}
