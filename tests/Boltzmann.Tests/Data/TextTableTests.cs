using System.Text;

namespace Boltzmann.Tests.Data;

/// <summary>What is found out of a table of text: separators, decimal sign, comments, line ends, encoding.</summary>
public class TextTableTests
{
    static Dataset Read(string text, CsvOptions? options = null, MissingValues? missing = null) =>
        Read(Encoding.UTF8.GetBytes(text), options, missing);

    static Dataset Read(byte[] bytes, CsvOptions? options = null, MissingValues? missing = null)
    {
        using InputBytes input = InputBytes.Over(new MemoryStream(bytes), "some");
        using Boltzmann.Data.TextTable table = Boltzmann.Data.TextTable.Open(input, options ?? new());
        return CsvDataset.Read(table, options ?? new(), missing);
    }

    static TextDialect Dialect(string text, CsvOptions? options = null)
    {
        using InputBytes input = InputBytes.Over(new MemoryStream(Encoding.UTF8.GetBytes(text)), "some");
        using Boltzmann.Data.TextTable table = Boltzmann.Data.TextTable.Open(input, options ?? new());
        return table.Dialect;
    }

    static string Refusal(string text, CsvOptions? options = null, MissingValues? missing = null) =>
        ArrayFiles.Refusal(() => Read(text, options, missing));

    static readonly double[,] Halves = { { 1, 0.5 }, { -3, 400.25 } };

    [Theory]
    [InlineData("1,0.5\n-3,400.25\n")]
    [InlineData("1;0.5\n-3;400.25\n")]
    [InlineData("1;0,5\n-3;400,25\n")]
    [InlineData("1\t0,5\n-3\t400,25\n")]
    [InlineData("1|0,5\n-3|400,25\n")]
    [InlineData("1|0.5\n-3|400.25\n")]
    [InlineData("1 0.5\n-3 400.25\n")]
    [InlineData("1 0,5\n-3 400,25\n")]
    [InlineData("  1   0.5  \n -3\t400.25\t\n")]
    [InlineData("1, 0.5\n-3, 400.25\n")]
    [InlineData("1,0.5,\n-3,400.25,\n")]
    [InlineData("1;0,5;\n-3;400,25")]
    [InlineData("\"1\";\"0,5\"\n\"-3\";\"400,25\"\n")]
    [InlineData("\"1\" \"0.5\"\n\"-3\" \"400.25\"\n")]
    [InlineData("# by hand\n% and more\n\n1,0.5\n-3,400.25\n")]
    [InlineData("1,0.5\r-3,400.25\r")]
    [InlineData("1,0.5\r\n\r\n-3,400.25\r\n\r\n")]
    [InlineData("\n\n1,0.5\n   \n-3,4.0025e2")]
    [InlineData("1,.5\n-3.,+400.25\n")]
    [InlineData("<DATE>,[b]\n1,.5\n-3.,+400.25\n")]
    public void Tables_are_read_as_people_write_them(string text) => Assert.Equal(Halves, Read(text).ToMatrix().ToArray());

    [Theory]
    [InlineData("a b,c d\n1,2\n", ',')]
    [InlineData("text;x,y\nz;1,2\nw;3,4\n", ';')]
    [InlineData("Ann Lee,1\nBob Ray,2\nCarl\n", ',')]
    [InlineData("He said, \"hi\"\t1\nfine, thanks\t0\n", '\t')]
    [InlineData("18.0   8   307.0\t\"chevrolet chevelle malibu\"\n15.0   8   350.0\t\"buick skylark 320\"\n", ' ')]
    [InlineData("a|b|c\nx|y|z\n", '|')]
    [InlineData("1\n2\n", ',')]
    [InlineData("one word\ntwo words\n", ',')]
    public void Separators_are_what_cuts_lines_into_equally_many_cells(string text, char expected) =>
        Assert.Equal(expected, Dialect(text).Delimiter);

    [Fact]
    public void What_was_found_out_is_told()
    {
        TextDialect found = Dialect("# a comment\na;b\n0,5;1\n");
        Assert.Equal(new(';', HasDecimalComma: true, HasHeader: true, Comments: 1), found);
        Assert.Equal("cells separated by semicolons, decimal comma, names in the first row, 1 line of comment passed over", $"{found}");
        Assert.Equal("cells separated by blanks, decimal point, no header", $"{Dialect("1 2\n3 4\n")}");
    }

