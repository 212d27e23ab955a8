namespace Boltzmann.Tests.Documents;

/// <summary>A fenced block of a page: its language, what else stands behind the fence (the name of a file), and its lines.</summary>
sealed record Snippet(string Page, int Line, string Language, string Name, string Text)
{
    /// <summary>Where it begins, for messages.</summary>
    public string Where => $"{Page}:{Line}";

    /// <summary>The commands of a block for a shell: comments left out, lines that go on behind a backslash joined.</summary>
    public IEnumerable<string> Commands()
    {
        if (Language != "sh") yield break;
        foreach (string line in Text.Replace("\\\n", " ").Split('\n'))
        {
            string command = WithoutComment(line).Trim();
            if (command.Length > 0) yield return command;
        }
    }

    /// <summary>The arguments of a command of the program, or null where the line calls another one.</summary>
    public static string[]? ArgumentsOf(string command)
    {
        string own = command.Split(" | ").FirstOrDefault(part => part.Trim().StartsWith("boltzmann ", StringComparison.Ordinal)) ?? "";
        List<string> words = [.. Words(own)];
        int redirected = words.FindIndex(word => word is ">" or "2>");
        if (redirected >= 0) words.RemoveRange(redirected, words.Count - redirected);
        return words.Count > 0 ? [.. words.Skip(1)] : null;
    }

    // Blanks separate words, quotation marks hold them together.
    static IEnumerable<string> Words(string command)
    {
        var word = new System.Text.StringBuilder();
        char quote = '\0';
        bool isWord = false;
        foreach (char c in command)
        {
            if (quote != '\0' ? c == quote : c is '\'' or '"') (quote, isWord) = (quote == '\0' ? c : '\0', true);
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (isWord) yield return word.ToString();
                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }
        if (isWord) yield return word.ToString();
    }

    static string WithoutComment(string line)
    {
        int at = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return at < 0 ? line : line[..at];
    }
}
