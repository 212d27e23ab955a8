namespace Boltzmann.Reporting;

/// <summary>
/// PNG files of 8-bit grey or colour pictures. Lossless; each line takes the filter that leaves the smallest differences.
/// </summary>
public static class Png
{
    /// <summary>The bytes of a .png file.</summary>
    public static byte[] Encode(PixelImage image)
    {
        using var stream = new MemoryStream();
        PngChunks.WriteHeader(stream, image);
        PngChunks.Write(stream, "IDAT", PngChunks.Deflate(image));
        PngChunks.Write(stream, "IEND", []);
        return stream.ToArray();
    }
}