    [Fact]
    public void What_is_stated_is_not_found_out()
    {
        Assert.Equal(new double[,] { { 0, 5 }, { 1, 25 } }, Read("0,5\n1,25\n").ToMatrix().ToArray());
        Assert.Equal(new double[,] { { 0.5 }, { 1.25 } },
            Read("0,5\n1,25\n", new() { Delimiter = ';', HasDecimalComma = true }).ToMatrix().ToArray());
        Assert.Equal(new double[,] { { 0.5, 2 } },
            Read("\"0,5\",2\n", new() { Delimiter = ',', HasDecimalComma = true }).ToMatrix().ToArray());
        Assert.Contains("expected a finite number with a decimal point (--decimal comma)",
            Refusal("0,5;1\n", new() { HasDecimalComma = false }));
        Assert.Contains("expected an ASCII character", Refusal("1", new() { Delimiter = '"' }));
    }

    [Theory]
    [InlineData("1;2\n3;0,5\n4;0.5\n", "line 2, column 2: is '0,5': expected a finite number with a decimal point (--decimal comma)")]
    [InlineData("1\t1.234,5\n3\t4\n", "line 1, column 2: is '1.234,5': expected a finite number without separators of thousands")]
    [InlineData("a,b\n\"1,234,567\",2\n", "column 1 ('a'): is '1,234,567': expected a finite number without separators of thousands")]
    [InlineData("a,b\n10%,2\n", "is '10%': expected a finite number without a percent sign, or the column as text (--types)")]
    [InlineData("a,b\nNA,2\n", "is 'NA': it stands for a missing value; say what gaps mean (--missing absent|unknown)")]
    [InlineData("a,b\n,2\n", "is empty: expected a finite number, or what gaps mean (--missing absent|unknown)")]
    [InlineData("1,2\n3\n", "(cells separated by commas; --delimiter states another separator)")]
    [InlineData("x y\nz w\n", "'x y': expected a finite number (or the label column stated) (or --header true) (cells separated by")]
    [InlineData("1,2,\n3,4,5\n", "line 1, column 3: is empty")]
    [InlineData("a b\n1 2 3\n4 5 6\n", "the header needs a name for it (R: col.names = NA)")]
    [InlineData("1,2\n3,\"4\n5,6\n", "line 2, column 2: not well-formed CSV (a quotation mark without end)")]
    [InlineData("1,2\n\"3\"x,4\n", "line 2, column 1: not well-formed CSV (text behind a closing quotation mark)")]
    [InlineData("1\0,2\n", "is not text, it has zero bytes")]
    [InlineData("\n<!DOCTYPE html>\n<html></html>\n", "is a page of the web or XML")]
    [InlineData("[ [1, 2], [3, 4] ]\n", "is JSON: expected a table of text")]
    [InlineData("{ \"a\": 1}\n{\"a\": 2}\n", "is JSON: expected a table of text")]
    [InlineData("% by hand\n@RELATION iris\n", "is ARFF")]
    public void What_cannot_be_read_is_said_with_the_way_out(string text, string expected) => Assert.Contains(expected, Refusal(text));

    [Fact]
    public void A_value_behind_the_last_separator_of_a_late_line_is_not_lost()
    {
        string text = string.Concat(Enumerable.Repeat("1,2,\n", 200)) + "1,2,3\n";
        Assert.Contains("line 201, column 3: is '3': expected nothing behind the separator", Refusal(text));
        Assert.Equal(200, Read(text[..^6]).Count);
    }

    [Fact]
    public void Quoted_cells_have_separators_line_breaks_and_quotation_marks()
    {
        Dataset data = Read("x,kind\n1,\"a,\"\"b\"\"\n c\"\n2,\"a,\"\"b\"\"\n c\"\n3,d \"e\" f\n", new() { LabelColumn = "kind" });
        Assert.Equal(["a,\"b\"\n c", "d \"e\" f"], data.LabelNames!);
        Assert.Contains("line 6, column 1 ('x')", Refusal("x,kind\n1,\"a\nb\"\n2,\"c\r\nd\"\nx,e\n", new() { LabelColumn = "kind" }));
    }

    [Fact]
    public void A_comment_names_the_columns_only_where_there_must_be_a_header()
    {
        Assert.Null(Read("# a,b\n1,0.5\n").ColumnNames);
        Assert.Equal(["a", "b"], Read("# made\n#a,b\n1,0.5\n", new() { HasHeader = true }).ColumnNames!);
        Assert.Equal(["1", "0.5"], Read("# made by hand\n1,0.5\n2,3\n", new() { HasHeader = true }).ColumnNames!);
        Assert.Equal(2, Read("#N/A,1\n2,3\n", missing: MissingValues.Absent).Count);
    }

