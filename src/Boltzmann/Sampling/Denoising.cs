namespace Boltzmann.Sampling;

/// <summary>
/// Removes noise of a known kind from rows by what a machine knows of clean ones: E[v | noisy row] under p(v)·p(noisy | v), the guess of
/// least squared error. Noise of independent units joins the machine as one more input of each visible unit, so that it is Gibbs sampling
/// as ever. The columns of a row are those of all visible layers but the labels, side by side.
/// </summary>
public static class Denoising
{
    /// <summary>
    /// Removes normal noise, noisy = v + N(0, σ²): an input noisy/σ² and the potential v²/(2σ²), which adds 1/σ² to the precision of
    /// Gaussian and rectified units and −1/(2σ²) to the bias of Bernoulli units (<see cref="Layer.TryAddPrecision"/>).
    /// </summary>
    /// <param name="model">A machine whose visible units take such a term in their potential: Bernoulli, spin, Gaussian, rectified.</param>
    /// <param name="noisy">[N × visible units], any numbers.</param>
    /// <param name="deviation">σ, positive.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="options">Length of the chains; the defaults when null.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    /// <returns>E[v | noisy], [N × visible units].</returns>
    /// <exception cref="ArgumentException">Visible units are of another kind or number.</exception>
    public static Matrix RemoveNormal(EnergyModel model, Matrix noisy, double deviation, Rng rng, CompletionOptions? options = null,
        CancellationToken cancellation = default)
    {
        if (!(deviation > 0 && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), $"the noise's deviation must be positive and finite, not {deviation}");
        double precision = 1 / (deviation * deviation);
        EnergyModel posterior = model.Clone();
        var evidence = new Matrix?[model.Layers.Count];
        foreach (var (layer, values) in model.DivideRows(noisy))
        {
            if (!posterior.Layers[layer].TryAddPrecision(precision))
                throw new ArgumentException($"normal noise can be removed from Bernoulli, spin, Gaussian, rectified and other units "
                    + $"whose potential takes a term of x², not from {posterior.Layers[layer].Kind} ones");
            evidence[layer] = values.Like(values.Rows, values.Columns);
            evidence[layer]!.SetSum(values, precision);
        }
        return Average(posterior, evidence, noisy.Rows, rng, options, cancellation);
    }

    /// <summary>
    /// Undoes flips of two-valued units, each with probability p: an input of ±log((1 − p)/p)/(high − low), upward where the row is high.
    /// </summary>
    /// <param name="model">A machine of visible units of two values: Bernoulli, spin.</param>
    /// <param name="noisy">[N × visible units], low or high.</param>
    /// <param name="probability">p, between 0 and 1.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="options">Length of the chains; the defaults when null.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    /// <returns>E[v | noisy], [N × visible units].</returns>
    /// <exception cref="ArgumentException">Visible units are of another kind or number.</exception>
    public static Matrix RemoveFlips(EnergyModel model, Matrix noisy, double probability, Rng rng, CompletionOptions? options = null,
        CancellationToken cancellation = default)
    {
        if (!(probability is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability),
            $"the probability of a flip must be between 0 and 1, not {probability}");
        var evidence = new Matrix?[model.Layers.Count];
        foreach (var (layer, values) in model.DivideRows(noisy))
        {
            if (model.Layers[layer].Pair is not (double low, double high))
                throw new ArgumentException($"flips can be undone in two-valued units, not in {model.Layers[layer].Kind} ones");
            // (2x − low − high)/(high − low) is ±1.
            double width = high - low, middle = (high + low) / 2,
                strength = Math.Log((1 - probability) / probability) * 2 / (width * width);
            evidence[layer] = values.Like(values.Rows, values.Columns);
            evidence[layer]!.SetSum(values, strength, Matrix.Row(1, middle, values.Placement), -strength);
        }
        return Average(model, evidence, noisy.Rows, rng, options, cancellation);
    }

    /// <summary>
    /// Brings back two-valued units that masking noise has set to their low value, each with probability p: high values are known, and low
    /// ones have one more input of log p/(high − low).
    /// </summary>
    /// <param name="model">A machine of visible units of two values: Bernoulli, spin.</param>
    /// <param name="noisy">[N × visible units], low or high.</param>
    /// <param name="probability">p, between 0 and 1.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="options">Length of the chains; the defaults when null.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    /// <returns>E[v | noisy], [N × visible units].</returns>
    /// <exception cref="ArgumentException">Visible units are of another kind or number.</exception>
    public static Matrix RemoveMasking(EnergyModel model, Matrix noisy, double probability, Rng rng, CompletionOptions? options = null,
        CancellationToken cancellation = default)
    {
        if (!(probability is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability),
            $"the probability of masking must be between 0 and 1, not {probability}");
        var evidence = new Matrix?[model.Layers.Count];
        var known = new List<Matrix>();
        foreach (var (layer, values) in model.DivideRows(noisy))
        {
            if (model.Layers[layer].Pair is not (double low, double high))
                throw new ArgumentException($"masking can be undone in two-valued units, not in {model.Layers[layer].Kind} ones");
            evidence[layer] = values.Like(values.Rows, values.Columns);
            evidence[layer]!.Fill(Math.Log(probability) / (high - low));
            Matrix isHigh = values.Like(values.Rows, values.Columns);
            isHigh.SetGreater(values, Matrix.Row(values.Columns, (low + high) / 2, values.Placement));
            known.Add(isHigh);
        }
        options ??= new();
        var average = new SampledMeans(model, noisy.Rows, rng, evidence);
        model.ClampRows(average.State, Matrix.Beside([.. known]), noisy);
        return average.Run(options, options.Sweeps, cancellation);
    }

    static Matrix Average(EnergyModel model, Matrix?[] evidence, int rows, Rng rng, CompletionOptions? options,
        CancellationToken cancellation)
    {
        options ??= new();
        return new SampledMeans(model, rows, rng, evidence).Run(options, options.Sweeps, cancellation);
    }
}
