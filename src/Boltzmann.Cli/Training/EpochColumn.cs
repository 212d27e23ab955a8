namespace Boltzmann.Cli.Training;

/// <summary>A column of the table of epochs.</summary>
/// <param name="Key">What its cells are given by.</param>
/// <param name="Importance">0 for what is always shown; columns of one importance are shown or left out together.</param>
/// <param name="Title">Words above it, in at most two lines.</param>
/// <param name="Least">Places that its cells have at least.</param>
sealed record EpochColumn(string Key, int Importance, string Title, int Least)
{
    /// <summary>The title in two lines, the first one maybe empty.</summary>
    public (string Upper, string Lower) Header => Title.Split('\n') is [string upper, string lower] ? (upper, lower) : ("", Title);

    /// <summary>A name of a metric in two lines of about one length.</summary>
    public static string TitleOf(string metric)
    {
        string[] words = metric.Split('-');
        if (words.Length == 1) return metric;
        int cut = Enumerable.Range(1, words.Length - 1).MinBy(at => Math.Max(Part(0, at).Length, Part(at, words.Length).Length));
        return $"{Part(0, cut)}\n{Part(cut, words.Length)}";

        string Part(int from, int to) => string.Join('-', words[from..to]);
    }
}
