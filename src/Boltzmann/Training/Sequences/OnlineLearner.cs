namespace Boltzmann;

/// <summary>
/// A machine with memory that learns from a stream, a step at a time: it says what it expects, sees the step, scores it, learns from it and
/// remembers it.
/// </summary>
public sealed class OnlineLearner
{
    const uint Stream = 0x6f6e6c69;

    readonly SequenceUpdate update;
    readonly PackedSteps single;
    readonly StepMachine machine;
    readonly Matrix row, toVisible, mean, score;
    readonly Matrix? toHidden;
    readonly Rng rng;

    /// <summary>A learner with empty memory.</summary>
    /// <param name="model">The machine; its parameters move.</param>
    /// <param name="optimizer">How a gradient becomes a step; AdaGrad is DyBM's own.</param>
    /// <param name="options">Rates and penalties.</param>
    /// <param name="seed">Settles everything random.</param>
    /// <exception cref="BadInputException">An option is out of range.</exception>
    public OnlineLearner(SequenceModel model, IOptimizer optimizer, SequenceTrainerOptions? options = null, ulong seed = Rng.DefaultSeed)
    {
        options ??= new() { IsExact = model.Hidden is null, Clip = double.PositiveInfinity };
        options.Validate();
        Model = model;
        Memory = model.NewMemory();
        update = new(model, options, optimizer);
        machine = StepMachine.Of(model);
        row = new Matrix(1, model.Visible.Units, model.Placement);
        (toVisible, mean) = (row.Like(1, row.Columns), row.Like(1, row.Columns));
        score = row.Like(1, 1);
        toHidden = model.Hidden is Layer hidden ? row.Like(1, hidden.Units) : null;
        single = new(new Sequences(new Dataset("step", new MatrixRows(row))), [0]);
        rng = new(seed, Stream);
    }

    /// <summary>The machine that learns.</summary>
    public SequenceModel Model { get; }

    /// <summary>What it remembers; clear it where another sequence begins.</summary>
    public MemoryState Memory { get; }

    /// <summary>Steps learned.</summary>
    public long Steps { get; private set; }

    /// <summary>Takes a step in.</summary>
    /// <param name="step">x_t, a number for each visible unit.</param>
    /// <returns>
    /// E[x_t | past] and log p(x_t | past) in nats, both before the step was learned; they are exact, or null and NaN for machines whose
    /// states cannot be summed.
    /// </returns>
    /// <exception cref="BadInputException">The units do not take these values.</exception>
    public (double[]? Prediction, double LogProbability) Observe(ReadOnlySpan<double> step)
    {
        if (step.Length != row.Columns) throw new BadInputException($"a step has {row.Columns} columns, not {step.Length}");
        if (Model.Visible.Complaint(step) is string complaint) throw new BadInputException($"step {Steps + 1}: {complaint}");
        row.WriteRow(0, step);
        double[]? predicted = null;
        double logProbability = double.NaN;
        if (machine.Reaches(1))
        {
            Model.SetInputs(Memory, toVisible, toHidden);
            machine.SetMeans(toVisible, toHidden, mean);
            predicted = mean.ReadRow(0);
            score.Fill(0);
            machine.AddLogWeights(row, toVisible, toHidden, score);
            logProbability = score[0, 0] - machine.LogPartitions(toVisible, toHidden)[0];
        }
        update.Learn(single, row, null, 1, Memory, rng, 1);
        Steps++;
        return (predicted, logProbability);
    }
}
