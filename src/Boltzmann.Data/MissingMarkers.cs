using System.Text;

namespace Boltzmann.Data;

/// <summary>Finds cells that stand for a value that is not there, by their text or, where a marker is a number, by their value.</summary>
sealed class MissingMarkers(IReadOnlyList<string> texts)
{
    readonly byte[][] texts = [.. texts.Select(Encoding.UTF8.GetBytes)];
    readonly int longest = texts.Count == 0 ? -1 : texts.Max(Encoding.UTF8.GetByteCount);
    readonly double[] numbers = [.. texts.Select(Number).OfType<double>()];

    /// <summary>Whether one of them is a number.</summary>
    public bool HasNumbers => numbers.Length > 0;

    /// <summary>Whether a cell is one of the texts.</summary>
    public bool Contains(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > longest) return false;
        foreach (byte[] text in texts)
            if (cell.SequenceEqual(text)) return true;
        return false;
    }

    /// <summary>Whether a cell's number is that of one of the texts, however it is written.</summary>
    public bool Contains(double value) => numbers.Length > 0 && numbers.Contains(value);

    static double? Number(string text) => TextNumber.TryRead(Encoding.UTF8.GetBytes(text), comma: false, out double value) ? value : null;
}
