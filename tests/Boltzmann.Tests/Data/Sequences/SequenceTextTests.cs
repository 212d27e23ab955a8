namespace Boltzmann.Tests.Data;

/// <summary>Lines of letters.</summary>
public sealed class SequenceTextTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static string[] Lines(Sequences sequences)
    {
        double[] values = SequenceFiles.Values(sequences);
        return [.. Enumerable.Range(0, sequences.Count).Select(i => string.Concat(Enumerable.Range(sequences.First[i],
            sequences.LengthOf(i)).Select(step => sequences.Symbols![Enumerable.Range(0, sequences.Columns)
                .Single(c => values[step * sequences.Columns + c] == 1)] is { Length: > 0 } letter ? letter : "|")))];
    }

    [Fact]
    public void A_line_is_its_letters_and_an_end_one_of_the_columns_each()
    {
        Sequences read = SequenceFiles.Read(folder.File("a.txt", "\uFEFFba\r\n\r\ncab 1\n\u00E9\U0001F600"));
        Assert.Equal([" ", "1", "a", "b", "c", "\u00E9", "\U0001F600", ""], read.Symbols);
        Assert.Equal(["ba|", "cab 1|", "\u00E9\U0001F600|"], Lines(read));
        Assert.Equal(["1", "3", "4"], read.Names);
        Assert.Null(read.Steps.RowWeights);
        Assert.Equal(Enumerable.Repeat(1.0, read.Steps.Count),
            SequenceFiles.Values(read).Chunk(read.Columns).Select(row => row.Sum()));
    }

    [Fact]
    public void Counts_weight_the_steps_of_their_lines()
    {
        string path = folder.File("a.txt.gz", ArrayFiles.Gzip("ab 3\nb\t1.5 \n"u8.ToArray()));
        Sequences read = SequenceFiles.Read(path);
        Assert.Equal(["ab|", "b|"], Lines(read));
        Assert.Equal([3, 3, 3, 1.5, 1.5], read.Steps.RowWeights!);
        Assert.Equal([1.5, 1.5], SequenceSource.Open(path, new()).Validation!.Steps.RowWeights!);
        Assert.Null(SequenceFiles.Read(path, new() { IgnoreCounts = true }).Steps.RowWeights);
        Assert.Equal(["ab 3|", "b\t1.5 |"], Lines(SequenceFiles.Read(path, new() { HasCounts = false })));
        Assert.Equal(["New York|", "b|"], Lines(SequenceFiles.Read(folder.File("b.txt", "New York\t3\nb\t1\n"))));
        Assert.Equal(["go to 1|", "a|"], Lines(SequenceFiles.Read(folder.File("c.txt", "go to 1\na\n"))));
        Assert.Equal(["go to|"], Lines(SequenceFiles.Read(folder.File("d.txt", "go to 1\n"), new() { HasCounts = true })));
    }

    [Fact]
    public void An_alphabet_has_its_order_and_refuses_other_letters()
    {
        string path = folder.File("a.txt", "ba-\n");
        Sequences read = SequenceFiles.Read(path, new() { Alphabet = "za-c-" });
        Assert.Equal(["z", "a", "b", "c", "-", ""], read.Symbols);
        Assert.Equal(["ba-|"], Lines(read));
        Assert.Contains("line 2, column 3: the letter 'd' is outside the alphabet ('a-c')",
            SequenceFiles.Refusal(folder.File("b.txt", "a\nabd\n"), new() { Alphabet = "a-c" }));
        Assert.Contains("the range z-a runs backwards", SequenceFiles.Refusal(path, new() { Alphabet = "z-a" }));
        Assert.Contains("has 'b' twice", SequenceFiles.Refusal(path, new() { Alphabet = "a-cb" }));
        Assert.Contains("has no letters", SequenceFiles.Refusal(path, new() { Alphabet = "" }));
    }

    [Fact]
    public void Bad_texts_are_refused_with_the_line()
    {
        string Refused(string text, bool? hasCounts = null) =>
            SequenceFiles.Refusal(folder.File("a.txt", text), SequenceFiles.Whole with { HasCounts = hasCounts });
        Assert.Contains("has no sequences", Refused(""));
        Assert.Contains("has no sequences", Refused("\n\n"));
        Assert.Contains("line 3: 'b' has no count above 0 behind its text, as the first line has", Refused("a 2\n\nb\n"));
        Assert.Contains("line 2: 'b 0' has no count above 0", Refused("a 2\nb 0\n"));
        Assert.Contains("line 2: 'b inf' has no count above 0", Refused("a 2\nb inf\n"));
        Assert.Contains("line 1: 'a' has no count above 0 behind its text: expected", Refused("a\n", hasCounts: true));
        Assert.Contains("line 2: is not text in UTF-8",
            SequenceFiles.Refusal(folder.File("b.txt", [(byte)'a', (byte)'\n', 0xFF, (byte)'\n'])));
        Assert.Contains("line 1: is not text in UTF-8", SequenceFiles.Refusal(folder.File("b.txt", [(byte)'a', 0, (byte)'\n'])));
    }
}
