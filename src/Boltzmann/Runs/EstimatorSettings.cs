namespace Boltzmann.Runs;

/// <summary>Where the negative phase comes from, as a plan says.</summary>
sealed class EstimatorSettings(TrainPlan plan)
{
    /// <summary>An estimator of the gradient of log p(x), or with labels of log p(x, y).</summary>
    /// <param name="model">The machine that learns by it.</param>
    /// <param name="options">Its steps.</param>
    /// <param name="upFactor">cd: what multiplies the inputs of the hidden units.</param>
    /// <param name="downFactor">cd: what multiplies the inputs of the visible units.</param>
    /// <exception cref="BadInputException">A number is out of range, or the machine too large to enumerate.</exception>
    public IGradientEstimator Build(EnergyModel model, TrainerOptions options, double upFactor = 1, double downFactor = 1)
    {
        int steps = (int)options.Steps!.At(1);
        // A chain that lives on would be of another length at every batch, and never come to rest: measured far worse than cd.
        if (plan.Method != TrainingMethod.Cd && model.Layers.Any(layer => layer.DrawsByRow))
            throw new BadInputException($"--method {ChoiceWords.Of(plan.Method)}: rows with draws of their own (--draws row) are "
                + "learned by --method cd, whose chains begin at them; --steps 5 or more suits them");
        switch (plan.Method)
        {
            case TrainingMethod.Cd:
                return new ContrastiveDivergence(steps, plan.SampleVisible, !plan.HiddenMeans, upFactor: upFactor, downFactor: downFactor);
            case TrainingMethod.Pcd: return Persistent();
            case TrainingMethod.Fpcd:
                return plan.FastLearningRate > 0 ? Persistent(plan.FastLearningRate)
                    : throw new BadInputException($"--fast-learning-rate must be above 0, not {plan.FastLearningRate}");
            case TrainingMethod.Pt:
                if (plan.Temperatures < 2) throw new BadInputException($"--temperatures must be at least 2, not {plan.Temperatures}");
                return new ParallelTempering(plan.Temperatures, plan.Chains, steps, Inference());
            case TrainingMethod.Mp:
                if (model.Layers.FirstOrDefault(layer => !MultiPrediction.Takes(layer)) is Layer other)
                    throw new BadInputException($"--method mp predicts two-valued units and softmaxes of one draw, not {other}");
                if (model.Sides is null)
                    throw new BadInputException("--method mp needs layers with two sides, none joined to itself and no three in a ring");
                return new MultiPrediction(steps);
            case TrainingMethod.Pl:
                return PseudoLikelihoodGradient.Complaint(model) is not string unfit ? new PseudoLikelihoodGradient()
                    : throw new BadInputException($"--method pl: {unfit}; use --method pcd or "
                    + $"pt{(Exact.Reaches(model) ? ", or exact for a machine as small as this" : "")}");
            default:
                // Says at once, not after the first batch, that a machine is too large.
                if (Exact.Complaint(model) is string complaint)
                {
                    bool takesPseudo = MetricDefaults.TakesPseudoLikelihood(plan.Kind) && PseudoLikelihoodGradient.Complaint(model) is null;
                    throw new BadInputException($"--method exact: {complaint}; use --method pcd or pt"
                        + (takesPseudo ? ", or pl, which needs no sum over all states" : ""));
                }
                return new ExactGradient();
        }

        PersistentContrastiveDivergence Persistent(double fast = 0) =>
            new(plan.Chains, steps, fast, inference: Inference(), startAtNoise: plan.StartChains == ChainStart.Noise);
    }

    // Null for machines whose positive phase is exact, whose settings do not speak of it.
    MeanField? Inference() => plan.Takes("mean-field-updates")
        ? new(plan.MeanFieldUpdates, plan.MeanFieldTolerance, plan.MeanFieldDamping, plan.MeanFieldOrder)
        : null;
}
