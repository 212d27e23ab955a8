using Boltzmann.Experiments;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Sudokus: reading, solving, conflicts.</summary>
public sealed class SudokuTests
{
    /// <summary>With one solution each.</summary>
    public static TheoryData<string> Puzzles => [.. SearchPuzzles.Sudokus];

    [Theory, MemberData(nameof(Puzzles))]
    public void A_solution_has_every_digit_once_and_keeps_the_clues(string text)
    {
        Sudoku sudoku = Sudoku.Parse(text);
        ProblemResult result = Search.Best(sudoku.Problem, new Tempering(), new() { Seconds = 60 }, seed: 1);
        Assert.Equal(SearchStatus.Satisfied, result.Status);
        int[] digits = sudoku.Digits(result.Best);
        for (int k = 0; k < 9; k++)
        {
            Assert.Equal(45, Enumerable.Range(0, 9).Select(i => digits[k * 9 + i]).Distinct().Sum());
            Assert.Equal(45, Enumerable.Range(0, 9).Select(i => digits[i * 9 + k]).Distinct().Sum());
            Assert.Equal(45, Enumerable.Range(0, 9).Select(i => digits[(k / 3 * 3 + i / 3) * 9 + k % 3 * 3 + i % 3]).Distinct().Sum());
        }
        for (int cell = 0; cell < 81; cell++) Assert.True(text[cell] == '0' || text[cell] - '0' == digits[cell]);
    }

    [Theory, InlineData(16), InlineData(256)]
    public void Other_sizes_are_filled_too(int cells)
    {
        var sudoku = new Sudoku(new int[cells]);
        ProblemResult result = Search.Best(sudoku.Problem, new Tempering(), new() { Seconds = 60 }, seed: 1);
        Assert.Equal(SearchStatus.Satisfied, result.Status);
        Assert.DoesNotContain(true, sudoku.Conflicts(sudoku.Digits(result.Best)));
        Assert.DoesNotContain(0, sudoku.Digits(result.Best));
    }

    [Fact]
    public void Frames_blanks_and_remarks_are_passed_over()
    {
        Sudoku plain = Sudoku.Parse("1000000003002040");
        Assert.Equal(plain.Clues, Sudoku.Parse("# small\n1 . | . .\n. . | . .\n----+----\n_ 3 | * 0\n2 . | 4 0\n").Clues);
        Assert.Equal(16, Sudoku.Parse(new string('.', 255) + "g").Clues[255]);
    }

    [Theory,
        InlineData("10\n1x", "line 2, column 2: 'x' is no digit"),
        InlineData("123", "16, 81 or 256 cells, not 3"),
        InlineData("1.1. .... .... ....", "row 1, column 3: row 1 has a 1 already, in row 1, column 1"),
        InlineData("1... .1.. .... ....", "row 2, column 2: box 1 has a 1 already, in row 1, column 1"),
        InlineData("1... .... 1... ....", "row 3, column 1: column 1 has a 1 already, in row 1, column 1"),
        InlineData("1... .... 5... ....", "row 3, column 1: 5 is not a digit of a Sudoku of 4 × 4")]
    public void What_is_wrong_is_named(string text, string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => Sudoku.Parse(text)).Message);

    [Fact]
    public void Conflicts_are_the_cells_whose_digit_stands_twice()
    {
        bool[] conflicts = new Sudoku(new int[16]).Conflicts([1, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
        Assert.Equal([0, 3], Enumerable.Range(0, 16).Where(cell => conflicts[cell]));
    }
}
