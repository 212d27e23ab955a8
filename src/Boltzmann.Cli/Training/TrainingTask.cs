using System.Text.Json.Nodes;

namespace Boltzmann.Cli.Training;

/// <summary>What the settings of a run mean: data, machines, trainer. A machine by itself is a stack of one. Everything that can be wrong with them is found here, before a folder exists.</summary>
sealed class TrainingTask : IRunTask
{
    const uint WeightStream = 0x77656967;

    readonly LayerSettings layers;

    public TrainingTask(RunSettings settings, Session session)
    {
        Settings = settings;
        layers = new(settings);
        Seed = session.Seed;
        TrainerOptions[] options = [.. Enumerable.Range(0, layers.Count).Select(ReadOptions)];
        if (settings.Text("early-stopping") is string watched && options.All(o => o.EarlyStopping is null))
            throw new BadInputException($"--early-stopping {watched} is measured of no layer; measured are {string.Join(", ", options.SelectMany(o => o.Metrics).Select(m => m.Name).Distinct())}");
        (Training, Validation) = ReadData(session);
        Stack = BuildStack(session.Placement);
        VisibleRows.Check(Training, Stack.Visible);
        if (Validation is not null) VisibleRows.Check(Validation, Stack.Visible);
        // The first machine's biases have been set, by whatever was asked for.
        Trainer = new GreedyTrainer(Stack, [.. options.Select((o, m) => new LayerTraining(BuildEstimator(m, o), settings.Text("optimizer") == "adam" ? new Adam() : new Sgd(), o, layers.Epochs(m))
        {
            Passes = layers.Passes(m),
            StartsAtMoments = m > 0 && settings.Text("init-from") is null,
        })], Seed);
        RequireRunnable();
    }

    /// <inheritdoc/>
    public string Heading => $"{Training.Name}: {Training.Count:N0} rows × {Training.Columns}{(Validation is null ? "" : $", {Validation.Count:N0} held out")}; {Kind.Name} {Stack}; {Stack.Placement}";

    /// <inheritdoc/>
    public string Command => $"train {layers.Trained.Name}";

    /// <inheritdoc/>
    public string Position => $"{(IsDeep ? $"layer {Trainer.Machine}, " : "")}epoch {Trainer.Epoch + 1}";

