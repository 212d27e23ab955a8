namespace Boltzmann.Tests.Reporting;

public class PixelImageTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(100_000, 100_000, 3)]
    public void Impossible_sizes_are_refused(int width, int height, int channels) =>
        Assert.Throws<ArgumentException>(() => new PixelImage(width, height, channels));

    [Fact]
    public void Bytes_that_do_not_fit_the_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => new PixelImage(2, 2, 1, new byte[5]));

    [Fact]
    public void Enlarging_repeats_every_pixel_both_ways()
    {
        PixelImage large = new PixelImage(2, 1, 1, [10, 20]).Enlarged(2);
        Assert.Equal((4, 2), (large.Width, large.Height));
        Assert.Equal([10, 10, 20, 20, 10, 10, 20, 20], large.Pixels);
    }

    [Fact]
    public void Pictures_side_by_side_share_a_middle_line_and_grey_becomes_colour()
    {
        PixelImage joined = PixelImage.Beside([new PixelImage(1, 3, 1, [1, 2, 3]), new PixelImage(1, 1, 3, [7, 8, 9])], gap: 1,
            background: 255);
        Assert.Equal((3, 3, 3), (joined.Width, joined.Height, joined.Channels));
        Assert.Equal([1, 1, 1, 255, 255, 255, 255, 255, 255, 2, 2, 2, 255, 255, 255, 7, 8, 9, 3, 3, 3, 255, 255, 255, 255, 255, 255],
            joined.Pixels);
    }

    [Fact]
    public void Pictures_stacked_start_at_the_left()
    {
        PixelImage joined = PixelImage.Stacked([new PixelImage(1, 1, 1, [5]), new PixelImage(2, 1, 1, [6, 7])], gap: 1, background: 0);
        Assert.Equal([5, 0, 0, 0, 6, 7], joined.Pixels);
    }

    [Fact]
    public void Joining_no_pictures_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PixelImage.Beside([]));
        Assert.Throws<ArgumentException>(() => PixelImage.Stacked([]));
    }
}
