using System.Text.Json.Nodes;

namespace Boltzmann.Data;

/// <summary>How a file is read where it does not say so itself, in the words of the command line and of settings. Null finds out.</summary>
public sealed record FileReading
{
    /// <summary>The kind of files whose rows lack what is not there.</summary>
    internal const string Ratings = "ratings";

    /// <summary>
    /// Kind of the file, whatever its name ends in: csv, json-lines, parquet, npy, npz, idx, amat, svmlight, counts, triples, ratings, csr,
    /// fasta.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>Between the cells of a table of text: a character, or tab or space.</summary>
    /// <exception cref="BadInputException">It is neither.</exception>
    public string? Delimiter { get; init => field = Checked(value); }

    /// <summary>The decimal sign in a table of text: comma or point.</summary>
    /// <exception cref="BadInputException">It is neither.</exception>
    public string? Decimal
    {
        get;
        init => field = value is null or "comma" or "point" ? value
            : throw new BadInputException($"--decimal must be comma or point, not {Quoted.Text(value)}");
    }

    /// <summary>Further cells that stand for a missing value, beside <see cref="CsvOptions.UsualMissingTexts"/>.</summary>
    public IReadOnlyList<string>? Na { get; init; }

    /// <summary>The letters of aligned sequences: protein, dna, rna, or letters.</summary>
    /// <exception cref="BadInputException">It is none of these.</exception>
    public string? Alphabet { get; init => field = value is null ? null : Boltzmann.Data.Alphabet.Parse(value).Name; }

    /// <summary>The array of an NPZ archive.</summary>
    public string? Array { get; init; }

    /// <summary>The array of the NPZ archive, or else the file, that holds labels.</summary>
    public string? LabelsFrom { get; init; }

    /// <summary>The same, with what another one states where this one does not.</summary>
    public FileReading Or(FileReading? otherwise) => otherwise is null ? this : new()
    {
        Format = Format ?? otherwise.Format,
        Delimiter = Delimiter ?? otherwise.Delimiter,
        Decimal = Decimal ?? otherwise.Decimal,
        Na = Na ?? otherwise.Na,
        Alphabet = Alphabet ?? otherwise.Alphabet,
        Array = Array ?? otherwise.Array,
        LabelsFrom = LabelsFrom ?? otherwise.LabelsFrom,
    };

    /// <summary>What is stated, by the names of settings.</summary>
    internal IEnumerable<(string Name, JsonNode? Word)> Words => [("format", Format), ("delimiter", Delimiter), ("decimal", Decimal),
        ("na", Na is null ? null : new JsonArray([.. Na.Select(text => (JsonNode?)text)])), ("alphabet", Alphabet), ("array", Array),
        ("labels-from", LabelsFrom)];

    /// <summary>Options that read so.</summary>
    public DataOptions Apply(DataOptions options) => options with
    {
        Format = Format ?? options.Format,
        Alphabet = Alphabet is null ? options.Alphabet : Boltzmann.Data.Alphabet.Parse(Alphabet),
        ArrayName = Array ?? options.ArrayName,
        LabelsPath = LabelsFrom ?? options.LabelsPath,
        Csv = options.Csv with
        {
            Delimiter = Delimiter switch { null => options.Csv.Delimiter, "tab" => '\t', "space" => ' ', _ => Delimiter[0] },
            HasDecimalComma = Decimal is null ? options.Csv.HasDecimalComma : Decimal == "comma",
            MissingTexts = Na is null ? options.Csv.MissingTexts : [.. options.Csv.MissingTexts, .. Na],
        },
    };

    /// <summary>Whether a word says what stands between cells.</summary>
    internal static bool IsDelimiter(string word) =>
        word is "tab" or "space" || (word.Length == 1 && char.IsAscii(word[0]) && word[0] is not ('"' or '\r' or '\n' or '\0'));

    static string? Checked(string? delimiter) => delimiter is null || IsDelimiter(delimiter) ? delimiter
        : throw new BadInputException($"--delimiter must be one character, tab or space, not {Quoted.Text(delimiter)}");
}
