namespace Boltzmann.Tests;

/// <summary>metrics.csv.</summary>
public sealed class MetricsTableTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path1 => folder["metrics.csv"];

    static Dictionary<string, double> Row(params (string Name, double Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value);

    [Fact]
    public void Rows_are_appended_and_a_new_quantity_adds_a_column()
    {
        MetricsTable table = MetricsTable.Open(Path1);
        table.Append(Row(("epoch", 1), ("time (s)", 0.1)));
        table.Append(Row(("time (s)", 1.0 / 3), ("epoch", 2)));
        table.Append(Row(("epoch", 3), ("AIS log-likelihood (nats)", -84.25)));
        table.Append(Row(("epoch", 4), ("time (s)", double.NaN), ("AIS log-likelihood (nats)", double.NegativeInfinity)));
        Assert.Equal("""
            epoch,time (s),AIS log-likelihood (nats)
            1,0.1,
            2,0.3333333333333333,
            3,,-84.25
            4,NaN,-Infinity

            """.ReplaceLineEndings("\n"), File.ReadAllText(Path1));

        MetricsTable read = MetricsTable.Open(Path1);
        Assert.Equal(table.Columns, read.Columns);
        Assert.Equal(4, read.Rows);
        foreach (string column in table.Columns) Assert.Equal(table.Column(column), read.Column(column));
        Assert.Equal([0.1, 1.0 / 3, null, double.NaN], read.Column("time (s)"));
        Assert.Null(table[0, "AIS log-likelihood (nats)"]);
    }

    [Fact]
    public void Columns_of_every_version_have_the_names_of_now_and_are_written_so_with_the_next_row()
    {
        File.WriteAllText(Path1, "layer,epoch,log-partition [nats],log-partition-error [nats],elbo [nats (AIS)],elbo-error [nats],"
            + "elbo-effective-samples [chains],weight-norm [root mean square],time [s],speed [rows/s]\n1,1,5,0.1,-8,0.2,40,0.5,2,100\n");
        MetricsTable table = MetricsTable.Open(Path1);
        string[] plain = ["layer", "epoch", "log-partition", "log-partition-error", "elbo", "elbo-standard-error",
            "elbo-effective-sample-size", "weight-norm", "seconds", "rows-per-second"];
        Assert.Equal(plain, table.Columns);
        Assert.Equal((-8.0, 0.2, 40.0), (table[0, "elbo"]!.Value, table[0, MetricColumns.ErrorOf("elbo")]!.Value,
            table[0, MetricColumns.SamplesOf("elbo")]!.Value));
        table.Append(Row(("layer", 1), ("epoch", 2), ("elbo", -7)));
        Assert.StartsWith(string.Join(',', plain) + "\n1,1,5,", File.ReadAllText(Path1));
        Assert.Equal(plain, MetricsTable.Open(Path1).Columns);
        Assert.Equal(2, MetricsTable.Open(Path1).Rows);
    }

    [Fact]
    public void Two_columns_that_would_have_one_name_are_refused()
    {
        File.WriteAllText(Path1, "epoch,elbo,elbo [nats]\n1,2,3\n");
        Assert.Contains("line 1", Assert.Throws<BadInputException>(() => MetricsTable.Open(Path1)).Message);
    }

    [Fact]
    public void Resuming_drops_what_came_after_the_checkpoint()
    {
        MetricsTable table = MetricsTable.Open(Path1);
        for (int epoch = 1; epoch <= 5; epoch++) table.Append(Row(("epoch", epoch), ("error", 1.0 / epoch)));
        MetricsTable resumed = MetricsTable.Open(Path1);
        resumed.KeepThrough("epoch", 3);
        Assert.Equal([1, 2, 3], MetricsTable.Open(Path1).Column("epoch"));
        resumed.Append(Row(("epoch", 4), ("error", 0.25)));
        Assert.Equal([1, 2, 3, 4], MetricsTable.Open(Path1).Column("epoch"));
        MetricsTable.Open(folder["absent.csv"]).KeepThrough("epoch", 0);
        Assert.Equal(["metrics.csv"], folder.Names);
    }

    [Fact]
    public void A_row_that_was_being_written_does_not_count()
    {
        const string whole = "epoch,error\n1,0.5\n2,0.25\n";
        for (int length = 0; length <= whole.Length; length++)
        {
            File.WriteAllText(Path1, whole[..length]);
            MetricsTable table = MetricsTable.Open(Path1);
            Assert.Equal(Math.Max(0, whole[..length].Count(c => c == '\n') - 1), table.Rows);
            int rows = table.Rows;
            table.Append(Row(("epoch", 9), ("error", 0.125)));
            Assert.Equal([.. new double?[] { 1, 2 }.Take(rows), 9], MetricsTable.Open(Path1).Column("epoch"));
        }
    }

    [Theory]
    [InlineData("epoch,error\n1,0.5\n2\n", "line 3 has 1 values; expected 2")]
    [InlineData("epoch,error\n1,0.5,7\n", "line 2 has 3 values; expected 2")]
    [InlineData("epoch,error\n1,half\n", "line 2, column 'error': 'half' is not a number")]
    [InlineData("epoch,epoch\n", "line 1")]
    [InlineData("epoch,\n", "line 1")]
    [InlineData("\n", "line 1")]
    public void A_file_that_is_no_table_is_refused(string text, string reason)
    {
        File.WriteAllText(Path1, text);
        BadInputException e = Assert.Throws<BadInputException>(() => MetricsTable.Open(Path1));
        Assert.StartsWith(Path1, e.Message);
        Assert.Contains(reason, e.Message);
    }

    [Fact]
    public void Names_that_would_break_the_table_are_refused()
    {
        MetricsTable table = MetricsTable.Open(Path1);
        foreach (string name in (string[])["", "a,b", "a\nb", "\"a\""])
            Assert.Throws<ArgumentException>(() => table.Append(Row((name, 1))));
        Assert.Throws<ArgumentException>(() => table.Append([new("a", 1), new("a", 2)]));
        Assert.Equal((0, 0), (table.Rows, table.Columns.Count));
        Assert.Throws<ArgumentException>(() => table.Column("absent"));
        Assert.Empty(folder.Names);
    }
}
