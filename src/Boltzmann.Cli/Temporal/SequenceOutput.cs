namespace Boltzmann.Cli.Temporal;

/// <summary>Drawings as files.</summary>
static class SequenceOutput
{
    /// <summary>Writes an SVG as itself or as PNG, by the file's ending.</summary>
    public static void WritePicture(string path, string svg)
    {
        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase)) AtomicFile.WriteText(path, svg);
        else AtomicFile.WriteBytes(path, Png.Encode(SvgRaster.Draw(svg)));
    }
}
