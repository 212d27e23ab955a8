namespace Boltzmann.Reporting;

/// <summary>A picture in memory: row-major bytes, one (grey) or three (red, green, blue) per pixel, sRGB, top line first.</summary>
public sealed class PixelImage
{
    /// <summary>A picture of given pixels, or a black one.</summary>
    /// <param name="width">Pixels per line, at least 1.</param>
    /// <param name="height">Lines, at least 1.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="pixels">width × height × channels bytes, kept (not copied); black when null.</param>
    /// <exception cref="ArgumentException">A size is below 1, the channels are neither 1 nor 3, or the bytes do not fit.</exception>
    public PixelImage(int width, int height, int channels, byte[]? pixels = null)
    {
        if (width < 1 || height < 1) throw new ArgumentException($"a picture has at least one pixel, not {width} × {height}");
        if (channels is not (1 or 3)) throw new ArgumentException($"a picture has 1 (grey) or 3 (colour) bytes per pixel, not {channels}");
        long bytes = (long)width * height * channels;
        if (bytes > Array.MaxLength) throw new ArgumentException($"a picture of {width} × {height} pixels is too large");
        if (pixels is not null && pixels.Length != bytes)
            throw new ArgumentException($"{width} × {height} pixels of {channels} bytes are {bytes} bytes, not {pixels.Length}");
        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels ?? new byte[bytes];
    }

    /// <summary>Pixels per line.</summary>
    public int Width { get; }

    /// <summary>Lines.</summary>
    public int Height { get; }

    /// <summary>Bytes per pixel: 1 grey, 3 colour.</summary>
    public int Channels { get; }

    /// <summary>The bytes: pixel (x, y) starts at (y · Width + x) · Channels.</summary>
    public byte[] Pixels { get; }

    /// <summary>Pictures side by side, centred on a common middle line; grey ones become colour beside colour ones.</summary>
    /// <param name="images">At least one.</param>
    /// <param name="gap">Pixels between neighbours.</param>
    /// <param name="background">Grey level of the gaps.</param>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    public static PixelImage Beside(IReadOnlyList<PixelImage> images, int gap = 8, byte background = 255)
    {
        PixelImage joined = Canvas(images, all => all.Sum(i => (long)i.Width + gap) - gap, all => all.Max(i => (long)i.Height), background);
        int x = 0;
        foreach (PixelImage image in images)
        {
            joined.Paste(image, x, (joined.Height - image.Height) / 2);
            x += image.Width + gap;
        }
        return joined;
    }

    /// <summary>Pictures one below the other, from the left edge; grey ones become colour above or below colour ones.</summary>
    /// <inheritdoc cref="Beside"/>
    public static PixelImage Stacked(IReadOnlyList<PixelImage> images, int gap = 8, byte background = 255)
    {
        PixelImage joined = Canvas(images, all => all.Max(i => (long)i.Width), all => all.Sum(i => (long)i.Height + gap) - gap, background);
        int y = 0;
        foreach (PixelImage image in images)
        {
            joined.Paste(image, 0, y);
            y += image.Height + gap;
        }
        return joined;
    }

    /// <summary>The same picture with every pixel a square of scale × scale: pixels stay visible as pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is below 1.</exception>
    public PixelImage Enlarged(int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (scale == 1) return this;
        var large = new PixelImage(checked(Width * scale), checked(Height * scale), Channels);
        for (int y = 0; y < large.Height; y++)
            for (int x = 0; x < large.Width; x++)
                Pixels.AsSpan(((y / scale * Width) + (x / scale)) * Channels,
                    Channels).CopyTo(large.Pixels.AsSpan(((y * large.Width) + x) * Channels));
        return large;
    }

    /// <summary>The same picture in the upper left corner of a larger one.</summary>
    /// <param name="width">Pixels per line, at least its own.</param>
    /// <param name="height">Lines, at least its own.</param>
    /// <param name="background">Grey level of what is added.</param>
    /// <exception cref="ArgumentException">The picture does not fit.</exception>
    public PixelImage Padded(int width, int height, byte background = 255)
    {
        if (width < Width || height < Height)
            throw new ArgumentException($"a picture of {Width} × {Height} does not fit {width} × {height}");
        var larger = new PixelImage(width, height, Channels);
        larger.Pixels.AsSpan().Fill(background);
        larger.Paste(this, 0, 0);
        return larger;
    }

    static PixelImage Canvas(
        IReadOnlyList<PixelImage> images, Func<IReadOnlyList<PixelImage>, long> width, Func<IReadOnlyList<PixelImage>, long> height,
            byte background)
    {
        if (images.Count == 0) throw new ArgumentException("at least one picture is needed to join pictures", nameof(images));
        var canvas = new PixelImage(checked((int)width(images)), checked((int)height(images)), images.Max(i => i.Channels));
        canvas.Pixels.AsSpan().Fill(background);
        return canvas;
    }

    void Paste(PixelImage image, int left, int top)
    {
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> source = image.Pixels.AsSpan(y * image.Width * image.Channels, image.Width * image.Channels);
            Span<byte> line = Pixels.AsSpan((((top + y) * Width) + left) * Channels);
            if (image.Channels == Channels) source.CopyTo(line);
            else
                for (int x = 0; x < source.Length; x++) line.Slice(x * 3, 3).Fill(source[x]);
        }
    }
}
