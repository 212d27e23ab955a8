namespace Boltzmann.Experiments;

/// <summary>
/// An open chain of N spins in a transverse field at its critical point, H = −Σ σᶻₙσᶻₙ₊₁ − Σ σˣₙ, whose ground state has positive
/// amplitudes ψ(v): what a machine with p(v) ≈ ψ(v)² says of it. A state's number is its bits read as a binary number, the first spin the
/// highest bit; a bit of 1 is a spin up.
/// </summary>
/// <param name="amplitudes">ψ of every state.</param>
sealed class SpinChain(double[] amplitudes)
{
    /// <summary>ψ of every state.</summary>
    public IReadOnlyList<double> Amplitudes => amplitudes;

    /// <summary>N.</summary>
    public int Spins { get; } = System.Numerics.BitOperations.Log2((uint)amplitudes.Length);

    /// <summary>(Σ ψ √p)²: 1 where p = ψ².</summary>
    /// <param name="p">Probability of every state.</param>
    public double Fidelity(IReadOnlyList<double> p)
    {
        double overlap = 0;
        for (int s = 0; s < amplitudes.Length; s++) overlap += amplitudes[s] * Math.Sqrt(p[s]);
        return overlap * overlap;
    }

    /// <summary>
    /// The energy that a state stands for, Σₙ −zₙzₙ₊₁ − Σₙ √(p(v with spin n turned) / p(v)): its mean over p is ⟨√p|H|√p⟩.
    /// </summary>
    public double LocalEnergy(IReadOnlyList<double> p, int state)
    {
        double energy = -Neighbours(state);
        for (int n = 0; n < Spins; n++) energy -= Math.Sqrt(p[state ^ (1 << n)] / p[state]);
        return energy;
    }

    /// <summary>Σ zₙzₙ₊₁ over neighbours, z = ±1.</summary>
    public int Neighbours(int state)
    {
        int turned = System.Numerics.BitOperations.PopCount((uint)((state ^ (state >> 1)) & ((1 << (Spins - 1)) - 1)));
        return Spins - 1 - 2 * turned;
    }

    /// <summary>The mean of a number over states.</summary>
    public static double Mean(IReadOnlyList<double> p, Func<int, double> of)
    {
        double sum = 0;
        for (int s = 0; s < p.Count; s++) if (p[s] > 0) sum += p[s] * of(s);
        return sum;
    }

    /// <summary>ψ² of every state.</summary>
    public double[] Probabilities() => Array.ConvertAll(amplitudes, a => a * a);

    /// <summary>Numbers of the states in rows of bits.</summary>
    public static int[] Number(Matrix rows)
    {
        var numbers = new int[rows.Rows];
        for (int r = 0; r < numbers.Length; r++)
            foreach (double bit in rows.ReadRow(r)) numbers[r] = 2 * numbers[r] + (bit > 0.5 ? 1 : 0);
        return numbers;
    }

    /// <summary>p(v) of every state by its number, hidden units summed out.</summary>
    public static double[] Probabilities(EnergyModel model)
    {
        double[] listed = Exact.StateProbabilities(model, 0), p = new double[listed.Length];
        var states = new Matrix(listed.Length, model.Layers[0].Units, model.Placement);
        model.Layers[0].SetStates(0, states);
        int[] numbers = Number(states);
        for (int i = 0; i < p.Length; i++) p[numbers[i]] = listed[i];
        return p;
    }
}
