using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>Tables of numbers with rows and columns exchanged.</summary>
static unsafe class Turning
{
    /// <summary>to[c][r] = from[r][c] of 16-bit numbers.</summary>
    /// <param name="from">Rows one behind the other.</param>
    /// <param name="rows">A multiple of 8.</param>
    /// <param name="columns">A multiple of 8.</param>
    /// <param name="to">Of <paramref name="columns"/> rows.</param>
    public static void Shorts(short* from, int rows, int columns, short* to)
    {
        for (int r = 0; r < rows; r += 8)
            for (int c = 0; c < columns; c += 8)
                if (Sse2.IsSupported) Eight(from + r * columns + c, columns, to + c * rows + r, rows);
                else
                    for (int i = 0; i < 8; i++)
                        for (int j = 0; j < 8; j++) to[(c + j) * rows + r + i] = from[(r + i) * columns + c + j];
    }

    /// <summary>to[c][r] = from[r][c] of floats.</summary>
    /// <param name="from">Rows one behind the other.</param>
    /// <param name="rows">A multiple of 4.</param>
    /// <param name="columns">A multiple of 4.</param>
    /// <param name="to">Of <paramref name="columns"/> rows.</param>
    public static void Floats(float* from, int rows, int columns, float* to)
    {
        for (int r = 0; r < rows; r += 4)
            for (int c = 0; c < columns; c += 4)
                if (Sse.IsSupported) Four(from + r * columns + c, columns, to + c * rows + r, rows);
                else
                    for (int i = 0; i < 4; i++)
                        for (int j = 0; j < 4; j++) to[(c + j) * rows + r + i] = from[(r + i) * columns + c + j];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Eight(short* from, int step, short* to, int toStep)
    {
        Vector128<short> a = Vector128.Load(from), b = Vector128.Load(from + step), c = Vector128.Load(from + 2 * step),
            d = Vector128.Load(from + 3 * step), e = Vector128.Load(from + 4 * step), f = Vector128.Load(from + 5 * step),
            g = Vector128.Load(from + 6 * step), h = Vector128.Load(from + 7 * step);
        Vector128<int> ab0 = Sse2.UnpackLow(a, b).AsInt32(), ab1 = Sse2.UnpackHigh(a, b).AsInt32(),
            cd0 = Sse2.UnpackLow(c, d).AsInt32(), cd1 = Sse2.UnpackHigh(c, d).AsInt32(),
            ef0 = Sse2.UnpackLow(e, f).AsInt32(), ef1 = Sse2.UnpackHigh(e, f).AsInt32(),
            gh0 = Sse2.UnpackLow(g, h).AsInt32(), gh1 = Sse2.UnpackHigh(g, h).AsInt32();
        Two(ab0, cd0, ef0, gh0, to, toStep);
        Two(ab1, cd1, ef1, gh1, to + 4 * toStep, toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Two(Vector128<int> ab, Vector128<int> cd, Vector128<int> ef, Vector128<int> gh, short* to, int step)
    {
        Vector128<long> lowerHalf = Sse2.UnpackLow(ab, cd).AsInt64(), lowerRest = Sse2.UnpackLow(ef, gh).AsInt64(),
            upperHalf = Sse2.UnpackHigh(ab, cd).AsInt64(), upperRest = Sse2.UnpackHigh(ef, gh).AsInt64();
        Sse2.UnpackLow(lowerHalf, lowerRest).AsInt16().Store(to);
        Sse2.UnpackHigh(lowerHalf, lowerRest).AsInt16().Store(to + step);
        Sse2.UnpackLow(upperHalf, upperRest).AsInt16().Store(to + 2 * step);
        Sse2.UnpackHigh(upperHalf, upperRest).AsInt16().Store(to + 3 * step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Four(float* from, int step, float* to, int toStep)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + step), c = Vector128.Load(from + 2 * step),
            d = Vector128.Load(from + 3 * step);
        Vector128<float> ab0 = Sse.UnpackLow(a, b), ab1 = Sse.UnpackHigh(a, b), cd0 = Sse.UnpackLow(c, d), cd1 = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab0, cd0).Store(to);
        Sse.MoveHighToLow(cd0, ab0).Store(to + toStep);
        Sse.MoveLowToHigh(ab1, cd1).Store(to + 2 * toStep);
        Sse.MoveHighToLow(cd1, ab1).Store(to + 3 * toStep);
    }
}
