using System.Buffers.Binary;

namespace Boltzmann.Tests.Reporting;

public class PngTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(1, 9, 3)]
    [InlineData(300, 1, 1)]
    [InlineData(17, 31, 1)]
    [InlineData(64, 33, 3)]
    public void A_decoder_gets_back_the_pixels_of_noise_and_of_smooth_pictures(int width, int height, int channels)
    {
        var noise = new PixelImage(width, height, channels);
        new Random(7).NextBytes(noise.Pixels);
        var smooth = new PixelImage(width, height, channels);
        for (int i = 0; i < smooth.Pixels.Length; i++) smooth.Pixels[i] = (byte)((i % (width * channels)) + (3 * (i / (width * channels))));
        foreach (PixelImage image in (PixelImage[])[noise, smooth])
        {
            PixelImage decoded = PngReader.Decode(Png.Encode(image));
            Assert.Equal((width, height, channels), (decoded.Width, decoded.Height, decoded.Channels));
            Assert.Equal(image.Pixels, decoded.Pixels);
        }
    }

    [Fact]
    public void The_checksum_of_the_test_decoder_has_its_published_check_value() => Assert.Equal(0xCBF43926, PngReader.Crc("123456789"u8));

    [Fact]
    public void A_smooth_picture_becomes_small_because_its_lines_are_filtered()
    {
        var image = new PixelImage(256, 256, 1);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)((i % 256) + (i / 256 * 7));
        Assert.InRange(Png.Encode(image).Length, 0, 2000);
    }

    [Fact]
    public void An_animation_holds_every_frame_in_order_with_its_delay()
    {
        PixelImage[] frames = [.. Enumerable.Range(0,
            4).Select(f => new PixelImage(5, 3, 1, [.. Enumerable.Range(0, 15).Select(i => (byte)((i * 11) + (f * 40)))]))];
        byte[] file = Apng.Encode(frames, delayMs: 120, lastDelayMs: 1500);
        Assert.Equal(frames.Select(f => f.Pixels), PngReader.Frames(file).Select(f => f.Pixels));

        List<(string Type, byte[] Content)> chunks = PngReader.Chunks(file);
        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"], chunks.Select(c => c.Type));
        Assert.Equal(4, BinaryPrimitives.ReadInt32BigEndian(chunks[1].Content));
        IEnumerable<int> sequence = chunks.Where(c => c.Type is "fcTL" or "fdAT")
            .Select(c => BinaryPrimitives.ReadInt32BigEndian(c.Content));
        Assert.Equal(Enumerable.Range(0, 7), sequence);
        IEnumerable<int> delays = chunks.Where(c => c.Type == "fcTL").Select(c =>
            (int)BinaryPrimitives.ReadUInt16BigEndian(c.Content.AsSpan(20)));
        Assert.Equal([120, 120, 120, 1500], delays);
    }

    [Fact]
    public void An_animation_refuses_no_frames_frames_of_other_sizes_and_impossible_delays()
    {
        var frame = new PixelImage(2, 2, 1);
        Assert.Throws<ArgumentException>(() => Apng.Encode([], 100));
        Assert.Throws<ArgumentException>(() => Apng.Encode([frame], 0));
        Assert.Throws<ArgumentException>(() => Apng.Encode([frame], 100, 70_000));
        var error = Assert.Throws<ArgumentException>(() => Apng.Encode([frame, new PixelImage(2, 3, 1)], 100));
        Assert.Contains("frame 1 is 2 × 3 × 1", error.Message);
    }
}
