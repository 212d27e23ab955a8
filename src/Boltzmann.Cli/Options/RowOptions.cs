namespace Boltzmann.Cli;

/// <summary>Names and words of options that are the same in every command that reads rows.</summary>
static class RowOptions
{
    /// <summary>What bytes are divided by.</summary>
    public const string ScaleBytes = "scale-bytes";

    /// <summary>Words for it.</summary>
    public const string ScaleBytesHelp = "Divide the bytes of an IDX, NPY or NPZ file by this number. By default as in the model's "
        + "training; in training by 1 where all are 0 or 1, by 255 where one is above 16, otherwise by the greatest.";

    /// <summary>Kind of a file.</summary>
    public const string Format = "format";

    /// <summary>Words for it.</summary>
    public const string FormatHelp = "Kind of the file, whatever its name ends in. By default its ending decides, else its first "
        + "bytes. Sparse rows: svmlight, label index:value ...; counts, documents as n "
        + "index:count ... or label n index:count ...; triples, row,column,value, else 0; ratings, the same, else absent; csr, "
        + "save_npz of SciPy.";

    /// <summary>What separates cells.</summary>
    public const string Delimiter = "delimiter";

    /// <summary>Words for it.</summary>
    public const string DelimiterHelp = "Between the cells of a table of text: a character, tab, or space for runs of blanks; detected "
        + "when left out.";

    /// <summary>The decimal sign.</summary>
    public const string Decimal = "decimal";

    /// <summary>Words for it.</summary>
    public const string DecimalHelp = "The decimal sign in a table of text, as in 0,75 or 0.75; detected when left out. A comma between "
        + "cells does not count.";

    /// <summary>What stands for a missing value.</summary>
    public const string Na = "na";

    /// <summary>Words for it.</summary>
    public const string NaHelp = "Further cells of a table of text that stand for a missing value, beside empty ones, NA, N/A, NaN, null, "
        + "None, ? and the like.";

    /// <summary>The array of an archive.</summary>
    public const string Array = "array";

    /// <summary>Words for it.</summary>
    public const string ArrayHelp = "Array of the NPZ archive: by default x, X, x_train, data, images, arr_0 or the only one, of a test "
        + "part x_test.";

    /// <summary>Where labels are.</summary>
    public const string LabelsFrom = "labels-from";

    /// <summary>Words for it.</summary>
    public const string LabelsFromHelp = "Labels in another array of the NPZ archive, by default y, target, labels or y_train, or in a "
        + "file (IDX, NPY, or text with one on each line).";

    /// <summary>What empty cells and NaN stand for.</summary>
    public const string Missing = "missing";

    /// <summary>Words for it.</summary>
    public const string MissingHelp = "What gaps mean: empty cells of a CSV table, NA and the like (--na), and NaN in an NPY or NPZ file. "
        + "By default they are refused; in mixed columns they are unknown, or absent for a dbn or with classes. absent: the row's machine "
        + "does not have the unit; unknown: it has a value that was not recorded, drawn given the rest at each presentation. Metrics use "
        + "complete rows.";

    /// <summary>Words for it where rows are judged.</summary>
    public const string JudgedMissingHelp = "What gaps mean: empty cells of a CSV table, NaN in an NPY or NPZ file. By default as in "
        + "training for the data of the training, refused for others. absent: the row's machine does not have the unit; unknown: it has a "
        + "value that was not recorded, and is summed out. For free-energy, log-likelihood and pseudo-likelihood of an rbm, dbm, bm or "
        + "graph.";

    /// <summary>Whether columns are passed over.</summary>
    public const string IgnoreExtra = "ignore-extra";

    /// <summary>Words for it.</summary>
    public const string IgnoreExtraHelp = "Ignore columns of the data that the model did not learn from. They are refused otherwise.";
}
