namespace Boltzmann;

/// <summary>What happened to each value of clean rows by itself, for <see cref="TrainedModel.Denoise"/> to undo.</summary>
public abstract record Noise
{
    private protected Noise() { }

    /// <summary>Normal noise was added: noisy = v + N(0, σ²).</summary>
    /// <param name="deviation">σ, in the units of the data.</param>
    /// <exception cref="BadInputException">It is not above 0.</exception>
    public static Noise Normal(double deviation) => deviation > 0 && double.IsFinite(deviation) ? new NormalNoise(deviation)
        : throw new BadInputException($"the noise's deviation must be positive and finite, not {deviation}");

    /// <summary>Bits were turned over.</summary>
    /// <param name="probability">Of each bit, between 0 and 1.</param>
    /// <exception cref="BadInputException">It is not.</exception>
    public static Noise Flips(double probability) => new FlipNoise(Checked(probability, "flip"));

    /// <summary>Bits were replaced by low or high, either as often: half of them were flipped, the others are as they were.</summary>
    /// <param name="probability">That a bit was replaced, between 0 and 1.</param>
    /// <exception cref="BadInputException">It is not.</exception>
    public static Noise SaltAndPepper(double probability) => new FlipNoise(Checked(probability, "replacement") / 2);

    /// <summary>Bits were set to low: masking noise, or dropout.</summary>
    /// <param name="probability">That a bit was set to low, whatever it was, between 0 and 1.</param>
    /// <exception cref="BadInputException">It is not.</exception>
    public static Noise Masking(double probability) => new MaskingNoise(Checked(probability, "mask"));

    /// <summary>Whether noisy values lie where clean ones do, and in the units that scaling brings them to.</summary>
    internal virtual bool KeepsValues => true;

    /// <summary>E[v | noisy rows].</summary>
    internal abstract Matrix Remove(EnergyModel model, Matrix noisy, Rng rng, CompletionOptions? options);

    static double Checked(double probability, string what) => probability is > 0 and < 1 ? probability
        : throw new BadInputException($"the probability of a {what} must be between 0 and 1, not {probability}");

    sealed record NormalNoise(double Deviation) : Noise
    {
        internal override bool KeepsValues => false;

        internal override Matrix Remove(EnergyModel model, Matrix noisy, Rng rng, CompletionOptions? options) =>
            Denoising.RemoveNormal(model, noisy, Deviation, rng, options);
    }

    sealed record FlipNoise(double Probability) : Noise
    {
        internal override Matrix Remove(EnergyModel model, Matrix noisy, Rng rng, CompletionOptions? options) =>
            Denoising.RemoveFlips(model, noisy, Probability, rng, options);
    }

    sealed record MaskingNoise(double Probability) : Noise
    {
        internal override Matrix Remove(EnergyModel model, Matrix noisy, Rng rng, CompletionOptions? options) =>
            Denoising.RemoveMasking(model, noisy, Probability, rng, options);
    }
}
