namespace Boltzmann.Reporting;

/// <summary>A scale of colours for numbers between 0 and 1, with a colour of its own for what is not a number.</summary>
public sealed class ColorMap
{
    readonly byte[] colors;
    readonly byte[] missing;

    ColorMap(int channels, int levels, int missing, params ReadOnlySpan<int> stops)
    {
        Channels = channels;
        Levels = levels;
        this.missing = channels == 1 ? [(byte)missing] : [(byte)(missing >> 16), (byte)(missing >> 8), (byte)missing];
        colors = new byte[levels * channels];
        for (int level = 0; level < levels; level++)
        {
            double position = (double)level / (levels - 1) * (stops.Length - 1);
            int stop = Math.Min((int)position, stops.Length - 2);
            for (int c = 0; c < channels; c++)
            {
                int shift = 8 * (channels - 1 - c);
                double from = (stops[stop] >> shift) & 255, to = (stops[stop + 1] >> shift) & 255;
                colors[(level * channels) + c] = (byte)Math.Round(from + ((to - from) * (position - stop)));
            }
        }
    }

    /// <summary>Black at 0, white at 1; one byte per pixel.</summary>
    public static ColorMap Grey { get; } = new(1, 256, 110, 0, 255);

    /// <summary>Blue below, white at ½, red above. An odd number of levels, so that ½ is exactly neutral.</summary>
    public static ColorMap Diverging { get; } = new(3, 257, 0xFFD60A, 0x082663, 0x2663AD, 0x76ABDB, 0xF7F7F7, 0xEB8B70, 0xBD2931, 0x61061C);

    /// <summary>Dark violet at 0, through red and orange to pale yellow at 1; grows lighter all the way.</summary>
    public static ColorMap Sequential { get; } = new(3, 256, 0x808080, 0x0A081E, 0x3A1660, 0x84226B, 0xCA4248, 0xF07F28, 0xF9C748,
        0xFCFCCD);

    /// <summary>Bytes per colour: 1 grey, 3 red, green, blue.</summary>
    public int Channels { get; }

    /// <summary>Number of different colours.</summary>
    public int Levels { get; }

    /// <summary>The colour of a value; below 0 as 0, above 1 as 1.</summary>
    public ReadOnlySpan<byte> Color(double value)
    {
        if (double.IsNaN(value)) return missing;
        int level = (int)Math.Round(Math.Clamp(value, 0, 1) * (Levels - 1));
        return colors.AsSpan(level * Channels, Channels);
    }
}
