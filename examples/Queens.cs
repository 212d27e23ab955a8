#:project ../src/Boltzmann
// Queens on a board, none attacking another. A unit is "a queen stands here"; a row is a block, of whose units exactly one is on, so
// that no weight has to be guessed for it; columns and diagonals are hard constraints, whose weights the search chooses.
using Boltzmann.Reporting;
using Boltzmann.Searching;

const int Size = 8;
var problem = new Problem();
var board = new Hypothesis[Size, Size];
for (int row = 0; row < Size; row++)
    for (int column = 0; column < Size; column++) board[row, column] = problem.Add($"{(char)('a' + column)}{row + 1}");
for (int k = 0; k < Size; k++)
{
    problem.ExactlyOne([.. Enumerable.Range(0, Size).Select(column => board[k, column])]);
    problem.ExactlyOne([.. Enumerable.Range(0, Size).Select(row => board[row, k])]);
}
for (int a = 0; a < Size * Size; a++)
    for (int b = a + 1; b < Size * Size; b++)
        if (b / Size > a / Size && Math.Abs(a % Size - b % Size) == b / Size - a / Size)
            problem.AtMost(1, board[a / Size, a % Size], board[b / Size, b % Size]);

ProblemResult result = Search.Best(problem, new Tempering(), new StopRule { Seconds = 10 });
Console.WriteLine($"{problem.Variables} hypotheses, {problem.Constraints.Count} constraints, {result.Violated.Count} violated:");
int[] columns = [.. Enumerable.Range(0, Size).Select(row => Enumerable.Range(0, Size).First(column => result[board[row, column]]))];
Console.Write(QueensDrawing.Text(columns));

// The library knows this problem; a hundred queens are a machine of ten thousand units.
var large = new Queens(100);
ProblemResult hundred = Search.Best(large.Problem, new Tempering(), new StopRule { Seconds = 30 });
Console.WriteLine($"100 queens: {hundred.Violated.Count} violated after {hundred.Seconds:F2} s and {hundred.Sweeps} sweeps");
return result.IsFeasible && Queens.Attacks(columns).Count == 0 && Queens.Attacks(large.Columns(hundred.Best)).Count == 0 ? 0 : 1;
