using System.Globalization;

namespace Boltzmann.Data;

/// <summary>Numbers names as they occur, and puts them in order at the end: whole numbers by value, others by spelling.</summary>
/// <param name="given">The names and their order, where they are settled; null to take those that occur.</param>
sealed class NameNumbers(IReadOnlyList<string>? given)
{
    readonly Dictionary<string, int> numbers = Known(given);

    /// <summary>Names so far.</summary>
    public int Count => numbers.Count;

    /// <summary>The number of a name; −1 where names are settled and this is not one.</summary>
    public int Of(ReadOnlySpan<char> name)
    {
        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out int number)) return number;
        if (given is not null) return -1;
        return numbers[name.ToString()] = numbers.Count;
    }

    /// <summary>For each number its place in the order, and the names in order.</summary>
    public (int[] Places, string[] Names) Finish()
    {
        if (given is not null) return ([.. Enumerable.Range(0, given.Count)], [.. given]);
        bool areWhole = numbers.Keys.All(name => IsWhole(name, out _));
        string[] names = areWhole ? [.. numbers.Keys.OrderBy(Whole).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. numbers.Keys.Order(StringComparer.Ordinal)];
        var places = new int[names.Length];
        for (int i = 0; i < names.Length; i++) places[numbers[names[i]]] = i;
        return (places, names);
    }

    static bool IsWhole(string name, out long value) =>
        long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    static long Whole(string name) => IsWhole(name, out long value) ? value : 0;

    static Dictionary<string, int> Known(IReadOnlyList<string>? given)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < given?.Count; i++) numbers.TryAdd(given[i], i);
        return numbers;
    }
}
