using System.Runtime.CompilerServices;

namespace Boltzmann.Data;

/// <summary>
/// Draws one digit: a skeleton whose points are shaken, joined by smooth curves, bent, slanted and fitted as MNIST's digits are (into a box
/// of 20 × 20 pixels, centre of mass in the middle of 28 × 28), then inked with a pen of soft edge and changing pressure.
/// </summary>
sealed class DigitPen
{
    public const int Side = 28;

    const int MostPoints = 512;
    const float Box = 20, Softness = 0.75f;   // half the width of the edge, in pixels

    readonly float[] x = new float[MostPoints], y = new float[MostPoints], radius = new float[MostPoints];
    readonly bool[] starts = new bool[MostPoints];   // a stroke begins here: no line from the point before
    readonly float[] ink = new float[Side * Side];
    int count;

    public void Draw(int digit, DigitRandom random, Span<byte> pixels)
    {
        Trace(DigitSkeletons.Styles[digit], ref random);
        Bend(ref random);
        float pen = Math.Clamp(1.17f * MathF.Exp(0.27f * random.Normal()), 0.65f, 2.1f);
        Fit(pen);
        Press(pen, ref random);
        Ink();
        Dry(pixels, ref random);
    }

    // Curves of Catmull and Rom (1974) through the shaken points of each stroke; a repeated point ends one curve and begins the next.
    void Trace(float[][][] styles, ref DigitRandom random)
    {
        count = 0;
        float shake = random.Uniform(0.01f, 0.034f);
        Span<float> points = stackalloc float[64];
        foreach (float[] stroke in styles[random.Integer(styles.Length)])
        {
            for (int i = 0; i < stroke.Length; i += 2)
            {
                bool repeats = IsCorner(stroke, i);
                points[i] = repeats ? points[i - 2] : stroke[i] + shake * random.Normal();
                points[i + 1] = repeats ? points[i - 1] : stroke[i + 1] + shake * random.Normal();
            }
            Add(points[0], points[1], start: true);
            for (int first = 0, end; first < stroke.Length - 2; first = end)
            {
                for (end = first + 2; end < stroke.Length && !IsCorner(stroke, end); end += 2) { }
                Curve(points[first..end]);
            }
        }
    }

    static bool IsCorner(float[] stroke, int i) => i >= 2 && stroke[i] == stroke[i - 2] && stroke[i + 1] == stroke[i - 1];

    void Curve(ReadOnlySpan<float> points)
    {
        for (int i = 0; i + 2 < points.Length; i += 2)
        {
            int before = Math.Max(i - 2, 0), after = Math.Min(i + 4, points.Length - 2);
            float dx = points[i + 2] - points[i], dy = points[i + 3] - points[i + 1];
            int steps = Math.Clamp((int)(MathF.Sqrt(dx * dx + dy * dy) * 14), 2, 8);
            for (int step = 1; step <= steps; step++)
            {
                float t = (float)step / steps;
                Add(Spline(points[before], points[i], points[i + 2], points[after], t),
                    Spline(points[before + 1], points[i + 1], points[i + 3], points[after + 1], t), start: false);
            }
        }
    }

    static float Spline(float a, float b, float c, float d, float t) =>
        b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

    void Add(float px, float py, bool start)
    {
        if (count == MostPoints) return;
        x[count] = px;
        y[count] = py;
        starts[count++] = start;
    }

    // Two long waves along each axis, then width, slant and rotation: most writers lean to the right.
    void Bend(ref DigitRandom random)
    {
        float width = MathF.Exp(0.19f * random.Normal()), slant = 0.12f + 0.22f * random.Normal(), turn = 0.1f * random.Normal();
        float cos = MathF.Cos(turn), sin = MathF.Sin(turn), size = random.Uniform(0.01f, 0.055f);
        Span<float> waves = stackalloc float[16];
        for (int w = 0; w < 16; w += 4)
        {
            waves[w] = size * random.Normal();
            waves[w + 1] = random.Uniform(-7, 7);
            waves[w + 2] = random.Uniform(-7, 7);
            waves[w + 3] = random.Uniform(0, 2 * MathF.PI);
        }
        for (int i = 0; i < count; i++)
        {
            float px = x[i], py = y[i];
            float bx = px + Wave(waves, px, py) + Wave(waves[4..], px, py), by = py - 0.5f + Wave(waves[8..], px, py)
                + Wave(waves[12..], px, py);
            bx = width * bx - slant * by;
            x[i] = cos * bx - sin * by;
            y[i] = sin * bx + cos * by;
        }
    }

