using System.Text;

namespace Boltzmann.Data;

/// <summary>The letters of texts and the columns that they have; behind them stands the symbol that ends a text.</summary>
sealed class SymbolAlphabet
{
    readonly Dictionary<Rune, int> places = [];

    SymbolAlphabet(IEnumerable<Rune> letters)
    {
        foreach (Rune letter in letters) places.Add(letter, places.Count);
    }

    /// <summary>All symbols in the order of their columns; the last one, empty, ends a text.</summary>
    public IReadOnlyList<string> Symbols => [.. places.Keys.Select(letter => letter.ToString()), ""];

    /// <summary>How many symbols there are.</summary>
    public int Count => places.Count + 1;

    /// <summary>The column of the symbol that ends a text.</summary>
    public int End => places.Count;

    /// <summary>The column of a letter; −1 for one that is not there.</summary>
    public int PlaceOf(Rune letter) => places.GetValueOrDefault(letter, -1);

    /// <summary>The letters that occur, in the order of Unicode.</summary>
    public static SymbolAlphabet Of(IEnumerable<string> texts) =>
        new(texts.SelectMany(text => text.EnumerateRunes()).Distinct().Order());

    /// <summary>A list of letters and ranges: <c>a-z0-9</c>. A hyphen at the beginning or the end is a letter.</summary>
    /// <exception cref="BadInputException">There are no letters, a range runs backwards, or a letter is there twice.</exception>
    public static SymbolAlphabet Parse(string stated)
    {
        Rune[] runes = [.. stated.EnumerateRunes()];
        var letters = new List<Rune>();
        var known = new HashSet<Rune>();
        for (int i = 0; i < runes.Length; i++)
        {
            bool isRange = i + 2 < runes.Length && runes[i + 1].Value == '-';
            Rune last = isRange ? runes[i + 2] : runes[i];
            if (last < runes[i]) throw Bad($"the range {runes[i]}-{last} runs backwards");
            for (int x = runes[i].Value; x <= last.Value; x++)
            {
                if (!Rune.IsValid(x)) continue;   // surrogates are not letters
                if (!known.Add(new(x))) throw Bad($"has {Quoted.Text(new Rune(x).ToString())} twice");
                letters.Add(new(x));
            }
            if (isRange) i += 2;
        }
        return letters.Count > 0 ? new(letters) : throw Bad("has no letters");

        BadInputException Bad(string what) => new($"--alphabet {Quoted.Text(stated)}: {what}: expected letters and ranges, such as a-z0-9");
    }
}
