namespace Boltzmann.Data;

/// <summary>The letters of aligned sequences, in the order of the units that stand for them.</summary>
/// <param name="Name">What it is called: protein, dna, rna, or its letters.</param>
/// <param name="Letters">The letters, each once, the gap among them where there is one.</param>
/// <param name="Unknown">Letters that stand for a residue that nobody knows exactly, and count as a gap; none of
/// <see cref="Letters"/>.</param>
public sealed record Alphabet(string Name, string Letters, string Unknown = "")
{
    /// <summary>What stands where a sequence has no residue.</summary>
    public const char Gap = '-';

    /// <summary>The twenty amino acids and the gap; B, J, O, U, X, Z and * are unknown.</summary>
    public static Alphabet Protein { get; } = new("protein", "ACDEFGHIKLMNPQRSTVWY-", "BJOUXZ*");

    /// <summary>The four nucleotides of DNA and the gap; the ambiguity codes of IUPAC are unknown.</summary>
    public static Alphabet Dna { get; } = new("dna", "ACGT-", "BDHKMNRSVWXY");

    /// <summary>The four nucleotides of RNA and the gap; the ambiguity codes of IUPAC are unknown.</summary>
    public static Alphabet Rna { get; } = new("rna", "ACGU-", "BDHKMNRSVWXY");

    /// <summary>The place of a letter; that of the gap for unknown ones, and −1 for one that cannot be.</summary>
    public int PlaceOf(char letter) => Letters.IndexOf(letter) is >= 0 and int place ? place
        : Unknown.Contains(letter) ? Letters.IndexOf(Gap) : -1;

    /// <summary>The alphabet of a name, or of letters as they are given.</summary>
    /// <param name="stated">protein, dna, rna, or at least two different letters.</param>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static Alphabet Parse(string stated)
    {
        foreach (Alphabet known in (Alphabet[])[Protein, Dna, Rna])
            if (stated == known.Name) return known;
        bool areLetters = stated.Length is >= 2 and <= CategoryRows.MostCategories && stated.Distinct().Count() == stated.Length
            && stated.All(letter => letter is > ' ' and < (char)127 and not '>');
        return areLetters ? new(stated, stated)
            : throw new BadInputException($"--alphabet must be {Protein.Name}, {Dna.Name}, {Rna.Name} or different letters, not "
                + Quoted.Text(stated));
    }

    /// <summary>
    /// The alphabet of letters that nobody named: dna or rna where all are nucleotides or gaps, protein otherwise.
    /// </summary>
    /// <param name="letters">Those that occur.</param>
    internal static Alphabet Of(IReadOnlyCollection<char> letters)
    {
        foreach (Alphabet known in (Alphabet[])[Dna, Rna])
            if (letters.All(letter => letter == 'N' || known.Letters.Contains(letter))) return known;
        return Protein;
    }
}
