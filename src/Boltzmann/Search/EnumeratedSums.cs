namespace Boltzmann.Searching;

/// <summary>
/// log Z and marginals from all states in the order of Gray's code. A variable keeps its value between its flips, so what the states in
/// between weigh is added to it at once: one addition a state, however many variables.
/// </summary>
sealed class EnumeratedSums
{
    readonly double beta;
    readonly double[] on, since;
    double least, sum = 1;

    /// <summary>Begins with the state of zeros.</summary>
    public EnumeratedSums(int variables, double beta, double energy)
    {
        this.beta = beta;
        (on, since) = (new double[variables], new double[variables]);
        least = energy;
    }

    /// <summary>The next state.</summary>
    /// <param name="flip">The variable that changed.</param>
    /// <param name="isOn">Whether it now is 1.</param>
    /// <param name="energy">Of the state.</param>
    public void Add(int flip, bool isOn, double energy)
    {
        if (isOn) since[flip] = sum;
        else on[flip] += sum - since[flip];
        if (energy < least) Rescale(energy);
        sum += Math.Exp(-beta * (energy - least));
    }

    /// <summary>Tells what the sums are.</summary>
    /// <param name="run">Told.</param>
    /// <param name="state">The last one.</param>
    public void End(SearchRun run, ReadOnlySpan<byte> state)
    {
        double[] means = new double[on.Length];
        for (int i = 0; i < on.Length; i++) means[i] = Math.Clamp((on[i] + (state[i] != 0 ? sum - since[i] : 0)) / sum, 0, 1);
        run.LogPartition = new(beta, Math.Log(sum) - beta * least, 0, "exact");
        var marginals = Marginals.Exact(beta, means);
        run.Marginals = () => marginals;
    }

    // All weights are taken from the lowest energy so far, so that none overflows.
    void Rescale(double energy)
    {
        double factor = Math.Exp(-beta * (least - energy));
        sum *= factor;
        for (int i = 0; i < on.Length; i++)
        {
            on[i] *= factor;
            since[i] *= factor;
        }
        least = energy;
    }
}
