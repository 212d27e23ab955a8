using System.Buffers;
using System.IO.Compression;

namespace Boltzmann.Data;

/// <summary>
/// Reads a sparse matrix of SciPy (<c>scipy.sparse.save_npz</c>): an NPZ archive with <c>format</c>, <c>shape</c> and <c>data</c>, and
/// <c>indptr</c> and <c>indices</c> (CSR, CSC) or <c>row</c> and <c>col</c> (COO). Entries that are there twice are added, as SciPy does;
/// class labels may stand in an array <c>y</c>.
/// </summary>
public static class SparseArchive
{
    /// <summary>Reads the rows.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="options">The columns that are expected.</param>
    /// <exception cref="BadInputException">The file is missing or damaged, lacks an array, or the arrays do not make a matrix of finite
    /// numbers.</exception>
    public static Dataset Read(string path, SparseOptions? options = null)
    {
        using Stream file = InputBytes.OpenFile(path);
        return Read(file, path, options ?? new());
    }

    internal static Dataset Read(Stream file, string path, SparseOptions options)
    {
        using ZipArchive archive = NpzReader.Open(file, path);
        Dictionary<string, ZipArchiveEntry> entries = NpzReader.Entries(archive, path);
        string format = Text("format");
        int[] shape = Whole("shape");
        if (shape.Length != 2) throw new BadInputException($"{path}: its shape has {shape.Length} numbers, expected rows and columns");
        var (height, width) = (shape[0], shape[1]);
        if (height == 0 || width == 0)
            throw new BadInputException($"{path}: has no {(height == 0 ? "rows" : "columns")} ({height} × {width})");
        if (options.Columns is int expected && width != expected)
            throw new BadInputException($"{path}: has {width} columns, expected {expected}");
        float[] values = Values("data");
        var (rows, columns) = format switch
        {
            "csr" => (Expanded("indptr", height, values.Length), Whole("indices")),
            "csc" => (Whole("indices"), Expanded("indptr", width, values.Length)),
            "coo" => (Whole("row"), Whole("col")),
            _ => throw new BadInputException($"{path}: its format is {Quoted.Text(format)}: expected csr, csc or coo (scipy: "
                + "save_npz(path, matrix.tocsr()))"),
        };
        Check(rows, height, "row");
        Check(columns, width, "column");
        var sparse = Triples.ToRows(path, rows, columns, values, height, width);
        string name = Path.GetFileName(path);
        if (!entries.ContainsKey("y")) return new(name, sparse);
        using InputBytes labelInput = Find("y");
        var (labels, names) = ArrayLabels.Read(labelInput);
        if (labels.Length != height) throw new BadInputException($"{labelInput.Name}: has {labels.Length} labels for {height} rows");
        return new(name, sparse) { Labels = labels, LabelNames = names };

        InputBytes Find(string wanted) => InputBytes.Over(entries.TryGetValue(wanted, out ZipArchiveEntry? entry) ? entry
            : throw new BadInputException($"{path}: has no array {Quoted.Text(wanted)}, as a matrix of SciPy has"), path, file.Length);

        int[] Whole(string array)
        {
            using InputBytes input = Find(array);
            return Numbers(input, int.CreateTruncating, (x, at) => x is >= 0 and <= int.MaxValue && x == Math.Truncate(x) ? null
                : $"{input.Name}: number {at + 1} is {x}: expected a whole number of 0 or more");
        }

        float[] Values(string array)
        {
            using InputBytes input = Find(array);
            return Numbers(input, float.CreateTruncating, (x, at) => float.IsFinite((float)x) ? null
                : $"{input.Name}: number {at + 1} is {x}: expected a finite number");
        }

        // The text of an array of bytes or of characters, whose header NpyHeader does not read.
        string Text(string array)
        {
            using InputBytes input = Find(array);
            Span<byte> bytes = stackalloc byte[256];
            bytes = bytes[..input.ReadSome(bytes)];
            int end = bytes.LastIndexOf((byte)'\n');
            return string.Concat(bytes[(end + 1)..].ToArray().Where(b => b != 0).Select(b => (char)b));
        }

        void Check(int[] places, int size, string what)
        {
            if (places.Length != values.Length)
                throw new BadInputException($"{path}: has {places.Length} numbers of a {what} for {values.Length} entries");
            int bad = Array.FindIndex(places, place => place >= size);
            if (bad >= 0) throw new BadInputException($"{path}: entry {bad + 1} is in {what} {places[bad]}, but there are {size}");
        }

        int[] Expanded(string array, int size, int count)
        {
            int[] starts = Whole(array);
            bool fits = starts.Length == size + 1 && starts[0] == 0 && starts[^1] == count;
            for (int i = 1; i < starts.Length && fits; i++) fits = starts[i] >= starts[i - 1];
            if (!fits) throw new BadInputException($"{path}: '{array}' does not rise from 0 to its {count} entries in {size} steps");
            var places = new int[count];
            for (int i = 0; i < size; i++) places.AsSpan(starts[i]..starts[i + 1]).Fill(i);
            return places;
        }
    }

    /// <summary>Whether an archive is of this kind.</summary>
    internal static bool Is(Stream file, string path)
    {
        ICollection<string> names = NpzReader.Names(file, path);
        return names.Contains("format") && names.Contains("shape") && names.Contains("data");
    }

    static T[] Numbers<T>(InputBytes input, Func<double, T> convert, Func<double, int, string?> complaint)
    {
        const int Chunk = 4096;
        NpyHeader header = NpyHeader.Read(input);
        if (header.Axes.Length != 1) throw new BadInputException($"{input.Name}: has {header.Axes.Length} axes, expected one");
        long length = header.Axes[0];
        input.RequireRest((UInt128)length * (UInt128)header.Format.Bytes, $"{length} numbers");
        if (length > Array.MaxLength) throw new BadInputException($"{input.Name}: {length} numbers do not fit into memory");
        var numbers = new T[length];
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Chunk * header.Format.Bytes);
        var values = new double[Chunk];
        for (int first = 0; first < numbers.Length; first += Chunk)
        {
            int count = Math.Min(Chunk, numbers.Length - first);
            input.Read(bytes.AsSpan(0, count * header.Format.Bytes), "the numbers");
            header.Format.Decode(bytes, values.AsSpan(0, count));
            for (int i = 0; i < count; i++)
                numbers[first + i] = complaint(values[i], first + i) is string bad ? throw new BadInputException(bad) : convert(values[i]);
        }
        ArrayPool<byte>.Shared.Return(bytes);
        input.RequireEnd();
        return numbers;
    }
}
