namespace Boltzmann.Tests.Data;

public sealed class AmatReaderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    Dataset Read(string text) => AmatReader.Read(folder.File("some.amat", text));

    [Fact]
    public void Digits_and_other_numbers_are_read_from_plain_and_gzip_text()
    {
        double[,] expected = { { 0, 1, 1 }, { 1, 0, 7 } };
        Assert.Equal(expected, Read("0 1 1\n1 0 7\n").ToMatrix().ToArray());
        Assert.Equal(expected, Read("  0\t1  1 \r\n\r\n1 0 7").ToMatrix().ToArray());
        Assert.Equal(expected, AmatReader.Read(folder.File("some.amat.gz",
            ArrayFiles.Gzip("0 1 1\n1 0 7\n"u8.ToArray()))).ToMatrix().ToArray());
        Assert.Equal([0.5, -1250, 300], Read("1 -2.5e3 300\n0 0 300").Means());
        Assert.IsType<ByteRows>(Read("0 1\n").Rows);
    }

    [Theory]
    [InlineData("", "no rows")]
    [InlineData("\n \n", "no rows")]
    [InlineData("0 1\n0\n", "line 2 has 1 columns, expected 2")]
    [InlineData("0 1\n0 1 1\n", "line 2 has more than the 2 columns")]
    [InlineData("0 1\n0 x\n", "line 2, column 2: 'x' is not a finite number")]
    [InlineData("0 NaN\n", "column 2: 'NaN'")]
    [InlineData("0 1e999\n", "'1e999'")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000000001", "too long")]
    public void What_is_wrong_is_said_with_line_and_column(string text, string expected) =>
        Assert.Contains(expected, ArrayFiles.Refusal(() => Read(text)));

    [Fact]
    public void A_truncated_gzip_text_is_refused()
    {
        byte[] gzip = ArrayFiles.Gzip("0 1 1\n1 0 7\n"u8.ToArray());
        Assert.Contains("truncated", ArrayFiles.Refusal(() => AmatReader.Read(folder.File("cut.amat.gz", gzip[..^3]))));
    }
}
