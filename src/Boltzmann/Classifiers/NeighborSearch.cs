namespace Boltzmann.Classifiers;

/// <summary>
/// Exact search for the nearest rows. With ‖q − t‖² = ‖q‖² + ‖t‖² − 2q·t the order of the rows t is that of ‖t‖² − 2q·t: products of blocks
/// of rows, of which some more than are wanted are kept. Their distances are computed again in double precision, and if rounding could have
/// kept out a nearer row, the search for that q is repeated in double precision.
/// </summary>
sealed class NeighborSearch
{
    /// <summary>Queries of 1024 floats that stay in the L2 cache, and rows enough that a call counts for little.</summary>
    const int QueryRows = 192, BlockRows = 4096;

    /// <summary>Kept beyond those wanted, so that rounding rarely decides.</summary>
    const int Spare = 16;

    readonly Matrix rows, ranked;
    readonly NeighborMetric metric;
    readonly double[] squares, offsets;
    readonly double most, longest;

    /// <summary>Takes the rows, which are kept, and their norms.</summary>
    public NeighborSearch(Matrix rows, NeighborMetric metric)
    {
        (this.rows, this.metric) = (rows, metric);
        squares = Squares(rows);
        RequireModest(squares, "training row");
        ranked = Ranked(rows, squares);
        offsets = metric == NeighborMetric.Cosine ? new double[rows.Rows] : squares;
        most = Math.Sqrt(squares.Max());
        longest = metric == NeighborMetric.Cosine ? 1 : most;
    }

    /// <summary>The nearest rows, in order of distance, then of number.</summary>
    public Neighbor[][] Find(Matrix queries, int count)
    {
        RequireModest(Squares(queries), "row");
        var found = new Neighbor[queries.Rows][];
        int[] doubtful = Search(rows.Placement, queries, [.. Enumerable.Range(0, queries.Rows)], count, found);
        if (doubtful.Length > 0 && rows.Precision == Precision.Float32)
            doubtful = Search(rows.Placement.Double, queries, doubtful, count, found);
        return found;
    }

    // Finds the neighbours of some queries; returns those of which it is not certain.
    int[] Search(Placement placement, Matrix queries, int[] wanted, int count, Neighbor[][] found)
    {
        int kept = Math.Min(rows.Rows, count + Spare);
        var isDoubtful = new bool[queries.Rows];
        var block = new Matrix(Math.Min(QueryRows, wanted.Length), rows.Columns, placement);
        Matrix values = block.Like(block.Rows, kept), indices = block.Like(block.Rows, kept);
        for (int first = 0; first < wanted.Length; first += QueryRows)
        {
            int[] numbers = wanted[first..Math.Min(first + QueryRows, wanted.Length)];
            Matrix own = block.RowRange(0, numbers.Length), smallest = values.RowRange(0, numbers.Length),
                numbersOf = indices.RowRange(0, numbers.Length);
            for (int i = 0; i < numbers.Length; i++) own.RowRange(i, 1).SetCopy(queries.RowRange(numbers[i], 1));
            Rank(Ranked(own, Squares(own)), smallest, numbersOf);
            Parallel.For(0, numbers.Length, Threads(rows), i =>
            {
                int q = numbers[i];
                (found[q], isDoubtful[q]) = Judge(queries.ReadRow(q), smallest.ReadRow(i), numbersOf.ReadRow(i), count,
                    placement.Precision);
            });
        }
        return [.. wanted.Where(q => isDoubtful[q])];
    }

    // The smallest ‖t‖² − 2q·t of each query.
    void Rank(Matrix queries, Matrix smallest, Matrix numbers)
    {
        smallest.Fill(double.PositiveInfinity);
        numbers.Fill(-1);
        Matrix? products = null, copy = null;
        for (int first = 0; first < ranked.Rows; first += BlockRows)
        {
            int count = Math.Min(BlockRows, ranked.Rows - first);
            Matrix part = ranked.RowRange(first, count);
            if (part.Precision != queries.Precision)
            {
                copy ??= queries.Like(count, part.Columns);
                Matrix own = copy.RowRange(0, count);
                own.SetCopy(rows.RowRange(first, count));
                part = Ranked(own, squares.AsSpan(first, count));
            }
            if (products?.Columns != part.Rows) products = queries.Like(queries.Rows, part.Rows);
            products.SetProduct(queries, part, transposeRight: true, scale: -2);
            smallest.KeepSmallest(numbers, products, Matrix.Row(offsets.AsSpan(first, part.Rows), queries.Placement), first);
        }
    }

