using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Boltzmann.Data;

/// <summary>
/// Reads texts: each line is a sequence of letters and the symbol that ends it, one-hot. A count may stand behind each text, which weights
/// its steps. Empty lines are passed over.
/// </summary>
static class SequenceTextReader
{
    /// <summary>Reads a file. A sequence has the number of its line for a name.</summary>
    /// <exception cref="BadInputException">It is not UTF-8, has no letters, one outside the alphabet, or a line without a count where
    /// others have one.</exception>
    public static Sequences Read(InputBytes input, SequenceOptions options)
    {
        SequenceText[] texts = [.. Lines(input, options)];
        if (texts.Length == 0) throw new BadInputException($"{input.Name}: has no sequences: expected lines of letters");
        SymbolAlphabet alphabet = options.Alphabet is string stated ? SymbolAlphabet.Parse(stated)
            : SymbolAlphabet.Of(texts.Select(one => one.Text));
        var first = new int[texts.Length];
        long steps = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            first[i] = (int)Math.Min(steps, int.MaxValue);
            steps += LengthOf(texts[i].Text) + 1;
        }
        if (steps * alphabet.Count > Array.MaxLength)
            throw new BadInputException($"{input.Name}: {steps} steps of {alphabet.Count} symbols do not fit into memory: expected a "
                + "shorter text, or a smaller alphabet");
        var bits = new byte[steps * alphabet.Count];
        for (int i = 0; i < texts.Length; i++) Write(texts[i], bits.AsSpan(first[i] * alphabet.Count));
        return new(new(Path.GetFileName(input.Name), new ByteRows(bits, alphabet.Count, scale: 1))
        {
            RowWeights = options.IgnoreCounts || Array.TrueForAll(texts, one => one.Count == 1) ? null
                : [.. texts.SelectMany(one => Enumerable.Repeat(one.Count, LengthOf(one.Text) + 1))],
        }, first, [.. texts.Select(one => $"{one.Line}")])
        { Symbols = alphabet.Symbols };

        void Write(SequenceText text, Span<byte> rows)
        {
            int step = 0;
            foreach (Rune letter in text.Text.EnumerateRunes())
            {
                int place = alphabet.PlaceOf(letter);
                if (place < 0)
                    throw new BadInputException($"{input.Name}, line {text.Line}, column {step + 1}: the letter "
                        + $"{Quoted.Text(letter.ToString())} is outside the alphabet ({Quoted.Text(options.Alphabet)})");
                rows[step++ * alphabet.Count + place] = 1;
            }
            rows[step * alphabet.Count + alphabet.End] = 1;
        }
    }

    static IEnumerable<SequenceText> Lines(InputBytes input, SequenceOptions options)
    {
        bool? hasCounts = options.HasCounts;
        var lines = new TextLines(input);
        while (Next(lines, out string line))
        {
            if (line.Length == 0) continue;
            bool isCounted = TryCount(line, hasCounts == true, out string text, out double count);
            hasCounts ??= isCounted;
            if (hasCounts == true && !isCounted)
                throw new BadInputException($"{lines.Where}: {Quoted.Text(line)} has no count above 0 behind its text"
                    + $"{(options.HasCounts is null ? ", as the first line has" : "")}: expected the text, a blank or a tab, and a number");
            yield return hasCounts == true ? new(lines.Number, text, count) : new(lines.Number, line, 1);
        }
    }

    static bool Next(TextLines lines, out string line)
    {
        bool isThere = lines.Next(out ReadOnlySpan<byte> bytes);
        if (bytes.Contains((byte)0) || !Utf8.IsValid(bytes)) throw new BadInputException($"{lines.Where}: is not text in UTF-8");
        line = Encoding.UTF8.GetString(bytes);
        return isThere;
    }

    // "word 12": what stands before the last blank or tab and the number behind it. Where nobody says that there are counts, a text with
    // blanks in it has one only behind a tab: it may end in a number of its own.
    static bool TryCount(string line, bool isStated, out string text, out double count)
    {
        (text, count) = ("", 0);
        string trimmed = line.TrimEnd(' ', '\t');
        int cut = trimmed.LastIndexOfAny([' ', '\t']);
        if (cut < 0) return false;
        text = trimmed[..cut].TrimEnd(' ', '\t');
        bool isPlain = isStated || trimmed[cut] == '\t' || text.AsSpan().IndexOfAny(' ', '\t') < 0;
        return isPlain && text.Length > 0
            && double.TryParse(trimmed.AsSpan(cut + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out count)
            && double.IsFinite(count) && count > 0;
    }

    static int LengthOf(string text)
    {
        int length = 0;
        foreach (Rune _ in text.EnumerateRunes()) length++;
        return length;
    }
}
