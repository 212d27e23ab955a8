namespace Boltzmann.Tests.Data;

/// <summary>Piano rolls in JSON.</summary>
public sealed class PianoRollTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly SequenceOptions small = SequenceFiles.Whole with { LowestPitch = 60, HighestPitch = 62 };

    [Fact]
    public void Parts_have_their_sequences_and_a_step_what_sounds()
    {
        const string Text = "{\"test\": [[[61]]], \"train\": [[[60, 62], []], [[62, 61.0]]], \"valid\": [[[], []]]}";
        foreach (string path in new[] { folder.File("a.json", Text), folder.File("b.json.gz", ArrayFiles.Gzip([.. "\uFEFF"u8,
            .. System.Text.Encoding.UTF8.GetBytes(Text)])), folder.File("c", Text) })
        {
            SequenceParts parts = SequenceSource.Open(path, small with { ValidationShare = new SequenceOptions().ValidationShare });
            Assert.Equal([0, 2], parts.Training.First);
            Assert.Equal([1, 0, 1, 0, 0, 0, 0, 1, 1], SequenceFiles.Values(parts.Training));
            Assert.Equal([0, 0, 0, 0, 0, 0], SequenceFiles.Values(parts.Validation!));
            Assert.Equal([0, 1, 0], SequenceFiles.Values(parts.Test!));
            Assert.Equal((60, 60), (parts.Training.LowestPitch, parts.Test!.LowestPitch));
            Assert.Equal(["60", "61", "62"], parts.Training.Steps.ColumnNames);
        }
    }

    [Fact]
    public void A_list_of_sequences_is_to_learn_from_and_is_held_out_of()
    {
        SequenceParts parts = SequenceSource.Open(folder.File("a.json", "[[[60]], [[61], [108]], [[21]], [[]]]"));
        Assert.Equal((3, 1, 88), (parts.Training.Count, parts.Validation!.Count, parts.Training.Columns));
        Assert.Null(parts.Test);
    }

    [Theory]
    [InlineData("[[[60], [61, 63]]]", "sequence 1, step 2: the pitch 63 is outside 60 to 62")]
    [InlineData("{\"train\": [[[60]], [[59]]]}", "train, sequence 2, step 1: the pitch 59 is outside 60 to 62")]
    [InlineData("[[[60.5]]]", "sequence 1, step 1: '60.5' is not a pitch")]
    [InlineData("[[[\"C\"]]]", "sequence 1, step 1: 'C' is not a pitch")]
    [InlineData("[[[60], 61]]", "sequence 1, step 2 is not a list: expected a list of pitches")]
    [InlineData("[[[60]], 61]", "sequence 2 is not a list: expected a list of steps")]
    [InlineData("[[[60]], []]", "sequence 2 has no steps")]
    [InlineData("[]", "has no sequences")]
    [InlineData("{\"train\": [[[60]]], \"test\": []}", "test has no sequences")]
    [InlineData("{\"train\": 3}", "train is not a list: expected a list of sequences")]
    [InlineData("{\"valid\": [[[60]]]}", "has no part 'train'")]
    [InlineData("{\"train\": [[[60]]], \"tets\": [[[60]]]}", "has a part 'tets': expected train, valid, test; did you mean 'test'?")]
    [InlineData("{\"train\": [[[60]]], \"train\": [[[60]]]}", "has two parts 'train'")]
    [InlineData("3", "is a number: expected")]
    [InlineData("[[[60]]", "is not well-formed JSON")]
    [InlineData("[[[60]]] 3", "is not well-formed JSON")]
    [InlineData("", "is not well-formed JSON")]
    public void Bad_rolls_are_refused_with_the_place(string text, string message) =>
        Assert.Contains(message, SequenceFiles.Refusal(folder.File("a.json", text), small), StringComparison.Ordinal);

    [Fact]
    public void Columns_from_high_to_low_are_refused()
    {
        string path = folder.File("a.json", "[[[60]]]");
        Assert.Contains("--low 61 --high 60: expected", SequenceFiles.Refusal(path, new() { LowestPitch = 61, HighestPitch = 60 }));
        Assert.Contains("--low 0 --high 128: expected", SequenceFiles.Refusal(path, new() { LowestPitch = 0, HighestPitch = 128 }));
    }
}
