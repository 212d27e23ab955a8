namespace Boltzmann;

/// <summary>What a file held, fit to stand in a message of one line: short, and without control characters.</summary>
static class Quoted
{
    const int Longest = 40, MostListed = 20;

    public static string Text(ReadOnlySpan<char> text)
    {
        var shown = new char[Math.Min(text.Length, Longest)];
        for (int i = 0; i < shown.Length; i++) shown[i] = char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' ? '?' : text[i];
        return $"'{new string(shown)}{(text.Length > Longest ? "…" : "")}'";
    }

    /// <summary>Words as a message lists them: the first twenty, and whether there are more.</summary>
    public static string List(IReadOnlyCollection<string> words) =>
        string.Join(", ", words.Take(MostListed).Select(word => Text(word))) + (words.Count > MostListed ? ", …" : "");

    public static string Text(ReadOnlySpan<byte> text) =>
        Text(System.Text.Encoding.Latin1.GetString(text[..Math.Min(text.Length, Longest + 1)]));
}
