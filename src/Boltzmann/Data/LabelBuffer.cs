using System.Globalization;

namespace Boltzmann.Data;

/// <summary>
/// Collects class labels as text and numbers the classes: those given, else those that occur, integers by value and text by spelling.
/// </summary>
sealed class LabelBuffer
{
    const int MostClasses = 65_536;

    readonly IReadOnlyList<string>? given;
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly List<int> labels = [];

    public LabelBuffer(IReadOnlyList<string>? given)
    {
        this.given = given;
        for (int i = 0; i < given?.Count; i++) numbers.Add(given[i], i);
    }

    public void Add(string label, Func<string> where)
    {
        if (!numbers.TryGetValue(label, out int number))
        {
            if (given is not null) throw new BadInputException($"{where()} the label is {Quoted.Text(label)}, expected one of "
                + $"{string.Join(", ", given.Take(20).Select(one => Quoted.Text(one)))}");
            if (numbers.Count == MostClasses)
                throw new BadInputException($"{where()} more than {MostClasses} different labels: expected a column of classes");
            numbers.Add(label, number = numbers.Count);
        }
        labels.Add(number);
    }

    public (int[] Labels, string[] Names) Finish()
    {
        if (given is not null) return ([.. labels], [.. given]);
        bool areIntegers = numbers.Keys.All(label => long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out _));
        string[] names = areIntegers ? [.. numbers.Keys.OrderBy(label => long.Parse(label, NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture)).ThenBy(label => label, StringComparer.Ordinal)]
            : [.. numbers.Keys.Order(StringComparer.Ordinal)];
        var places = new int[names.Length];
        for (int i = 0; i < names.Length; i++) places[numbers[names[i]]] = i;
        return ([.. labels.Select(label => places[label])], names);
    }
}
