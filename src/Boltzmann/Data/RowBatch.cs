namespace Boltzmann.Data;

/// <summary>How many rows are taken at once where they need not be many: few of wide rows, so that memory stays small.</summary>
static class RowBatch
{
    // Rows of so many columns and fewer, pictures among them, come in the batches that they were asked for in.
    const int WideColumns = 4096;

    // Of a batch of wide rows: 1 MB in single precision, 2 in double.
    const int Numbers = 1 << 18;

    /// <summary>Whether a row is so wide that a thousand of them are a matter of memory and time.</summary>
    public static bool IsWide(int columns) => columns > WideColumns;

    /// <summary>Rows at once, at least 1.</summary>
    /// <param name="columns">Of a row.</param>
    /// <param name="most">For rows that are not wide.</param>
    public static int Of(int columns, int most) => IsWide(columns) ? Math.Clamp(Numbers / columns, 1, most) : most;
}
