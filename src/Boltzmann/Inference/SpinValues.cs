namespace Boltzmann.Inference;

/// <summary>
/// Data as spin units take them. -1 and 1 stay; where rows are made binary a grey value p between 0 and 1 stands as its mean 2p - 1, from
/// which bits -1 and 1 are drawn or cut, as other binary units take p itself. Nothing else is a value of spins: above all 0 is none.
/// </summary>
static class SpinValues
{
    /// <summary>The entry of a network's training that says that its inputs are spins.</summary>
    public const string Key = "spins";

    /// <summary>Whether a setting of --binarize makes bits of grey values.</summary>
    /// <param name="binarize">The setting; null where none is known.</param>
    /// <param name="isBinary">Whether all units that take the rows are binary.</param>
    public static bool AreBinarized(BinarizationWay? binarize, bool isBinary) =>
        binarize is BinarizationWay.Stochastic or BinarizationWay.Threshold || (binarize == BinarizationWay.Auto && isBinary);

    /// <summary>Rows for a model some of whose columns are spin units.</summary>
    /// <param name="data">Scaled as the model's training did.</param>
    /// <param name="isSpin">For each column; of another width for models that the data do not fit, which is said elsewhere.</param>
    /// <param name="isBinarized">Whether grey values become bits, or are those means.</param>
    /// <exception cref="BadInputException">A spin would have another value; the message says which and where.</exception>
    public static Dataset Of(Dataset data, IReadOnlyList<bool> isSpin, bool isBinarized)
    {
        if (isSpin.Count != data.Columns || !isSpin.Contains(true)) return data;
        var row = new double[data.Columns];
        bool isGrey = data.Rows.Elsewhere is 0;
        if (isGrey && AreShares(data, isSpin, isBinarized)) return ChangedRows.Of(data, values => ToMeans(values, isSpin));
        for (int r = 0; r < data.Count; r++)
        {
            data.Rows.Read(r, row);
            if (Complaint(row, isSpin, isBinarized, data.ColumnNames, data.Missing is not null) is string complaint)
                throw new BadInputException($"{data.Name}: row {r + 1}, {complaint}");
            for (int c = 0; c < row.Length; c++) isGrey |= isSpin[c] && row[c] is not (-1 or 1);
        }
        return isGrey ? ChangedRows.Of(data, values => ToMeans(values, isSpin)) : data;
    }

    // Whether no value of sparse rows can be wrong: their zeros are shares like the others, so that the columns' ends tell.
    static bool AreShares(Dataset data, IReadOnlyList<bool> isSpin, bool isBinarized) =>
        isBinarized && Enumerable.Range(0, data.Columns).All(c => !isSpin[c]
            || (data.Statistics.Minimum[c] >= 0 && data.Statistics.Maximum[c] <= 1));

    /// <summary>What is wrong with a row, in words; null if nothing is.</summary>
    public static string? Complaint(double[] row, IReadOnlyList<bool> isSpin, bool isBinarized, IReadOnlyList<string>? names = null,
        bool hasMissing = false)
    {
        for (int c = 0; c < row.Length; c++)
        {
            double x = row[c];
            if (!isSpin[c] || x is -1 or 1 || (isBinarized && x is >= 0 and <= 1) || (hasMissing && double.IsNaN(x))) continue;
            string where = $"column {c + 1}{(names is null ? "" : $" '{names[c]}'")}: {x:R}";
            return isBinarized ? $"{where} is not a valid spin (-1 or 1), nor a grey value between 0 and 1 that becomes one"
                : $"{where} is not a valid spin (-1 or 1); --binarize threshold or stochastic, in training or evaluating, converts "
                    + "grey values";
        }
        return null;
    }

    /// <summary>Grey values of spin units as means: 2p - 1, while -1 stays.</summary>
    public static void ToMeans(Span<double> row, IReadOnlyList<bool> isSpin)
    {
        for (int c = 0; c < row.Length; c++)
            if (isSpin[c] && row[c] is not -1) row[c] = 2 * row[c] - 1;
    }

    /// <summary>Means of spin units as grey values, ½x + ½.</summary>
    public static void ToGrey(Matrix rows, IReadOnlyList<bool> isSpin)
    {
        if (!isSpin.Contains(true)) return;
        var row = new double[rows.Columns];
        for (int r = 0; r < rows.Rows; r++)
        {
            rows.ReadRow(r, row);
            for (int c = 0; c < row.Length; c++)
                if (isSpin[c]) row[c] = (row[c] + 1) / 2;
            rows.WriteRow(r, row);
        }
    }
}
