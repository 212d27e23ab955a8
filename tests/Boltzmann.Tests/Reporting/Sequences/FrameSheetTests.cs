using System.Buffers.Binary;
using System.Text;

namespace Boltzmann.Tests.Reporting;

/// <summary>Frames of videos, and many signals at once.</summary>
public sealed class FrameSheetTests
{
    static readonly ImageShape shape = new(4, 3);

    static double[][] Frames(int count) => [.. Enumerable.Range(0, count).Select(t => Enumerable.Range(0, 12)
        .Select(i => i == t % 12 ? 1.0 : 0).ToArray())];

    [Fact]
    public void A_sheet_shows_each_frame_with_its_number_and_borders_those_that_were_made()
    {
        var drawn = new DrawnDocument(FrameSheet.Svg("f", Frames(5), shape, prefixSteps: 2));
        var pictures = drawn.All("image").ToArray();
        Assert.Equal(5, pictures.Length);
        Assert.Equal(["1", "2", "3", "4", "5"], drawn.Texts.Where(t => int.TryParse(t, out _)));
        Assert.Equal(3, drawn.All("rect", "bz-line").Count());
        Assert.Contains("step; the first 2 were given, frames with a coloured border were made", drawn.Texts);
        for (int t = 0; t < 5; t++)
            for (int i = 0; i < 12; i++)
            {
                double x = (double)pictures[t].Attribute("x")!, y = (double)pictures[t].Attribute("y")!,
                    pixel = (double)pictures[t].Attribute("width")! / 4;
                Assert.Equal(i == t ? 255 : 0, drawn.At(x + (i % 4 + 0.5) * pixel, y + (i / 4 + 0.5) * pixel).R);
            }
    }

    [Theory]
    [InlineData(60, 60, "step")]
    [InlineData(61, 31, "step; every second of 61")]
    [InlineData(200, 50, "step; every 4th of 200")]
    public void Of_many_frames_every_so_many_are_shown(int count, int shown, string caption)
    {
        var drawn = new DrawnDocument(FrameSheet.Svg("f", Frames(count), shape));
        Assert.Equal(shown, drawn.All("image").Count());
        Assert.Contains(caption, drawn.Texts);
    }

    [Fact]
    public void An_animation_has_all_frames_enlarged_and_a_border_that_changes_where_the_prefix_ends()
    {
        byte[] film = FrameSheet.Animation(Frames(5), shape, prefixSteps: 2, side: 20);
        Assert.Equal(5, Count(film, "fcTL"));
        // 4 × 3 values of 5 × 5 pixels, a border of 3 on each side.
        Assert.Equal(26, BinaryPrimitives.ReadInt32BigEndian(film.AsSpan(16)));
        Assert.Equal(21, BinaryPrimitives.ReadInt32BigEndian(film.AsSpan(20)));
        // All frames alike but for the border: two are different.
        byte[] same = FrameSheet.Animation([Frames(1)[0], Frames(1)[0]], shape, prefixSteps: 1, side: 20);
        Assert.NotEqual(same, FrameSheet.Animation([Frames(1)[0], Frames(1)[0]], shape, prefixSteps: 2, side: 20));
    }

    [Fact]
    public void Frames_that_are_none_are_refused()
    {
        Assert.Contains("no frames", new DrawnDocument(FrameSheet.Svg("none", [], shape)).Texts);
        Assert.Throws<ArgumentException>(() => FrameSheet.Animation([], shape));
        Assert.Throws<ArgumentException>(() => FrameSheet.Svg("", [[1, 2]], shape));
        _ = new DrawnDocument(FrameSheet.Svg("one pixel", [[0.5]], new(1, 1)));
        _ = new DrawnDocument(FrameSheet.Svg("values", [[-3, double.NaN]], new(2, 1), range: TileRange.Common()));
    }

    [Fact]
    public void Signals_are_coloured_by_their_own_mean_and_deviation_and_a_constant_one_is_white()
    {
        double[][] rows = [[0, 7, 1e9 + 1], [2, 7, 1e9 - 1], [0, 7, 1e9 + 1], [2, 7, 1e9 - 1]];
        var drawn = new DrawnDocument(SignalRaster.Svg("s", rows, new() { PrefixSteps = 2, Names = ["knee", "hip", "far"] }));
        var (left, top, width, height) = drawn.Box("thin");
        for (int t = 0; t < 4; t++)
            for (int u = 0; u < 3; u++)
            {
                var (r, _, b) = drawn.At(left + (t + 0.4) * width / 4, top + (2.5 - u) * height / 3);
                Assert.Equal(u == 1 ? 0 : u == 0 == (t % 2 == 0) ? -1 : 1, Math.Sign(r - b));
            }
        Assert.Contains("knee", drawn.Texts);
        Assert.Contains(drawn.Texts, text => text.Contains("the first 2 steps were given", StringComparison.Ordinal));
        Assert.Contains("no steps", new DrawnDocument(SignalRaster.Svg("none", [])).Texts);
        _ = new DrawnDocument(SignalRaster.Svg("one", [[3]]));
        _ = new DrawnDocument(SignalRaster.Svg("odd", [[double.NaN], [double.PositiveInfinity], [1]]));
    }

    static int Count(byte[] bytes, string chunk)
    {
        byte[] name = Encoding.ASCII.GetBytes(chunk);
        return Enumerable.Range(0, bytes.Length - 3).Count(i => bytes.AsSpan(i, 4).SequenceEqual(name));
    }
}
