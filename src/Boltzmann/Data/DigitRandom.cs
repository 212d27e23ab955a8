namespace Boltzmann.Data;

/// <summary>The random numbers of one digit, in the order they are asked for: words of Philox at (number, 0, index, stream).</summary>
struct DigitRandom(ulong seed, uint stream, uint index)
{
    uint next, spare1, spare2, spare3;
    int spares;

    /// <summary>Uniform in [0, 1).</summary>
    public float Uniform() => (Word() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float Uniform(float low, float high) => low + (high - low) * Uniform();

    /// <summary>One of 0 … bound − 1.</summary>
    public int Integer(int bound) => (int)(((ulong)Word() * (uint)bound) >> 32);

    /// <summary>Nearly normal with variance 1 and never beyond ±3: hands do not slip without limit. A sum of six uniforms.</summary>
    public float Normal()
    {
        float sum = 0;
        for (int i = 0; i < 6; i++) sum += Uniform();
        return (sum - 3) * 1.41421356f;
    }

    uint Word()
    {
        switch (spares)
        {
            case 3: spares = 2; return spare1;
            case 2: spares = 1; return spare2;
            case 1: spares = 0; return spare3;
        }
        (uint first, spare1, spare2, spare3) = Philox.Words(next++, 0, index, stream, seed);
        spares = 3;
        return first;
    }
}
