namespace Boltzmann.Cli;

/// <summary>Prose in lines of a width, broken between words.</summary>
static class Lines
{
    const int Narrowest = 20;

    /// <summary>The lines of a paragraph. A word that is longer than a line has one for itself.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        if (text.Length <= width)
        {
            yield return text;
            yield break;
        }
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }

    /// <summary>Whether a stream of the program goes to a terminal.</summary>
    public static bool IsTerminal(TextWriter stream) => ReferenceEquals(stream, Console.Out) ? !Console.IsOutputRedirected
        : ReferenceEquals(stream, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>Places in a line of a stream, the last one left free, because terminals differ in what comes after it; null where the
    /// stream does not go to a terminal.</summary>
    public static int? WidthOf(TextWriter stream) =>
        IsTerminal(stream) && Console.WindowWidth is > Narrowest and int width ? width - 1 : null;

    /// <summary>Writes lines: as they are, or where a terminal shows them broken between words.</summary>
    public static void Write(TextWriter stream, string text, string end = "\n") => stream.Write((WidthOf(stream) is not int width ? text
        : string.Join('\n', text.Split('\n').SelectMany(line => Wrap(line, width)))) + end);
}
