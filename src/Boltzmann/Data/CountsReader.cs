using System.Globalization;
using System.Text;

namespace Boltzmann.Data;

/// <summary>
/// Reads documents as counts of words, also gzip: <c>n index:count …</c> (LDA-C, Blei) or <c>label n index:count …</c>, a document a line,
/// where n pairs follow and words are numbered from 0. Which of the two it is shows the first line with a pair.
/// </summary>
public static class CountsReader
{
    /// <summary>Reads the documents; labels are classes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Columns, classes.</param>
    /// <exception cref="BadInputException">The file is missing or has no entries, a line has another number of pairs than it says, a count
    /// is not a whole number of 0 or more, a word is there twice or beyond the stated columns; with the line and the entry.</exception>
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
        bool? areLabelled;
        int greatest = -1;
        long greatestLine;

        public Dataset Read()
        {
            while (lines.Next(out ReadOnlySpan<byte> line))
                if (!line.Trim(" \t"u8).IsEmpty) Add(line);
            if (rows.Rows == 0) throw new BadInputException($"{input.Name}: has no rows");
            if (greatest < 0 && options.Columns is null) throw new BadInputException($"{input.Name}: no row has an entry");
            int width = options.Columns ?? (greatest + 1);
            if (greatest >= width && !options.IgnoreExtra)
                throw new BadInputException($"{input.Name}, line {greatestLine}: has the index {greatest}, expected at most {width - 1}, "
                    + $"as there are {width} columns counted from 0; --ignore-extra passes over others");
            bool hasLabels = areLabelled == true;
            var (indices, classes) = hasLabels ? labels.Finish() : (null, null);
            return new(Path.GetFileName(input.Name), rows.ToRows(width)) { Labels = indices, LabelNames = classes };
        }

        void Add(ReadOnlySpan<byte> line)
        {
            var words = new TextTokens(line);
            words.Next(out ReadOnlySpan<byte> first);
            if (areLabelled is null && Kind(line) is bool kind) areLabelled = kind;
            // Empty documents before the first pair: 0, or a label and 0.
            bool isLabelled = areLabelled ?? line.Trim(" \t"u8).ContainsAny((byte)' ', (byte)'\t');
            ReadOnlySpan<byte> number = first;
            if (isLabelled)
            {
                labels.Add(Encoding.UTF8.GetString(first), () => $"{lines.Where}:");
                words.Next(out number);
            }
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int stated))
                throw new BadInputException($"{lines.Where}: found {TextTokens.Quote(number)} where the number of pairs stands: expected "
                    + $"{(isLabelled ? "label n index:count …, as in the first line" : "n index:count …")}");
            int found = 0;
            while (words.Next(out ReadOnlySpan<byte> word))
            {
                found++;
                if (!TextTokens.IsPair(word, out int index, out double count) || count < 0 || count != Math.Truncate(count))
                    throw new BadInputException($"{lines.Where}, entry {found}: found {TextTokens.Quote(word)}: expected index:count, two "
                        + "whole numbers of 0 or more (other values: --format svmlight)");
                if (index > SparseBuilder.MostColumns)
                    throw new BadInputException($"{lines.Where}, entry {found}: found the index {index}: expected at most "
                        + $"{SparseBuilder.MostColumns}");
                if (index > greatest) (greatest, greatestLine) = (index, lines.Number);
                rows.Add(index, count);
            }
            if (found != stated) throw new BadInputException($"{lines.Where}: says {stated} pairs, but has {found}");
            if (rows.EndRow() is int twice) throw new BadInputException($"{lines.Where}: has the index {twice} twice: expected it once");
        }

        static bool? Kind(ReadOnlySpan<byte> line)
        {
            var words = new TextTokens(line);
            while (words.Next(out ReadOnlySpan<byte> word))
                if (word.Contains((byte)':')) return words.Number > 2;
            return null;
        }
    }
}
