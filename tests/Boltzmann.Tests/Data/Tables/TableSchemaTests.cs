namespace Boltzmann.Tests.Data;

public sealed class TableSchemaTests : IDisposable
{
    const string People = "id,name,sex,age,fare,class,cabin,lived\n"
        + "1,\"Berg, Ole\",male,22,7.25,3,,no\n2,\"Lund, Eva\",female,38,71.2833,1,C85,yes\n3,Mia,female,26,7.925,3,,yes\n"
        + "4,Ann,female,35,53.1,1,C123,yes\n5,Bo,male,,8.05,3,,no\n6,Per,male,54,51.8625,2,E46,no\n7,Jan,male,2,21.075,3,,no\n"
        + "8,Eli,female,27,11.1333,3,,yes\n9,Ada,female,14,30.0708,2,,yes\n10,Ole,male,20,8.05,3,,no\n11,Ivo,male,39,31.275,3,,no\n"
        + "12,Una,female,58,26.55,2,C103,yes\n";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    ITableReader Open(string text) => DataSource.OpenTable(folder.File("some.csv", text))!;

    TableSchema Detect(string text, TableOptions? options = null)
    {
        using ITableReader reader = Open(text);
        return TableDetector.Detect(reader, options ?? new());
    }

    Dataset Rows(TableSchema schema, string text, TableUse? use = null, string? label = null)
    {
        using ITableReader reader = Open(text);
        return new TableRows(reader, schema, use ?? new()).Read(new() { LabelColumn = label });
    }

    static TableOptions As(params (string Name, ColumnType Type)[] types) =>
        new() { Types = types.ToDictionary(type => type.Name, type => type.Type) };

    [Fact]
    public void What_columns_hold_is_found_out()
    {
        TableSchema schema = Detect(People, new() { LabelColumn = "lived" });
        Assert.Equal([ColumnType.Ignored, ColumnType.Ignored, ColumnType.Binary, ColumnType.Count, ColumnType.Real, ColumnType.Categorical,
            ColumnType.Ignored], schema.Columns.Select(column => column.Type));
        Assert.Equal("numbers its rows", schema.Columns[0].Reason);
        Assert.Equal("12 different texts, such as 'Berg, Ole'", schema.Columns[1].Reason);
        Assert.Equal(["female", "male"], schema.Columns[2].Categories);
        Assert.Equal((2, 58, 0, 1), (schema.Columns[3].Minimum, schema.Columns[3].Maximum, schema.Columns[3].Decimals,
            schema.Columns[3].Missing));
        Assert.Equal(["1", "2", "3"], schema.Columns[5].Categories);
        Assert.Equal(["age", "fare", "sex", "class=1", "class=2", "class=3"], schema.UnitNames);
    }

    [Fact]
    public void Rows_become_units_and_come_back_in_the_words_of_the_table()
    {
        TableSchema schema = Detect(People, new() { LabelColumn = "lived" });
        Dataset rows = Rows(schema, People, label: "lived");
        var row = new double[rows.Columns];
        rows.Rows.Read(1, row);
        Assert.Equal([38, 71.2833, 0, 1, 0, 0], row, (a, b) => Math.Abs(a - b) < 1e-4);
        rows.Rows.Read(4, row);
        Assert.True(double.IsNaN(row[0]));
        Assert.Equal(MissingValues.Absent, rows.Missing);
        Assert.Equal(["no", "yes"], rows.LabelNames!);
        Assert.Equal(["", "", "male", "", "8.05", "3", ""], schema.Decode(row));
        Assert.Equal(["", "", "female", "58", "7.25", "2", ""], schema.Decode([99, -5, 0.4, 0.2, 0.5, 0.3]));
        Assert.Equal("99", schema.Decode([99, -5, 0.4, 0.2, 0.5, 0.3], extrapolate: true)[3]);
    }

    [Theory]
    [InlineData("a\n1.0\n2.0\n41.0\n7.0\n9.0\n3.0\n8.0\n5.0\n6.0\n4.0\n11.0\n12.0\n", "41.0")]
    [InlineData("a\n1.50\n2.25\n41.00\n7.00\n", "41.00")]
    [InlineData("a\n1.5\n2.25\n41\n7\n", "41")]
    public void Numbers_are_written_as_the_table_writes_them(string text, string field)
    {
        TableSchema schema = Detect(text);
        Assert.Equal(field, schema.Decode([41.0000001])[0]);
    }

    [Theory]
    [InlineData("a\nTrue\nFalse\nTrue\nTrue\n", "False", "True")]
    [InlineData("a\nyes\nno\nno\nyes\n", "no", "yes")]
    [InlineData("a\nY\nN\nN\nY\n", "N", "Y")]
    [InlineData("a\nja\nnein\nja\nja\n", "ja", "nein")]
    [InlineData("a\n1\n2\n1\n2\n", "1", "2")]
    public void Two_values_are_binary_with_the_true_word_as_1(string text, string low, string high) =>
        Assert.Equal([low, high], Detect(text).Columns[0].Categories);

