using System.Runtime.InteropServices;

namespace Boltzmann.Training;

/// <summary>
/// Up–down fine-tuning of a deep belief network, the contrastive form of wake–sleep (Hinton, Osindero and Teh 2006, section 5 and appendix
/// B). Wake: rows (and labels) go up by draws, and each layer's generative weights learn to bring back the states below. Top: k Gibbs
/// sweeps and contrastive divergence. Sleep: where the sweeps have come goes down by draws, and the recognition weights learn to bring back
/// the states above. The ways up and down get weights of their own.
/// </summary>
/// <remarks>
/// Everything random follows from the seed. The network is best taught greedily first. As with <see cref="Trainer"/>, a run that is left,
/// or saved and resumed, anywhere between two updates gives the same bits as one that was not.
/// </remarks>
public sealed partial class UpDownTrainer
{
    const uint BatchStream = 0x62617463, ChainStream = 0x63686169;
    const int MetricRows = 1000;
    const string ReconstructionError = "reconstruction-error", Accuracy = "accuracy", Validation = "validation-";

    readonly UpDownOptions options;
    readonly IOptimizer optimizer;
    readonly DirectedGradient[] generative, recognition;
    readonly Gradient top;
    readonly ContrastiveDivergence divergence = new(1, sampleVisible: true);
    readonly (Matrix? Dense, Action<List<Factor>>? AddFactors)[] gradients;
    readonly IPenalty[] penalties;
    readonly IConstraint[] constraints;
    readonly FactoredStep step;
    readonly List<ParameterStep> steps = [];
    readonly List<Factor> factors = [];
    readonly Matrix one;
    readonly Rng batchRng, chainRng;
    readonly EpochLoop loop;

    /// <summary>A trainer at the beginning. The network is untied (<see cref="Dbn.Untie"/>).</summary>
    /// <param name="model">The network; its parameters are the start.</param>
    /// <param name="optimizer">How a gradient becomes a step.</param>
    /// <param name="options">Rates and steps.</param>
    /// <param name="seed">Settles everything random.</param>
    /// <exception cref="BadInputException">An option is out of range.</exception>
    public UpDownTrainer(Dbn model, IOptimizer optimizer, UpDownOptions? options = null, ulong seed = Rng.DefaultSeed)
    {
        this.options = options ?? new();
        this.options.Validate();
        this.optimizer = optimizer;
        EarlyStopping? stopping = this.options.EarlyStopping;
        bool higherIsBetter = stopping?.Metric.EndsWith(Accuracy, StringComparison.Ordinal) ?? false;
        loop = new EpochLoop(seed, this.options.BatchSize, this.options.Shuffle, stopping, higherIsBetter);
        model.Untie();
        Model = model;
        int directed = model.Machines.Count - 1;
        generative = [.. Enumerable.Range(0, directed).Select(l => new DirectedGradient(DbnLikelihood.Down(model, l)))];
        recognition = [.. Enumerable.Range(0, directed).Select(l => new DirectedGradient(DbnLikelihood.Up(model, l)))];
        top = new Gradient(model.TopModel);
        gradients = [.. model.Parameters.Select(GradientOf)];
        penalties = [.. this.options.PenaltiesOf(model)];
        constraints = [.. this.options.ConstraintsOf(model)];
        one = Matrix.Row(1, 1, model.Placement);
        batchRng = new Rng(seed, BatchStream);
        chainRng = new Rng(seed, ChainStream);
        step = new FactoredStep(model.Parameters, batchRng);
    }

    /// <summary>The network that learns.</summary>
    public Dbn Model { get; }

    /// <summary>What is added to the gradient of a step, in order.</summary>
    public IReadOnlyList<IPenalty> Penalties => penalties;

    /// <summary>What holds after every update, in order.</summary>
    public IReadOnlyList<IConstraint> Constraints => constraints;

    /// <summary>Epochs completed.</summary>
    public int Epoch => loop.Epoch;

    /// <summary>Rows seen in the epoch after those.</summary>
    public int RowInEpoch => loop.RowInEpoch;

    /// <summary>
    /// Learns until so many epochs are completed, yielding after every update. Epochs tell reconstruction-error, the mean square by means
    /// up to the layer below the top and down again, and with labels accuracy; with validation rows also validation-…; on up to 1000 rows.
    /// </summary>
    /// <param name="training">Rows to learn, with labels if the network has them; all count alike.</param>
    /// <param name="epochs">Total number of epochs, those already completed included.</param>
    /// <param name="validation">Held-out rows to measure.</param>
    /// <exception cref="BadInputException">The data do not fit the network, or early stopping watches what is not measured.</exception>
    /// <exception cref="DivergenceException">Parameters are no longer finite.</exception>
    public IEnumerable<TrainingProgress> Run(Dataset training, int epochs, Dataset? validation = null)
    {
        foreach (Dataset set in validation is null ? (Dataset[])[training] : [training, validation])
        {
            if (set.Count == 0) throw new BadInputException($"{set.Name} has no rows");
            if (set.Missing is not null)
                throw new BadInputException($"{set.Name} may have gaps, and up-down learning takes complete rows: complete them first");
            if (set.Columns != Model.Visible.Units)
                throw new BadInputException($"{set.Name} has {set.Columns} columns, but the model has {Model.Visible.Units} visible units");
        }
        if (Model.LabelledTop is ClassificationRbm labelled) OneHot.RequireLearnable(training, validation, labelled.Classes);
        RequireMetric(validation is not null);
        loop.Require(training, epochs);
        return loop.Run(new Work(this, training, validation), training.Count, epochs);
    }

