using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Fields of real numbers in float.</summary>
unsafe struct FloatFields<TF, TFO> : IFieldEntries where TFO : struct, IVec<TF, float>
{
    const int Lanes = LaneProgram.Lanes, Block = FieldRows.Block;

    public static void Turn(float* noise, byte* turned) => Turning.Floats(noise, Block, Lanes, (float*)turned);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Above(byte* noise, byte* fields)
    {
        uint bits = 0;
        for (int i = 0; i < Block; i += TFO.Count)
            bits |= TFO.GreaterBits(TFO.Load((float*)noise + i), TFO.Load((float*)fields + i)) << i;
        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(byte* fields, byte* row, int count, bool isOn)
    {
        for (int k = 0; k < count; k += TFO.Count)
        {
            TF field = TFO.Load((float*)fields + k), entry = TFO.Load((float*)row + k);
            TFO.Store(isOn ? TFO.Add(field, entry) : TFO.Subtract(field, entry), (float*)fields + k);
        }
    }

    // Some vectors of sums at a time, which stay in registers; rows are padded so far that four always fit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddAll(byte* fields, byte* rows, nint rowBytes, int* units, int unitCount, int count)
    {
        int n = TFO.Count;
        for (int k = 0; k < count; k += 4 * n)
        {
            float* to = (float*)fields + k;
            TF a = TFO.Load(to), b = TFO.Load(to + n), c = TFO.Load(to + 2 * n), d = TFO.Load(to + 3 * n);
            for (int u = 0; u < unitCount; u++)
            {
                float* entries = (float*)(rows + units[u] * rowBytes) + k;
                a = TFO.Add(a, TFO.Load(entries));
                b = TFO.Add(b, TFO.Load(entries + n));
                c = TFO.Add(c, TFO.Load(entries + 2 * n));
                d = TFO.Add(d, TFO.Load(entries + 3 * n));
            }
            TFO.Store(a, to);
            TFO.Store(b, to + n);
            TFO.Store(c, to + 2 * n);
            TFO.Store(d, to + 3 * n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Flip(ChainLanes chains, int chain, nint place, byte* fields, bool isOn, int half)
    {
        double change = ((float*)fields)[place] * chains.Program.Step;
        chains.Energies[chain] += isOn ? change : -change;
        ((float*)chains.States)[place * Lanes + chain] = isOn ? 1 : 0;
    }
}