    (Neighbor[] Nearest, bool IsDoubtful) Judge(double[] query, double[] smallest, double[] numbers, int count, Precision precision)
    {
        // What overflows ranks wrongly or not at all: nothing is known of the rows kept out. In double precision nothing does.
        if (numbers[^1] < 0 || (precision == Precision.Float32 && Overflows(query))) return (null!, true);
        var all = new List<Neighbor>(numbers.Length);
        var row = new double[query.Length];
        double norm = Square(query);
        foreach (double number in numbers)
        {
            rows.ReadRow((int)number, row);
            all.Add(new((int)number, Distance(query, row, norm, squares[(int)number])));
        }
        Neighbor[] nearest = [.. all.OrderBy(n => n.Distance).ThenBy(n => n.Row).Take(count)];
        if (all.Count == rows.Rows) return (nearest, false);

        // Whatever was not kept ranks no lower than the last that was, but for rounding: each sum of n products is off by at most (n + 2)u
        // times the sum of their sizes (Higham 2002, section 3.1), and adding the norm, itself rounded, by u of both.
        double u = precision == Precision.Float32 ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53), far = nearest[^1].Distance;
        double length = metric == NeighborMetric.Cosine ? 1 : Math.Sqrt(norm);
        double error = (query.Length + 8) * u * longest * (2 * length + longest);
        double rank = metric == NeighborMetric.Cosine ? 2 * (far - 1) : far * far - norm;
        return (nearest, !(rank < smallest[^1] - error));
    }

    // Whether a sum of products with the query, or an offset, or a length may leave the range of single precision.
    bool Overflows(double[] query)
    {
        double length = Math.Sqrt(Square(query));
        return metric == NeighborMetric.Cosine ? !(Math.Max(length, most) < float.MaxValue)
            : !(most * (2 * length + most) < float.MaxValue);
    }

    double Distance(double[] x, double[] y, double xSquare, double ySquare)
    {
        // Four sums at a time, as each waits for the one before.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int c = 0;
        if (metric == NeighborMetric.Cosine)
        {
            for (; c + 4 <= x.Length; c += 4)
                (s0, s1, s2, s3) = (s0 + x[c] * y[c], s1 + x[c + 1] * y[c + 1], s2 + x[c + 2] * y[c + 2], s3 + x[c + 3] * y[c + 3]);
            for (; c < x.Length; c++) s0 += x[c] * y[c];
            return xSquare == 0 || ySquare == 0 ? 1 : Math.Clamp(1 - (s0 + s1 + s2 + s3) / Math.Sqrt(xSquare * ySquare), 0, 2);
        }
        for (; c + 4 <= x.Length; c += 4)
        {
            double d0 = x[c] - y[c], d1 = x[c + 1] - y[c + 1], d2 = x[c + 2] - y[c + 2], d3 = x[c + 3] - y[c + 3];
            (s0, s1, s2, s3) = (s0 + d0 * d0, s1 + d1 * d1, s2 + d2 * d2, s3 + d3 * d3);
        }
        for (; c < x.Length; c++) s0 += (x[c] - y[c]) * (x[c] - y[c]);
        return Math.Sqrt(s0 + s1 + s2 + s3);
    }

    // What products are taken of: the rows, or for angles the rows at length 1.
    Matrix Ranked(Matrix rows, ReadOnlySpan<double> squares)
    {
        if (metric != NeighborMetric.Cosine) return rows;
        var scaled = rows.Like(rows.Rows, rows.Columns);
        var lengths = rows.Like(rows.Rows, 1);
        for (int r = 0; r < rows.Rows; r++) lengths.WriteRow(r, [squares[r] > 0 ? Math.Sqrt(squares[r]) : 1]);
        scaled.SetScaled(rows, lengths, -1);
        return scaled;
    }

    /// <summary>‖x‖² of each row, in double precision.</summary>
    internal static double[] Squares(Matrix rows)
    {
        var squares = new double[rows.Rows];
        Parallel.For(0, rows.Rows, Threads(rows), () => new double[rows.Columns], (r, _, row) =>
        {
            rows.ReadRow(r, row);
            squares[r] = Square(row);
            return row;
        }, _ => { });
        return squares;
    }

    // So that no distance overflows in double precision.
    static void RequireModest(double[] squares, string what)
    {
        int bad = Array.FindIndex(squares, square => !(square < double.MaxValue / 8));
        if (bad >= 0) throw new BadInputException($"{what} {bad + 1} has values so large that their squares are not finite");
    }

    static double Square(double[] row)
    {
        double sum = 0;
        foreach (double x in row) sum += x * x;
        return sum;
    }

    static ParallelOptions Threads(Matrix rows) => new() { MaxDegreeOfParallelism = rows.Backend is CpuBackend cpu ? cpu.Threads : 1 };
}