    static float Wave(ReadOnlySpan<float> wave, float px, float py) => wave[0] * MathF.Sin(wave[1] * px + wave[2] * py + wave[3]);

    // Scales the longer side, ink included, to the box, and puts the centre of mass of the line into the middle of the picture.
    void Fit(float pen)
    {
        float left = float.MaxValue, right = float.MinValue, top = float.MaxValue, bottom = float.MinValue, mass = 0, massX = 0, massY = 0;
        for (int i = 0; i < count; i++)
        {
            left = Math.Min(left, x[i]);
            right = Math.Max(right, x[i]);
            top = Math.Min(top, y[i]);
            bottom = Math.Max(bottom, y[i]);
            if (starts[i]) continue;
            float dx = x[i] - x[i - 1], dy = y[i] - y[i - 1], length = MathF.Sqrt(dx * dx + dy * dy);
            mass += length;
            massX += length * (x[i] + x[i - 1]) / 2;
            massY += length * (y[i] + y[i - 1]) / 2;
        }
        float scale = (Box - 2 * pen) / Math.Max(Math.Max(right - left, bottom - top), 1e-3f);
        float middleX = massX / Math.Max(mass, 1e-6f), middleY = massY / Math.Max(mass, 1e-6f);
        // Lopsided digits are held back so that no ink runs off the paper.
        float margin = 1.25f * pen + Softness + 1, shiftX = Shift(left, right, middleX), shiftY = Shift(top, bottom, middleY);
        for (int i = 0; i < count; i++)
        {
            x[i] = x[i] * scale + shiftX;
            y[i] = y[i] * scale + shiftY;
        }

        float Shift(float low, float high, float middle) =>
            Math.Clamp((Side - 1) / 2f - middle * scale, margin - low * scale, Side - 1 - margin - high * scale);
    }

    // Pressure swings along the line and falls off a little where the pen leaves the paper.
    void Press(float pen, ref DigitRandom random)
    {
        float swing = random.Uniform(0, 0.22f), rate = random.Uniform(0.1f, 0.3f), phase = random.Uniform(0, 2 * MathF.PI);
        for (int i = 0; i < count; i++)
        {
            bool isEnd = i + 1 == count || starts[i + 1];
            radius[i] = pen * (1 + swing * MathF.Sin(phase + rate * i)) * (isEnd ? 0.85f : 1);
        }
    }

    // A pixel takes the ink of the segment that covers it most: full within the pen's radius, none a pen's edge further out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // 12 000 digits are gone before the tiers have noticed
    void Ink()
    {
        Array.Clear(ink);
        for (int i = 1; i < count; i++)
        {
            if (starts[i]) continue;
            float ax = x[i - 1], ay = y[i - 1], dx = x[i] - ax, dy = y[i] - ay, r = (radius[i - 1] + radius[i]) / 2, reach = r + Softness;
            float perLength = 1 / Math.Max(dx * dx + dy * dy, 1e-9f), inner = Math.Max(r - Softness, 0);
            int firstX = Math.Max((int)MathF.Ceiling(Math.Min(ax, ax + dx) - reach), 0),
                lastX = Math.Min((int)MathF.Floor(Math.Max(ax, ax + dx) + reach), Side - 1);
            int firstY = Math.Max((int)MathF.Ceiling(Math.Min(ay, ay + dy) - reach), 0),
                lastY = Math.Min((int)MathF.Floor(Math.Max(ay, ay + dy) + reach), Side - 1);
            for (int py = firstY; py <= lastY; py++)
            {
                for (int px = firstX; px <= lastX; px++)
                {
                    float t = Math.Clamp(((px - ax) * dx + (py - ay) * dy) * perLength, 0, 1);
                    float ex = px - ax - t * dx, ey = py - ay - t * dy, square = ex * ex + ey * ey;
                    if (square >= reach * reach) continue;
                    float cover = square <= inner * inner ? 1 : (reach - MathF.Sqrt(square)) / (reach - inner);
                    ref float place = ref ink[py * Side + px];
                    if (cover > place) place = cover;
                }
            }
        }
    }

    // The scanner's noise shows in the ink alone; paper is exactly 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Dry(Span<byte> pixels, ref DigitRandom random)
    {
        float darkness = random.Uniform(255, 280);
        for (int i = 0; i < pixels.Length; i++)
        {
            float cover = ink[i];
            pixels[i] = cover <= 0 ? (byte)0 : (byte)Math.Clamp(darkness * cover * (1 - 0.06f * random.Uniform()), 0, 255);
        }
    }
}
