namespace Boltzmann.Experiments;

/// <summary>
/// The two-dimensional Ising model on a torus of L × L spins without a field, E = −Σ sᵢsⱼ over neighbours, K = 1/T: exact numbers of the
/// finite lattice (B. Kaufman, Physical Review 76, 1949, eq. 82), and Onsager's and Yang's of the infinite one.
/// </summary>
/// <param name="Side">L, at least 3.</param>
/// <param name="Temperature">T.</param>
sealed record IsingLattice(int Side, double Temperature)
{
    /// <summary>Of the infinite lattice, 2/ln(1 + √2).</summary>
    public static double CriticalTemperature { get; } = 2 / Math.Log(1 + Math.Sqrt(2));

    // Differences of log Z, whose error of rounding is about 1e-13 of it, by this step: 1e-7 in the first derivative, 1e-4 in the second.
    const double Step = 1e-4;

    /// <summary>Spins.</summary>
    public int Spins => Side * Side;

    /// <summary>⟨E⟩ a spin.</summary>
    public double Energy => -(LogPartition(1 / Temperature + Step) - LogPartition(1 / Temperature - Step)) / (2 * Step) / Spins;

    /// <summary>Var(E)/(T² N): the specific heat a spin.</summary>
    public double SpecificHeat
    {
        get
        {
            double k = 1 / Temperature;
            return k * k / Spins * (LogPartition(k + Step) - 2 * LogPartition(k) + LogPartition(k - Step)) / (Step * Step);
        }
    }

    /// <summary>The spontaneous magnetisation of the infinite lattice, (1 − sinh⁻⁴ 2K)^⅛, 0 above the critical temperature.</summary>
    public double InfiniteMagnetisation =>
        Temperature >= CriticalTemperature ? 0 : Math.Pow(1 - Math.Pow(Math.Sinh(2 / Temperature), -4), 0.125);

    /// <summary>The machine p ∝ exp(K Σ sᵢsⱼ), each spin joined to its four neighbours on the torus.</summary>
    public BoltzmannMachine Machine(Placement placement)
    {
        var pairs = new List<(int, int)>();
        for (int r = 0; r < Side; r++)
            for (int c = 0; c < Side; c++)
            {
                pairs.Add((r * Side + c, r * Side + (c + 1) % Side));
                pairs.Add((r * Side + c, (r + 1) % Side * Side + c));
            }
        var machine = new BoltzmannMachine(new SpinLayer(Spins, placement), new EdgeList(Spins, pairs));
        machine.VisibleWeights.Fill(1 / Temperature);
        return machine;
    }

    /// <summary>log Z at K: four products over the lattice's modes, cosh γ_l = cosh 2K coth 2K − cos(lπ/L).</summary>
    public double LogPartition(double k)
    {
        double[] odd = [.. Enumerable.Range(0, Side).Select(r => Gamma(k, 2 * r + 1))];
        double[] even = [.. Enumerable.Range(0, Side).Select(r => Gamma(k, 2 * r))];
        (double Log, int Sign)[] terms = [Product(odd, false), Product(odd, true), Product(even, false), Product(even, true)];
        double greatest = terms.Max(t => t.Log), sum = terms.Sum(t => t.Sign * Math.Exp(t.Log - greatest));
        return -Math.Log(2) + Spins / 2.0 * Math.Log(2 * Math.Sinh(2 * k)) + greatest + Math.Log(sum);
    }

    // γ₀ = 2K + ln tanh K has a sign of its own, negative above the critical temperature.
    double Gamma(double k, int l) => l == 0 ? 2 * k + Math.Log(Math.Tanh(k))
        : Math.Acosh(Math.Cosh(2 * k) / Math.Tanh(2 * k) - Math.Cos(l * Math.PI / Side));

    (double Log, int Sign) Product(double[] gammas, bool isSine)
    {
        double log = 0;
        int sign = 1;
        foreach (double gamma in gammas)
        {
            double x = Side * gamma / 2, e = Math.Exp(-2 * Math.Abs(x));
            log += Math.Abs(x) + Math.Log(isSine ? 1 - e : 1 + e);
            if (isSine && x < 0) sign = -sign;
        }
        return (log, sign);
    }
}
