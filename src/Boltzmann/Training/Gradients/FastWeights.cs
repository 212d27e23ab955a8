namespace Boltzmann.Training;

/// <summary>
/// The fast copy of FPCD: θ_fast ← decay·θ_fast + rate·gradient, and a machine with θ + θ_fast (Tieleman and Hinton 2009).
/// </summary>
sealed class FastWeights
{
    readonly EnergyModel slow, sum;
    readonly Matrix[] deltas;
    readonly double rate, decay;
    readonly List<Factor> scaled = [];
    readonly Matrix one;

    public FastWeights(EnergyModel slow, double rate, double decay)
    {
        this.slow = slow;
        this.rate = rate;
        this.decay = decay;
        sum = slow.Clone();
        deltas = [.. slow.Parameters.Select(p => p.Value.Like(p.Value.Rows, p.Value.Columns))];
        one = Matrix.Row(1, 1, slow.Placement);
    }

    /// <summary>The machine that the chains follow.</summary>
    public EnergyModel Model => sum;

    /// <summary>θ_fast, by name.</summary>
    public IEnumerable<(string Name, Matrix Value)> Memory => deltas.Select((m, i) => ($"fast.{slow.Parameters[i].Name}", m));

    /// <summary>Sets the machine to θ + θ_fast. A precision, which must stay positive, has no fast part.</summary>
    public void Refresh()
    {
        for (int i = 0; i < deltas.Length; i++)
            if (slow.Parameters[i].IsPositive) sum.Parameters[i].Value.SetCopy(slow.Parameters[i].Value);
            else sum.Parameters[i].Value.SetSum(slow.Parameters[i].Value, 1, deltas[i]);
        sum.Symmetrize();
    }

    /// <summary>Moves θ_fast along a gradient.</summary>
    public void Learn(Gradient gradient)
    {
        for (int i = 0; i < deltas.Length; i++)
        {
            Parameter parameter = slow.Parameters[i];
            if (parameter.IsPositive) continue;
            scaled.Clear();
            if (parameter.IsWeight)
                foreach (Factor f in gradient.Factors(i)) scaled.Add(f with { Scale = rate * f.Scale });
            else scaled.Add(new Factor(one, gradient.Dense(i), rate));
            deltas[i].SetOuterProducts(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scaled), decay);
        }
    }
}
