using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>
/// What a plan of sequences means: data, machine, trainer. Everything that can be wrong with them is found here, before a folder exists.
/// </summary>
sealed class SequenceTask : IRunTask
{
    /// <summary>What is measured on held-out steps, and what comes of a run.</summary>
    public const string LogLikelihood = "log-likelihood", Rmse = "rmse", PersistenceRmse = "persistence-rmse", FirstRecall =
        "first-exact-recall";

    const string BestPrefix = "best.", BestEpochKey = "best-epoch", BestValueKey = "best-value", RecallKey = "first-exact-recall";

    // After each epoch: more states are not summed, and more steps are not looked at by chains.
    const long MostStates = 4096;
    const int MostProbed = 1000;

    readonly SequenceLearning learning;
    readonly SequenceModel? best;
    readonly BestValue watched;
    Dictionary<string, double> result = [];

    public SequenceTask(SequencePlan plan, RunContext context, string? checkpoint)
    {
        plan.Check();
        Seed = context.Seed;
        DataDescription? learned = checkpoint is null ? null : DataDescription.Read(ModelFile.Describe(checkpoint), checkpoint);
        Data = SequenceData.Read(plan, context, learned);
        Sequence = SequenceBuilder.Build(plan, Data, context.Placement, Seed);
        Plan = plan = plan with { Method = plan.Method ?? (HasFewStates ? TrainingMethod.Exact : TrainingMethod.Cd) };
        if (plan.EarlyStopping is not null && Data.Validation is null)
            throw new BadInputException($"--early-stopping watches held-out steps, and {Data.Training.Name} has none; expected a "
                + "--validation-share above 0");
        if (plan.Keep == KeptEpoch.Best && Data.Validation is null)
            throw new BadInputException($"--keep best is chosen on held-out steps, and {Data.Training.Name} has none; expected a "
                + "--validation-share above 0");
        watched = new(higherIsBetter: Chosen != Rmse, 0);
        if (plan.Keep == KeptEpoch.Best) best = Sequence.Clone();
        learning = SequenceLearning.Of(plan, Sequence, Data.Training, Measure, Metrics, Seed);
    }

    public SequencePlan Plan { get; }

    public ulong Seed { get; }

    public SequenceData Data { get; }

    /// <summary>The machine that learns.</summary>
    public SequenceModel Sequence { get; }

    /// <summary>The machine that is kept.</summary>
    public SequenceModel Kept => Fitted(best is not null && BestEpoch > 0 ? best : Sequence);

    // Without hidden units a precision has a best value for any other parameters, and needs no steps of its own.
    SequenceModel Fitted(SequenceModel model) =>
        Plan.LearnPrecision && !Plan.HasHidden ? StepPrecision.Fitted(model, Data.Training) : model;

    /// <summary>The epoch whose machine is kept; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The first epoch after which the machine recalls its sequence; null while it has not.</summary>
    public int? FirstExactRecall { get; private set; }

    /// <inheritdoc/>
    public IModel Model => Sequence;

    /// <summary>The plan as a run folder keeps it.</summary>
    public RunSettings Settings => field ??= Plan.ToSettings();

    /// <inheritdoc/>
    public string Heading => $"{Data.Training.Name}: {Data.Training.Count:N0} {(Data.Training.Count == 1 ? "sequence" : "sequences")}, "
        + $"{Data.Training.CountedSteps:N0} steps × {Data.Training.Columns}"
        + $"{(Data.Validation is Sequences held ? $", {held.CountedSteps:N0} steps held out" : "")}; {Plan.Makes} {Sequence}; "
        + $"{Sequence.Placement}";

    /// <inheritdoc/>
    public string? Note => Data.Note;

    /// <inheritdoc/>
    public string Command => $"train {Plan.Makes}";

    /// <inheritdoc/>
    public string Position => $"epoch {learning.Epoch + 1}";

