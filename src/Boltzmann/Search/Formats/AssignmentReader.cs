using System.Globalization;
using System.Text;
using System.Text.Json;
using Boltzmann.Data;

namespace Boltzmann.Searching;

/// <summary>Names and values from files, as <see cref="AssignmentFile"/> writes them.</summary>
public static class AssignmentReader
{
    /// <summary>Lines "name,value", a first line "name,value" or not; names in quotes where they hold commas.</summary>
    /// <param name="path">The file, which may be packed by gzip.</param>
    /// <exception cref="BadInputException">A line of another form; the message says which.</exception>
    public static IReadOnlyList<KeyValuePair<string, int>> ReadCsv(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ProblemText text = ProblemText.Open(path);
        var values = new List<KeyValuePair<string, int>>();
        while (text.NextLine())
        {
            string line = text.Rest();
            if (values.Count == 0 && text.Line == 1 && line.Replace(" ", "", StringComparison.Ordinal) == "name,value") continue;
            int comma = line.LastIndexOf(',');
            if (comma < 0 || !int.TryParse(line.AsSpan(comma + 1).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out int value))
                throw text.LineFault($"expected name,value with a whole number, not {Quoted.Text(line)}");
            string name = line[..comma].Trim();
            if (name is ['"', .., '"'] && name.Length > 1) name = name[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
            values.Add(new(name, value));
        }
        return values.Count > 0 ? values : throw new BadInputException($"{text.Name}: holds no line name,value");
    }

    /// <summary>An object of names and whole numbers.</summary>
    /// <param name="path">The file, which may be packed by gzip.</param>
    /// <exception cref="BadInputException">Something else.</exception>
    public static IReadOnlyList<KeyValuePair<string, int>> ReadJson(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ProblemText text = ProblemText.Open(path);
        using JsonDocument document = StrictJson.Parse(text.Bytes, text.Name);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new BadInputException($"{text.Name}: expected an object of names and values");
        return [.. document.RootElement.EnumerateObject().Select(entry => entry.Value.ValueKind == JsonValueKind.Number
            && entry.Value.TryGetInt32(out int value) ? KeyValuePair.Create(entry.Name, value)
            : throw new BadInputException($"{text.Name}: the value of {Quoted.Text(entry.Name)} is not a whole number"))];
    }

    /// <summary>A state by number: a .npy array of 0 and 1, or the literals of lines "v" of a .sol.</summary>
    /// <param name="path">Ends in .npy or .sol.</param>
    /// <param name="variables">How many there must be.</param>
    /// <exception cref="BadInputException">Another number of variables, or values other than 0 and 1.</exception>
    public static byte[] ReadState(string path, int variables)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetExtension(path).Equals(".sol", StringComparison.OrdinalIgnoreCase) ? Literals(path, variables)
            : Numbers(path, variables);
    }

    static byte[] Literals(string path, int variables)
    {
        ProblemText text = ProblemText.Open(path);
        byte[] state = new byte[variables];
        bool[] isGiven = new bool[variables];
        while (text.NextLine())
        {
            if (text.Peek() != 'v')
            {
                text.SkipLine();
                continue;
            }
            text.Word("v");
            while (!text.IsLineEnd)
            {
                int literal = (int)text.Whole("a literal", -variables, variables);
                if (literal == 0) continue;
                if (isGiven[Math.Abs(literal) - 1]) throw text.Fault($"variable {Math.Abs(literal)} is there twice");
                isGiven[Math.Abs(literal) - 1] = true;
                state[Math.Abs(literal) - 1] = literal > 0 ? (byte)1 : (byte)0;
            }
        }
        int missing = Array.IndexOf(isGiven, false);
        return missing < 0 ? state : throw new BadInputException($"{text.Name}: has no literal of variable {missing + 1}");
    }

    static byte[] Numbers(string path, int variables)
    {
        Dataset rows = NpyReader.Read(path, scale: 1);
        if ((long)rows.Count * rows.Columns != variables)
            throw new BadInputException($"{path}: holds {(long)rows.Count * rows.Columns:N0} values, but the problem has "
                + $"{variables:N0} variables");
        Matrix values = rows.ToMatrix();
        byte[] state = new byte[variables];
        for (int i = 0; i < variables; i++)
        {
            double value = values[i / values.Columns, i % values.Columns];
            state[i] = value is 0 or 1 ? (byte)value : throw new BadInputException($"{path}: value {i + 1} is {value}, not 0 or 1");
        }
        return state;
    }
}
