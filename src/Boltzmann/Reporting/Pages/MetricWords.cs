namespace Boltzmann.Reporting;

/// <summary>Names of metrics as people read them: "reconstruction error", "validation log-likelihood".</summary>
static class MetricWords
{
    static readonly string[] joined = ["log-likelihood", "pseudo-likelihood", "cross-entropy", "mean-field"];

    /// <summary>The words of a name such as "reconstruction-error".</summary>
    public static string Of(string name)
    {
        string words = name.Replace('-', ' ');
        foreach (string word in joined) words = words.Replace(word.Replace('-', ' '), word);
        return words;
    }
}
