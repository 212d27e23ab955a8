using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <content>Optimisers as ends of a tile: θ, Δ and s are read and written once, while the gradient is in registers.</content>
sealed unsafe partial class Kernels<TV, T, TO>
{
    static TV Splat(double value) => TO.Splat(T.CreateTruncating(value));

    /// <summary>Δ ← momentum·Δ + rate·(scale·sums − L2·θ); θ ← θ + Δ.</summary>
    /// <remarks>Four fields: as many as the compiler keeps in registers.</remarks>
    readonly struct Momentum(in UpdateRule rule, double scale, nint first) : ITileEnd<TV>
    {
        readonly TV momentum = Splat(rule.Momentum), rate = Splat(rule.LearningRate * scale), decay = Splat(-rule.LearningRate * rule.L2);
        readonly nint first = first;

        public static bool IsDeferred => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(TV sums, byte* destination) =>
            Apply(TO.Multiply(momentum, TO.Load((T*)(destination + first))), sums, destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(TV step, TV sums, byte* destination)
        {
            TV theta = TO.Load((T*)destination), delta = TO.Fma(rate, sums, TO.Fma(decay, theta, step));
            TO.Store(delta, (T*)(destination + first));
            TO.Store(TO.Add(theta, delta), (T*)destination);
        }

        public void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns)
        {
            ClearPadding(row, rowBytes, rows, columns, writtenColumns);
            ClearPadding(row + first, rowBytes, rows, columns, writtenColumns);
        }
    }

    /// <summary>As <see cref="Momentum"/>, with L1: Δ ← momentum·Δ + rate·(scale·sums − L2·θ − L1·sign θ); θ ← θ + Δ.</summary>
    readonly struct ShrinkingMomentum(in UpdateRule rule, double scale, nint first) : ITileEnd<TV>
    {
        readonly Momentum rest = new(rule, scale, first);
        readonly TV momentum = Splat(rule.Momentum), shrink = Splat(-rule.LearningRate * rule.L1);
        readonly nint first = first;

        public static bool IsDeferred => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(TV sums, byte* destination) =>
            rest.Apply(TO.Fma(shrink, TO.Sign(TO.Load((T*)destination)), TO.Multiply(momentum, TO.Load((T*)(destination + first)))), sums,
                destination);

        public void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns) =>
            rest.Clear(row, rowBytes, rows, columns, writtenColumns);
    }

    /// <summary>
    /// g = scale·sums − L2·θ − L1·sign θ; m ← β₁m + (1−β₁)g; s ← β₂s + (1−β₂)g²; θ ← θ + rate·(m/(1−β₁ᵗ)) / (√(s/(1−β₂ᵗ)) + ε).
    /// </summary>
    /// <remarks>
    /// Where a gradient has stopped, or weight decay alone moves θ to 0, means of it halve until they are subnormal, with which
    /// processors are slow (a hundredfold). So s has a floor far below ε², and m is 0 or far above: adding and taking away a tiny number
    /// leaves larger ones as they are.
    /// </remarks>
    readonly struct Adam(in UpdateRule rule, double scale, nint first, nint second) : ITileEnd<TV>
    {
        readonly TV scale = Splat(scale), decay = Splat(-rule.L2), shrink = Splat(-rule.L1);
        readonly TV beta1 = Splat(rule.Momentum), rest1 = Splat(1 - rule.Momentum), beta2 = Splat(rule.Beta2),
            rest2 = Splat(1 - rule.Beta2);
        readonly TV rate = Splat(rule.LearningRate / (1 - Math.Pow(rule.Momentum, rule.Time))),
            correction = Splat(1 / (1 - Math.Pow(rule.Beta2, rule.Time)));
        readonly TV epsilon = Splat(rule.Epsilon), tiny = Splat(sizeof(T) == sizeof(float) ? 1e-23 : 1e-290),
            floor = Splat(sizeof(T) == sizeof(float) ? 1e-30 : 1e-290);
        readonly bool shrinks = rule.L1 != 0;
        readonly nint first = first, second = second;

        public static bool IsDeferred => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(TV sums, byte* destination)
        {
            TV theta = TO.Load((T*)destination);
            TV gradient = TO.Fma(scale, sums, TO.Multiply(decay, theta));
            if (shrinks) gradient = TO.Fma(shrink, TO.Sign(theta), gradient);
            TV m = TO.Fma(rest1, gradient, TO.Fma(beta1, TO.Load((T*)(destination + first)), tiny));
            m = TO.Subtract(m, tiny);
            TV s = TO.Fma(TO.Multiply(rest2, gradient), gradient, TO.Fma(beta2, TO.Load((T*)(destination + second)), floor));
            TO.Store(m, (T*)(destination + first));
            TO.Store(s, (T*)(destination + second));
            TV step = TO.Divide(TO.Multiply(rate, m), TO.Add(TO.Sqrt(TO.Multiply(s, correction)), epsilon));
            TO.Store(TO.Add(theta, step), (T*)destination);
        }

        public void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns)
        {
            ClearPadding(row, rowBytes, rows, columns, writtenColumns);
            ClearPadding(row + first, rowBytes, rows, columns, writtenColumns);
            ClearPadding(row + second, rowBytes, rows, columns, writtenColumns);
        }
    }

    /// <summary>g = scale·sums − L2·θ − L1·sign θ; s ← s + g²; θ ← θ + rate·g/(√s + ε).</summary>
    /// <remarks>Where g is 0 nothing moves: root and quotient, most of the work, are left out for vectors of zeros.</remarks>
    readonly struct AdaGrad(in UpdateRule rule, double scale, nint first) : ITileEnd<TV>
    {
        readonly TV scale = Splat(scale), decay = Splat(-rule.L2), shrink = Splat(-rule.L1), rate = Splat(rule.LearningRate),
            epsilon = Splat(rule.Epsilon);
        readonly bool shrinks = rule.L1 != 0, mayStay = rule is { L1: 0, L2: 0 };
        readonly nint first = first;

        public static bool IsDeferred => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(TV sums, byte* destination)
        {
            if (mayStay && TO.IsZero(sums)) return;
            TV theta = TO.Load((T*)destination);
            TV gradient = TO.Fma(scale, sums, TO.Multiply(decay, theta));
            if (shrinks) gradient = TO.Fma(shrink, TO.Sign(theta), gradient);
            TV squares = TO.Fma(gradient, gradient, TO.Load((T*)(destination + first)));
            TO.Store(squares, (T*)(destination + first));
            TV step = TO.OverRoot(TO.Multiply(rate, gradient), squares, epsilon);
            TO.Store(TO.Add(theta, step), (T*)destination);
        }

        public void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns)
        {
            ClearPadding(row, rowBytes, rows, columns, writtenColumns);
            ClearPadding(row + first, rowBytes, rows, columns, writtenColumns);
        }
    }
}
