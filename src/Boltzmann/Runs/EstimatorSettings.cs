namespace Boltzmann;

/// <summary>Where the negative phase comes from, as the settings of a run say.</summary>
sealed class EstimatorSettings(RunSettings settings)
{
    /// <summary>An estimator of the gradient of log p(x), or with labels of log p(x, y).</summary>
    /// <param name="model">The machine that learns by it.</param>
    /// <param name="options">Its steps.</param>
    /// <param name="upFactor">cd: what multiplies the inputs of the hidden units.</param>
    /// <param name="downFactor">cd: what multiplies the inputs of the visible units.</param>
    /// <exception cref="BadInputException">A number is out of range, or the machine too large to enumerate.</exception>
    public IGradientEstimator Build(EnergyModel model, TrainerOptions options, double upFactor = 1, double downFactor = 1)
    {
        int steps = (int)options.Steps!.At(1), chains = Whole("chains"), temperatures = Whole("temperatures");
        double fastRate = settings.Number("fast-learning-rate")!.Value;
        if (chains < 1) throw new BadInputException($"--chains must be at least 1, not {chains}");
        switch (settings.Text("method"))
        {
            case "cd":
                return new ContrastiveDivergence(steps, settings.Flag("sample-visible")!.Value, !settings.Flag("hidden-means")!.Value, upFactor: upFactor, downFactor: downFactor);
            case "pcd": return Persistent();
            case "fpcd":
                return fastRate > 0 ? Persistent(fastRate) : throw new BadInputException($"--fast-learning-rate must be above 0, not {fastRate}");
            case "pt":
                if (temperatures < 2) throw new BadInputException($"--temperatures must be at least 2, not {temperatures}");
                return new ParallelTempering(temperatures, chains, steps, Inference());
            case "mp":
                if (model.Layers.FirstOrDefault(layer => !MultiPrediction.Takes(layer)) is Layer other) throw new BadInputException($"--method mp predicts two-valued units and softmaxes of one draw, not {other}");
                if (model.Sides is null) throw new BadInputException("--method mp needs layers with two sides, none joined to itself and no three in a ring");
                return new MultiPrediction(steps);
            case "pl":
                return PseudoLikelihoodGradient.Complaint(model) is not string unfit ? new PseudoLikelihoodGradient()
                    : throw new BadInputException($"--method pl: {unfit}; use --method pcd or pt{(Exact.Reaches(model) ? ", or exact for a machine as small as this" : "")}");
            default:
                // Says at once, not after the first batch, that a machine is too large.
                if (Exact.Complaint(model) is string complaint)
                    throw new BadInputException($"--method exact: {complaint}; use --method pcd or pt{(MetricDefaults.TakesPseudoLikelihood(settings.Text("model")) && PseudoLikelihoodGradient.Complaint(model) is null ? ", or pl, which needs no sum over all states" : "")}");
                return new ExactGradient();
        }

        PersistentContrastiveDivergence Persistent(double fast = 0) => new(chains, steps, fast, inference: Inference(), startAtNoise: settings.Text("start-chains") == "noise");
    }

    // Null for machines whose positive phase is exact, whose settings do not speak of it.
    MeanField? Inference()
    {
        if (settings.Integer("mean-field-updates") is not long updates) return null;
        double tolerance = settings.Number("mean-field-tolerance")!.Value, damping = settings.Number("mean-field-damping")!.Value;
        if (updates < 1) throw new BadInputException($"--mean-field-updates must be at least 1, not {updates}");
        if (!(tolerance >= 0)) throw new BadInputException($"--mean-field-tolerance must be at least 0, not {tolerance}");
        if (damping is not (>= 0 and < 1)) throw new BadInputException($"--mean-field-damping must be at least 0 and below 1, not {damping}");
        return new((int)Math.Min(updates, int.MaxValue), tolerance, damping, settings.Text("mean-field-order") == "parallel" ? SweepOrder.Parallel : SweepOrder.Sequential);
    }

    int Whole(string name) => (int)settings.Integer(name)!;
}
