namespace Boltzmann.Tests.Data;

/// <summary>Steps, and where each sequence begins.</summary>
public sealed class SequencesTests
{
    static readonly Dataset steps = new("some", new NumberRows(SequenceFiles.Count(12), 2));
    static readonly Sequences three = new(steps, [0, 1, 4], ["a", "b", "c"], [0, 2, 0]) { LowestPitch = 60 };

    [Fact]
    public void Steps_are_those_of_the_sequences_one_after_the_other()
    {
        Assert.Equal([1, 3, 2], Enumerable.Range(0, 3).Select(three.LengthOf));
        Assert.Equal([0, 1, 1, 1, 2, 2], three.SequenceOfSteps());
        Assert.Equal([0, 3, 4, 5], three.Counted());
        Assert.Equal((3, 4, "some [3 sequences, 6 steps × 2]"), (three.Longest, three.CountedSteps, three.ToString()));
        Sequences one = new(steps);
        Assert.Equal((1, 6, "1", "some [6 steps × 2]"), (one.Count, one.Longest, one.Names[0], one.ToString()));
    }

    [Fact]
    public void Chosen_sequences_keep_what_is_known_of_them()
    {
        Sequences chosen = three.Select([2, 1]);
        Assert.Equal(["c", "b"], chosen.Names);
        Assert.Equal([0, 2], chosen.First);
        Assert.Equal([0, 2], chosen.WarmUp);
        Assert.Equal([8, 9, 10, 11, 2, 3, 4, 5, 6, 7], SequenceFiles.Values(chosen));
        Assert.Equal(60, chosen.LowestPitch);
        ArrayFiles.Refusal(() => three.Select([]));
    }

    [Fact]
    public void A_range_has_the_steps_before_it_as_far_as_there_are_any()
    {
        Assert.Equal([4, 5, 6, 7], SequenceFiles.Values(three.Range(1, 2, 1, before: 1)));
        Assert.Equal(2, three.Range(1, 2, 1, before: 5).WarmUp[0]);
        Assert.Equal(0, three.Range(1, 0, 3, before: 5).WarmUp[0]);
        Assert.Contains("sequence b has 3 steps: 2 from number 2 on", ArrayFiles.Refusal(() => three.Range(1, 2, 2)));
        ArrayFiles.Refusal(() => three.Range(1, -1, 2));
        ArrayFiles.Refusal(() => three.Range(1, 0, 0));
    }

    [Fact]
    public void A_beginning_has_whole_sequences_or_a_part_of_a_long_first_one()
    {
        Assert.Same(three, three.Beginning(4));
        Assert.Equal(["a", "b"], three.Beginning(2).Names);
        Assert.Equal(["a"], three.Beginning(1).Names);
        Sequences late = new Sequences(steps, warmUp: [2]).Beginning(3);
        Assert.Equal((3, 2), (late.CountedSteps, late.WarmUp[0]));
        Assert.Equal([.. SequenceFiles.Values(three).Take(10)], SequenceFiles.Values(late));
    }

    [Fact]
    public void Sequences_without_steps_are_refused()
    {
        Assert.Contains("sequence 2 has no steps", ArrayFiles.Refusal(() => _ = new Sequences(steps, [0, 3, 3])));
        Assert.Contains("sequence 2 has no steps", ArrayFiles.Refusal(() => _ = new Sequences(steps, [0, 6])));
        Assert.Contains("has no sequences", ArrayFiles.Refusal(() => _ = new Sequences(steps, [])));
        Assert.Contains("of which 6 would only warm", ArrayFiles.Refusal(() => _ = new Sequences(steps, warmUp: [6])));
        Assert.Throws<ArgumentException>(() => new Sequences(steps, [1]));
        Assert.Throws<ArgumentException>(() => new Sequences(steps, [0, 3], ["a"]));
        Assert.Throws<ArgumentException>(() => three.With(steps.Take(3)));
    }
}
