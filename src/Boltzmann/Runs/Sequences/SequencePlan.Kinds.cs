using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

public sealed partial record SequencePlan
{
    /// <summary>What is trained: a dybm, a crbm, an rtrbm or an rnn-rbm.</summary>
    [JsonIgnore]
    public ModelKind Kind { get; private init; } = ModelKind.Dybm;

    /// <summary>The kinds that learn sequences.</summary>
    public static IReadOnlyList<ModelKind> Kinds { get; } = [ModelKind.Dybm, ModelKind.Crbm, ModelKind.Rtrbm, ModelKind.RnnRbm];

    internal override string DataName => Data;

    /// <summary>Whether there are hidden units.</summary>
    internal bool HasHidden => Kind != ModelKind.Dybm;

    /// <summary>Whether learning goes back through time.</summary>
    internal bool IsRecurrent => Kind == ModelKind.Rtrbm || Kind == ModelKind.RnnRbm;

    /// <summary>Decays, those of the kind unless others are stated.</summary>
    internal IReadOnlyList<double> TraceDecays => Decays ?? (Kind == ModelKind.Dybm ? [0.5] : []);

    /// <summary>A plan with the defaults of a kind.</summary>
    /// <exception cref="ArgumentException">Models of this kind do not learn sequences.</exception>
    public static SequencePlan Of(ModelKind kind)
    {
        if (!kind.HasMemory) throw new ArgumentException($"{kind} has no memory");
        bool isPlain = kind == ModelKind.Dybm;
        var plan = new SequencePlan
        {
            Kind = kind,
            Method = isPlain ? TrainingMethod.Exact : null,
            LearnPrecision = isPlain,
            Optimizer = isPlain ? SequenceOptimizer.Lbfgs : SequenceOptimizer.Adam,
            Epochs = isPlain ? 200 : 20,
            L2 = isPlain ? 1e-5 : 0,
        };
        return plan.IsRecurrent ? plan with { BatchSize = 10, LearningRate = [0.001], Clip = 1, SampleVisible = true, Steps = [5] } : plan;
    }

    /// <summary>The plan with what suits learning step by step, where nothing else is stated.</summary>
    public static SequencePlan OnlineOf(ModelKind kind) =>
        Of(kind) with { Online = true, Optimizer = SequenceOptimizer.Sgd, LearningRate = [0.1], Momentum = [0] };

    /// <summary>The plan in a run folder's settings.</summary>
    /// <exception cref="BadInputException">They are of no kind that learns sequences, or a value is not what it should be; the message
    /// names it.</exception>
    public static new SequencePlan From(RunSettings settings)
    {
        string? name = settings.Text("model");
        ModelKind kind = Kinds.FirstOrDefault(kind => kind.Name == name)
            ?? throw new BadInputException($"{settings.Source}: model is {Quoted.Text(name ?? "null")}; expected one of "
                + string.Join(", ", Kinds.Select(k => k.Name)));
        return Read(settings, Of(kind), PlanJson.Default.SequencePlan) with { Kind = kind };
    }

    internal override IRunTask Open(RunContext context, string? checkpoint) => new SequenceTask(this, context, checkpoint);

    internal override IEnumerable<KeyValuePair<string, JsonNode?>> Json()
    {
        foreach (var (name, value) in (JsonObject)JsonSerializer.SerializeToNode(this, PlanJson.Default.SequencePlan)!)
            // What is not asked for is no setting: runs made before there was such an option are the same.
            if (Takes(Kind, name)) yield return new(name, name == "draw-by-count" && !DrawByCount ? null : value);
    }

    /// <summary>Whether a setting means something for a kind.</summary>
    internal static bool Takes(ModelKind kind, string name)
    {
        bool isRecurrent = kind == ModelKind.Rtrbm || kind == ModelKind.RnnRbm;
        return name switch
        {
            "hidden" or "hidden-units" or "weights-std" or "steps" or "sample-visible" or "init-from" => kind != ModelKind.Dybm,
            "recurrent" => kind == ModelKind.RnnRbm,
            "delay" or "decays" or "feed" or "echo" => !isRecurrent,
            "delays" => kind == ModelKind.Dybm,
            "online" or "reset-between" or "centering" or "draw-by-count" => !isRecurrent,
            "truncate" or "clip" => isRecurrent,
            _ => true,
        };
    }

