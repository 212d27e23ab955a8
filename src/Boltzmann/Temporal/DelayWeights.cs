namespace Boltzmann.Temporal;

/// <summary>
/// The arithmetic of delays, on the numbers of one sequence. Spikes of unit i that arrived d steps ago and before, Σ_{δ≥d}
/// λ^{δ−d}·x_i(t−δ),
/// are the same for all connections of that delay, and so are those still under way; both are kept by delay, and a connection looks up its
/// own.
/// </summary>
sealed class DelayWeights
{
    readonly int[] delays;
    readonly double[] lambdas, mus;
    readonly int visible, longest, arrivals, kinds;

    // μ_l^{d−1} at d·L + l.
    readonly double[] powers;

    public DelayWeights(int[] delays, int visible, double[] lambdas, double[] mus)
    {
        (this.delays, this.visible, this.lambdas, this.mus) = (delays, visible, lambdas, mus);
        longest = delays.Max();
        (arrivals, kinds) = (lambdas.Length, mus.Length);
        powers = new double[(longest + 1) * kinds];
        for (int d = 1; d <= longest; d++)
            for (int l = 0; l < kinds; l++) powers[d * kinds + l] = Math.Pow(mus[l], d - 1);
    }

    /// <summary>x_i(t − δ) at (δ − 1)·V + i, for δ below the longest delay.</summary>
    public int PastWidth => Math.Max(1, longest - 1) * visible;

    /// <summary>Σ_{δ'≥δ} λ_k^{δ'−δ}·x_i(t−δ') at ((δ − 1)·V + i)·K + k, for δ from 1 to the longest delay.</summary>
    public int TraceWidth => longest * visible * arrivals;

    /// <summary>γ_il at i·L + l.</summary>
    public int OwnWidth => visible * kinds;

    /// <summary>Takes in a step.</summary>
    public void Advance(ReadOnlySpan<double> step, Span<double> past, Span<double> traces, Span<double> own)
    {
        int newest = visible * arrivals;
        // What had arrived after d steps has now after d + 1.
        var first = new double[newest];
        for (int i = 0; i < visible; i++)
            for (int k = 0; k < arrivals; k++) first[i * arrivals + k] = lambdas[k] * traces[i * arrivals + k] + step[i];
        traces[..^newest].CopyTo(traces[newest..]);
        first.CopyTo(traces);
        past[..^visible].CopyTo(past[visible..]);
        step.CopyTo(past);
        for (int i = 0; i < visible; i++)
            for (int l = 0; l < kinds; l++) own[i * kinds + l] = mus[l] * (own[i * kinds + l] + step[i]);
    }

    /// <summary>inputs_j = Σ_i (u_ij·α_ij − v_ij·β_ij) − Σ_i Σ_l v_jil·μ_l^{d_ji−1}·γ_il.</summary>
    public void SetInputs(ReadOnlySpan<double> past, ReadOnlySpan<double> traces, ReadOnlySpan<double> own, ReadOnlySpan<double> u,
        ReadOnlySpan<double> v, Span<double> inputs)
    {
        double[] underWay = UnderWay(past);
        inputs.Clear();
        for (int i = 0; i < visible; i++)
            for (int j = 0; j < visible; j++)
            {
                int c = i * visible + j, d = delays[c];
                ReadOnlySpan<double> alpha = traces.Slice(((d - 1) * visible + i) * arrivals, arrivals), beta = Under(underWay, i, d);
                double sum = 0, back = 0;
                for (int k = 0; k < arrivals; k++) sum += u[c * arrivals + k] * alpha[k];
                for (int l = 0; l < kinds; l++)
                {
                    sum -= v[c * kinds + l] * beta[l];
                    back += v[c * kinds + l] * powers[d * kinds + l] * own[j * kinds + l];
                }
                inputs[j] += sum;
                inputs[i] -= back;
            }
    }

    /// <summary>Adds scale·∂(Σ_j e_j·inputs_j) to the gradients by u and v.</summary>
    public void AddGradient(ReadOnlySpan<double> past, ReadOnlySpan<double> traces, ReadOnlySpan<double> own, ReadOnlySpan<double> errors,
        double scale, Span<double> u, Span<double> v)
    {
        double[] underWay = UnderWay(past);
        for (int i = 0; i < visible; i++)
            for (int j = 0; j < visible; j++)
            {
                int c = i * visible + j, d = delays[c];
                ReadOnlySpan<double> alpha = traces.Slice(((d - 1) * visible + i) * arrivals, arrivals), beta = Under(underWay, i, d);
                double to = scale * errors[j], from = scale * errors[i];
                for (int k = 0; k < arrivals; k++) u[c * arrivals + k] += to * alpha[k];
                for (int l = 0; l < kinds; l++)
                    v[c * kinds + l] -= to * beta[l] + from * powers[d * kinds + l] * own[j * kinds + l];
            }
    }

    // β of unit i for a delay d at ((d − 1)·V + i)·L + l: 0 for d = 1, and for each further step μ·β + x_i(t − d).
    double[] UnderWay(ReadOnlySpan<double> past)
    {
        int width = visible * kinds;
        var all = new double[longest * width];
        for (int d = 2; d <= longest; d++)
            for (int i = 0; i < visible; i++)
                for (int l = 0; l < kinds; l++)
                    all[(d - 1) * width + i * kinds + l] = mus[l] * all[(d - 2) * width + i * kinds + l] + past[(d - 2) * visible + i];
        return all;
    }

    ReadOnlySpan<double> Under(double[] all, int unit, int delay) => all.AsSpan(((delay - 1) * visible + unit) * kinds, kinds);
}
