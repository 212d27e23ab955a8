namespace Boltzmann.Cli;

/// <summary>Names and words of options that are the same in every command that reads rows.</summary>
static class RowOptions
{
    /// <summary>What bytes are divided by.</summary>
    public const string ScaleBytes = "scale-bytes";

    /// <summary>Words for it.</summary>
    public const string ScaleBytesHelp = "Divide the bytes of an IDX, NPY or NPZ file by this number: by default as in the model's "
        + "training, or in training by 1 where all are 0 or 1, by 255 where one is above 16, else by the greatest.";

    /// <summary>What empty cells and NaN stand for.</summary>
    public const string Missing = "missing";

    /// <summary>Words for it.</summary>
    public const string MissingHelp = "What empty cells of a CSV table and NaN in an NPY or NPZ file stand for; they are refused "
        + "otherwise. absent: the unit is "
        + "no part of its row's machine; unknown: it has a value that nobody wrote down, drawn given the rest at each presentation. "
        + "Metrics are of complete rows.";

    /// <summary>Words for it where rows are judged.</summary>
    public const string JudgedMissingHelp = "What empty cells of a CSV table and NaN in an NPY or NPZ file stand for: of the "
        + "training's data what they stood for there, else they are refused. absent: the unit is no part of its row's machine; unknown: it "
        + "has a value that nobody wrote down, and is summed out. Of an rbm, dbm, bm or graph, for free-energy, log-likelihood and "
        + "pseudo-likelihood.";

    /// <summary>Whether columns are passed over.</summary>
    public const string IgnoreExtra = "ignore-extra";

    /// <summary>Words for it.</summary>
    public const string IgnoreExtraHelp = "Pass over columns of the data that the model did not learn from; they are refused otherwise.";
}
