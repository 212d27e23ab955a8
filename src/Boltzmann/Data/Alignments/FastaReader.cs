using System.Text;

namespace Boltzmann.Data;

/// <summary>
/// Reads aligned sequences in FASTA, also gzip: a line <c>&gt;name</c> and the letters below it, in one line or several. Where some letters
/// are lower case, these and points are insertions that the alignment's columns do not have (A2M), and are left out; in a file without any
/// upper case they are the letters themselves. A point elsewhere is a gap.
/// </summary>
public static class FastaReader
{
    /// <summary>Reads the sequences.</summary>
    /// <param name="path">The file; - for standard input.</param>
    /// <param name="alphabet">What the letters are; null to find out.</param>
    /// <exception cref="BadInputException">The file is missing or has no sequences, one is longer than another, or a letter is not of the
    /// alphabet; with the line.</exception>
    public static Alignment Read(string path, Alphabet? alphabet = null)
    {
        using InputBytes input = InputBytes.Open(path);
        return Read(input, alphabet);
    }

    internal static Alignment Read(InputBytes input, Alphabet? alphabet)
    {
        var file = new File(input);
        file.ReadAll();
        return file.ToAlignment(alphabet);
    }

    sealed class File(InputBytes input)
    {
        readonly TextLines lines = new(input);
        readonly List<string> names = [];
        readonly List<int> starts = [];
        readonly List<long> headings = [];
        byte[] text = new byte[1 << 12];
        int length;
        bool hasLower, hasUpper;

        public void ReadAll()
        {
            while (lines.Next(out ReadOnlySpan<byte> line))
            {
                line = line.Trim(" \t"u8);
                if (line.IsEmpty || line[0] == (byte)';') continue;
                if (line[0] == (byte)'>') Begin(line[1..]);
                else if (names.Count == 0)
                    throw new BadInputException($"{lines.Where}: expected a line >name before the letters of a sequence");
                else Add(line);
            }
            if (names.Count == 0) throw new BadInputException($"{input.Name}: has no sequences");
            starts.Add(length);
        }

        void Begin(ReadOnlySpan<byte> heading)
        {
            // Some programs write the mark twice.
            heading = heading.TrimStart((byte)'>').TrimStart((byte)' ');
            int end = heading.IndexOfAny((byte)' ', (byte)'\t');
            string name = Encoding.UTF8.GetString(end < 0 ? heading : heading[..end]);
            names.Add(name.Length > 0 ? name : $"sequence {names.Count + 1}");
            starts.Add(length);
            headings.Add(lines.Number);
        }

        void Add(ReadOnlySpan<byte> line)
        {
            foreach (byte letter in line)
            {
                if (letter is <= (byte)' ' or >= 127)
                    throw new BadInputException($"{lines.Where}: found a character with the code {letter}: expected letters of a sequence");
                hasLower |= char.IsAsciiLetterLower((char)letter);
                hasUpper |= char.IsAsciiLetterUpper((char)letter);
                if (length == text.Length) Array.Resize(ref text, checked(2 * length));
                text[length++] = letter;
            }
        }

        public Alignment ToAlignment(Alphabet? stated)
        {
            bool hasInsertions = hasLower && hasUpper && !(stated?.Letters.Any(char.IsAsciiLetterLower) ?? false);
            long insertions = hasInsertions ? TakeOutInsertions() : 0;
            bool isLower = hasLower && !hasUpper && !(stated?.Letters.Any(char.IsAsciiLetterLower) ?? false);
            var occurring = new long[128];
            for (int i = 0; i < length; i++)
            {
                char letter = (char)text[i];
                if (isLower) letter = char.ToUpperInvariant(letter);
                if (letter == '.' && stated?.Letters.Contains('.') != true) letter = Alphabet.Gap;
                text[i] = (byte)letter;
                occurring[letter]++;
            }
            char[] letters = [.. Enumerable.Range(0, 128).Where(c => occurring[c] > 0).Select(c => (char)c)];
            Alphabet alphabet = stated ?? Alphabet.Of(letters);
            int sites = RequireOneLength();
            foreach (char letter in letters)
                if (alphabet.PlaceOf(letter) < 0) throw NotOf(alphabet, letter);
            var codes = new byte[length];
            for (int i = 0; i < length; i++) codes[i] = (byte)alphabet.PlaceOf((char)text[i]);
            string[] notes = [.. Notes(alphabet, insertions, letters, occurring)];
            return new(alphabet, sites, codes, names)
            {
                Note = notes.Length == 0 ? null : $"{Path.GetFileName(input.Name)}: {string.Join("; ", notes)}",
            };
        }

        static IEnumerable<string> Notes(Alphabet alphabet, long insertions, char[] letters, long[] occurring)
        {
            if (insertions > 0) yield return $"{insertions:N0} letters of insertions (lower case and points) left out";
            char[] unknown = [.. letters.Where(alphabet.Unknown.Contains)];
            if (unknown.Length > 0)
                yield return $"{unknown.Sum(letter => occurring[letter]):N0} unknown residues ({string.Join(", ", unknown)}) taken as gaps";
        }

        long TakeOutInsertions()
        {
            int kept = 0, next = 0;
            for (int i = 0; i < length; i++)
            {
                while (next < starts.Count && starts[next] == i) starts[next++] = kept;
                if (!char.IsAsciiLetterLower((char)text[i]) && text[i] != '.') text[kept++] = text[i];
            }
            while (next < starts.Count) starts[next++] = kept;
            (long left, length) = (length - kept, kept);
            return left;
        }

        int RequireOneLength()
        {
            int sites = starts[1] - starts[0];
            for (int s = 0; s < names.Count; s++)
            {
                int own = starts[s + 1] - starts[s];
                if (own == 0)
                    throw new BadInputException($"{input.Name}, line {headings[s]}: the sequence {Quoted.Text(names[s])} has no letters");
                if (own != sites)
                    throw new BadInputException($"{input.Name}, line {headings[s]}: the sequence {Quoted.Text(names[s])} has {own} "
                        + $"letters, and the first one {sites}: expected aligned sequences, all of one length"
                        + (hasLower && hasUpper ? " without their lower-case letters, which are insertions" : ""));
            }
            return sites;
        }

        BadInputException NotOf(Alphabet alphabet, char letter)
        {
            int at = text.AsSpan(0, length).IndexOf((byte)letter), sequence = starts.FindLastIndex(start => start <= at);
            return new($"{input.Name}, line {headings[sequence]}: the sequence {Quoted.Text(names[sequence])} has "
                + $"{Quoted.Text($"{letter}")} at site {at - starts[sequence] + 1}, which is no letter of the "
                + $"alphabet {alphabet.Letters}; --alphabet takes other "
                + "letters");
        }
    }
}
