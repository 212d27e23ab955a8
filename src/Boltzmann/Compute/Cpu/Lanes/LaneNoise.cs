using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Noise for the chains of a group, in float, from the group's random bytes: logistic for units, Gumbel for blocks.</summary>
static unsafe class LaneNoise<TV, TO, TF, TFO> where TO : struct, ILanes<TV> where TFO : struct, IVec<TF, float>
{
    /// <summary>Fills with ln((1 − u)/u)·scale − shift for some units, 64 numbers each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ulong* state, float* noise, int units, double scale, double shift)
    {
        TO.Random(state, (sbyte*)noise, units * sizeof(float));
        TF one = TFO.Constant(1), factor = TFO.Constant(scale), less = TFO.Constant(-shift);
        TF squeeze = TFO.Constant(LaneSweep.Squeeze), middle = TFO.Constant(LaneSweep.Middle);
        for (int i = 0; i < units * LaneProgram.Lanes; i += TFO.Count)
        {
            TF u = TFO.Fma(TFO.Uniform((uint*)noise + i), squeeze, middle);
            TF logit = Logarithm.Log<TF, float, TFO>(TFO.Divide(TFO.Subtract(one, u), u));
            TFO.Store(TFO.Fma(logit, factor, less), noise + i);
        }
    }

    /// <summary>Fills with ln(−ln u)·scale for some units, 64 numbers each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillGumbel(ulong* state, float* noise, int units, double scale)
    {
        TO.Random(state, (sbyte*)noise, units * sizeof(float));
        TF factor = TFO.Constant(scale), squeeze = TFO.Constant(LaneSweep.Squeeze), middle = TFO.Constant(LaneSweep.Middle);
        for (int i = 0; i < units * LaneProgram.Lanes; i += TFO.Count)
        {
            TF u = TFO.Fma(TFO.Uniform((uint*)noise + i), squeeze, middle);
            TF exponential = TFO.Subtract(TFO.Zero, Logarithm.Log<TF, float, TFO>(u));
            TFO.Store(TFO.Multiply(Logarithm.Log<TF, float, TFO>(exponential), factor), noise + i);
        }
    }
}
