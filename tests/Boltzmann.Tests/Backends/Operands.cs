using System.Collections.Concurrent;

namespace Boltzmann.Tests.Backends;

/// <summary>The same numbers in the memory of any backend: batches, rows, columns, and destinations inside larger matrices.</summary>
sealed class Operands
{
    /// <summary>Rows before and behind each destination, which no operation may touch.</summary>
    public const int Margin = 2;

    static readonly double[] Hostile = [0.0, -0.0, 100, -100, 1000, -1000, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    /// <summary>A pool of values around 0 with a standard deviation of 3.</summary>
    static readonly double[] Normals = [.. Enumerable.Range(0, 9973).Select(i => 3 * Philox.Normal(new(1, 2, 3), 0, i))];

    readonly List<(Matrix Parent, Matrix View)> destinations = [];
    readonly Dictionary<Matrix, double[,]> hostCopies = [];

    static readonly ConcurrentDictionary<(int, int, bool, string), double[]> hostValues = new();

    public Operands(Backend backend, Precision precision, int rows, int columns, bool hostile)
    {
        var placement = new Placement(backend, precision);
        // The same values whenever the shape is the same: made once, as making them takes longer than most operations.
        Matrix Make(int r, int c, string name, Func<Random, double> value)
        {
            double[] values = hostValues.GetOrAdd((r, c, hostile, name), _ =>
            {
                var random = new Random(31 * rows + columns + name.Length);
                return [.. Enumerable.Range(0, r * c).Select(_ => value(random))];
            });
            var matrix = new Matrix(r, c, placement);
            for (int i = 0; i < r; i++) matrix.WriteRow(i, values.AsSpan(i * c, c));
            return matrix;
        }
        double Value(Random random) =>
            hostile && random.Next(rows * columns > 100 ? 40 : 6) == 0 ? Hostile[random.Next(Hostile.Length)]
                : Normals[random.Next(Normals.Length)];
        Matrix Destination(int r, int c, string name)
        {
            Matrix parent = Make(r + 2 * Margin, c, name, random => random.Next(-8, 8)), view = parent.RowRange(Margin, r);
            destinations.Add((parent, view));
            return view;
        }

        A = Make(rows, columns, "a", Value);
        B = Make(rows, columns, "bb", Value);
        Row = Make(1, columns, "row", Value);
        Column = Make(rows, 1, "column", Value);
        One = Make(1, 1, $"one of {columns}", Value);
        Positive = Make(1, columns, "positive", random => 0.1 + 3 * random.NextDouble());
        Batch = Destination(rows, columns, "batch");
        Second = Destination(rows, columns, "second");
        RowResult = Destination(1, columns, "row result");
        ColumnResult = Destination(rows, 1, "column result");
    }

    public Matrix A { get; }
    public Matrix B { get; }
    public Matrix Row { get; }
    public Matrix Column { get; }
    public Matrix One { get; }
    public Matrix Positive { get; }
    public Matrix Batch { get; }
    public Matrix Second { get; }
    public Matrix RowResult { get; }
    public Matrix ColumnResult { get; }

    public int Rows => A.Rows;
    public int Columns => A.Columns;

    /// <summary>Spacing of numbers just above 1.</summary>
    public double Epsilon => A.Precision == Precision.Float32 ? 1.0 / (1 << 23) : 1.0 / (1L << 52);

    /// <summary>Below this, results may be flushed to zero.</summary>
    public double Tiny => A.Precision == Precision.Float32 ? Math.Pow(2, -125) : Math.Pow(2, -1020);

    /// <summary>An entry, from a copy made at the first question.</summary>
    public double At(Matrix matrix, int row, int column)
    {
        if (!hostCopies.TryGetValue(matrix, out double[,]? values)) hostCopies[matrix] = values = matrix.ToArray();
        return values[row, column];
    }

    /// <summary>Every row of every destination, and those around them.</summary>
    public IEnumerable<double[]> Everything() =>
        from destination in destinations from r in Enumerable.Range(0, destination.Parent.Rows) select destination.Parent.ReadRow(r);

    /// <summary>Fails unless the padding of all destinations is zero.</summary>
    public unsafe void RequireZeroPadding()
    {
        foreach (var (parent, _) in destinations)
            for (int r = 0; r < parent.Rows; r++)
                for (int c = parent.Columns; c < parent.Stride; c++)
                {
                    long index = (long)r * parent.Stride + c;
                    nint start = HostStorage.AddressOf(parent);
                    double padding = parent.Precision == Precision.Float32 ? ((float*)start)[index] : ((double*)start)[index];
                    if (padding != 0 || double.IsNaN(padding))
                        Assert.Fail($"padding of row {r - Margin}, column {c} of {parent.Columns} became {padding}");
                }
    }

    /// <summary>Whether the rows around the destinations are those of another set.</summary>
    public void RequireSameMargins(Operands other)
    {
        for (int d = 0; d < destinations.Count; d++)
        {
            Matrix own = destinations[d].Parent, theirs = other.destinations[d].Parent;
            for (int r = 0; r < own.Rows; r++)
                if (r < Margin || r >= own.Rows - Margin) Assert.Equal(theirs.ReadRow(r), own.ReadRow(r));
        }
    }
}
