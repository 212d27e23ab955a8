namespace Boltzmann.Data;

/// <summary>What arrays of rows and of labels are usually called in NumPy archives.</summary>
static class ArrayNames
{
    static readonly (string[] Rows, string[] Labels)[] training =
    [
        (["x", "X"], ["y", "Y", "target", "targets", "labels", "label"]),
        (["x_train", "X_train", "train_x", "train_X", "xtrain", "Xtrain"], ["y_train", "Y_train", "train_y", "train_Y", "ytrain"]),
        (["train_images", "train_data"], ["train_labels"]),
        (["data", "images", "features"], ["target", "targets", "labels", "label", "y"]),
        (["arr_0"], ["y"]),
    ];

    static readonly (string[] Rows, string[] Labels)[] test =
    [
        (["x_test", "X_test", "test_x", "test_X", "xtest", "Xtest"], ["y_test", "Y_test", "test_y", "test_Y", "ytest"]),
        (["test_images", "test_data"], ["test_labels"]),
    ];

    /// <summary>The array of a part's rows; null if none has a usual name.</summary>
    public static string? Rows(ICollection<string> names, bool isTest) =>
        (isTest ? test : training).SelectMany(pair => pair.Rows).FirstOrDefault(names.Contains);

    /// <summary>Whether an array of rows has a usual name.</summary>
    public static bool IsUsual(string rows) => training.Concat(test).Any(pair => pair.Rows.Contains(rows));

    /// <summary>The array of the labels that belong to an array of rows; null if none has a usual name.</summary>
    public static string? Labels(ICollection<string> names, string rows)
    {
        string[] usual = training.Concat(test).FirstOrDefault(pair => pair.Rows.Contains(rows)).Labels ?? ["y"];
        return usual.FirstOrDefault(name => name != rows && names.Contains(name));
    }
}