    /// <inheritdoc/>
    public string? Stopped { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Result { get; } = new Dictionary<string, double>();

    /// <inheritdoc/>
    public void Restore(TrainerSnapshot snapshot)
    {
        Trainer.Restore(snapshot);
        RequireRunnable();
    }

    /// <inheritdoc/>
    public bool Execute(RunFolder folder, Session session, string commandLine)
    {
        var run = new TrainingRun(this, folder, session, commandLine);
        bool finished = run.Execute();
        Stopped = run.Stopped;
        return finished;
    }

    /// <summary>Throws what training would throw of data, options and place, and trains nothing: before a folder is made or changed.</summary>
    public void RequireRunnable() => _ = Trainer.Run(Training, Validation);

    public RunSettings Settings { get; }

    public ulong Seed { get; }

    /// <summary>Whether layers are told apart in what is printed and measured.</summary>
    public bool IsDeep => layers.IsDeep;

    /// <summary>What the run's model file will hold.</summary>
    public ModelKind Kind => layers.Kind;

    /// <summary>Epochs of all machines.</summary>
    public int Epochs => Trainer.Layers.Sum(layer => layer.Epochs);

    public Dataset Training { get; }

    public Dataset? Validation { get; }

    /// <summary>What the rows go through before the model sees them; null for nothing.</summary>
    public Scaling? Scaling { get; private set; }

    /// <summary>The machines that learn.</summary>
    public Dbn Stack { get; }

    /// <summary>What the run's model file will hold: the stack, or its only machine.</summary>
    public IModel Model => IsDeep ? Stack : Stack.LabelledTop is null ? Stack.Top : Stack.LabelledTop;

    /// <summary>Names of the classes that the model learns; null without labels.</summary>
    public IReadOnlyList<string>? Classes => Stack.LabelledTop is null ? null : Training.LabelNames ?? [.. Enumerable.Range(0, Stack.LabelledTop.Classes).Select(c => $"{c}")];

    public GreedyTrainer Trainer { get; }

    /// <summary>"mnist", or a file's name.</summary>
    public string DataName => Settings.Text("data")!;

    /// <summary>How the model is trained and what of its data other rows must share, to be kept with it.</summary>
    public JsonObject Description()
    {
        JsonObject training = Settings.ToJson();
        new DataDescription(Scaling, Training.Image, Training.ColumnNames).AddTo(training);
        return training;
    }

    TrainerOptions ReadOptions(int machine)
    {
        RunSettings settings = Settings;
        Metric[] metrics = [.. MetricNames(machine).Select(MetricCatalog.Parse)];
        var options = new TrainerOptions
        {
            BatchSize = (int)settings.Integer("batch-size")!,
            LearningRate = layers.LearningRate(machine),
            Momentum = new Schedule(settings.Numbers("momentum")!),
            Steps = new Schedule(settings.Numbers("steps")!),
            L2 = settings.Number("l2")!.Value,
            L1 = settings.Number("l1")!.Value,
            MaxNorm = settings.Number("max-norm") ?? double.PositiveInfinity,
            Dropout = settings.Number("dropout")!.Value,
            SparsityTarget = settings.Number("sparsity-target")!.Value,
            SparsityCost = settings.Number("sparsity-cost")!.Value,
            SparsityDamping = settings.Number("sparsity-damping")!.Value,
            Centering = settings.Text("centering") == "true",
            Shuffle = settings.Text("shuffle") == "true",
            Binarization = machine > 0 ? layers.Binarization(machine) : settings.Text("binarize") switch
            {
                "auto" when settings.Text("visible-units") == BernoulliLayer.Name => Binarization.Stochastic,
                "stochastic" => Binarization.Stochastic,
                "threshold" => Binarization.Threshold(settings.Number("threshold")!.Value),
                _ => Binarization.None,
            },
            Metrics = metrics,
            EarlyStopping = settings.Text("early-stopping") is string metric && (layers.Kind != ModelKind.ClassificationDbn || metrics.Any(m => m.Name == metric)) ? new EarlyStopping(metric, (int)settings.Integer("patience")!) : null,
        };
        options.Validate();
        return options;
    }

    IEnumerable<string> MetricNames(int machine)
    {
        if (layers.Kind == ModelKind.ClassificationDbn && Settings["metrics"] is JsonArray both)
        {
            // Each machine takes what is defined for it; a name that is for neither is found by parsing.
            IReadOnlyList<string> others = layers.HasLabels(machine) ? MetricCatalog.NamesFor<ClassificationRbm>() : MetricCatalog.NamesFor<Rbm>();
            return both.Select(m => m!.GetValue<string>()).Where(name => others.Contains(MetricCatalog.Parse(name).Name));
        }
        if (layers.HasLabels(machine)) return Settings["metrics"] is JsonArray of ? of.Select(m => m!.GetValue<string>()) : TrainSettings.ClassifierMetrics;
        bool areListed = layers.VisibleKind(machine) switch
        {
            GaussianLayer.Name or ReluLayer.Name => false,
            MultinomialLayer.Name => Settings.Integer("draws") == 1,
            _ => true,
        };
        if (Settings["metrics"] is not JsonArray asked) return TrainSettings.DefaultMetrics(areListed);
        string[] names = [.. asked.Select(m => m!.GetValue<string>())];
        // Found here, and not after an epoch by the metric itself.
        return areListed || Array.Find(names, name => name.Contains("pseudo-likelihood")) is not string wrong ? names
            : throw new BadInputException($"--metrics {wrong} needs visible units whose values can be listed: bernoulli, spin, or multinomial with one draw");
    }

    (Dataset Training, Dataset? Validation) ReadData(Session session)
    {
        var options = new DataOptions
        {
            Folder = session.DataFolder,
            Seed = Seed,
            Csv = new CsvOptions
            {
                LabelColumn = Settings.Text("label-column"),
                HasHeader = Settings.Text("header") switch { "true" => true, "false" => false, _ => null },
            },
        };
        var (training, validation) = HeldOut.Open(DataName, options, Settings.Integer("validation-rows"), Seed, Settings.Flag("stratify") == true);
        if (Settings.Integer("train-rows") is long rows)
        {
            if (rows < 1) throw new BadInputException($"--train-rows must be at least 1, not {rows}");
            training = training.Take((int)Math.Min(rows, training.Count));
        }
        Scaling = Settings.Text("scale") switch
        {
            "standardize" => Standardizer.Fit(training),
            "min-max" => MinMaxScaler.Fit(training),
            _ => null,
        };
        bool isBinary = Settings.Text("visible-units") == BernoulliLayer.Name;
        return (Scaling?.Transform(training) ?? training, validation is null ? null : ScaledData.Of(validation, Scaling, isBinary, session));
    }

    Dbn BuildStack(Placement placement)
    {
        Layer visible = BuildLayer(layers.VisibleKind(0), Training.Columns, placement);
        Layer[] all = [visible, .. Enumerable.Range(0, layers.Count).Select(m => BuildLayer(layers.HiddenKind(m), layers.Hidden(m), placement))];
        Dbn stack = layers.HasLabels(layers.Count - 1) ? Dbn.OfLabelled(ClassesOf(Training), all) : Dbn.Of(all);
        double deviation = Settings.Number("weights-std")!.Value;
        if (!(deviation >= 0)) throw new BadInputException($"--weights-std must be at least 0, not {deviation}");
        stack.SetRandomWeights(deviation, new Rng(Seed, WeightStream));
        StartBiases(stack);
        if (Settings.Text("init-from") is not string path) return stack;
        bool isOther = stack.LabelledTop is not null && ModelFile.Describe(path).Model == ModelKind.Rbm.Name;
        Dbn source = IsDeep ? ModelFile.LoadDbn(path, placement) : stack.LabelledTop is null || isOther ? new([ModelFile.Load(path, placement)]) : new([], ModelFile.LoadClassificationRbm(path, placement));
        // A model without labels gives what it has.
        bool fits = source.LabelledTop is null ? source.Layers.Select(l => l.ToString()).SequenceEqual(stack.Layers.Select(l => l.ToString())) : source.ToString() == stack.ToString();
        if (!fits) throw new BadInputException($"{path}: joins {source} units, but this run {stack}");
        if (!source.IsTied) throw new BadInputException($"{path}: has weights of its own for the way up; layers are trained with one set of weights");
        foreach (Parameter from in source.Parameters) stack.Parameters.First(to => to.Name == from.Name).Value.SetCopy(from.Value);
        return stack;
    }

    static int ClassesOf(Dataset training)
    {
        int classes = training.Labels is null
            ? throw new BadInputException($"{training.Name} has no labels, which this model learns with its rows{(training.ColumnNames is null ? "" : ": --label-column says which column holds them")}")
            : training.Classes;
        return classes >= 2 ? classes : throw new BadInputException($"all rows of {training.Name} are of one class: there is nothing to tell apart");
    }

    Layer BuildLayer(string kind, int units, Placement placement)
    {
        if (units < 1) throw new BadInputException($"--hidden must be at least 1, not {units}");
        double sigma = Settings.Number("sigma")!.Value;
        if (!(sigma > 0)) throw new BadInputException($"--sigma must be above 0, not {sigma}");
        bool learn = Settings.Flag("learn-precision")!.Value;
        switch (kind)
        {
            case BernoulliLayer.Name: return new BernoulliLayer(units, placement);
            case SpinLayer.Name: return new SpinLayer(units, placement);
            case GaussianLayer.Name: return new GaussianLayer(units, sigma, learn, placement);
            case ReluLayer.Name: return new ReluLayer(units, sigma, learn, placement);
            case MultinomialLayer.Name:
                int categories = (int)(Settings.Integer("categories") ?? units), draws = Whole("draws");
                if (categories < 1 || units % categories != 0) throw new BadInputException($"--categories must divide the {units} units, {categories} does not");
                if (draws < 1) throw new BadInputException($"--draws must be at least 1, not {draws}");
                return new MultinomialLayer(units, categories, draws, placement);
            default: throw new BadInputException($"there are no '{kind}' units; known are {string.Join(", ", LayerDescription.Kinds)}");
        }
    }

    void StartBiases(Dbn stack)
    {
        string start = Settings.Text("visible-bias")!;
        if (start == "data") stack.Visible.SetFromMoments(Training.Statistics.Means, Training.Statistics.Variances);
        else if (double.TryParse(start, out double value) && double.IsFinite(value)) stack.Visible.Bias.Fill(value);
        else throw new BadInputException($"--visible-bias must be 'data' or a number, not '{start}'");
        double[] biases = Settings.Numbers("hidden-bias")!;
        if (IsDeep)
            for (int m = 0; m < layers.Count; m++) stack.Machines[m].Hidden.Bias.Fill(LayerSettings.At("hidden-bias", biases, m));
        else if (biases.Length == 1) stack.Top.Hidden.Bias.Fill(biases[0]);
        else if (biases.Length == stack.Top.Hidden.Units) stack.Top.Hidden.Bias.WriteRow(0, biases);
        else throw new BadInputException($"--hidden-bias takes one number or {stack.Top.Hidden.Units}, one per unit, not {biases.Length}");
    }

    IGradientEstimator BuildEstimator(int machine, TrainerOptions options)
    {
        if (!layers.HasLabels(machine)) return BuildGenerative(machine, options);
        double weight = Settings.Number("generative-weight")!.Value;
        if (!(weight >= 0)) throw new BadInputException($"--generative-weight must be at least 0, not {weight}");
        return Settings.Text("objective") switch
        {
            "generative" => BuildGenerative(machine, options),
            "discriminative" => new DiscriminativeGradient(),
            _ => new HybridGradient(BuildGenerative(machine, options), weight),
        };
    }

    IGradientEstimator BuildGenerative(int machine, TrainerOptions options)
    {
        int steps = (int)options.Steps!.At(1), chains = Whole("chains"), temperatures = Whole("temperatures");
        double fastRate = Settings.Number("fast-learning-rate")!.Value;
        if (chains < 1) throw new BadInputException($"--chains must be at least 1, not {chains}");
        switch (Settings.Text("method"))
        {
            case "cd":
                return new ContrastiveDivergence(steps, Settings.Flag("sample-visible")!.Value, !Settings.Flag("hidden-means")!.Value,
                    upFactor: Settings.Text("doubled") == "up" ? 2 : 1, downFactor: Settings.Text("doubled") == "down" ? 2 : 1);
            case "pcd": return new PersistentContrastiveDivergence(chains, steps);
            case "fpcd":
                if (!(fastRate > 0)) throw new BadInputException($"--fast-learning-rate must be above 0, not {fastRate}");
                return new PersistentContrastiveDivergence(chains, steps, fastRate);
            case "pt":
                if (temperatures < 2) throw new BadInputException($"--temperatures must be at least 2, not {temperatures}");
                return new ParallelTempering(temperatures, chains, steps);
            default:
                // Says at once, not after the first batch, that a machine is too large.
                _ = Exact.LogPartition(layers.HasLabels(machine) ? Stack.TopModel : Stack.Machines[machine]);
                return new ExactGradient();
        }
    }

    int Whole(string name) => (int)Settings.Integer(name)!;
}
