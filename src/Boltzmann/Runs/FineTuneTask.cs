using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>
/// What a plan of fine-tuning means: data, network, trainer. Everything that can be wrong with them is found here, before a folder exists.
/// </summary>
sealed partial class FineTuneTask : IRunTask
{
    const uint WeightStream = 0x6f757470;

    readonly DataDescription start;

    /// <param name="plan">What to make.</param>
    /// <param name="context">Streams, seed, arithmetic.</param>
    /// <param name="startPath">The file that holds the model to start from.</param>
    /// <param name="isResumed">Whether that is the run's own checkpoint, whose network is as the settings asked for.</param>
    public FineTuneTask(FineTunePlan plan, RunContext context, string startPath, bool isResumed)
    {
        Plan = plan;
        Seed = context.Seed;
        Start = ModelFile.Describe(startPath);
        learned = TrainingFacts.Of(Start);
        IsRegression = plan.Task == PredictionTask.Regression;
        IsAutoEncoder = plan.Task == PredictionTask.Reconstruction;
        if (IsAutoEncoder) RequireAutoEncoder(plan);
        DataName = plan.Data ?? throw new BadInputException($"{startPath}: the settings do not say which data to learn");
        NetworkTrainerOptions options = ReadOptions();
        if (plan.Compare is string other)
        {
            Compared = RunFolder.Open(other);
            ComparedPlan = RunPlan.From(Compared.Settings) as FineTunePlan
                ?? throw new BadInputException($"--compare {other}: is not a run of fine-tune");
        }
        Network? saved = isResumed ? ModelFile.LoadNetwork(startPath, context.Placement) : null;
        if (plan.MeanFieldInput)
            Input = saved is not null ? MeanFieldInput.Of(saved, startPath)
                : IsOfDbm ? new(ModelFile.LoadDbm(startPath, context.Placement), startPath)
                : throw new BadInputException($"{startPath}: holds a {Start.Model}; --mean-field-input needs a dbm");
        if (!isResumed && !IsOfDbm && plan.Doubled)
            throw new BadInputException($"{startPath}: holds a {Start.Model}; --doubled is for a dbm");
        start = LoadedNetwork.DataOf(Start, startPath, Input);
        (Training, Validation) = ReadRows(context, startPath);
        Network = saved is null ? BuildNetwork(startPath, context.Placement) : Input?.Keep(saved) ?? saved;
        Options = Watch(options);
        Trainer = new(Network, plan.Optimizer == OptimizerKind.Adam ? new Adam() : new Sgd(), Options, Seed);
        RequireRunnable();
    }

    /// <inheritdoc/>
    public IModel Model => Network;

    /// <inheritdoc/>
    public string Heading =>
        $"{Training.Data.Name}: {Training.Data.Count:N0} rows × {Training.Data.Columns}, "
            + (IsAutoEncoder ? $"a code of {Network.CodeUnits}" : Classes is null ? "a number each" : $"{Classes.Count} classes")
        + $"{(Validation is null ? "" : $", {Validation.Data.Count:N0} held out")}; network {string.Join("-", Sizes)}; {Network.Placement}";

    /// <inheritdoc/>
    public string? Note { get; private set; }

    /// <inheritdoc/>
    public string Command => "fine-tune";

    /// <inheritdoc/>
    public string Position => $"epoch {Trainer.Epoch + 1}";

