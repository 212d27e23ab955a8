namespace Boltzmann.Searching;

/// <summary>
/// n queens on an n × n board of which none attacks another. A unit is "a queen stands here"; each row is a block with exactly one queen,
/// columns and diagonals are constraints.
/// </summary>
public sealed class Queens
{
    /// <summary>The largest board, 256 × 256: 20 million pairs of squares that attack each other.</summary>
    public const int Most = 256;

    readonly Hypothesis[] squares;

    /// <summary>The problem of a board.</summary>
    /// <param name="size">Rows, and columns, 1 to <see cref="Most"/>. Boards of 2 and 3 have no solution.</param>
    /// <exception cref="ArgumentException">Another size.</exception>
    public Queens(int size)
    {
        if (size is < 1 or > Most) throw new ArgumentException($"a board has 1 to {Most} rows, not {size}", nameof(size));
        Size = size;
        squares = new Hypothesis[size * size];
        for (int square = 0; square < squares.Length; square++)
            squares[square] = Problem.Add($"row{square / size + 1}.column{square % size + 1}");
        int[] all = [.. Enumerable.Range(0, size)];
        foreach (int row in all) ExactlyOne(all.Select(column => At(row, column)), $"one queen in row {row + 1}");
        foreach (int column in all) ExactlyOne(all.Select(row => At(row, column)), $"one queen in column {column + 1}");
        for (int d = 1; d < 2 * size - 2; d++)
        {
            Hypothesis[] rising = [.. all.Where(row => d - row >= 0 && d - row < size).Select(row => At(row, d - row))];
            Hypothesis[] falling = [.. all.Where(row => row + d - size + 1 >= 0 && row + d - size + 1 < size)
                .Select(row => At(row, row + d - size + 1))];
            Problem.Constrain(Constraint.AtMost(1, rising), name: $"one queen at most where row + column is {d + 2}");
            Problem.Constrain(Constraint.AtMost(1, falling), name: $"one queen at most where column − row is {d - size + 1}");
        }
    }

    /// <summary>Rows, and columns.</summary>
    public int Size { get; }

    /// <summary>What is searched.</summary>
    public Problem Problem { get; } = new();

    /// <summary>"A queen stands here", both from 0.</summary>
    public Hypothesis At(int row, int column) => squares[row * Size + column];

    /// <summary>The column of the queen in each row, from 0; the first one where a solution has several, −1 where it has none.</summary>
    public int[] Columns(Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        int[] columns = new int[Size];
        for (int row = 0; row < Size; row++)
            columns[row] = Enumerable.Range(0, Size).FirstOrDefault(column => solution[At(row, column)], -1);
        return columns;
    }

    /// <summary>Pairs of rows whose queens attack each other.</summary>
    /// <param name="columns">The queen's column in each row; −1 for none.</param>
    public static IReadOnlyList<(int First, int Second)> Attacks(IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        List<(int, int)> attacks = [];
        for (int a = 0; a < columns.Count; a++)
            for (int b = a + 1; b < columns.Count; b++)
                if (columns[a] >= 0 && columns[b] >= 0 && (columns[a] == columns[b] || Math.Abs(columns[a] - columns[b]) == b - a))
                    attacks.Add((a, b));
        return attacks;
    }

    void ExactlyOne(IEnumerable<Hypothesis> squares, string name) => Problem.Constrain(Constraint.ExactlyOne([.. squares]), name: name);
}