    /// <inheritdoc/>
    public string? Stopped { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Result => result;

    /// <summary>Steps that the last epoch learned in a second; 0 before there is one.</summary>
    public double StepsPerSecond { get; private set; }

    /// <summary>Epochs completed.</summary>
    public int Epoch => learning.Epoch;

    /// <summary>What is measured after each epoch.</summary>
    public IReadOnlyList<string> Metrics => [.. Data.Validation is null ? (string[])[] : MeasuresLikelihood ? [LogLikelihood, Rmse]
        : [Rmse], SequenceTrainer.StepsPerSecond];

    // What learns to predict by mean-field inference has likelihoods that say little of it, and cost much.
    bool MeasuresLikelihood => Plan.Method != TrainingMethod.Mp || Plan.EarlyStopping == LogLikelihood || IsExact;

    /// <summary>The unit of what is measured or comes of a run.</summary>
    public static string UnitOf(string name) => name switch
    {
        LogLikelihood => "nats per step",
        SequenceTrainer.StepsPerSecond => "steps per second",
        _ => "root mean square",
    };

    /// <summary>What settles the best epoch.</summary>
    public string Chosen => Plan.EarlyStopping ?? (Plan.Method == TrainingMethod.Mp ? Rmse : LogLikelihood);

    // So few are summed in the time of some sweeps, and without their noise.
    bool HasFewStates => StepMachine.Of(Sequence).States <= 64;

    /// <summary>Whether log-likelihoods of held-out steps need no annealing.</summary>
    public bool IsExact => StepMachine.Of(Sequence) is { States: <= MostStates } machine
        && machine.Reaches((Data.Validation ?? Data.Training).Steps.Count);

    /// <inheritdoc/>
    public void KeepFilm() => throw new BadInputException("--animation is of fantasy particles of pictures; sample --animation shows what "
        + "a machine of sequences generates");

    /// <summary>Learns to the end, yielding after every update.</summary>
    public IEnumerable<TrainingProgress> Learn()
    {
        foreach (TrainingProgress progress in learning.Run(Plan.Epochs))
        {
            if (progress.Completed is EpochRecord epoch) StepsPerSecond = epoch.Metrics[SequenceTrainer.StepsPerSecond];
            yield return progress;
        }
    }

    /// <summary>What a checkpoint needs beside the model.</summary>
    public TrainerSnapshot Snapshot()
    {
        TrainerSnapshot own = learning.Snapshot();
        var numbers = new Dictionary<string, double>(own.Numbers);
        if (FirstExactRecall is int recall) numbers[RecallKey] = recall;
        if (best is null || BestEpoch == 0) return own with { Numbers = numbers };
        (numbers[BestEpochKey], numbers[BestValueKey]) = (BestEpoch, watched.Value);
        return new([.. own.Matrices, .. best.Parameters.Select((p, i) => ($"{BestPrefix}{i}", p.Value))], numbers);
    }

    /// <inheritdoc/>
    public void Restore(TrainerSnapshot snapshot)
    {
        if (snapshot.Matrices.Any(m => m.Name == SequenceLearning.PointName) != (Plan.Optimizer == SequenceOptimizer.Lbfgs))
            throw new BadInputException(Plan.Optimizer == SequenceOptimizer.Lbfgs ? "--optimizer lbfgs goes on only from its own steps, "
                + "and this run took others; expected the optimizer that it began with" : "this run learned by --optimizer lbfgs, which "
                + $"--optimizer {ChoiceWords.Of(Plan.Optimizer)} cannot go on from; expected a new run");
        learning.Restore(snapshot);
        if (snapshot.Numbers.TryGetValue(RecallKey, out double recall)) FirstExactRecall = (int)recall;
        if (best is null || !snapshot.Numbers.ContainsKey(BestEpochKey)) return;
        BestEpoch = (int)snapshot.Count(BestEpochKey, int.MaxValue);
        watched.Restore(snapshot.Number(BestValueKey), double.NaN, 0);
        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        foreach (var (i, p) in best.Parameters.Index())
        {
            if (!saved.TryGetValue($"{BestPrefix}{i}", out Matrix? value)) throw new BadInputException($"the checkpoint lacks "
                + $"'{BestPrefix}{i}'");
            TrainerSnapshot.RequireFit(p.Name, value, p.Value, value.Rows == p.Value.Rows);
            p.Value.SetCopy(value);
        }
    }

    /// <inheritdoc/>
    public bool Execute(RunFolder folder, RunContext context, string commandLine)
    {
        var run = new SequenceRun(this, folder, context, commandLine);
        bool finished = run.Execute();
        (Stopped, result) = (run.Stopped, run.Result);
        return finished;
    }

    /// <summary>How the model is trained and what of its data others must share, to be kept with it.</summary>
    public JsonObject Description()
    {
        JsonObject training = Settings.ToJson();
        // The names of all columns stand under "columns"; which of a table's were asked for is something else.
        if (training["columns"] is JsonNode asked) training[SequenceFacts.TableColumns] = asked.DeepClone();
        // What anybody could say of a step, to hold predictions against.
        training[SequenceFacts.ColumnMeans] = new JsonArray([.. Data.Training.Steps.Statistics.Means.Select(x => (JsonNode?)x)]);
        new DataDescription(Data.Scaling, Data.Training.Steps.Image, Data.Training.Steps.ColumnNames,
            ByteStep: Data.Training.Steps.Rows.ByteStep).AddTo(training);
        return training;
    }

    /// <summary>What of some steps is predicted: of predictions by chains, each of which costs, the first thousand suffice.</summary>
    public Sequences Judged(Sequences steps) => IsExact ? steps : steps.Beginning(MostProbed);

    // What metrics look at after each epoch.
    Sequences? Probe => field ??= Data.Validation is Sequences held ? Judged(held) : null;

    /// <summary>
    /// How steps are scored, where their states are not summed by short walks of annealing, of which few steps have several: of the two
    /// directions one errs up about as far as the other down, and random numbers are the same after every epoch, so that epochs can be
    /// compared.
    /// </summary>
    public SequenceScoring ScoringOf(Sequences data) => new()
    {
        Chains = Math.Clamp(MostProbed / data.Steps.Count, 1, 50),
        Betas = 100,
        BurnIn = 10,
        IsAnnealed = !IsExact,
        Seed = Seed,
        MostStates = MostStates,
    };

    /// <summary>How steps are predicted: by the inference that learned it, else exactly or by chains.</summary>
    public SequenceScoring Scoring(int chains, int sweeps) => new()
    {
        Samples = chains,
        Sweeps = sweeps,
        IsMeanField = Plan.Method == TrainingMethod.Mp,
        MeanFieldSweeps = (int)Plan.Steps[^1],
        Seed = Seed,
    };

    // Metrics of held-out steps; and which epoch is the best.
    IReadOnlyDictionary<string, double> Measure(SequenceModel model)
    {
        var values = new Dictionary<string, double>();
        if (Plan.Data == SequenceBuilder.Science && FirstExactRecall is null && SequenceRecall.IsExact(model, Data.Training))
            FirstExactRecall = learning.Epoch;
        if (Probe is not Sequences held) return values;
        if (MeasuresLikelihood) values[LogLikelihood] = SequenceEvaluation.LogLikelihood(Fitted(model), held, ScoringOf(held)).Midpoint;
        SequenceScoring scoring = Scoring(chains: 10, sweeps: 10) with { MostStates = MostStates };
        values[Rmse] = SequenceEvaluation.Predictions(model, held, scoring).Model.Rmse;
        if (best is null || !watched.Take(values[Chosen], double.NaN)) return values;
        best.CopyFrom(model);
        BestEpoch = learning.Epoch;
        return values;
    }
}