    /// <inheritdoc/>
    public string? Stopped { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Result { get; private set; } = new Dictionary<string, double>();

    /// <inheritdoc/>
    public void KeepFilm() => throw new BadInputException("--animation is of fantasy particles, which a network does not have");

    /// <inheritdoc/>
    public void Restore(TrainerSnapshot snapshot)
    {
        Trainer.Restore(snapshot);
        RequireRunnable();
    }

    /// <inheritdoc/>
    public bool Execute(RunFolder folder, RunContext context, string commandLine)
    {
        if (Imbalance is string imbalance) context.Warn(imbalance);
        var run = new FineTuneRun(this, folder, context, commandLine);
        bool finished = run.Execute();
        Stopped = run.Stopped;
        if (run.Result is FineTuneResult result)
            Result = IsAutoEncoder
                ? new Dictionary<string, double> { ["loss"] = result.Score.Loss, ["squared_error"] = result.Score.SquaredError }
                : IsRegression ? new Dictionary<string, double> { ["loss"] = result.Score.Loss, ["r_squared"] = result.Score.RSquared }
                : new Dictionary<string, double>
                {
                    ["loss"] = result.Score.Loss,
                    ["accuracy"] = result.Score.Accuracy,
                    ["balanced_accuracy"] = result.Score.BalancedAccuracy,
                    ["average_precision"] = result.Score.AveragePrecision,
                };
        return finished;
    }

    /// <summary>Inputs, hidden units, outputs.</summary>
    public IEnumerable<int> Sizes => [Network.Inputs, .. Network.Layers.Select(layer => layer.Units)];

    // Throws what training would throw of data and options, and trains nothing: before a folder is made or changed.
    void RequireRunnable() => _ = Trainer.Run(Training.Examples, Epochs, Validation?.Examples);

    public FineTunePlan Plan { get; }

    /// <summary>The plan as a run folder keeps it.</summary>
    public RunSettings Settings => field ??= Plan.ToSettings();

    public ulong Seed { get; }

    /// <summary>What the file of the start says of it.</summary>
    public ModelDescription Start { get; }

    public bool IsRegression { get; }

    /// <summary>Whether rows themselves are the targets.</summary>
    public bool IsAutoEncoder { get; }

    /// <summary>What puts means of a dbm beside rows; null where the network takes rows as they are.</summary>
    public MeanFieldInput? Input { get; }

    public string DataName { get; }

    public NetworkTrainerOptions Options { get; }

    public LabelledRows Training { get; }

    public LabelledRows? Validation { get; }

    public Network Network { get; }

    public NetworkTrainer Trainer { get; }

    /// <summary>Another fine-tuning, to be shown beside this one; null for none.</summary>
    public RunFolder? Compared { get; }

    /// <summary>Its plan.</summary>
    public FineTunePlan? ComparedPlan { get; }

    public int Epochs => Plan.Epochs;

    /// <summary>Names of the classes; null for numbers.</summary>
    public IReadOnlyList<string>? Classes { get; private set; }

    /// <summary>What rows go through, and what outputs are taken back by.</summary>
    public DataDescription Data => start with
    {
        Targets = targets,
        Image = Training.Data.Image ?? start.Image,
        ColumnNames = Training.Data.ColumnNames ?? start.ColumnNames,
        ByteStep = byteStep,
        FirstIndex = start.FirstIndex ?? Training.Data.Rows.Origin?.FirstIndex,
    };

    /// <summary>
    /// A sentence on classes so unbalanced that accuracy misleads, with the name of the data; null where they are not, or for numbers.
    /// </summary>
    public string? Imbalance => Classes is null || ClassBalance.Of(Training.Data.Labels).Complaint(Classes) is not string complaint ? null
        : $"{Training.Data.Name}: {complaint}";

    readonly TrainingFacts learned;
    Standardizer? targets;
    double? byteStep;

    /// <summary>How the network was trained and what of its data other rows must share, to be kept with it.</summary>
    public JsonObject Description()
    {
        JsonObject training = Settings.ToJson();
        training["label-column"] = Plan.LabelColumn ?? learned.LabelColumn;
        training["header"] = HasHeader switch { true => "true", false => "false", null => null };
        foreach (var (name, word) in Reading.Words) training[name] = word;
        Data.AddTo(training);
        if (!TakesSpins) return training;
        training[SpinValues.Key] = true;
        training["binarize"] = TakesGreySpins ? "stochastic" : "none";
        return training;
    }

    bool TakesGreySpins => SpinValues.AreBinarized(learned.Binarize, isBinary: true);

    bool? HasHeader => Plan.HasHeader ?? learned.HasHeader;

    // Another file than that of the pre-training may be written in another way.
    FileReading Reading => Plan.Reading.Or(DataName == learned.Data ? learned.Reading : null);

    // A machine says so by its units, a network by what it was made of.
    bool TakesSpins => Start.Model == ModelKind.Network.Name ? learned.TakesSpins : Start.Layers[0].Values == UnitValues.Spins;

    NetworkTrainerOptions ReadOptions()
    {
        double[] rates = [.. Plan.LearningRate];
        double? end = Plan.LearningRateEnd;
        if (end is not null && rates.Length > 1) throw new BadInputException("--learning-rate-end goes with a single --learning-rate");
        if (end is not null && !(end > 0 && rates[0] > 0))
            throw new BadInputException($"--learning-rate-end must be above 0, as a rate falls geometrically, not {end}");
        var options = new NetworkTrainerOptions
        {
            BatchSize = Plan.BatchSize,
            LearningRate = end is double e ? Schedule.Geometric(rates[0], e, Epochs) : new Schedule(rates),
            Momentum = new Schedule([.. Plan.Momentum]),
            LayerRates = [.. Plan.LayerRates],
            L2 = [.. Plan.L2],
            MaxNorm = Plan.MaxNorm ?? double.PositiveInfinity,
            Dropout = Plan.Dropout,
            InputDropout = Plan.InputDropout,
            Shuffle = Plan.Shuffle,
            RestoreBest = Plan.Keep == KeptEpoch.Best,
            Plateau = Plan.Plateau is string metric ? new(metric, Plan.PlateauPatience, Plan.PlateauFactor) : null,
        };
        options.Validate();
        return options;
    }

    NetworkTrainerOptions Watch(NetworkTrainerOptions options)
    {
        string? watched = Plan.EarlyStopping
            ?? (Validation is null ? null : Classes is null ? "validation-loss" : "validation-accuracy");
        return watched is null or "none" ? options : options with { EarlyStopping = new(watched, Plan.Patience) };
    }

    (LabelledRows Training, LabelledRows? Validation) ReadRows(RunContext context, string startPath)
    {
        var csv = new CsvOptions
        {
            LabelColumn = Plan.LabelColumn ?? learned.LabelColumn,
            HasHeader = HasHeader,
        };
        DataOptions options = Reading.Apply(new() { Seed = Seed, Csv = csv });
        var source = new RowSource(context.Data, Plan.ScaleBytes, start, Plan.IgnoreExtra);
        string? file = Plan.ValidationData;
        if (file is not null && Plan.ValidationRows is not null)
            throw new BadInputException("--validation-data brings the held-out rows; --validation-rows does not go with it");
        var (training, held) = HeldOut.Open(source, DataName, options, file is null ? Plan.ValidationRows : 0, Seed, Plan.Stratify);
        if (training.Columns != InputColumns)
            throw new BadInputException($"{training.Name} has {training.Columns} columns, but {startPath} takes {InputColumns}");
        bool isTable = DataName.Contains(".csv", StringComparison.OrdinalIgnoreCase);
        if (training.Labels is null && !IsAutoEncoder) throw new BadInputException($"{training.Name} has no "
            + $"labels{(isTable ? ": --label-column says which column holds them" : "")}");
        csv = options.Csv with { LabelNames = IsRegression ? null : training.LabelNames };
        if (file is not null) held = source.Open(file, options with { Csv = csv });
        if (Plan.TrainRows is int rows) training = training.Take(Math.Min(rows, training.Count));
        (byteStep, Note) = (start.ByteStep ?? training.Rows.ByteStep, source.NoteOf(DataName, training));
        NumberRange.Check(training, start.Scaling, context.Placement.Precision);
        if (held is not null) NumberRange.Check(held, start.Scaling, context.Placement.Precision);
        return (Prepare(training, isTraining: true), held is null ? null : Prepare(held, isTraining: false));
    }

    LabelledRows Prepare(Dataset data, bool isTraining)
    {
        Dataset scaled = SpinValues.Of(start.Scaling?.Transform(data) ?? data, [.. Enumerable.Repeat(TakesSpins, data.Columns)],
            TakesGreySpins);
        if (IsAutoEncoder) return new(scaled, new(scaled, scaled.Rows));
        if (!IsRegression)
        {
            if (isTraining) Classes = data.LabelNames ?? [.. Enumerable.Range(0, data.Classes).Select(c => $"{c}")];
            return LabelledRows.OfClasses(scaled, isTraining ? null : Classes!.Count).With(Input);
        }
        if (isTraining)
        {
            double[] values = Examples.ValuesOf(data);
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            if (!double.IsFinite(deviation))
            {
                int largest = Array.IndexOf(values, values.MaxBy(Math.Abs));
                string text = data.LabelNames?[data.Labels![largest]] ?? $"{values[largest]:R}";
                throw new BadInputException($"{data.Name}: the target of row {largest + 1}, {text}, is too large to be standardised");
            }
            if (deviation == 0) throw new BadInputException($"{data.Name}: all targets are {mean:R}; there is nothing to learn");
            targets = new([mean], [deviation]);
        }
        return LabelledRows.OfValues(scaled, targets).With(Input);
    }

    Network BuildNetwork(string startPath, Placement placement)
    {
        if (IsAutoEncoder) return Unrolled(startPath, placement);
        int outputs = IsRegression ? 1 : LabelledRows.Outputs(Classes!.Count);
        Head head = IsRegression ? new LinearHead() : outputs == 1 ? new LogisticHead() : new SoftmaxHead();
        Activation? activation = Plan.Activation;
        bool normalize = Plan.BatchNormalization;
        int[] extra = [.. Plan.Hidden ?? []];
        var rng = new Rng(Seed, WeightStream);
        Network network = Start.Model switch
        {
            "rbm" => Network.From([ModelFile.LoadRbm(startPath, placement)], outputs, head, rng, activation, normalize, extra),
            "dbn" => Network.From(ModelFile.LoadDbn(startPath, placement), outputs, head, rng, activation, normalize, extra),
            "dbm" or "classification-dbm" => OfMachine(Network.From(ModelFile.LoadDbm(startPath, placement), outputs, head, rng,
                Plan.Doubled, activation, normalize, extra)),
            "network" => Continued(startPath, placement, outputs, head),
            "bm" or "graph" => throw new BadInputException($"{startPath}: holds a {Start.Model}, whose layers are not a stack; "
                + "fine-tune starts from an rbm, a dbn, a dbm or a network, and transform --layers gives features of this one to another "
                + "classifier"),
            string other => throw new BadInputException($"{startPath}: holds a {other}, which predicts classes as it is; fine-tune starts "
                + "from an rbm, a dbn, a dbm or a network"),
        };
        return Begun(network, rng);
    }

    // Random weights instead, where they are asked for.
    Network Begun(Network network, Rng rng)
    {
        if (!Plan.RandomStart) return network;
        foreach (NetworkLayer layer in network.Layers)
        {
            layer.SetGlorotWeights(rng);
            layer.Bias.Fill(0);
            layer.Normalization?.Reset();
        }
        return network;
    }

    Network Continued(string startPath, Placement placement, int outputs, Head head)
    {
        Network network = ModelFile.LoadNetwork(startPath, placement);
        foreach (string option in (string[])["hidden", "activation"])
            if (Settings[option] is not null)
                throw new BadInputException($"{startPath}: holds a network, whose layers are settled; --{option} does not go with it");
        if (Plan.BatchNormalization) throw new BadInputException($"{startPath}: holds a network, whose layers are settled; "
            + "--batch-normalization does not go with it");
        if (network.Outputs != outputs || network.Head.Kind != head.Kind)
            throw new BadInputException($"{startPath}: holds a network with {network.Outputs} {network.Head.Kind} outputs, but these data "
                + $"need {outputs} {head.Kind} ones");
        if (Classes is not null && Start.Classes is not null && !Classes.SequenceEqual(Start.Classes))
            throw new BadInputException($"{startPath}: tells {string.Join(", ", Start.Classes.Take(12))} apart, but {Training.Data.Name} "
                + $"has {string.Join(", ", Classes.Take(12))}");
        return network;
    }

    Network OfMachine(Network network) => Input?.Widen(network) ?? network;

    bool IsOfDbm => Start.Model == ModelKind.Dbm.Name || Start.Model == ModelKind.ClassificationDbm.Name;

    int InputColumns => Input?.Columns ?? Start.Layers[0].Size;
}
