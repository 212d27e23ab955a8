using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>
/// What a plan means: data, machines, trainer. Everything that can be wrong with them is found here, before a folder exists.
/// </summary>
abstract class TrainingTask : IRunTask
{
    private protected const uint WeightStream = 0x77656967;

    private protected TrainingTask(TrainPlan plan, RunContext context, string? checkpoint)
    {
        Plan = plan;
        Layers = new(plan);
        Seed = context.Seed;
        Options = new OptionsReader(plan, Layers).ReadAll();
        if (plan.AveragePresent && plan.Missing != MissingValues.Absent)
            throw new BadInputException("--average-present is for rows that lack units; expected --missing absent");
        StartPath = checkpoint is null && plan.InitFrom is string start ? RunFolder.FindModel(start) : null;
        // Rows of a resumed run are opened as its first ones were; rows for given parameters have the columns and bytes that these learned.
        DataDescription? learned = (checkpoint ?? StartPath) is string file ? DataDescription.Read(ModelFile.Describe(file), file) : null;
        if (plan.IgnoreExtra && plan.InitFrom is null)
            throw new BadInputException("--ignore-extra passes over columns that a model does not know; expected --init-from");
        Data = TrainingData.Read(plan, Layers, context, Seed, learned, isResumed: checkpoint is not null);
        if (Layers.Graph is null)
            new TrainingMemory(plan, [.. Enumerable.Range(0, Layers.Count).Select(Layers.Hidden)], Training.Columns, context.Placement)
                .Check(TrainingMemory.Free, context.Say);
        if (StartPath is not null) WarnOfScaling(StartPath, learned!.Scaling, context);
    }

    /// <summary>The task of a plan.</summary>
    /// <param name="plan">What to learn.</param>
    /// <param name="context">Data, seed, arithmetic.</param>
    /// <param name="checkpoint">The file that a resumed run goes on from; null for a new one.</param>
    /// <exception cref="BadInputException">Something is wrong with it.</exception>
    public static TrainingTask Open(TrainPlan plan, RunContext context, string? checkpoint = null) =>
        Of(TablePlan.Resolve(plan, context), context, checkpoint);

    static TrainingTask Of(TrainPlan plan, RunContext context, string? checkpoint) =>
        new LayerSettings(plan).IsStack ? new StackTask(plan, context, checkpoint) : new MachineTask(plan, context, checkpoint);

    /// <inheritdoc/>
    public abstract IModel Model { get; }

    /// <summary>The same for pictures and numbers.</summary>
    public abstract GenerativeModel Shown { get; }

    /// <inheritdoc/>
    public string Heading => $"{Training.Name}: {Training.Count:N0} rows × "
        + $"{Training.Columns}{(Validation is null ? "" : $", {Validation.Count:N0} held out")}; {Kind.Name} {Shown}; {Shown.Placement}";

    /// <inheritdoc/>
    public TableSchema? Table => Data.Table;

    /// <inheritdoc/>
    public string? Note => string.Join("; ", new[] { Data.Note, unmeasured }.OfType<string>()) is { Length: > 0 } note ? note : null;

    string? unmeasured;

    /// <inheritdoc/>
    public string Command => $"train {Layers.Trained.Name}";

    /// <inheritdoc/>
    public string Position => $"{(IsGreedy ? $"layer {Machine}, " : "")}epoch {Epoch + 1}";

