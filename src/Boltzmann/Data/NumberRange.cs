using System.Globalization;

namespace Boltzmann.Data;

/// <summary>Whether values fit the numbers that a model computes with, where energies have their squares.</summary>
public static class NumberRange
{
    /// <summary>Throws unless every value is finite in a precision, and so is its square once scaled.</summary>
    /// <param name="data">Rows in their own units.</param>
    /// <param name="scaling">What they go through first; null for nothing.</param>
    /// <param name="precision">Of the model.</param>
    /// <exception cref="BadInputException">A value is NaN or too large, or a column differs too little to be scaled; the message says
    /// which and where.</exception>
    public static void Check(Dataset data, Scaling? scaling, Precision precision)
    {
        // Bytes fit, unless they are scaled by what does not.
        if (scaling is null && data.Rows.ByteStep is double step && Fits(255 * step, precision)) return;
        ColumnStatistics columns = data.Statistics;
        double[] ends = new double[data.Columns], other = new double[data.Columns];
        columns.Minimum.CopyTo(ends, 0);
        columns.Maximum.CopyTo(other, 0);
        scaling?.Transform(ends.AsSpan());
        scaling?.Transform(other.AsSpan());
        for (int c = 0; c < data.Columns; c++)
        {
            // A column without a value, as of no rows.
            if (columns.Minimum[c] > columns.Maximum[c]) continue;
            if (double.IsNaN(columns.Minimum[c])) throw NotANumber(data, c);
            if (!IsFinite(columns.Minimum[c], precision) || !IsFinite(columns.Maximum[c], precision))
                throw TooLarge(data, c, $"for {Name(precision)}");
            if (scaling is not null && !scaling.Fits(c, precision))
                throw new BadInputException($"{data.Name}: column {Column(data, c)} has values too close to each other to be scaled in "
                    + $"{Name(precision)}");
            if (!Fits(ends[c], precision) || !Fits(other[c], precision))
                throw TooLarge(data, c, $"for {Name(precision)}{(scaling is null ? "" : " once it is scaled")}, where squares must be "
                    + "finite");
        }
    }

    /// <summary>What to say where a column has a value that is too large: which, and in which row.</summary>
    internal static BadInputException TooLarge(Dataset data, int column, string what)
    {
        double[] row = new double[data.Columns];
        double largest = 0;
        int at = 0;
        for (int r = 0; r < data.Count; r++)
        {
            data.Rows.Read(r, row);
            if (!(Math.Abs(row[column]) > largest)) continue;
            (largest, at) = (Math.Abs(row[column]), r);
        }
        data.Rows.Read(at, row);
        return new($"{data.Name}: row {at + 1}, column {Column(data, column)}: {Text(row[column])} is too large {what}");
    }

    static BadInputException NotANumber(Dataset data, int column)
    {
        double[] row = new double[data.Columns];
        int at = -1;
        do data.Rows.Read(++at, row);
        while (!double.IsNaN(row[column]));
        return new($"{data.Name}: row {at + 1}, column {Column(data, column)} is NaN: expected a finite number");
    }

    /// <summary>A number as people write it: 1e300.</summary>
    internal static string Text(double x) =>
        x.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');

    static bool IsFinite(double x, Precision precision) => precision == Precision.Float32 ? float.IsFinite((float)x) : double.IsFinite(x);

    /// <summary>Whether the square of a value, which energies have, is finite in a precision.</summary>
    internal static bool Fits(double x, Precision precision) => IsFinite(x * x, precision);

    /// <summary>A column as messages call it: its name, or its number from 1.</summary>
    internal static string Column(Dataset data, int column) => data.ColumnNames is { } names ? Quoted.Text(names[column]) : $"{column + 1}";

    /// <summary>A precision as the command line has it.</summary>
    internal static string Name(Precision precision) => precision == Precision.Float32 ? "float32" : "float64";
}
