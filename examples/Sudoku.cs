#:project ../src/Boltzmann
// A Sudoku: "this cell has this digit" is a unit, a cell a block of nine, and each digit comes once in each row, column and box. The clues
// are clamped: the same machine solves every puzzle, and fills an empty board if nothing is clamped.
using Boltzmann.Searching;

string[] puzzles =
[
    "000000010400000000020000000000050407008000300001090000300400200050100000000806000",   // 17 clues, the fewest that can be
    "800000000003600000070090200050007000000045700000100030001000068008500010090000400",   // made to be hard for people
];
var problem = new Problem();
IntegerVariable[] cells = [.. Enumerable.Range(0, 81)
    .Select(cell => problem.Integer($"r{cell / 9 + 1}c{cell % 9 + 1}", 1, 9, IntegerEncoding.OneHot))];
for (int k = 0; k < 9; k++)
    foreach (IEnumerable<int> group in (IEnumerable<int>[])[Enumerable.Range(0, 9).Select(i => 9 * k + i),
        Enumerable.Range(0, 9).Select(i => 9 * i + k), Enumerable.Range(0, 9).Select(i => (k / 3 * 3 + i / 3) * 9 + k % 3 * 3 + i % 3)])
        for (int digit = 1; digit <= 9; digit++) problem.ExactlyOne([.. group.Select(cell => cells[cell].Is(digit))]);

bool isSolved = true;
foreach (string puzzle in puzzles)
{
    for (int cell = 0; cell < 81; cell++)
        foreach (int digit in Enumerable.Range(1, 9)) problem.Unclamp(cells[cell].Is(digit));
    for (int cell = 0; cell < 81; cell++)
        if (puzzle[cell] != '0') problem.Clamp(cells[cell].Is(puzzle[cell] - '0'), true);
    ProblemResult result = Search.Best(problem, new Tempering(), new StopRule { Seconds = 20 });
    Console.WriteLine($"{puzzle.Count(c => c != '0')} clues: {result.Violated.Count} of {problem.Constraints.Count} constraints violated; "
        + $"{result.Variables - result.Removed} of {result.Variables} units were searched, the others follow; {result.Seconds:F2} s");
    for (int row = 0; row < 9; row++)
        Console.WriteLine("   " + string.Join(' ', cells[(9 * row)..(9 * row + 9)].Select(cell => result[cell])));
    isSolved &= result.IsFeasible && puzzle.Select((c, cell) => c == '0' || c - '0' == result[cells[cell]]).All(kept => kept);
}
return isSolved ? 0 : 1;
