using System.IO.Compression;

namespace Boltzmann.Data;

/// <summary>
/// Sequences in an NPZ archive: every array one, [T × V] or [T], in the order of their names; or rows <c>x</c> that <c>lengths</c> cut.
/// </summary>
static class SequenceArchive
{
    const string Whole = "x", Lengths = "lengths";

    /// <summary>Reads an archive. A single array is read as an NPY file is.</summary>
    /// <exception cref="BadInputException">It is damaged, has no arrays, arrays of different width or of no finite numbers, or lengths that
    /// do not add up.</exception>
    public static Sequences Read(Stream file, string path)
    {
        using ZipArchive archive = NpzReader.Open(file, path);
        var entries = NpzReader.Entries(archive, path);
        string[] names = [.. entries.Keys.Order(StringComparer.Ordinal)];
        if (names.Length == 0) throw new BadInputException($"{path}: has no sequences: expected an array (.npy) for each");
        string title = Path.GetFileName(path);
        if (entries.ContainsKey(Lengths))
        {
            if (!names.SequenceEqual([Lengths, Whole]))
                throw new BadInputException($"{path}: has an array 'lengths', beside which only 'x' is expected, the rows of all "
                    + $"sequences; it has {Quoted.List(names)}");
            return Cut(path, One(Whole), One(Lengths));
        }
        if (names.Length == 1) return Titled(One(names[0]));
        Sequences[] all = [.. names.Select(One)];
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Count > 1 || all[i].Longest != all[i].Steps.Count)
                throw new BadInputException($"{path}: the array {Quoted.Text(names[i])} is several sequences, and there are other arrays: "
                    + "expected [steps × columns] or [steps] for each sequence");
            if (all[i].Columns != all[0].Columns)
                throw new BadInputException($"{path}: the sequence {Quoted.Text(names[i])} has {all[i].Columns} columns, but "
                    + $"{Quoted.Text(names[0])} has {all[0].Columns}: expected sequences of equal width");
        }
        var first = new int[all.Length];
        for (int i = 1; i < all.Length; i++) first[i] = first[i - 1] + all[i - 1].Steps.Count;
        return new(new Dataset(title, JoinedRows.Of([.. all.Select(one => one.Steps.Rows)])), first, names);

        Sequences One(string name)
        {
            using InputBytes input = InputBytes.Over(entries[name], path, file.Length);
            return SequenceArrays.Read(input);
        }

        Sequences Titled(Sequences sequences) => sequences.With(sequences.Steps.Named(title));
    }

    static Sequences Cut(string path, Sequences whole, Sequences lengths)
    {
        if (whole.Count > 1)
            throw new BadInputException($"{path}: 'x' has three axes, and 'lengths' cuts rows: expected [steps × columns]");
        if (lengths.Count > 1 || lengths.Columns > 1)
            throw new BadInputException($"{path}: 'lengths' is not a list of numbers: expected how many rows of 'x' each sequence has");
        var first = new int[lengths.Steps.Count];
        var length = new double[1];
        long sum = 0;
        double step = lengths.Steps.Rows.ByteStep ?? 1;   // bytes are whole numbers here
        for (int i = 0; i < first.Length; i++)
        {
            lengths.Steps.Rows.Read(i, length);
            double count = Math.Round(length[0] / step, 6);
            if (count != Math.Floor(count) || count < 1 || count > int.MaxValue)
                throw new BadInputException($"{path}: the length of sequence {i + 1} is {count}: expected a whole number of 1 or more");
            first[i] = (int)Math.Min(sum, int.MaxValue);
            sum += (long)count;
        }
        if (sum != whole.Steps.Count)
            throw new BadInputException($"{path}: 'lengths' add up to {sum}, but 'x' has {whole.Steps.Count} rows");
        return new(whole.Steps.Named(Path.GetFileName(path)), first);
    }
}
