namespace Boltzmann.Reporting;

/// <summary>
/// Animated PNG: browsers and most viewers play it, older ones show the first frame. Lossless and with all colours, unlike GIF;
/// for particles over sweeps and over epochs.
/// </summary>
public static class Apng
{
    /// <summary>The bytes of an animated .png file that repeats for ever.</summary>
    /// <param name="frames">At least one; all of the same size and channels.</param>
    /// <param name="delayMs">Milliseconds each frame stays, 1 to 65 535.</param>
    /// <param name="lastDelayMs">Milliseconds the last frame stays, so that the eye can rest on the result; as the others when
    /// null.</param>
    /// <exception cref="ArgumentException">There is no frame, the frames differ in size, or a delay is out of range.</exception>
    public static byte[] Encode(IReadOnlyList<PixelImage> frames, int delayMs, int? lastDelayMs = null)
    {
        var all = new AnimationFrames();
        foreach (PixelImage frame in frames) all.Add(frame);
        return all.Encode(delayMs, lastDelayMs);
    }
}
