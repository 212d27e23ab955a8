using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>Pictures that are read.</summary>
public sealed class GreyPictureTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_picture_that_was_written_is_read_again()
    {
        var random = new Random(1);
        byte[] pixels = new byte[17 * 11];
        random.NextBytes(pixels);
        File.WriteAllBytes(folder["grey.png"], Png.Encode(new(17, 11, 1, pixels)));
        GreyPicture grey = GreyPicture.Read(folder["grey.png"]);
        Assert.Equal((17, 11), (grey.Width, grey.Height));
        Assert.Equal(pixels.Select(pixel => pixel / 255.0), grey.Values);

        byte[] colours = new byte[17 * 11 * 3];
        random.NextBytes(colours);
        File.WriteAllBytes(folder["colour.png"], Png.Encode(new(17, 11, 3, colours)));
        double[] read = GreyPicture.Read(folder["colour.png"]).Values;
        for (int i = 0; i < read.Length; i++)
            Assert.Equal((0.299 * colours[3 * i] + 0.587 * colours[3 * i + 1] + 0.114 * colours[3 * i + 2]) / 255, read[i], 1e-12);
    }

    [Fact]
    public void A_damaged_picture_is_refused_in_a_line()
    {
        var random = new Random(2);
        byte[] pixels = new byte[64];
        random.NextBytes(pixels);
        byte[] whole = Png.Encode(new(8, 8, 1, pixels));
        for (int k = 0; k < 4000; k++)
        {
            byte[] file = [.. whole.AsSpan(0, k % 3 == 0 ? random.Next(whole.Length) : whole.Length)];
            for (int change = 0; change < 3 && file.Length > 0; change++) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                PngPicture.Read(file, "x.png");
            }
            catch (BadInputException refused)
            {
                Assert.StartsWith("x.png: ", refused.Message);
                Assert.DoesNotContain('\n', refused.Message);
            }
        }
        Assert.Contains("expected a picture", Assert.Throws<BadInputException>(() => GreyPicture.Read("x.gif")).Message);
    }
}
