using System.Globalization;
using Boltzmann.Experiments;

namespace Boltzmann.Tests.Experiments;

public class GeneratedTableTests
{
    static readonly ExperimentTable table = GeneratedTable.Draw(20_000, 7);

    [Fact]
    public void The_seed_settles_the_rows() =>
        Assert.Equal(table.Rows.Take(50).Select(row => string.Join(',', row)),
            GeneratedTable.Draw(50, 7).Rows.Select(row => string.Join(',', row)));

    [Theory]
    [InlineData("region", 5), InlineData("owner", 2), InlineData("kind", 3)]
    public void Probabilities_of_words_add_up_to_1_whatever_else_is_known(string name, int words)
    {
        int column = table.Columns.ToList().IndexOf(name);
        string[] all = [.. table.Rows.Select(row => row[column]).Distinct()];
        Assert.Equal(words, all.Length);
        foreach (string[] row in table.WithGaps(0.4, 3).Rows.Take(100))
            Assert.Equal(1, all.Sum(word => GeneratedTable.Probability(row, column, word)), 1e-12);
    }

    [Fact]
    public void Given_nothing_the_law_expects_what_the_rows_are_on_average()
    {
        string[] nothing = [.. table.Columns.Select(_ => "")];
        for (int c = 0; c < 3; c++)
        {
            double[] values = [.. table.Rows.Select(row => double.Parse(row[c], CultureInfo.InvariantCulture))];
            double mean = values.Average(), error = Math.Sqrt(values.Average(x => (x - mean) * (x - mean)) / values.Length);
            Assert.Equal(GeneratedTable.Mean(nothing, c), mean, 5 * error);
        }
        int yes = table.Rows.Count(row => row[4] == "yes");
        Assert.Equal(GeneratedTable.Probability(nothing, 4, "yes"), yes / 20_000.0, 5 * Math.Sqrt(0.25 / 20_000));
    }

    [Fact]
    public void Given_other_columns_it_is_right_as_often_as_it_says()
    {
        // Of rows for which the law gives a probability, that share has the word: the squared error is as large as the law expects.
        double expected = 0, found = 0;
        foreach (string[] row in table.Rows.Take(5000))
        {
            double p = GeneratedTable.Probability(row, 4, "yes");
            expected += p * (1 - p);
            found += row[4] == "yes" ? (1 - p) * (1 - p) : p * p;
        }
        Assert.Equal(1, found / expected, 0.08);
    }
}
