using System.Globalization;

namespace Boltzmann.Evaluation;

/// <summary>How evenly labels are spread over classes, and whether so unevenly that accuracy misleads.</summary>
/// <param name="Counts">Rows of each class.</param>
public sealed record ClassBalance(IReadOnlyList<int> Counts)
{
    /// <summary>
    /// A share of the largest class from which on classes are unbalanced: whoever always answers with it is right four times in five.
    /// </summary>
    public const double MostShare = 0.8;

    /// <summary>
    /// Classes are unbalanced, too, where the smallest has less than this part of an even share: all its rows may be wrong and accuracy
    /// hardly shows it.
    /// </summary>
    public const double LeastOfEvenShare = 0.1;

    /// <summary>Counts labels.</summary>
    /// <param name="labels">The class of each row, from 0.</param>
    public static ClassBalance Of(ReadOnlySpan<int> labels)
    {
        var counts = new List<int>();
        foreach (int label in labels)
        {
            while (counts.Count <= label) counts.Add(0);
            counts[label]++;
        }
        return new(counts);
    }

    /// <summary>The class with most rows; the first of several.</summary>
    public int Largest => Counts.Index().MaxBy(c => c.Item).Index;

    /// <summary>The class with fewest rows of those that have any; the first of several.</summary>
    public int Smallest => Counts.Index().Where(c => c.Item > 0).MinBy(c => c.Item).Index;

    /// <summary>A class's share of the rows.</summary>
    public double Share(int index) => Counts[index] / (double)Counts.Sum();

    /// <summary>
    /// Whether the largest share is at least <see cref="MostShare"/>, or the smallest below <see cref="LeastOfEvenShare"/> of an even one.
    /// Classes without rows do not count.
    /// </summary>
    public bool IsUnbalanced => Counts.Count(count => count > 0) is > 1 and int classes
        && (Share(Largest) >= MostShare || Share(Smallest) < LeastOfEvenShare / classes);

    /// <summary>A sentence for people on unbalanced classes; null where they are not.</summary>
    /// <param name="names">Names of the classes.</param>
    public string? Complaint(IReadOnlyList<string> names) => !IsUnbalanced ? null : string.Create(CultureInfo.InvariantCulture,
        $"classes are unbalanced: {Named(names, Largest)}, {Named(names, Smallest)}; to answer {Quoted.Text(names[Largest])} always "
        + $"is right in {100 * Share(Largest):F1} % of rows, so judge by balanced accuracy and average precision");

    string Named(IReadOnlyList<string> names, int index) => string.Create(CultureInfo.InvariantCulture,
        $"{Quoted.Text(names[index])} has {Counts[index]} of {Counts.Sum()} rows");
}
