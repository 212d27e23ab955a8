using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// Words as they come in texts, cut in two: of every word's occurrences each is held out with a chance of one in ten. A machine that
/// learned words with their counts is judged by occurrences that it did not learn; of words that it never saw it has learned that nobody
/// says them.
/// </summary>
sealed class HeldOccurrences
{
    const uint Stream = 0x6f636375;
    const double Share = 0.1;

    readonly (string Word, double Learned, double Held)[] words;

    /// <summary>Cuts words with counts.</summary>
    /// <param name="words">The words, weighted.</param>
    /// <param name="seed">Settles which occurrences are held out.</param>
    public HeldOccurrences(Sequences words, ulong seed)
    {
        var rng = new Rng(seed, Stream);
        this.words = [.. Enumerable.Range(0, words.Count).Select(s => Cut(words, s, rng))];
    }

    /// <summary>How the files are read.</summary>
    public static SequenceOptions Reading { get; } = new() { Alphabet = "a-z", ValidationShare = 0 };

    /// <summary>Writes a file of the occurrences to learn, or of the others: a word and its count on each line.</summary>
    public string Write(string path, bool isHeld)
    {
        AtomicFile.WriteText(path, string.Concat(words.Select(w => (w.Word, Count: isHeld ? w.Held : w.Learned)).Where(w => w.Count > 0)
            .Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Word}\t{w.Count:F0}\n"))));
        return path;
    }

    /// <summary>Nats a letter of the held-out occurrences by the words' frequencies among the others: no machine can know more.</summary>
    public double ByFrequency() => words.Sum(w => w.Held * Math.Log(w.Learned / words.Sum(one => one.Learned)))
        / words.Sum(w => w.Held * (w.Word.Length + 1));

    /// <summary>A word among those that begin alike: its place, from 1 on, and its log p by frequency.</summary>
    public (int Place, double Log) Among(string beginning, string word)
    {
        double own = words.Single(w => w.Word == word).Learned;
        double[] alike = [.. words.Where(w => w.Word.StartsWith(beginning, StringComparison.Ordinal)).Select(w => w.Learned)];
        return (1 + alike.Count(count => count > own), Math.Log(own / alike.Sum()));
    }

    static (string, double, double) Cut(Sequences words, int s, Rng rng)
    {
        var row = new double[words.Columns];
        string word = string.Concat(Enumerable.Range(words.First[s], words.LengthOf(s) - 1).Select(t =>
        {
            words.Steps.Rows.Read(t, row);
            return words.Symbols![Array.IndexOf(row, 1.0)];
        }));
        double count = words.Steps.RowWeights![words.First[s]], held = Binomial(count, rng);
        return (word, count - held, held);
    }

    // The rarest word comes 2395 times: a normal number is near enough (Box and Muller 1958).
    static double Binomial(double count, Rng rng)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - rng.NextUniform())) * Math.Cos(2 * Math.PI * rng.NextUniform());
        return Math.Clamp(Math.Round(Share * count + Math.Sqrt(Share * (1 - Share) * count) * normal), 0, count - 1);
    }
}