    [Fact]
    public void Words_for_truth_are_numbers()
    {
        Assert.Equal(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 0 } },
            Read("a,b\nTrue,False\nfalse,true\nTRUE,FALSE\n").ToMatrix().ToArray());
        Assert.Equal(2, Read("True,False\nFalse,False\n").Count);
        Assert.Contains("is 'yes'", Refusal("a,b\nyes,no\n"));
    }

    [Theory]
    [InlineData("a,b\n1,\nNA,?\nnull,#N/A\nNaN,nan\n", null, 7)]
    [InlineData("a,b\n1,-999\n-999.0,2\n", "-999", 2)]
    [InlineData("a,b\n1,none of it\n-,2\n", "none of it", -1)]
    public void Markers_stand_for_what_is_missing(string text, string? added, int gaps)
    {
        CsvOptions options = new() { MissingTexts = [.. CsvOptions.UsualMissingTexts, .. added is null ? [] : (string[])[added]] };
        if (gaps < 0)
        {
            Assert.Contains("line 3, column 1 ('a'): is '-'", Refusal(text, options, MissingValues.Unknown));
            return;
        }
        Assert.Equal(gaps, Read(text, options, MissingValues.Unknown).ToMatrix().ToArray().Cast<double>().Count(double.IsNaN));
        Assert.Contains("stands for a missing value", Refusal(text.Replace("1,\n", "1,2\n"), options));
    }

    [Fact]
    public void Byte_order_marks_tell_the_encoding()
    {
        foreach (Encoding encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            Dataset data = Read([.. encoding.GetPreamble(), .. encoding.GetBytes("größe;b\n1;0,5\n-3;400,25\n")]);
            Assert.Equal(Halves, data.ToMatrix().ToArray());
            Assert.Equal(["größe", "b"], data.ColumnNames!);
        }
        Assert.Contains("'gr??e' is not UTF-8", ArrayFiles.Refusal(() => Read(Encoding.Latin1.GetBytes("gr\u0081\u0082e,b\n1,2\n"))));
        Assert.Contains("zero bytes", ArrayFiles.Refusal(() => Read(Encoding.Unicode.GetBytes("1,2\n"))));
    }

    [Fact]
    public void Rows_and_lines_of_any_length_are_read_whole()
    {
        foreach (int columns in (int[])[1, 3, 20_000, 300_000])
        {
            int rows = columns > 1000 ? 4 : 60_000;
            var text = new StringBuilder();
            for (int r = 0; r < rows; r++)
                for (int c = 0; c < columns; c++)
                    text.Append((r * 7 + c) % 1000).Append(c < columns - 1 ? "," : r % 2 == 0 ? "\r\n" : "\n");
            Dataset data = Read(text.ToString());
            Assert.Equal((rows, columns), (data.Count, data.Columns));
            var row = new double[columns];
            for (int r = 0; r < rows; r += 1 + rows / 50)
            {
                data.Rows.Read(r, row);
                Assert.Equal([.. Enumerable.Range(0, columns).Select(c => (double)((r * 7 + c) % 1000))], row);
            }
        }
    }

    [Fact]
    public void Numbers_are_the_nearest_to_what_is_written()
    {
        var random = new Random(1337);
        for (int i = 0; i < 20_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            string text = (i % 4) switch
            {
                0 => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                1 => random.NextDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                2 => $"-{random.NextInt64(1L << 54)}.{random.Next(1000):000}",
                _ => $"{random.Next(100)}.{random.NextInt64()}",
            };
            bool isNumber = double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double expected)
                && double.IsFinite(expected);
            Assert.Equal(isNumber, TextNumber.TryRead(Encoding.UTF8.GetBytes(text), comma: false, out double point));
            if (!isNumber) continue;
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(point));
            Assert.True(TextNumber.TryRead(Encoding.UTF8.GetBytes(text.Replace('.', ',')), comma: true, out double comma));
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(comma));
        }
        foreach (string text in "|.|-|+.|1..2|1.2.3|0x1|1e|e5|--1|1 2|NaN|∞|1e999|1,5".Split('|'))
            Assert.False(TextNumber.TryRead(Encoding.UTF8.GetBytes(text), comma: false, out _), text);
    }
}
