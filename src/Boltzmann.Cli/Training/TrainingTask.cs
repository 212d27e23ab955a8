using System.Text.Json.Nodes;

namespace Boltzmann.Cli.Training;

/// <summary>What the settings of a run mean: data, machine, trainer. Everything that can be wrong with them is found here, before a folder exists.</summary>
sealed class TrainingTask
{
    const uint WeightStream = 0x77656967;

    public TrainingTask(RunSettings settings, Session session)
    {
        Settings = settings;
        Seed = session.Seed;
        Epochs = Whole("epochs");
        if (Epochs < 1) throw new BadInputException($"--epochs must be at least 1, not {Epochs}");
        Options = ReadOptions(settings);
        (Training, Validation) = ReadData(session);
        Model = BuildModel(session.Placement);
        VisibleRows.Check(Training, Model.Visible);
        if (Validation is not null) VisibleRows.Check(Validation, Model.Visible);
        Trainer = new Trainer(Model, BuildEstimator(), settings.Text("optimizer") == "adam" ? new Adam() : new Sgd(), Options, Seed);
        RequireRunnable();
    }

    /// <summary>Throws what training would throw of data, options and place, and trains nothing: before a folder is made or changed.</summary>
    public void RequireRunnable() => _ = Trainer.Run(Training, Epochs, Validation);

    public RunSettings Settings { get; }

    public ulong Seed { get; }

    public TrainerOptions Options { get; }

    public int Epochs { get; }

    public Dataset Training { get; }

    public Dataset? Validation { get; }

    /// <summary>What the rows go through before the model sees them; null for nothing.</summary>
    public Scaling? Scaling { get; private set; }

    public Rbm Model { get; }

    public Trainer Trainer { get; }

    /// <summary>"mnist", or a file's name.</summary>
    public string DataName => Settings.Text("data")!;

    /// <summary>How the model is trained and what of its data other rows must share, to be kept with it.</summary>
    public JsonObject Description()
    {
        JsonObject training = Settings.ToJson();
        new DataDescription(Scaling, Training.Image, Training.ColumnNames).AddTo(training);
        return training;
    }

    static TrainerOptions ReadOptions(RunSettings settings)
    {
        var options = new TrainerOptions
        {
            BatchSize = (int)settings.Integer("batch-size")!,
            LearningRate = LearningRate(settings),
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
            Binarization = settings.Text("binarize") switch
            {
                "auto" when settings.Text("visible-units") == BernoulliLayer.Name => Binarization.Stochastic,
                "stochastic" => Binarization.Stochastic,
                "threshold" => Binarization.Threshold(settings.Number("threshold")!.Value),
                _ => Binarization.None,
            },
            Metrics = [.. MetricNames(settings).Select(MetricCatalog.Parse)],
            EarlyStopping = settings.Text("early-stopping") is string metric ? new EarlyStopping(metric, (int)settings.Integer("patience")!) : null,
        };
        options.Validate();
        return options;
    }

    static IEnumerable<string> MetricNames(RunSettings settings)
    {
        bool areListed = settings.Text("visible-units") switch
        {
            GaussianLayer.Name or ReluLayer.Name => false,
            MultinomialLayer.Name => settings.Integer("draws") == 1,
            _ => true,
        };
        if (settings["metrics"] is not JsonArray asked) return TrainSettings.DefaultMetrics(areListed);
        string[] names = [.. asked.Select(m => m!.GetValue<string>())];
        // Found here, and not after an epoch by the metric itself.
        return areListed || Array.Find(names, name => name.Contains("pseudo-likelihood")) is not string wrong ? names
            : throw new BadInputException($"--metrics {wrong} needs visible units whose values can be listed: bernoulli, spin, or multinomial with one draw");
    }

    static Schedule LearningRate(RunSettings settings)
    {
        double[] rates = settings.Numbers("learning-rate")!;
        double? end = settings.Number("learning-rate-end");
        if (end is double e && !(e >= 0)) throw new BadInputException($"--learning-rate-end must be at least 0, not {e}");
        if (rates.Length == 1) return Schedule.Linear(rates[0], end ?? rates[0] / 10, (int)settings.Integer("epochs")!);
        return end is null ? new Schedule(rates) : throw new BadInputException("--learning-rate-end goes with a single --learning-rate");
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

    Rbm BuildModel(Placement placement)
    {
        Layer visible = BuildLayer(Settings.Text("visible-units")!, Training.Columns, placement);
        Layer hidden = BuildLayer(Settings.Text("hidden-units")!, Whole("hidden"), placement);
        var model = new Rbm(visible, hidden);
        double deviation = Settings.Number("weights-std")!.Value;
        if (!(deviation >= 0)) throw new BadInputException($"--weights-std must be at least 0, not {deviation}");
        model.SetRandomWeights(deviation, new Rng(Seed, WeightStream));
        StartBiases(visible, hidden);
        if (Settings.Text("init-from") is string path)
        {
            Rbm source = ModelFile.Load(path, placement);
            if (source.Visible.ToString() != visible.ToString() || source.Hidden.ToString() != hidden.ToString())
                throw new BadInputException($"{path}: joins {source.Visible} and {source.Hidden} units, but this run {visible} and {hidden}");
            model.CopyFrom(source);
        }
        return model;
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

    void StartBiases(Layer visible, Layer hidden)
    {
        string start = Settings.Text("visible-bias")!;
        if (start == "data") visible.SetFromMoments(Training.Statistics.Means, Training.Statistics.Variances);
        else if (double.TryParse(start, out double value) && double.IsFinite(value)) visible.Bias.Fill(value);
        else throw new BadInputException($"--visible-bias must be 'data' or a number, not '{start}'");
        double[] biases = Settings.Numbers("hidden-bias")!;
        if (biases.Length == 1) hidden.Bias.Fill(biases[0]);
        else if (biases.Length == hidden.Units) hidden.Bias.WriteRow(0, biases);
        else throw new BadInputException($"--hidden-bias takes one number or {hidden.Units}, one per unit, not {biases.Length}");
    }

    IGradientEstimator BuildEstimator()
    {
        int steps = (int)Options.Steps!.At(1), chains = Whole("chains"), temperatures = Whole("temperatures");
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
                _ = Exact.LogPartition(Model);
                return new ExactGradient();
        }
    }

    int Whole(string name) => (int)Settings.Integer(name)!;
}