    /// <inheritdoc/>
    public string? Stopped { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Result { get; } = new Dictionary<string, double>();

    /// <inheritdoc/>
    public abstract void Restore(TrainerSnapshot snapshot);

    /// <inheritdoc/>
    public bool Execute(RunFolder folder, RunContext context, string commandLine)
    {
        if (Imbalance is string imbalance) context.Warn(imbalance);
        if (Spread is string spread) context.Warn(spread);
        Film?.Open(folder, context);
        var run = new TrainingRun(this, folder, context, commandLine);
        bool finished = run.Execute();
        Stopped = run.Stopped;
        return finished;
    }

    /// <summary>
    /// Learns to the end, yielding after every update. What training would throw of data, options and place is thrown before anything is
    /// enumerated.
    /// </summary>
    public abstract IEnumerable<GreedyProgress> Learn();

    /// <summary>What a checkpoint needs beside the model.</summary>
    public abstract TrainerSnapshot Snapshot();

    /// <summary>The machine whose turn it is, counted from 1.</summary>
    public abstract int Machine { get; }

    /// <summary>Epochs that it has completed.</summary>
    public abstract int Epoch { get; }

    /// <summary>What a picture taken while a machine learns shows: the model without machines whose turn has not come.</summary>
    /// <param name="machine">Counted from 1.</param>
    public abstract GenerativeModel ShownDuring(int machine);

    /// <summary>The frames of its particles, one after each epoch; null where none are kept.</summary>
    public EpochFilm? Film { get; private set; }

    /// <inheritdoc/>
    public void KeepFilm() => Film ??= new EpochFilm(this);

    /// <summary>Words of its report.</summary>
    public abstract ReportWords Words { get; }

    public TrainPlan Plan { get; }

    /// <summary>The plan as a run folder keeps it.</summary>
    public RunSettings Settings => field ??= Plan.ToSettings();

    public ulong Seed { get; }

    /// <summary>Whether machines learn one after the other, and are told apart in what is printed and measured.</summary>
    public bool IsGreedy => Layers.IsGreedy;

    /// <summary>What the run's model file will hold.</summary>
    public ModelKind Kind => Layers.Kind;

    /// <summary>Epochs of each machine.</summary>
    public int[] Epochs => [.. Enumerable.Range(0, Layers.Machines).Select(Layers.Epochs)];

    /// <summary>How each machine is trained.</summary>
    public IReadOnlyList<TrainerOptions> Options { get; private set; }

    public Dataset Training => Data.Training;

    public Dataset? Validation => Data.Validation;

    /// <summary>Names of the classes that the model learns; null without labels.</summary>
    public IReadOnlyList<string>? Classes =>
        Shown.Labels is not { } labels ? null : Training.LabelNames ?? [.. Enumerable.Range(0, labels.Units).Select(c => $"{c}")];

    /// <summary>
    /// A sentence on columns that spread far more or less than the Gaussian units that take them, with the way out; null where none do.
    /// </summary>
    public string? Spread => UnitSpread.Complaint(Training, Shown.RowLayers);

    /// <summary>
    /// A sentence on classes so unbalanced that accuracy misleads, with the name of the data; null where they are not, or none are learned.
    /// </summary>
    public string? Imbalance => Classes is null || ClassBalance.Of(Training.Labels).Complaint(Classes) is not string complaint ? null
        : $"{Training.Name}: {complaint}";

    /// <summary>How the model is trained and what of its data other rows must share, to be kept with it.</summary>
    public JsonObject Description()
    {
        JsonObject training = Settings.ToJson();
        new DataDescription(Data.Scaling, Training.Image, Training.ColumnNames, ByteStep: Data.ByteStep, Table: Data.Table,
            FirstIndex: Training.Rows.Origin?.FirstIndex)
        {
            Vocabulary = Data.Vocabulary,
        }.AddTo(training);
        return training;
    }

    // The statistics may be those of these rows; the kind of scaling is what the parameters are made for.
    void WarnOfScaling(string path, Scaling? learned, RunContext context)
    {
        if (learned?.GetType() == Data.Scaling?.GetType()) return;
        string wanted = learned switch { null => "none", Standardizer => "standardize", MinMaxScaler => "min-max", _ => "normal-scores" };
        string was = learned is null ? "no scaled rows" : $"rows scaled by {wanted}";
        context.Warn($"{path} learned from {was}, and its parameters meet other units here: --scale {wanted} has the same");
    }

    private protected LayerSettings Layers { get; }

    private protected TrainingData Data { get; }

    /// <summary>The file whose parameters are the start; null for random ones, and where a checkpoint has those of the run.</summary>
    private protected string? StartPath { get; }

    // The number of frames is kept with the checkpoint and not with the settings: with and without them it is the same run.
    private protected TrainerSnapshot WithFilm(TrainerSnapshot snapshot) => Film is null ? snapshot
        : snapshot with { Numbers = new Dictionary<string, double>(snapshot.Numbers) { [EpochFilm.CountKey] = Film.Count } };

    private protected void RestoreFilm(TrainerSnapshot snapshot)
    {
        if (!snapshot.Numbers.TryGetValue(EpochFilm.CountKey, out double count)) return;
        KeepFilm();
        Film!.Resume(count);
    }

    private protected IOptimizer NewOptimizer() => Plan.Optimizer == OptimizerKind.Adam ? new Adam() : new Sgd();

    /// <summary>Once the model is there: its units take the rows, and rows become bits of their kinds.</summary>
    private protected void Fit()
    {
        VisibleRows.Check(Training, Shown.RowLayers, WaysOut);
        if (Validation is not null) VisibleRows.Check(Validation, Shown.RowLayers, WaysOut);
        string[][] leftOut = [.. Options.Select((options, m) => LikelihoodCost.LeftOut(Plan, options, LearningMachine(m), Training.Count))];
        unmeasured = LikelihoodCost.Note(leftOut.SelectMany(names => names));
        Options = [.. Options.Select((options, m) => options with
        {
            Binarization = m == 0 ? options.Binarization.For(Shown.RowLayers) : options.Binarization,
            Metrics = [.. options.Metrics.Where(metric => !leftOut[m].Contains(metric.Name))
                .Select(metric => LikelihoodCost.Spaced(Plan, metric, LearningMachine(m)))],
        })];
    }

    // Values of another range are no fault of the file.
    string WaysOut => Plan.Scale != DataScale.None || !Shown.RowLayers.All(layer => layer.Values == UnitValues.Bits) ? ""
        : $"; --scale min-max brings columns to 0..1{(Plan.Takes("sigma") ? ", --visible-units gaussian takes any number" : "")}";

    /// <summary>A machine that has a trainer of its own.</summary>
    /// <param name="machine">Its number from 0, below the number of <see cref="Options"/>.</param>
    private protected abstract EnergyModel LearningMachine(int machine);

    /// <summary>Visible units and, from the lowest up, hidden ones, as the plan says.</summary>
    private protected Layer[] BuildLayers(Placement placement)
    {
        var units = new UnitSettings(Plan);
        Layer visible = Layers.VisibleKind(0) == MixedLayer.Name ? TableUnits.Of(Data.Table!, Plan.LearnPrecision).Create(placement)!
            : units.Build(Layers.VisibleKind(0), Training.Columns, placement);
        return [visible,
            .. Enumerable.Range(0, Layers.Count).Select(l => units.Build(Layers.HiddenKind(l), Layers.Hidden(l), placement))];
    }

    /// <summary>Copies parameters by name from a model that has all or some of them.</summary>
    private protected static void Copy(IModel from, IModel to)
    {
        foreach (Parameter source in from.Parameters) to.Parameters.First(own => own.Name == source.Name).Value.SetCopy(source.Value);
    }
}
