namespace Boltzmann.Compute.Cpu;

/// <content>What the element-wise kernels need besides arithmetic: bounds, masks, the bits of a number, random words.</content>
unsafe partial interface IVec<TV, T>
{
    /// <summary>The same value in every lane, rounded to the lanes' precision.</summary>
    static abstract TV Constant(double value);

    /// <summary>A double, rounded.</summary>
    static abstract T FromDouble(double value);

    /// <summary>Exact.</summary>
    static abstract double ToDouble(T value);

    /// <summary>The greater; b where either is NaN.</summary>
    static abstract TV Max(TV a, TV b);

    /// <summary>The lesser; b where either is NaN.</summary>
    static abstract TV Min(TV a, TV b);

    static abstract TV Abs(TV a);
    static abstract TV Sqrt(TV a);

    /// <summary>a/(√squares + epsilon), within two units of the last place, for roots that are 0 or not below 10⁻¹⁵.</summary>
    static abstract TV OverRoot(TV a, TV squares, TV epsilon);

    /// <summary>All bits set where a &gt; b, none elsewhere and for NaN.</summary>
    static abstract TV Greater(TV a, TV b);

    /// <summary>Bit i tells whether a &gt; b in lane i.</summary>
    static abstract uint GreaterBits(TV a, TV b);

    /// <summary>Whether a &gt; b in any lane.</summary>
    static abstract bool AnyGreater(TV a, TV b);

    /// <summary>All bits set in lanes below <paramref name="count"/>.</summary>
    static abstract TV FirstLanes(int count);

    static abstract TV And(TV a, TV b);

    /// <summary>a where the mask's bits are set, else b.</summary>
    static abstract TV Select(TV mask, TV a, TV b);

    /// <summary>
    /// Adding this to n leaves n + bias in the low bits of the sum, where <see cref="PowerOfTwo"/> finds it: 1.5·2^m + bias, m bits of
    /// mantissa.
    /// </summary>
    static abstract double Shifter { get; }

    /// <summary>2ⁿ from n + <see cref="Shifter"/>, for n within the normal exponents.</summary>
    static abstract TV PowerOfTwo(TV shifted);

    /// <summary>x = mantissa·2^exponent with the mantissa in [√½, √2), for positive normal x.</summary>
    static abstract TV SplitExponent(TV x, out TV exponent);

    /// <summary>Words of the generator as uniforms with 24 bits, see <see cref="Philox.Uniform"/>; reads Count words.</summary>
    static abstract TV Uniform(uint* words);

    /// <summary><see cref="PhiloxVector.Fill"/> in this width.</summary>
    static abstract void Words(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw);
}
