namespace Boltzmann.Tests.Data;

/// <summary>What is held out of a file of sequences.</summary>
public sealed class SequenceSplitTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string File(string shape, int count) => folder.File("a.npy",
        ArrayFiles.Npy("'<f4'", shape, SequenceFiles.Floats(SequenceFiles.Count(count))));

    [Fact]
    public void The_later_part_of_a_single_sequence_is_held_out_with_steps_before_it()
    {
        SequenceParts parts = SequenceSource.Open(File("(20,)", 20), new() { ValidationShare = 0.25, WarmUp = 3 });
        Assert.Equal(SequenceFiles.Count(15).Select(x => (double)x), SequenceFiles.Values(parts.Training));
        Assert.Equal([12, 13, 14, 15, 16, 17, 18, 19], SequenceFiles.Values(parts.Validation!));
        Assert.Equal((3, 5, 0), (parts.Validation!.WarmUp[0], parts.Validation.CountedSteps, parts.Training.WarmUp[0]));
        Assert.Null(parts.Test);
        Assert.Equal(15, SequenceSource.Open(File("(20,)", 20), new() { ValidationShare = 0.25, WarmUp = 100 }).Validation!.WarmUp[0]);
    }

    [Fact]
    public void Of_several_sequences_the_last_ones_are_held_out_at_least_one()
    {
        SequenceParts parts = SequenceSource.Open(File("(5, 2, 1)", 10), new() { ValidationShare = 0.4, WarmUp = 3 });
        Assert.Equal(["1", "2", "3"], parts.Training.Names);
        Assert.Equal(["4", "5"], parts.Validation!.Names);
        Assert.Equal([6, 7, 8, 9], SequenceFiles.Values(parts.Validation));
        Assert.Equal([0, 0], parts.Validation.WarmUp);
        Assert.Equal(1, SequenceSource.Open(File("(5, 2, 1)", 10), new() { ValidationShare = 0.01 }).Validation!.Count);
        Assert.Null(SequenceSource.Open(File("(5, 2, 1)", 10), SequenceFiles.Whole).Validation);
    }

    [Fact]
    public void One_part_of_everything_is_refused()
    {
        Assert.Contains("has 2 sequences, all of which would be in the validation part",
            SequenceFiles.Refusal(File("(2, 2, 1)", 4), new() { ValidationShare = 0.9 }));
        Assert.Contains("has 1 step, all of which", SequenceFiles.Refusal(File("(1,)", 1), new()));
        Assert.Contains("share is 1: expected", SequenceFiles.Refusal(File("(2,)", 2), new() { ValidationShare = 1 }));
        Assert.Contains("share is NaN", SequenceFiles.Refusal(File("(2,)", 2), new() { ValidationShare = double.NaN }));
        Assert.Contains("--warm-up is -1", SequenceFiles.Refusal(File("(2,)", 2), new() { WarmUp = -1 }));
    }

    [Fact]
    public void A_source_without_sequences_says_so()
    {
        IDataSource source = new Rows();
        Assert.Contains("this source of data has no sequences", ArrayFiles.Refusal(() => source.OpenSequences("mine", new())));
        Assert.Equal(2, new DataCatalog().OpenSequences(File("(2,)", 2), SequenceFiles.Whole).Training.Steps.Count);
    }

    sealed class Rows : IDataSource
    {
        public Dataset Open(string name, DataOptions options) => throw new NotSupportedException();
        public bool IsSet(string name) => false;
        public bool HasPart(string name, DataSplit part) => false;
        public ImageShape? ImageOf(string name) => null;
    }
}
