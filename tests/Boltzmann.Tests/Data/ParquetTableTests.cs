using Parquet;
using Parquet.Schema;

namespace Boltzmann.Tests.Data;

/// <summary>Parquet files are tables like any others.</summary>
public sealed class ParquetTableTests : IDisposable
{
    static readonly string arrow = Path.Combine(Repository.Root, "tests", "Boltzmann.Tests", "Data", "Parquet", "arrow.parquet");
    static readonly DataOptions options = new() { TableFormats = [ParquetTables.Format] };

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static ITableReader Open(string path, DataOptions? stated = null) => DataSource.OpenTable(path, stated ?? options)!;

    static TableSchema Detect(string path, TableOptions asked)
    {
        using ITableReader table = Open(path);
        return TableDetector.Detect(table, asked);
    }

    // Two row groups of a, b and word.
    async Task<string> Written(string name, int rows)
    {
        var (a, b, word) = (new DataField<int>("a"), new DataField<double>("b", true), new DataField<string>("word"));
        string path = Path.Combine(folder.Path, name);
        await using FileStream file = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new(a, b, word), file);
        for (int group = 0; group < 2; group++)
        {
            using ParquetRowGroupWriter part = writer.CreateRowGroup();
            int first = group * rows;
            await part.WriteAsync<int>(a, Enumerable.Range(first, rows).ToArray());
            await part.WriteAsync<double>(b, Enumerable.Range(first, rows).Select(r => r % 5 == 0 ? (double?)null : r / 4.0).ToArray());
            await part.WriteAsync(word, Enumerable.Range(first, rows).Select(r => r % 2 == 0 ? "even" : "odd").ToArray());
        }
        return path;
    }

    [Fact]
    public void Fields_are_those_that_another_library_wrote()
    {
        using ITableReader table = Open(arrow);
        Assert.Equal(["name", "age", "fare", "lived", "when", "tags", "price", "size", "deck", "key", "seen"], table.Names!);
        var rows = new List<string>();
        while (table.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, table.Columns).Where(c => c != 5).Select(c => table.IsMissing(c) ? "-"
                : table.TryNumber(c, out double x) && $"{x}" != table.Text(c) ? $"{table.Text(c)}={x}" : table.Text(c))));
        Assert.Equal(
        [
            "Ann|31|7.25|true=1|2020-02-29T00:00:00|1.5|0.1=0.10000000149011612|1|1|2020-01-01T00:00:00",
            "Bo|-|71.2833|false=0|-|2.25|-|-2|2|2020-01-02T00:00:00",
            "-|5|-|-|1999-12-31T00:00:00|3|2.5|3|3|2020-01-03T00:00:00",
            "Ann|62|8.05|true=1|2001-01-01T00:00:00|4.1|3|-4|4|2020-01-04T00:00:00",
            "Æsa|18|0.1|true=1|2002-02-02T00:00:00|5|4|5|5|2020-01-05T00:00:00",
            "7|44|1E+300|false=0|2003-03-03T00:00:00|-6.75|5|6|18446744073709551615=1.8446744073709552E+19|2020-01-06T00:00:00",
        ], rows);
    }

    [Fact]
    public void Dates_and_lists_are_refused_by_name_unless_they_are_left_out()
    {
        Assert.Contains("arrow.parquet, row 1, column 5 ('when'): is a date: expected numbers, texts or true and false; --ignore when "
            + "leaves the column out", ArrayFiles.Refusal(() => Detect(arrow, new())));
        Assert.Contains("column 6 ('tags'): is a list", ArrayFiles.Refusal(() => Detect(arrow, new() { Ignore = ["when", "seen"] })));
        TableSchema schema = Detect(arrow, new() { Ignore = ["when", "seen", "tags"] });
        Assert.Equal(["age", "fare", "price", "size", "deck", "key", "lived"], schema.UnitNames);
    }

    [Fact]
    public async Task A_table_of_several_row_groups_is_read_to_its_end_or_to_the_rows_that_are_wanted()
    {
        string path = await Written("some.parquet", 500);
        using (ITableReader table = Open(path))
        {
            TableLook look = TableDetector.Look(table, new(), head: 2);
            Assert.Equal((1000, "Parquet, 2 row groups"), (look.Rows, table.Form));
            Assert.Equal([["0", "", "even"], ["1", "0.25", "odd"]], look.Head);
            Assert.Equal([ColumnType.Ignored, ColumnType.Real, ColumnType.Binary], look.Schema.Columns.Select(column => column.Type));
            Assert.Equal((200, 249.75), (look.Schema.Columns[1].Missing, look.Schema.Columns[1].Maximum));
        }
        Dataset data = DataSource.Open(path, options with { Missing = MissingValues.Absent, Csv = new() { LabelColumn = "word" } });
        Assert.Equal((1000, 2), (data.Count, data.Columns));
        Assert.Equal(["even", "odd"], data.LabelNames!);
        Assert.Equal(499.5, data.Statistics.Means[0]);
    }

    // Words of many sizes, few and all different, so that both encodings of text are read.
    [Fact]
    public async Task A_column_of_text_that_cannot_have_nulls_keeps_its_words_in_every_row_group()
    {
        var (few, all) = (new DataField<string>("few", false), new DataField<string>("all", false));
        Assert.False(few.IsNullable);
        string path = Path.Combine(folder.Path, "words.parquet");
        string[] Words(int first, int rows, bool areFew) =>
            [.. Enumerable.Range(first, rows).Select(r => areFew ? $"w{r % 3}" : r == 4 ? "" : $"{new string('ä', r % 7)}{r}")];
        int[] sizes = [400, 3, 250];
        await using (FileStream file = File.Create(path))
        {
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new(few, all), file);
            foreach (var (group, rows) in sizes.Index())
            {
                using ParquetRowGroupWriter part = writer.CreateRowGroup();
                await part.WriteAsync(few, Words(sizes[..group].Sum(), rows, areFew: true));
                await part.WriteAsync(all, Words(sizes[..group].Sum(), rows, areFew: false));
            }
        }
        string[] expected = [.. Words(0, sizes.Sum(), true).Zip(Words(0, sizes.Sum(), false), (a, b) => $"{a}|{b}")];
        for (int time = 0; time < 2; time++)
        {
            using ITableReader table = Open(path);
            List<string> found = [];
            while (table.Read())
            {
                Assert.False(table.IsMissing(0));
                found.Add($"{table.Text(0)}|{table.Text(1)}");
            }
            Assert.Equal(expected, found);
        }
        TableSchema schema = Detect(path, new() { Columns = ["few"] });
        Assert.Equal(["w0", "w1", "w2"], schema.Columns.Single(column => column.Name == "few").Categories);
        Assert.Equal(0, schema.Columns.Single(column => column.Name == "few").Missing);
    }

    [Fact]
    public async Task A_column_that_cannot_have_nulls_has_none_however_often_it_is_read()
    {
        string path = await Written("some.parquet", 500);
        for (int time = 0; time < 20; time++)
        {
            using ITableReader table = Open(path);
            for (int row = 0; table.Read(); row++)
            {
                Assert.False(table.IsMissing(0));
                Assert.True(table.TryNumber(0, out double x));
                Assert.Equal(row, x);
                Assert.Equal(row % 5 == 0, table.IsMissing(1));
            }
        }
    }

    [Fact]
    public async Task Rows_behind_those_that_are_wanted_are_not_read()
    {
        string path = await Written("some.parquet", 500);
        byte[] bytes = File.ReadAllBytes(path);
        await using (ParquetReader reader = await ParquetReader.CreateAsync(path))
        {
            // The second row group is zeros.
            long from = reader.RowGroups[1].RowGroup.Columns.Min(column => column.MetaData!.DictionaryPageOffset
                ?? column.MetaData.DataPageOffset);
            long length = reader.RowGroups[1].RowGroup.Columns.Sum(column => column.MetaData!.TotalCompressedSize);
            bytes.AsSpan((int)from, (int)length).Clear();
        }
        string damaged = folder.File("damaged.parquet", bytes);
        var two = new CsvOptions { Columns = ["a", "b"], IgnoreExtra = true };
        DataOptions some = options with { Missing = MissingValues.Absent, Csv = two, MostRows = 500 };
        Assert.Equal(500, DataSource.Open(damaged, some).Count);
        Assert.Contains("damaged.parquet, column 1 ('a'): cannot be read as Parquet",
            ArrayFiles.Refusal(() => DataSource.Open(damaged, some with { MostRows = 501 })));
    }

    [Fact]
    public async Task Its_first_bytes_tell_it_and_without_the_package_its_name_is_told()
    {
        string path = await Written("some.data.bin", 3);
        using (ITableReader table = Open(path)) Assert.Equal(3, table.Columns);
        Assert.Contains("is a Parquet file, which programs read that have the package Boltzmann.Data.Parquet",
            ArrayFiles.Refusal(() => DataSource.Open(path)));
        Assert.Contains("is packed by gzip: expected parquet as it is", ArrayFiles.Refusal(() =>
            Open(folder.File("some.parquet", ArrayFiles.Gzip(File.ReadAllBytes(path)))).Dispose()));
    }

    [Fact]
    public void Damaged_files_end_in_one_line()
    {
        byte[] whole = File.ReadAllBytes(arrow);
        var random = new Random(1);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] bytes = trial < 100 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (trial >= 100)
                for (int i = 0; i < 5; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                using var table = ParquetTables.Format.Open(new MemoryStream(bytes), "hostile", []);
                while (table.Read())
                    for (int c = 0; c < table.Columns; c++)
                        if (table.Unusable(c) is null && !table.IsMissing(c)) table.Text(c);
            }
            catch (BadInputException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
            }
        }
        Assert.InRange(refused, 100, 300);
    }
}