    void Estimate(Dataset training, ReadOnlySpan<int> indices)
    {
        int directed = generative.Length;
        Matrix rows = new(indices.Length, Model.Visible.Units, Model.Placement);
        training.Rows.Gather(indices, rows);
        options.Binarization.Apply(rows, batchRng, rows.Like(rows.Rows, rows.Columns));
        Matrix states = rows;
        for (int l = 0; l < directed; l++)
        {
            Matrix above = recognition[l].Layer.Sample(states, chainRng);
            generative[l].Set(states, above);
            states = above;
        }
        var wake = new State(Model.TopModel, indices.Length);
        wake[0].SetCopy(states);
        if (Model.TopModel.LabelLayer is int labels) OneHot.Set(wake[labels], training.Labels!, indices);
        top.Clear();
        divergence.Estimate(Model.TopModel, new Batch(wake), top, chainRng);
        states = divergence.Particles!;
        for (int l = directed - 1; l >= 0; l--)
        {
            Matrix below = generative[l].Layer.Sample(states, chainRng);
            recognition[l].Set(states, below);
            states = below;
        }
    }

    void Step(int epoch)
    {
        step.Apply(epoch, options.LearningRate.At(epoch), penalties);
        optimizer.Time++;
        var plain = new StepRates(step.LearningRate, options.Momentum.At(epoch), 0, 0);
        steps.Clear();
        factors.Clear();
        for (int i = 0; i < gradients.Length; i++)
        {
            Parameter parameter = Model.Parameters[i];
            if (parameter.IsFixed) continue;
            int before = factors.Count;
            if (gradients[i].Dense is Matrix dense)
            {
                if (step.Added(i) is { Length: > 0 } added) dense.SetOuterProducts(added, keep: 1);
                if (constraints.Move(i, dense, optimizer, plain)) continue;
                factors.Add(new Factor(one, dense, 1));
            }
            else
            {
                gradients[i].AddFactors!(factors);
                factors.AddRange(step.Added(i));
            }
            var (l2, l1) = step.Decay(i);
            steps.Add(new(i, parameter.Value, factors.Count - before, plain with { L2 = l2, L1 = l1 }));
        }
        optimizer.Apply(CollectionsMarshal.AsSpan(steps), CollectionsMarshal.AsSpan(factors));
        foreach (IConstraint constraint in constraints) constraint.Apply();
    }

    // Where the gradient of a parameter of the network comes from: one of the directed layers, or the top machine.
    (Matrix? Dense, Action<List<Factor>>? AddFactors) GradientOf(Parameter parameter)
    {
        foreach (DirectedGradient gradient in (DirectedGradient[])[.. generative, .. recognition])
        {
            if (ReferenceEquals(gradient.Layer.Weights, parameter.Value)) return (null, list => list.Add(gradient.OfWeights));
            for (int k = 0; k < gradient.OfUnits.Count; k++)
                if (ReferenceEquals(gradient.Layer.Units.Parameters[k].Value, parameter.Value)) return (gradient.OfUnits[k], null);
        }
        for (int i = 0; i < Model.TopModel.Parameters.Count; i++)
        {
            int index = i;
            if (!ReferenceEquals(Model.TopModel.Parameters[i].Value, parameter.Value)) continue;
            return parameter.IsWeight ? (null, list => list.AddRange(top.Factors(index))) : (top.Dense(index), null);
        }
        throw new InvalidOperationException($"{parameter.Name} belongs to no layer");
    }

    void RequireMetric(bool hasValidation)
    {
        if (options.EarlyStopping?.Metric is not string watched) return;
        string[] names = Model.LabelledTop is null ? [ReconstructionError] : [ReconstructionError, Accuracy];
        bool isOfValidation = names.Any(name => Validation + name == watched);
        if (names.Contains(watched) || (hasValidation && isOfValidation)) return;
        string why = isOfValidation ? "needs validation rows"
            : $"is not measured; known are {string.Join(", ", names)}, and each with {Validation} before it";
        throw new BadInputException($"early stopping watches '{watched}', which {why}");
    }
}
