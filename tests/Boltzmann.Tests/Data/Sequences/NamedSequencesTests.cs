namespace Boltzmann.Tests.Data;

/// <summary>Sets of sequences in files.</summary>
public sealed class NamedSequencesTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> InFiles =>
        [.. NamedSets.All.Where(set => set.IsSequences && !set.IsGenerated).Select(set => set.Name)];

    static SequenceParts Open(string name, SequenceOptions? options = null)
    {
        Assert.SkipUnless(NamedSets.Find(name)!.FindFolder() is not null, $"{DataFolders.Variable} names no folder with {name}");
        return SequenceSource.Open(name, options ?? SequenceFiles.Whole);
    }

    static int Counted(Sequences? part) => part?.CountedSteps ?? 0;

    [Theory, MemberData(nameof(InFiles))]
    public void Sets_have_the_steps_they_are_listed_with_as_sequences_and_as_rows(string name)
    {
        SequenceParts parts = Open(name);
        NamedSet set = NamedSets.Find(name)!;
        foreach (var (split, part) in new[] { (DataSplit.Train, parts.Training), (DataSplit.Validation, parts.Validation),
            (DataSplit.Test, parts.Test) })
        {
            Assert.Equal(set.Parts.GetValueOrDefault(split), Counted(part));
            if (part is null) continue;
            Assert.Equal(set.Columns, part.Columns);
            Dataset rows = DataSource.Open(name, new() { Split = split });
            Assert.Equal((part.CountedSteps, set.Columns, part.Name), (rows.Count, rows.Columns, rows.Name));
            double[] means = part.Steps.Select(part.Counted()).Means();
            Assert.Equal(means, rows.Means());
        }
    }

    [Theory]
    [InlineData("jsb-chorales", 229, 76, 77)]
    [InlineData("nottingham", 694, 173, 170)]
    [InlineData("piano-midi-de", 87, 12, 25)]
    [InlineData("musedata", 524, 135, 124)]
    [InlineData("mit-mocap", 35, 0, 4)]
    [InlineData("words", 8000, 1000, 1000)]
    [InlineData("sunspots", 1, 0, 1)]
    public void Sets_have_as_many_sequences_as_published(string name, int training, int validation, int test)
    {
        SequenceParts parts = Open(name);
        Assert.Equal((training, validation, test), (parts.Training.Count, parts.Validation?.Count ?? 0, parts.Test?.Count ?? 0));
    }

    [Fact]
    public void A_chorale_begins_with_its_chord()
    {
        SequenceParts parts = Open("jsb-chorales");
        Assert.Equal(21, parts.Training.LowestPitch);
        double[] row = new double[88];
        parts.Training.Steps.Rows.Read(0, row);
        Assert.Equal([60, 72, 79, 88], Enumerable.Range(0, 88).Where(c => row[c] == 1).Select(c => c + 21));
        Assert.Equal(90_002, new[] { parts.Training, parts.Validation!, parts.Test! }
            .Sum(part => part.Steps.Means().Sum() * part.Steps.Count), 1e-6);
    }

    // RMSE of the step before as a forecast of each test step but the first, columns scaled to 0…1 by the training range; over a step the
    // squares are added up.
    static double Persistence(SequenceParts parts)
    {
        double[] least = parts.Training.Steps.Minimum(), most = parts.Training.Steps.Maximum();
        int columns = least.Length;
        double[] values = SequenceFiles.Values(parts.Test!);
        double sum = 0;
        for (int i = columns; i < values.Length; i++)
        {
            double scaled = (values[i] - values[i - columns]) / (most[i % columns] - least[i % columns]);
            sum += scaled * scaled;
        }
        return Math.Sqrt(sum / (parts.Test!.Steps.Count - 1));
    }

    [Fact]
    public void Persistence_of_sunspots_is_the_published_baseline()
    {
        SequenceParts parts = Open("sunspots", SequenceFiles.Whole with { WarmUp = 0 });
        Assert.Equal(0.0770592078174, Persistence(parts), 1e-12);   // printed by the authors' scripts
        Assert.Equal(["sunspots"], parts.Training.Steps.ColumnNames);
    }

    [Fact]
    public void Persistence_of_gasoline_is_that_of_the_revised_prices()
    {
        SequenceParts parts = Open("gasoline", SequenceFiles.Whole with { WarmUp = 0 });
        Assert.Equal(0.048783, Persistence(parts), 5e-7);   // published 0.048839, before prices were revised
        Assert.Equal(["west_coast", "midwest"],
            Open("gasoline", new() { Columns = ["west_coast", "midwest"] }).Test!.Steps.ColumnNames);
    }

    [Fact]
    public void Persistence_of_motion_is_what_its_description_says()
    {
        Sequences test = Open("mit-mocap").Test!;
        double[] values = SequenceFiles.Values(test);
        double[] sums = [.. Enumerable.Range(0, test.Count).Select(i => Enumerable.Range(test.First[i] + 1, test.LengthOf(i) - 1)
            .SelectMany(t => Enumerable.Range(0, 49).Select(c => Math.Pow(values[t * 49 + c] - values[(t - 1) * 49 + c], 2)))
            .Sum() / (test.LengthOf(i) - 1))];
        Assert.Equal(5.33, sums.Average(), 0.005);
        Assert.Equal(26, test.LengthOf(3));
    }

    [Fact]
    public void Later_parts_of_a_single_sequence_begin_with_steps_before_them()
    {
        SequenceParts parts = Open("sunspots", new() { WarmUp = 5, ValidationShare = 0.1 });
        Assert.Equal((1700, 189, 931), (Counted(parts.Training), Counted(parts.Validation), Counted(parts.Test)));
        Assert.Equal((5, 5), (parts.Validation!.WarmUp[0], parts.Test!.WarmUp[0]));
        Assert.Equal(SequenceFiles.Values(parts.Training)[^5..], SequenceFiles.Values(parts.Validation)[..5]);
        Assert.Equal(SequenceFiles.Values(parts.Validation)[^5..], SequenceFiles.Values(parts.Test)[..5]);
        Assert.Equal(("sunspots", "sunspots-validation", "sunspots-test"), (parts.Training.Name, parts.Validation.Name, parts.Test.Name));
    }

    [Fact]
    public void Heart_beats_are_millivolts_and_electrodes_lack_the_eyes()
    {
        SequenceParts beats = Open("ecg-208");
        Assert.Equal((327 - 1024) / 200.0, Math.Min(beats.Training.Steps.Minimum()[0], beats.Test!.Steps.Minimum()[0]), 1e-12);
        Assert.Equal((1754 - 1024) / 200.0, Math.Max(beats.Training.Steps.Maximum()[0], beats.Test.Steps.Maximum()[0]), 1e-12);
        Sequences brain = Open("eeg-eye-state").Training;
        Assert.Equal(("AF3", "AF4"), (brain.Steps.ColumnNames![0], brain.Steps.ColumnNames[^1]));
        Assert.True(brain.Steps.Maximum().Max() > 5000, "outliers are left as they are");
    }

    [Fact]
    public void Words_are_parted_by_rank_and_weighted_by_count()
    {
        SequenceParts parts = Open("words");
        Assert.Equal(["1", "11"], parts.Validation!.Names.Take(2));
        Assert.Equal(["10", "20"], parts.Test!.Names.Take(2));
        Assert.Equal([.. Enumerable.Range('a', 26).Select(letter => $"{(char)letter}"), ""], parts.Test.Symbols);
        Assert.Equal(28_787_591, parts.Validation.Steps.RowWeights![0]);   // "you"
        Assert.Null(Open("words", new() { IgnoreCounts = true }).Training.Steps.RowWeights);
    }

    [Fact]
    public void Sets_without_sequences_and_options_without_a_meaning_are_refused()
    {
        static string Refused(string name, SequenceOptions? options = null) => ArrayFiles.Refusal(() => SequenceSource.Open(name, options));
        Assert.Contains("mnist has rows in no order of time: expected one of science", Refused("mnist"));
        Assert.Contains("did you mean 'sunspots'", Refused("sunspot"));
        Assert.Contains("--format is for files", Refused("science", new() { Format = "csv" }));
        Assert.Contains("--columns does nothing here", Refused("science", new() { Columns = ["a"] }));
        Assert.Contains("--videos does nothing here", Refused("words", new() { Videos = 1 }));
        Assert.Contains("is one sequence", Refused("sunspots", new() { SequenceColumn = "month", Folder = folder.Path }));
        Assert.Contains("share is 2", Refused("noisy-sine", new() { ValidationShare = 2 }));
    }

    [Fact]
    public void Files_of_another_size_are_refused()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "series"));
        folder.File(Path.Combine("series", "sunspots-monthly.csv"), "month,sunspots\n1749-01,58\n1749-02,62.6\n");
        Assert.Contains("sunspots: has 2 steps: expected 2820",
            ArrayFiles.Refusal(() => SequenceSource.Open("sunspots", new() { Folder = folder.Path })));
        Directory.CreateDirectory(Path.Combine(folder.Path, "polyphonic-music"));
        folder.File(Path.Combine("polyphonic-music", "nottingham.json"), "{\"train\": [[[60]]]}");
        Assert.Contains("its train part is 1 × 88, expected 176561 × 88",
            ArrayFiles.Refusal(() => SequenceSource.Open("nottingham", new() { Folder = folder.Path })));
    }
}
