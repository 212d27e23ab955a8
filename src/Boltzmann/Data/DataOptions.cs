namespace Boltzmann.Data;

/// <summary>Which part of which data, and what a file does not say itself.</summary>
public sealed record DataOptions
{
    /// <summary>The part to open. A file has only what is in it, and is taken for training data.</summary>
    public DataSplit Split { get; init; } = DataSplit.Train;

    /// <summary>Rows at the end of the training data that are kept for validation, where there is no validation part of its own.</summary>
    public int ValidationRows { get; init; }

    /// <summary>Looked into first for named sets; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Seed of generated sets.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;

    /// <summary>Rows of generated digits; null for 10 000 to train and 2 000 to validate or test.</summary>
    public int? Count { get; init; }

    /// <summary>Pixels per side of bars and stripes.</summary>
    public int Size { get; init; } = 4;

    /// <summary>
    /// Kind of a file, whatever its name ends in: csv, json-lines, npy, npz, idx, amat, svmlight, counts, triples, ratings, csr;
    /// null to find out.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>Kinds of tables beside those of Boltzmann.Data, such as the Parquet files of Boltzmann.Data.Parquet.</summary>
    public IReadOnlyList<TableFormat> TableFormats { get; init; } = [];

    /// <summary>
    /// Only so many rows from the beginning of a file; null for all. A table of text without a column of labels is read no further.
    /// </summary>
    public int? MostRows { get; init; }

    /// <summary>
    /// Class labels for a file that has none: of an NPZ archive the name of an array in it, else a file, IDX, NPY or a text with a label on
    /// each line; null for the file that belongs to MNIST-like pictures by name, and the array that belongs to the rows by its name.
    /// </summary>
    public string? LabelsPath { get; init; }

    /// <summary>
    /// The array of an NPZ archive; null for the first there is of <c>x</c>, <c>X</c>, <c>x_train</c> and the like, <c>data</c>,
    /// <c>images</c>, <c>arr_0</c>, else the only one. Of a test part, <c>x_test</c> and the like.
    /// </summary>
    public string? ArrayName { get; init; }

    /// <summary>
    /// What one step of a byte is worth in files of bytes; null to find out: 1 where all are 0 or 1, 1/255 where one is above 16, else 1 by
    /// the greatest. Of named sets this is settled.
    /// </summary>
    public double? Scale { get; init; }

    /// <summary>
    /// What empty cells of tables and NaN in NPY and NPZ files stand for; null to refuse them. Other files have none.
    /// </summary>
    public MissingValues? Missing { get; init; }

    /// <summary>Whether data that cannot have gaps are read all the same where it is stated what gaps stand for.</summary>
    public bool GapsAreOptional { get; init; }

    /// <summary>
    /// Columns of a file of sparse rows that numbers them, such as the model's; null for as many as the greatest number says.
    /// </summary>
    public int? Columns { get; init; }

    /// <summary>Of svmlight files, the number of the first column, 0 or 1; null to find out.</summary>
    public int? FirstIndex { get; init; }

    /// <summary>The letters of aligned sequences; null to find out.</summary>
    public Alphabet? Alphabet { get; init; }

    /// <summary>Header, labels and delimiter of tables of text.</summary>
    public CsvOptions Csv { get; init; } = new();
}
