using System.Globalization;

namespace Boltzmann.Evaluation;

/// <summary>Pairs of sites that are known to be near each other, such as those of a structure.</summary>
public sealed class KnownContacts
{
    readonly HashSet<(string, string)> pairs = [];

    KnownContacts() { }

    /// <summary>How many there are.</summary>
    public int Count => pairs.Count;

    /// <summary>Reads a table of text: the first two fields of a line are the names of two sites, such as 3,17; a first line of words is a
    /// header.</summary>
    /// <param name="path">The file; fields between commas, tabs or blanks.</param>
    /// <param name="sites">The names of the sites there are.</param>
    /// <exception cref="BadInputException">There is no such file, or a line is no pair of two sites.</exception>
    public static KnownContacts Read(string path, IReadOnlyList<string> sites)
    {
        if (!File.Exists(path)) throw new BadInputException($"{path}: no such file: expected one with a pair of sites on each line");
        var known = new KnownContacts();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] fields = [.. line.Split([',', '\t', ' ', ';'], StringSplitOptions.RemoveEmptyEntries).Select(f => f.Trim('"'))];
            if (fields.Length == 0 || fields[0].StartsWith('#')) continue;
            bool isHeader = number == 1 && !fields.Take(2).Any(sites.Contains) && !fields.Any(f => double.TryParse(f,
                NumberStyles.Float, CultureInfo.InvariantCulture, out _));
            if (isHeader) continue;
            if (fields.Length < 2 || fields[0] == fields[1] || !sites.Contains(fields[0]) || !sites.Contains(fields[1]))
                throw new BadInputException($"{path}, line {number}: is {Quoted.Text(line)}: expected two different sites of "
                    + $"{sites[0]} to {sites[^1]}");
            known.pairs.Add((fields[0], fields[1]));
            known.pairs.Add((fields[1], fields[0]));
        }
        return known.Count > 0 ? known : throw new BadInputException($"{path}: has no pair of sites");
    }

    /// <summary>Whether two sites are such a pair, by their names.</summary>
    public bool Contains(string first, string second) => pairs.Contains((first, second));
}
