using System.Runtime.InteropServices;

namespace Boltzmann.Training;

/// <summary>One update of a machine with memory: gradient, limit, penalties, step.</summary>
sealed class SequenceUpdate
{
    readonly SequenceModel model;
    readonly SequenceTrainerOptions options;
    readonly IOptimizer optimizer;
    readonly StepPhases phases;
    readonly ThroughTime through;
    readonly SequenceGradient gradient;
    readonly IConstraint[] constraints;
    readonly List<ParameterStep> steps = [];
    readonly List<Factor> factors = [];

    public SequenceUpdate(SequenceModel model, SequenceTrainerOptions options, IOptimizer optimizer)
    {
        (this.model, this.options, this.optimizer) = (model, options, optimizer);
        phases = new(model, options.IsExact, options.SampleVisible, options.IsPrediction) { Steps = (int)options.Steps.At(1) };
        through = new(model, phases);
        gradient = new(model);
        constraints = [new Positivity(model.Parameters)];
    }

    /// <summary>Learns a stretch of sequences; the memory ends after it.</summary>
    public void Learn(PackedSteps packed, Matrix rows, Matrix? weights, double total, MemoryState memory, Rng rng, int epoch)
    {
        phases.Steps = (int)options.Steps.At(epoch);
        through.Estimate(packed, rows, weights, total, memory, gradient, rng);
        if (double.IsFinite(options.Clip) && gradient.Norm() is double norm && norm > options.Clip) gradient.Scale(options.Clip / norm);
        optimizer.Time++;
        var rates = new StepRates(options.LearningRate.At(epoch), options.Momentum.At(epoch), 0, 0);
        steps.Clear();
        factors.Clear();
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            Parameter parameter = model.Parameters[p];
            if (parameter.IsFixed) continue;
            StepRates own = parameter.IsPositive ? rates with { LearningRate = rates.LearningRate * options.PrecisionRate } : rates;
            if (parameter.IsPositive && constraints.Move(p, gradient.ToDense(p), optimizer, own)) continue;
            int before = factors.Count;
            factors.AddRange(gradient.Factors(p));
            if (parameter.IsWeight) own = own with { L2 = options.L2, L1 = options.L1 };
            steps.Add(new(p, parameter.Value, factors.Count - before, own));
        }
        optimizer.Apply(CollectionsMarshal.AsSpan(steps), CollectionsMarshal.AsSpan(factors));
    }

    /// <summary>The gradient of a stretch by every parameter, each a matrix of its shape; nothing moves.</summary>
    internal Matrix[] Gradient(PackedSteps packed, Matrix rows, Matrix? weights, double total, MemoryState memory, Rng rng)
    {
        through.Estimate(packed, rows, weights, total, memory, gradient, rng);
        return [.. model.Parameters.Select((_, p) => gradient.ToDense(p).Clone())];
    }
}
