namespace Boltzmann.Inference;

/// <summary>Features of rows.</summary>
public sealed class TransformResult
{
    readonly Func<int, string> map;

    internal TransformResult(string data, AnsweredRows features, Func<int, string> map) =>
        (Data, Features, this.map) = (data, features, map);

    /// <summary>Name of the rows that they are of.</summary>
    public string Data { get; }

    /// <summary>The features, in order.</summary>
    public AnsweredRows Features { get; }

    /// <summary>
    /// An SVG map of the first rows: points of the plane, close together where features are (t-SNE), coloured by label. Time and memory
    /// grow with the square of the rows.
    /// </summary>
    /// <param name="rows">How many rows, at least 4 and at most all.</param>
    public string ToMap(int rows) => map(rows);
}
