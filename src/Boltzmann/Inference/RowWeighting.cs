using System.Globalization;

namespace Boltzmann.Inference;

/// <summary>What --weights says of how much each row counts: by likeness of sequences, or numbers from a file.</summary>
static class RowWeighting
{
    const string Identity = "identity:", Option = "--weights";

    /// <summary>Whether weights are found from the rows themselves.</summary>
    public static bool IsIdentity(string stated) => stated.StartsWith(Identity, StringComparison.Ordinal);

    /// <summary>What gives rows their weights; null where nothing is stated.</summary>
    /// <param name="stated">identity:SHARE or a file.</param>
    /// <param name="table">What the columns of the data hold; null where they are numbers.</param>
    /// <exception cref="BadInputException">It is neither, or the data are no aligned sequences.</exception>
    public static Func<Dataset, Dataset>? Of(string? stated, TableSchema? table)
    {
        if (stated is null) return null;
        if (!IsIdentity(stated)) return data => data.Weighed(Read(stated, data));
        bool isShare = double.TryParse(stated[Identity.Length..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out double share) && share is > 0 and <= 1;
        if (!isShare) throw new BadInputException($"{Option} {stated}: expected a share above 0 and at most 1, such as {Identity}0.8");
        // Asked once the rows are there: a file that is missing is the nearer fault.
        return data => data.Weighed(SequenceIdentity.Weights(data, table?.Alphabet?.Letters.Length
            ?? throw new BadInputException($"{Option} {stated} compares aligned sequences: expected --data with a FASTA file"), share));
    }

    static double[] Read(string path, Dataset data)
    {
        if (!File.Exists(path))
            throw new BadInputException($"{Option} {path}: is no file; expected a file with a number for each row, or {Identity}SHARE for "
                + "aligned sequences");
        var weights = new List<double>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0) continue;
            bool isWeight = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight >= 0
                && double.IsFinite(weight);
            if (!isWeight)
                throw new BadInputException($"{path}, line {number}: is {Quoted.Text(text)}; expected the weight of a row, a number of 0 "
                    + "or more");
            weights.Add(weight);
        }
        if (weights.Count != data.Count)
            throw new BadInputException($"{path}: has {weights.Count:N0} weights, but {data.Name} {data.Count:N0} rows");
        return weights.Exists(weight => weight > 0) ? [.. weights] : throw new BadInputException($"{path}: all weights are 0");
    }
}
