namespace Boltzmann.Tests.Data;

public sealed class FastaReaderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sequences_are_read_over_several_lines_with_their_names()
    {
        Alignment read = Read("\n>one first of two\nACD\n\nEF\r\n>>two\n-C.EX\n", "protein");
        Assert.Equal((2, 5), (read.Count, read.Sites));
        Assert.Equal(["one", "two"], read.Names);
        Assert.Equal(["ACDEF", "-C-E-"], [read.Text(0), read.Text(1)]);
        Assert.Equal("x.fasta: 1 unknown residues (X) taken as gaps", read.Note);
    }

    [Fact]
    public void Insertions_are_left_out_where_letters_are_of_two_cases()
    {
        Alignment read = Read(">a\nAC..Dkk\n>b\nA-gaDy.\n");
        Assert.Equal(["ACD", "A-D"], [read.Text(0), read.Text(1)]);
        Assert.Contains("8 letters of insertions", read.Note!, StringComparison.Ordinal);
        Assert.Equal(["MKV"], [Read(">a\nmkv\n").Text(0)]);
    }

    [Theory, InlineData("ACGT-N", "dna"), InlineData("ACGU--", "rna"), InlineData("ACGTEF", "protein"), InlineData("GATTAC", "dna")]
    public void The_alphabet_is_found_out(string letters, string expected) =>
        Assert.Equal(expected, Read($">a\n{letters}\n").Alphabet.Name);

    [Fact]
    public void Letters_of_ones_own_keep_their_order()
    {
        Alignment read = Read(">a\nhPh\n>b\nPPh\n", "hP");
        Assert.Equal([0, 1, 0], read[0].ToArray());
        Assert.Equal("PPh", read.Text(1));
    }

    [Theory]
    [InlineData("", "has no sequences")]
    [InlineData("ACD\n", "line 1: expected a line >name")]
    [InlineData(">a\nACD\n>b\nAC\n", "line 3: the sequence 'b' has 2 letters, and the first one 3")]
    [InlineData(">a\n>b\nAC\n", "line 1: the sequence 'a' has no letters")]
    [InlineData(">a\nAC1\n", "the sequence 'a' has '1' at site 3")]
    [InlineData(">a\nA C\n", "line 2: found a character with the code 32")]
    public void What_is_no_alignment_is_refused_with_its_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<BadInputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Theory, InlineData("A"), InlineData("AA"), InlineData(""), InlineData("A>")]
    public void An_alphabet_has_different_letters(string letters) =>
        Assert.Contains("--alphabet must be protein, dna, rna or different letters", Assert.Throws<BadInputException>(() =>
            Alphabet.Parse(letters)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_are_one_hot_blocks_and_columns_sites()
    {
        Dataset data = Read(">a\nA-\n>b\nCA\n", "AC-").ToDataset("two");
        Assert.Equal(["1=A", "1=C", "1=-", "2=A", "2=C", "2=-"], data.ColumnNames);
        Assert.Equal(["a", "b"], data.RowNames);
        Assert.Equal(["b"], data.Select([1]).RowNames);
        Assert.Equal([1, 0, 0, 0, 0, 1], data.ToMatrix().ReadRow(0));
        Assert.Equal([0, 1, 0, 1, 0, 0], data.Select([1]).ToMatrix().ReadRow(0));
        var row = new double[6];
        data.Rows.Read(1, row);
        Assert.Equal([0, 1, 0, 1, 0, 0], row);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var text = new StringWriter();
        FastaWriter.Write(text, [("a", "AC-"), ("b", "DEF")]);
        Alignment read = Read(text.ToString());
        Assert.Equal(["AC-", "DEF"], [read.Text(0), read.Text(1)]);
    }

    Alignment Read(string text, string? alphabet = null) =>
        FastaReader.Read(folder.File("x.fasta", text), alphabet is null ? null : Alphabet.Parse(alphabet));
}
