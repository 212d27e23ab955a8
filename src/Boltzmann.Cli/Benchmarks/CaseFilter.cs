namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Chooses cases by parts of their names: a name that holds any of the texts is chosen, capitals or not. A text begins and ends where
/// numbers and words do: "784x1024x10" does not choose 784x1024x100, nor "cd-1" PCD-1.
/// </summary>
/// <param name="texts">The texts; none chooses everything.</param>
sealed class CaseFilter(IReadOnlyList<string> texts)
{
    readonly string[] texts = [.. texts.Select(text => text.Trim().Replace('×', 'x'))];

    /// <summary>Whether a name is chosen.</summary>
    public bool Takes(string name) => texts.Length == 0 || texts.Any(text => Holds(name, text));

    /// <summary>Refuses texts that choose nothing.</summary>
    /// <param name="names">All names.</param>
    /// <param name="words">What to show of them.</param>
    /// <exception cref="BadInputException">A text is in no name; the message lists what there is.</exception>
    public void Check(IReadOnlyList<string> names, IEnumerable<string> words)
    {
        foreach (string text in texts)
            if (!names.Any(name => Holds(name, text)))
                throw new BadInputException($"--cases: nothing is called '{text}'; there are {string.Join(", ", words)}");
    }

    static bool Holds(string name, string text)
    {
        if (text.Length == 0) return false;
        for (int at = 0; (at = name.IndexOf(text, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
            if (IsBorder(name, at) && IsBorder(name, at + text.Length)) return true;
        return false;
    }

    static bool IsBorder(string name, int at) => at == 0 || at == name.Length || !(char.IsLetter(name[at - 1]) && char.IsLetter(name[at])
        || char.IsDigit(name[at - 1]) && char.IsDigit(name[at]));
}
