namespace Boltzmann.Tests.Reporting;

/// <summary>Piano rolls and rasters: cells against the rows, pitches, what is shown of long ones.</summary>
public sealed class PianoRollTests
{
    static readonly (byte, byte, byte) blue = (0x24, 0x68, 0xb2);

    static double[][] RandomBits(int steps, int units, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, steps).Select(_ => Enumerable.Range(0, units).Select(_ => (double)random.Next(2)).ToArray())];
    }

    // Steps at which columns sound, each for one step.
    static double[][] Roll(int steps, int units, params (int Step, int Unit)[] notes)
    {
        double[][] rows = [.. Enumerable.Range(0, steps).Select(_ => new double[units])];
        foreach (var (step, unit) in notes) rows[step][unit] = 1;
        return rows;
    }

    [Theory]
    [InlineData(7, 35, false)]
    [InlineData(7, 35, true)]
    [InlineData(20, 3, false)]
    [InlineData(1, 12, false)]
    [InlineData(5, 1, true)]
    public void Every_cell_is_full_where_the_unit_is_on_and_blank_where_it_is_off(int units, int steps, bool isFirstOnTop)
    {
        double[][] rows = RandomBits(steps, units, 5);
        var drawn = new DrawnDocument(PianoRoll.Svg("bits", rows, new() { IsFirstOnTop = isFirstOnTop }));
        var (left, top, width, height) = drawn.Box("thin");
        for (int t = 0; t < steps; t++)
            for (int u = 0; u < units; u++)
            {
                double y = top + ((isFirstOnTop ? u : units - 1 - u) + 0.5) * height / units;
                Assert.Equal(rows[t][u] == 1, drawn.At(left + (t + 0.5) * width / steps, y) == blue);
            }
    }

    [Fact]
    public void A_value_between_is_as_strong_as_it_is_and_a_range_says_what_is_blank_and_full()
    {
        double[][] rows = [[-1, 0, 1, double.NaN]];
        var drawn = new DrawnDocument(PianoRoll.Svg("spins", rows, new() { Range = TileRange.Fixed(-1, 1) }));
        Assert.Equal(["0.5", "1"], drawn.All("path", "found").Select(p => (string)p.Attribute("opacity")!));
        Assert.Equal("not a number", Assert.Single(drawn.All("path", "fault")).Value);
    }

    [Fact]
    public void A_note_that_is_held_is_one_box()
    {
        double[][] rows = Roll(6, 88, (1, 40), (2, 40), (3, 40), (5, 40));
        string path = (string)Assert.Single(new DrawnDocument(PianoRoll.Svg("held", rows, new() { LowestPitch = 21 })).All("path", "found"))
            .Attribute("d")!;
        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.Contains("h48", path);
        Assert.Contains("h16", path);
    }

    [Fact]
    public void Of_the_pitches_those_that_sound_are_shown_with_a_line_at_each_C()
    {
        var drawn = new DrawnDocument(PianoRoll.Svg("keys", Roll(4, 88, (0, 60 - 21), (3, 73 - 21)), new() { LowestPitch = 21 }));
        Assert.Contains("C4", drawn.Texts);
        Assert.Contains("C5", drawn.Texts);
        Assert.DoesNotContain("C3", drawn.Texts);
        Assert.DoesNotContain("C6", drawn.Texts);
        // 59 to 74, a margin of one included.
        Assert.Equal(16 * 16, drawn.Box("thin").Height);
        Assert.Equal(["A0", "B3", "C4", "C♯4", "C8", "C-1"], ((int[])[21, 59, 60, 61, 108, 0]).Select(PianoRoll.PitchName));
    }

    [Fact]
    public void A_single_pitch_without_a_C_has_its_name()
    {
        var drawn = new DrawnDocument(PianoRoll.Svg("one", [[1]], new() { LowestPitch = 69 }));
        Assert.Contains("A4", drawn.Texts);
    }

    [Fact]
    public void Predicted_means_lie_in_grey_under_what_came()
    {
        double[][] rows = Roll(2, 2, (1, 0)), means = [[double.NaN, double.NaN], [0.5, 1]];
        var drawn = new DrawnDocument(PianoRoll.Svg("means", rows, predictions: means));
        string[] styles = [.. drawn.All("path").Select(p => (string)p.Attribute("class")!)];
        Assert.Equal(["bz-ink", "bz-ink", "found"], styles);
        Assert.Equal(["0.35", "0.7", "1"], drawn.All("path").Select(p => (string)p.Attribute("opacity")!));
        Assert.Contains("predicted", drawn.Texts);
    }

    [Fact]
    public void A_prefix_is_shaded()
    {
        var drawn = new DrawnDocument(PianoRoll.Svg("prefix", Roll(10, 3, (0, 0), (9, 2)), new() { PrefixSteps = 4 }));
        var (left, top, width, height) = drawn.Box("thin");
        double y = top + height / 2;
        Assert.Equal((0xe4, 0xe7, 0xeb), drawn.At(left + 3.5 * width / 10, y));
        Assert.Equal((255, 255, 255), drawn.At(left + 4.5 * width / 10, y));
        Assert.Contains("given: the first 4 steps", drawn.Hints);
    }

    [Theory]
    [InlineData(400, 0, "step")]
    [InlineData(1000, 0, "step; shown are 1 to 400 of 1000")]
    [InlineData(1000, 300, "step; shown are 201 to 600 of 1000")]
    [InlineData(1000, 950, "step; shown are 601 to 1000 of 1000")]
    public void The_caption_says_which_steps_of_a_long_sequence_are_shown(int steps, int prefix, string caption)
    {
        var drawn = new DrawnDocument(PianoRoll.Svg("long", RandomBits(steps, 4, 1), new() { PrefixSteps = prefix }));
        Assert.Contains(caption, drawn.Texts);
    }

    [Fact]
    public void Nothing_to_show_is_said()
    {
        Assert.Contains("no steps", new DrawnDocument(PianoRoll.Svg("none", [])).Texts);
        Assert.Contains("no steps", new DrawnDocument(PianoRoll.Svg("none", [[], []])).Texts);
        Assert.Contains("no note sounds", new DrawnDocument(PianoRoll.Svg("silence", Roll(5, 88), new() { LowestPitch = 21 })).Texts);
        // Units that are silent are seen to be.
        Assert.Contains("step", new DrawnDocument(PianoRoll.Svg("silence", Roll(5, 3))).Texts);
    }

    [Fact]
    public void Many_units_and_names_stay_inside_the_frame()
    {
        _ = new DrawnDocument(PianoRoll.Svg("many", RandomBits(400, 1000, 2)));
        var drawn = new DrawnDocument(PianoRoll.Svg("names", RandomBits(3, 2, 2), new() { Names = ["left <leg>", "right & leg"] }));
        Assert.Contains("left <leg>", drawn.Texts);
    }

    [Fact]
    public void Rows_and_predictions_that_do_not_fit_are_refused()
    {
        Assert.Contains("step 2 has 1 values, but the first has 2", Assert.Throws<ArgumentException>(
            () => PianoRoll.Svg("", [[0, 1], [0]])).Message);
        Assert.Contains("1 steps; expected 2", Assert.Throws<ArgumentException>(
            () => PianoRoll.Svg("", [[0, 1], [0, 1]], predictions: [[0, 1]])).Message);
        Assert.Contains("1 columns; expected 2", Assert.Throws<ArgumentException>(
            () => PianoRoll.Svg("", [[0, 1]], predictions: [[0]])).Message);
    }
}