    [Fact]
    public void What_is_said_of_a_column_is_held_to()
    {
        Assert.Equal(ColumnType.Real, Detect(People, As(("class", ColumnType.Real))).Columns[5].Type);
        Assert.Equal(ColumnType.Categorical, Detect(People, As(("lived", ColumnType.Categorical))).Columns[7].Type);
        Assert.Contains("column 'sex' is not numbers: ", ArrayFiles.Refusal(() => Detect(People, As(("sex", ColumnType.Real)))));
        Assert.Contains("column 'class' is not binary: it has 3 values", ArrayFiles.Refusal(() =>
            Detect(People, As(("class", ColumnType.Binary)))));
        Assert.Contains("has no column 'sx': expected one of 'id', 'name'", ArrayFiles.Refusal(() => Detect(People, As(("sx",
            ColumnType.Real)))));
        Assert.Equal(2, Detect(People, new() { Columns = ["sex", "age"] }).Modelled.Count);
        Assert.Equal(ColumnType.Ignored, Detect(People, new() { Ignore = ["fare"] }).Columns[4].Type);
    }

    [Fact]
    public void A_column_without_a_value_is_refused_by_name()
    {
        string refusal = ArrayFiles.Refusal(() => Detect("a,b\n1,\n2,NA\n3,?\n4,\n"));
        Assert.Contains("column 'b' has no value in any row; --ignore b leaves it out", refusal);
    }

    [Fact]
    public void Constant_columns_are_left_out_and_written_again()
    {
        TableSchema schema = Detect("a,b\n1.5,x\n2.5,x\n3,x\n");
        Assert.Equal("always 'x'", schema.Columns[1].Reason);
        Assert.Equal(["2.5", "x"], schema.Decode([2.5]));
    }

    [Fact]
    public void Later_tables_have_their_columns_in_any_order_and_are_told_what_they_lack()
    {
        TableSchema schema = Detect("a,b\n1.5,x\n2.5,y\n3,x\n2,y\n");
        Assert.Equal([2.5, 1], Read(schema, "b,a\ny,2.5\n"));
        Assert.Equal([2.5, 1], Read(schema, "b,c,a\ny,q,2.5\n", new() { IgnoresExtra = true }));
        Assert.Contains("has a column 'c', which the model did not learn from; --ignore-extra", ArrayFiles.Refusal(() =>
            Read(schema, "b,c,a\ny,q,2.5\n")));
        Assert.Contains("has no column 'b', which the model learned from; it has 'a'", ArrayFiles.Refusal(() => Read(schema, "a\n2.5\n")));
        Assert.Equal([2.5, double.NaN], Read(schema, "a\n2.5\n", new() { AllowsMissingColumns = true }));
    }

    [Fact]
    public void An_unseen_word_is_refused_or_absent()
    {
        TableSchema schema = Detect("a,b\n1.5,x\n2.5,y\n3,x\n2,z\n1,y\n0,z\n");
        string refusal = ArrayFiles.Refusal(() => Read(schema, "a,b\n2.5,q\n"));
        Assert.Contains("line 2, column 2 ('b'): 'q' is not a value that the training had: expected one of 'x', 'y', 'z'; --unseen absent",
            refusal);
        Assert.Equal([2.5, double.NaN, double.NaN, double.NaN], Read(schema, "a,b\n2.5,q\n", new() { UnseenIsAbsent = true }));
    }

    [Fact]
    public void The_same_number_written_otherwise_is_the_same_category()
    {
        TableSchema schema = Detect("a,b\n1.5,1\n2.5,2\n3,3\n2,1\n1,2\n0,3\n4,1\n5,2\n6,3\n7,1\n8,2\n9,3\n");
        Assert.Equal(["1", "2", "3"], schema.Columns[1].Categories);
        Assert.Equal([2.5, 0, 1, 0], Read(schema, "a,b\n2.5,2.0\n"));
    }

    [Fact]
    public void A_file_brings_a_schema_back()
    {
        TableSchema schema = Detect(People), back = TableSchema.Read(schema.ToJson())!;
        Assert.Equal(schema.Columns, back.Columns);
        Assert.Equal(schema.UnitNames, back.UnitNames);
        Assert.Null(TableSchema.Read(System.Text.Json.Nodes.JsonNode.Parse("""{"columns": [{"name": "a", "type": "odd"}]}""")!));
    }

    double[] Read(TableSchema schema, string text, TableUse? use = null)
    {
        Dataset rows = Rows(schema, text, use);
        var row = new double[rows.Columns];
        rows.Rows.Read(0, row);
        return row;
    }
}
