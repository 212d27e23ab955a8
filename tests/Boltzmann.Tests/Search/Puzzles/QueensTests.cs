using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Queens on a board.</summary>
public sealed class QueensTests
{
    static ProblemResult Search(Queens queens) =>
        Boltzmann.Searching.Search.Best(queens.Problem, new Tempering(), new() { Seconds = 60, Sweeps = 4000 }, seed: 3);

    static bool Attack(int rowA, int columnA, int rowB, int columnB) =>
        columnA == columnB || Math.Abs(columnA - columnB) == Math.Abs(rowA - rowB);

    [Theory, InlineData(1), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8), InlineData(9), InlineData(12),
        InlineData(20), InlineData(50), InlineData(100), InlineData(150), InlineData(256)]
    public void A_board_is_found_on_which_no_queen_attacks_another(int size)
    {
        var queens = new Queens(size);
        ProblemResult result = Search(queens);
        Assert.Equal(SearchStatus.Satisfied, result.Status);
        int[] columns = queens.Columns(result.Best);
        for (int a = 0; a < size; a++)
            for (int b = 0; b < size; b++)
            {
                Assert.Equal(columns[a] == b, result[queens.At(a, b)]);
                Assert.False(b > a && Attack(a, columns[a], b, columns[b]));
            }
    }

    // Nine million pairs of 12 bytes and more would be over 100 MB.
    [Fact]
    public void Two_hundred_queens_are_placed_without_writing_down_the_pairs_that_attack_each_other()
    {
        var queens = new Queens(200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ISearchMethod method = SearchMethods.Of("auto", queens.Problem);
        ProblemResult result = Boltzmann.Searching.Search.Best(queens.Problem, method, new() { Seconds = 60 }, seed: 3);
        Assert.Equal(SearchStatus.Satisfied, result.Status);
        Assert.Equal("annealing", result.Method);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
    }

    [Theory, InlineData(2), InlineData(3)]
    public void Boards_of_two_and_three_have_none_and_it_is_proved(int size)
    {
        ProblemResult result = Search(new(size));
        Assert.Equal(SearchStatus.Proved, result.Status);
        Assert.False(result.IsFeasible);
    }

    [Fact]
    public void A_board_breaks_no_constraint_exactly_where_no_queen_attacks_another()
    {
        var queens = new Queens(5);
        CompiledProblem compiled = queens.Problem.Compile(blocks: false);
        int solutions = 0;
        for (int code = 0; code < 3125; code++)
        {
            int[] columns = [code % 5, code / 5 % 5, code / 25 % 5, code / 125 % 5, code / 625];
            byte[] state = new byte[25];
            for (int row = 0; row < 5; row++) state[row * 5 + columns[row]] = 1;
            int attacks = 0;
            for (int a = 0; a < 5; a++)
                for (int b = a + 1; b < 5; b++)
                    if (Attack(a, columns[a], b, columns[b])) attacks++;
            Assert.Equal(attacks, Queens.Attacks(columns).Count);
            bool holds = compiled.Read(state).Violated.Count == 0;
            Assert.Equal(attacks == 0, holds);
            if (holds) solutions++;
        }
        Assert.Equal(10, solutions);
    }

    [Fact]
    public void Another_size_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Queens(0));
        Assert.Contains("not 300", Assert.Throws<ArgumentException>(() => new Queens(300)).Message);
    }
}