    /// <summary>What the file or set does not say itself.</summary>
    internal SequenceOptions Reading(ulong seed) => new()
    {
        Seed = seed,
        Format = Format,
        Columns = Columns,
        SkipColumns = SkipColumns ?? [],
        SequenceColumn = SequenceColumn,
        Csv = new FileReading { Delimiter = Delimiter, Decimal = Decimal }.Apply(new() { Csv = new() { HasHeader = HasHeader } }).Csv,
        LowestPitch = Low,
        HighestPitch = High,
        Alphabet = Alphabet,
        IgnoreCounts = IgnoreCounts,
        Frame = Frame,
        Hop = Hop,
        IsRaw = Raw,
        Videos = Videos,
        ValidationShare = ValidationShare,
        WarmUp = WarmUp,
    };

    /// <summary>The optimiser.</summary>
    internal IOptimizer NewOptimizer() => Optimizer switch
    {
        SequenceOptimizer.Adam => new Adam(),
        SequenceOptimizer.Adagrad => new AdaGrad(),
        SequenceOptimizer.Rmsprop => new RmsProp(),
        _ => new Sgd(),
    };

    /// <summary>Step sizes by epoch.</summary>
    internal Schedule Rates => LearningRate.Count > 1 || (LearningRateEnd is null && Online)
        ? LearningRateEnd is null ? new([.. LearningRate])
            : throw new BadInputException("--learning-rate-end is what a single learning rate falls to, but several are given")
        : Schedule.Linear(LearningRate[0], LearningRateEnd ?? LearningRate[0] / 100, Epochs);

    /// <exception cref="BadInputException">A setting asks for what cannot be with another.</exception>
    internal void Check()
    {
        if (Method is TrainingMethod.Pcd or TrainingMethod.Fpcd or TrainingMethod.Pt)
            throw new BadInputException("persistent chains (pcd, fpcd, pt) do not go with a memory: chains would have to change their "
                + "context from step to step; expected cd or exact");
        if (Method is TrainingMethod other and not (TrainingMethod.Cd or TrainingMethod.Exact or TrainingMethod.Pl or TrainingMethod.Mp))
            throw new BadInputException($"--method {ChoiceWords.Of(other)} is for machines without memory; expected cd, exact or pl");
        if (Method == TrainingMethod.Mp && !IsRecurrent)
            throw new BadInputException("--method mp is for learning through time (rtrbm, rnn-rbm); expected "
                + (HasHidden ? "cd" : "exact"));
        if (!HasHidden && Method == TrainingMethod.Cd)
            throw new BadInputException("a dybm has no hidden units, and its gradient is exact at no cost; expected --method exact");
        if (Method == TrainingMethod.Pl && (IsRecurrent || Online || Delays is not null))
            throw new BadInputException("--method pl is for a queue and traces learned in batches; expected "
                + (HasHidden ? "cd or exact" : "exact"));
        if (Optimizer == SequenceOptimizer.Lbfgs && (HasHidden || Online || Method != TrainingMethod.Exact))
            throw new BadInputException("--optimizer lbfgs takes all steps at once and an exact gradient of one maximum, as a dybm has it; "
                + "expected adam, sgd, adagrad or rmsprop");
        if (Optimizer == SequenceOptimizer.Lbfgs && L1 != 0)
            throw new BadInputException("--l1 has a corner that --optimizer lbfgs cannot go round; expected --optimizer adam, or --l2");
        if (DrawByCount && (Online || IgnoreCounts || Delays is not null || Optimizer == SequenceOptimizer.Lbfgs))
            throw new BadInputException("--draw-by-count draws the steps of batches by their counts, and does not go with --online, "
                + "--delays, --ignore-counts or --optimizer lbfgs, which weighs all steps at once");
        if (Delays is not null && Decays is not null)
            throw new BadInputException("--delays has a delay and decays for each connection; --decays does not go with it");
        if (Delays is not null && Echo is not null)
            throw new BadInputException("--echo stands beside a queue and traces, which --delays replaces; expected one of them");
        if (Scale is DataScale.NormalScores) throw new BadInputException("--scale normal-scores is for rows without an order; expected "
            + "none, standardize or min-max");
        if (!(Sigma > 0 && double.IsFinite(Sigma))) throw new BadInputException($"--sigma must be above 0, not {Sigma}");
        if (EarlyStopping is not (null or SequenceTask.LogLikelihood or SequenceTask.Rmse))
            throw new BadInputException($"--early-stopping watches {SequenceTask.LogLikelihood} or {SequenceTask.Rmse}, not "
                + Quoted.Text(EarlyStopping));
    }
}
