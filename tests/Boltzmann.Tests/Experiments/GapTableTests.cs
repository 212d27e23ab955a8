using Boltzmann.Experiments;

namespace Boltzmann.Tests.Experiments;

public sealed class GapTableTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly ExperimentContext context;
    readonly string whole, gaps;

    public GapTableTests()
    {
        context = new(new RunContext(new DataCatalog()), TextWriter.Null, false, false, folder.Path, folder.Path, "");
        // Numbers that tell the word: 10 and about it are "low".
        string[][] rows = [.. Enumerable.Range(0, 40).Select(r => (string[])
            [$"{(r % 2 == 0 ? 10 : 90) + r * 0.25:F2}", r % 2 == 0 ? "low" : "high", $"{r % 3}{r % 2}.5"])];
        ExperimentTable table = new("t", ["x", "size", "y"], rows), gapped = table with
        {
            Rows = [.. rows.Select((row, r) => r == 0 ? (string[])["", row[1], row[2]] : r == 1 ? [row[0], "", row[2]] : row)],
        };
        whole = table.Write(Path.Combine(folder.Path, "whole.csv"));
        gaps = gapped.Write(Path.Combine(folder.Path, "gaps.csv"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Gaps_are_asked_for_and_nothing_else()
    {
        var table = new GapTable(context, gaps, whole, 40);
        Assert.Equal([(0, 0), (1, 1)], table.Asked);
        Assert.Equal(10, table.TruthOf(0, 0));
        Assert.Equal(table.ValueOf(1, "high"), table.TruthOf(1, 1));
        Assert.Empty(new GapTable(context, gaps, whole, 0).Asked);
    }

    [Fact]
    public void Errors_are_in_standard_deviations_of_the_whole_column()
    {
        var table = new GapTable(context, gaps, whole, 40);
        GapScores right = table.Score(table.TruthOf),
            wrong = table.Score((r, c) => table.IsNumber(c) ? 10 + table.Deviations[0] : 1 - table.TruthOf(r, c));
        Assert.Equal((0.0, 1.0), (right.Error, right.Accuracy));
        Assert.Equal((1.0, 0.0), (Math.Round(wrong.Error, 12), wrong.Accuracy));
    }

    [Fact]
    public void Neighbours_fill_what_columns_alone_cannot()
    {
        var table = new GapTable(context, gaps, whole, 40);
        GapScores near = GapFillers.Nearest(table, default), columns = GapFillers.Columns(table);
        Assert.Equal(1, near.Accuracy);
        Assert.True(near.Error < 0.2 && columns.Error > 0.8, $"{near.Error} and {columns.Error}");
        // Of 39 rows 20 are low; with one more of each word 20 of 41 are high.
        Assert.Equal(Math.Log(20 / 41.0), columns.WordLog, 1e-12);
    }

    [Fact]
    public void Fields_that_are_removed_are_settled_by_the_seed_and_as_many_as_asked()
    {
        ExperimentTable table = GeneratedTable.Draw(2000, 1), once = table.WithGaps(0.2, 5), twice = table.WithGaps(0.2, 5);
        Assert.Equal(once.Rows.Select(row => string.Join(',', row)), twice.Rows.Select(row => string.Join(',', row)));
        double share = once.Rows.Average(row => row.Count(field => field.Length == 0)) / table.Columns.Count;
        Assert.Equal(0.2, share, 5 * Math.Sqrt(0.16 / 12_000));
    }
}
