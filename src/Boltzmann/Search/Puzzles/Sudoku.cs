namespace Boltzmann.Searching;

/// <summary>
/// A Sudoku of 4 × 4, 9 × 9 or 16 × 16 cells: each digit once in each row, column and box. A cell is a block of one unit for each digit;
/// clues are required.
/// </summary>
public sealed class Sudoku
{
    readonly IntegerVariable[] cells;

    /// <summary>The problem of given clues.</summary>
    /// <param name="clues">Row by row, 0 for an empty cell: 16, 81 or 256 of them.</param>
    /// <exception cref="ArgumentException">Another number of cells, a digit out of range, or two clues that contradict each other; the
    /// message names row and column.</exception>
    public Sudoku(IReadOnlyList<int> clues)
    {
        ArgumentNullException.ThrowIfNull(clues);
        Box = clues.Count switch
        {
            16 => 2,
            81 => 3,
            256 => 4,
            _ => throw new ArgumentException($"a Sudoku has 16, 81 or 256 cells, not {clues.Count}", nameof(clues)),
        };
        Side = Box * Box;
        Clues = [.. clues];
        Check();
        cells = [.. Enumerable.Range(0, Side * Side)
            .Select(cell => Problem.Integer($"cell{Row(cell) + 1}.{Column(cell) + 1}", 1, Side, IntegerEncoding.OneHot))];
        foreach (var (name, group) in Groups())
            for (int digit = 1; digit <= Side; digit++)
                Problem.Constrain(Constraint.ExactlyOne([.. group.Select(cell => cells[cell].Is(digit))]), name: $"one {digit} in {name}");
        for (int cell = 0; cell < cells.Length; cell++)
            if (Clues[cell] > 0) Problem.Require(cells[cell].Is(Clues[cell]));
    }

    /// <summary>Rows, columns, digits.</summary>
    public int Side { get; }

    /// <summary>Rows and columns of a box.</summary>
    public int Box { get; }

    /// <summary>Row by row, 0 for an empty cell.</summary>
    public IReadOnlyList<int> Clues { get; }

    /// <summary>What is searched.</summary>
    public Problem Problem { get; } = new();

    /// <summary>Reads a Sudoku: digits row by row, "." or "0" for an empty cell, with blanks, lines and frames as one likes; letters from A
    /// stand for 10 and more; lines that begin with "#" are remarks.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file is missing, or wrong; the message says where.</exception>
    public static Sudoku Read(string path) => Parse(PuzzleText.Read(path), path);

    /// <summary>As <see cref="Read"/>, of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BadInputException">The text is wrong.</exception>
    public static Sudoku Parse(string text, string name = "the Sudoku")
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> clues = [];
        int line = 0;
        foreach (ReadOnlySpan<char> row in text.AsSpan().EnumerateLines())
        {
            line++;
            if (row.TrimStart().StartsWith("#")) continue;
            for (int k = 0; k < row.Length; k++)
            {
                char c = char.ToUpperInvariant(row[k]);
                if (char.IsWhiteSpace(c) || c is '|' or '-' or '+' or '=' or '\uFEFF') continue;
                int digit = c switch
                {
                    '.' or '0' or '_' or '*' => 0,
                    >= '1' and <= '9' => c - '0',
                    >= 'A' and <= 'G' => c - 'A' + 10,
                    _ => throw new BadInputException($"{name}, line {line}, column {k + 1}: {Quoted.Text([row[k]])} is no digit; "
                        + "expected 1 to 9, a letter from A for 10 and more, or . or 0 for an empty cell"),
                };
                if (clues.Count < 257) clues.Add(digit);
            }
        }
        try
        {
            return new(clues);
        }
        catch (ArgumentException wrong)
        {
            throw new BadInputException($"{name}: {(clues.Count > 256 ? "a Sudoku has 16, 81 or 256 cells, and this has more"
                : wrong.Message.Split(" (Parameter")[0])}");
        }
    }

    /// <summary>The digits of a solution, row by row.</summary>
    public int[] Digits(Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return Array.ConvertAll(cells, cell => Enumerable.Range(1, Side).FirstOrDefault(digit => solution[cell.Is(digit)]));
    }

    /// <summary>Whether each cell's digit stands a second time in its row, column or box.</summary>
    /// <param name="digits">Row by row; 0 conflicts with nothing.</param>
    public bool[] Conflicts(IReadOnlyList<int> digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        bool[] conflicts = new bool[digits.Count];
        foreach (var (_, group) in Groups())
            foreach (int a in group)
                foreach (int b in group)
                    if (a != b && digits[a] != 0 && digits[a] == digits[b]) conflicts[a] = true;
        return conflicts;
    }

    /// <summary>"7", or a letter from A for 10 and more; "." for 0.</summary>
    public static char Symbol(int digit) => digit == 0 ? '.' : (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);

    int Row(int cell) => cell / Side;

    int Column(int cell) => cell % Side;

    void Check()
    {
        for (int cell = 0; cell < Clues.Count; cell++)
            if (Clues[cell] < 0 || Clues[cell] > Side)
                throw new ArgumentException($"row {Row(cell) + 1}, column {Column(cell) + 1}: {Symbol(Clues[cell])} is not a digit of a "
                    + $"Sudoku of {Side} × {Side}, 1 to {Symbol(Side)}");
        foreach (var (name, group) in Groups())
            foreach (int[] same in group.Where(cell => Clues[cell] > 0).GroupBy(cell => Clues[cell], (_, where) => where.ToArray()))
                if (same.Length > 1)
                    throw new ArgumentException($"row {Row(same[1]) + 1}, column {Column(same[1]) + 1}: {name} has a "
                        + $"{Symbol(Clues[same[1]])} already, in row {Row(same[0]) + 1}, column {Column(same[0]) + 1}");
    }

    IEnumerable<(string Name, int[] Cells)> Groups()
    {
        int[] all = [.. Enumerable.Range(0, Side)];
        foreach (int k in all) yield return ($"row {k + 1}", [.. all.Select(i => k * Side + i)]);
        foreach (int k in all) yield return ($"column {k + 1}", [.. all.Select(i => i * Side + k)]);
        foreach (int k in all)
            yield return ($"box {k + 1}", [.. all.Select(i => (k / Box * Box + i / Box) * Side + k % Box * Box + i % Box)]);
    }
}
