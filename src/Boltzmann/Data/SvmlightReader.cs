using System.Globalization;
using System.Text;

namespace Boltzmann.Data;

/// <summary>
/// Reads sparse rows of svmlight and LIBSVM, also gzip: <c>label index:value index:value … # comment</c>, a row a line. A <c>qid:</c> is
/// passed over.
/// </summary>
public static class SvmlightReader
{
    /// <summary>Reads the rows, whose labels are classes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Columns, first index, classes.</param>
    /// <exception cref="BadInputException">The file is missing or has no entries, a line has no label or something other than
    /// <c>index:value</c>, an index is there twice or beyond the stated columns; with the line and the entry.</exception>
    public static Dataset Read(string path, SparseOptions? options = null)
    {
        using InputBytes input = InputBytes.Open(path);
        return Read(input, options ?? new());
    }

    internal static Dataset Read(InputBytes input, SparseOptions options) => new Table(input, options).Read();

    sealed class Table(InputBytes input, SparseOptions options)
    {
        readonly TextLines lines = new(input);
        readonly SparseBuilder rows = new(input.Name);
        readonly LabelBuffer labels = new(options.LabelNames);
        int least = int.MaxValue, greatest = -1;
        long leastLine, greatestLine, queries;

        public Dataset Read()
        {
            while (lines.Next(out ReadOnlySpan<byte> line))
            {
                int comment = line.IndexOf((byte)'#');
                if (comment >= 0) line = line[..comment];
                if (!line.Trim(" \t"u8).IsEmpty) Add(line);
            }
            if (rows.Rows == 0) throw new BadInputException($"{input.Name}: has no rows");
            int first = options.FirstIndex ?? (least == 0 ? 0 : 1);
            if (least < first)
                throw new BadInputException($"{input.Name}, line {leastLine}: has the index {least}, but columns are counted from {first} "
                    + "here");
            int found = Math.Max(1, greatest - first + 1), width = options.Columns ?? found;
            if (greatest < 0 && options.Columns is null) throw new BadInputException($"{input.Name}: no row has an entry");
            if (found > width && !options.IgnoreExtra)
                throw new BadInputException($"{input.Name}, line {greatestLine}: has the index {greatest}, expected at most "
                    + $"{width - 1 + first}, as there are {width} columns counted from {first}; --ignore-extra passes over others");
            string note = $"{Path.GetFileName(input.Name)}: columns counted from {first}"
                + (queries > 0 ? $"; qid passed over in {queries} rows" : "");
            var (indices, classes) = labels.Finish();
            return new(Path.GetFileName(input.Name), rows.ToRows(width, firstIndex: first, origin: new(first, note)))
            {
                Labels = indices,
                LabelNames = classes,
            };
        }

        void Add(ReadOnlySpan<byte> line)
        {
            var words = new TextTokens(line);
            words.Next(out ReadOnlySpan<byte> label);
            if (label.Contains((byte)':') || label.Contains((byte)','))
                throw new BadInputException($"{lines.Where}: begins with {TextTokens.Quote(label)}: expected one label and then "
                    + "index:value … (rows without labels: --format counts)");
            labels.Add(Canonical(label), () => $"{lines.Where}:");
            while (words.Next(out ReadOnlySpan<byte> word))
            {
                if (words.Number == 2 && word.StartsWith("qid:"u8))
                {
                    queries++;
                    continue;
                }
                if (!TextTokens.IsPair(word, out int index, out double value))
                    throw new BadInputException($"{lines.Where}, entry {words.Number - 1}: found {TextTokens.Quote(word)}: expected "
                        + "index:value, a whole number and a finite one");
                if (index < least) (least, leastLine) = (index, lines.Number);
                if (index > SparseBuilder.MostColumns)
                    throw new BadInputException($"{lines.Where}, entry {words.Number - 1}: found the index {index}: expected at most "
                        + $"{SparseBuilder.MostColumns}");
                if (index > greatest) (greatest, greatestLine) = (index, lines.Number);
                rows.Add(index, value);
            }
            if (rows.EndRow() is int twice) throw new BadInputException($"{lines.Where}: has the index {twice} twice: expected it once");
        }

        // +1, 1 and 1.0 are one class.
        static string Canonical(ReadOnlySpan<byte> label) =>
            double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(label);
    }
}
