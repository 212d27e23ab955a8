namespace Boltzmann.Tests.Reporting;

/// <summary>Animations that grow and are read back.</summary>
public sealed class AnimationFramesTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Frames_that_are_read_back_and_added_to_give_the_file_of_all_at_once()
    {
        PixelImage[] images = [.. Enumerable.Range(0, 4).Select(Image)];
        var grown = new AnimationFrames();
        foreach (PixelImage image in images[..3]) grown.Add(image);
        File.WriteAllBytes(folder["a.png"], grown.Encode(40, 2000));
        AnimationFrames read = AnimationFrames.Read(folder["a.png"], 2);
        Assert.Equal(2, read.Count);
        read.Add(images[2]);
        read.Add(images[3]);
        byte[] file = read.Encode(100, 300);
        Assert.Equal(Apng.Encode(images, 100, 300), file);
        Assert.Equal(images.Select(i => i.Pixels), PngReader.Frames(file).Select(i => i.Pixels));
    }

    [Fact]
    public void A_damaged_file_is_refused_with_its_reason()
    {
        var frames = new AnimationFrames();
        frames.Add(Image(0));
        byte[] good = frames.Encode(40);
        File.WriteAllBytes(folder["a.png"], good);
        Assert.Contains("has 1 frames; expected 2 or more", Refused("a.png", 2));
        Assert.Contains("no such file", Refused("b.png", 1));
        File.WriteAllBytes(folder["a.png"], Png.Encode(Image(0)));
        Assert.Contains("is a single picture", Refused("a.png", 1));
        File.WriteAllBytes(folder["a.png"], [.. good.AsSpan(0, 33), .. good.AsSpan(8)]);
        Assert.Contains("more than one", Refused("a.png", 1));
        Assert.True(frames.Fits(Image(1)));
        Assert.False(frames.Fits(new PixelImage(3, 3, 1)));
        File.WriteAllBytes(folder["a.png"], good[..^5]);
        Assert.Contains("ends within a chunk", Refused("a.png", 1));
        File.WriteAllBytes(folder["a.png"], [1, 2, 3]);
        Assert.Contains("not a PNG file", Refused("a.png", 1));
        byte[] wrong = [.. good];
        wrong[20] ^= 1;
        File.WriteAllBytes(folder["a.png"], wrong);
        Assert.Contains("check sum", Refused("a.png", 1));
        Assert.Contains("frame 1 is 3 × 3", Assert.Throws<ArgumentException>(() => frames.Add(new PixelImage(3, 3, 1))).Message);
    }

    string Refused(string name, int count) => Assert.Throws<BadInputException>(() => AnimationFrames.Read(folder[name], count)).Message;

    static PixelImage Image(int seed)
    {
        var image = new PixelImage(5, 4, 1);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = (byte)(37 * i * (seed + 1) + seed);
        return image;
    }
}
