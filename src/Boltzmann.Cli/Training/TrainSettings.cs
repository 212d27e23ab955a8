using System.CommandLine;
using System.Text.Json.Nodes;

namespace Boltzmann.Cli.Training;

/// <summary>
/// The options of `train rbm`, `train classification-rbm`, `train dbn`, `train dbm`, `train bm` and `train graph`, each at once an option
/// of the command line and a setting of settings.json. A resumed run starts from its saved settings; options given again replace them.
/// Options of deep models that vary by layer take several values, the last one staying.
/// </summary>
sealed class TrainSettings : SettingOptions
{
    const string PseudoLikelihood = "pseudo-likelihood", PseudoLikelihoodMethod = "pl", ModelName = "model", Doubled = "doubled",
        Graph = "graph", Edges = "edges", Method = "method";

    readonly ModelKind kind;

    /// <param name="kind">What is trained: an rbm, a classification-rbm, a dbn, a dbm, a bm or a graph.</param>
    public TrainSettings(ModelKind kind) : base(TrainPlan.Of(kind).ToSettings())
    {
        this.kind = kind;
        bool isStack = kind == ModelKind.Dbn, isDbm = kind == ModelKind.Dbm, isBm = kind == ModelKind.Bm, isGraph = kind == ModelKind.Graph;
        bool isMachine = isDbm || isBm || isGraph, isDeep = isStack || isDbm, isClassifier = kind == ModelKind.ClassificationRbm;
        Text("data", "Named set (see boltzmann data list) or file: IDX, CSV, NPY, NPZ, .gz.");
        OptionalText("label-column", "CSV column that holds labels: its name, or its number from 0 (-1 for the last).");
        OptionalText("header", "Whether the CSV's first line names the columns: true or false; detected when left out.", "true", "false");
        OptionalNumber(RowOptions.ScaleBytes, RowOptions.ScaleBytesHelp);
        OptionalText(RowOptions.Missing, RowOptions.MissingHelp, "absent", "unknown");
        OptionalInteger("train-rows", "Learn from only so many rows.");
        OptionalInteger("validation-rows", "Rows set apart for metrics: by default a tenth of the data, at most 5000.");
        Flag("stratify", "Rows set apart keep the shares of the classes; needs labels.");
        Text("scale", "standardize: mean 0, variance 1 per column; min-max: 0..1 per column; statistics of the training rows.", "none",
            "standardize", "min-max");
        Text("binarize", "How grey values become bits, 0 and 1 for Bernoulli units, -1 and 1 for spins: stochastic draws afresh at each "
            + "presentation. auto: stochastic for Bernoulli and spin visible units, none for others. Without, spins take -1 and 1 "
            + "only.", "auto", "none", "threshold", "stochastic");
        Number("threshold", "Level for --binarize threshold.");

        if (isBm)
        {
            Text("visible-units", "Kind of the visible units.", "bernoulli", "spin");
            Text("hidden-units", "Kind of the hidden units.", "bernoulli", "spin");
            Integer("hidden", "Number of hidden units; 0 for none.");
            OptionalFlag("grid",
                "Join each unit to its four neighbours in the picture alone, in place of all to all; without hidden units.");
        }
        else if (!isGraph)
        {
            Kind("visible-units", "Kind of the visible units.");
            if (isDeep)
            {
                Kinds("hidden-units", "Kind of the hidden units, by layer.");
                Integers("hidden", "Numbers of hidden units, a layer each, from the first one upward.");
            }
            else
            {
                Kind("hidden-units", "Kind of the hidden units.");
                Integer("hidden", "Number of hidden units.");
            }
        }
        if (!isBm && !isGraph)
        {
            OptionalInteger("categories", "Multinomial units: categories of a block; all units of the layer when left out.");
            Integer("draws", "Multinomial units: draws from each softmax.");
            Number("sigma", "Gaussian and relu units: standard deviation.");
            Flag("learn-precision", "Gaussian and relu units: learn the precision too.");
        }
        Number("weights-std", "Standard deviation of the initial weights (Hinton's guide, section 8).");
        Text("visible-bias", "Start of the visible biases: data (logit of the means) or a number.");
        Numbers("hidden-bias", isDeep || isMachine ? "Start of the hidden biases, by layer." : "Start of the hidden biases: one number, or "
            + "one per unit.");
        OptionalText("init-from", isClassifier ? "Start from the parameters of this model file; of an rbm, those of rows and features."
            : isBm || isGraph ? "Start from the parameters of this file or run."
            : isDbm ? "Start from the parameters of this file or run: of a dbm; of an rbm or a dbm of fewer layers, as the lowest ones; or "
            + "of a dbn that was trained with --doubled (Salakhutdinov and Hinton 2009)." : "Start from the parameters of this model "
            + "file.");

        OptionalFlag(RowOptions.IgnoreExtra, "--init-from: pass over columns of the data that its model did not learn from; they are "
            + "refused otherwise.");
        if (isDbm) Flag("labels", "A layer of the rows' classes joined to the top hidden layer, which is learned too.");
        if (isStack) Flag("labels", "A layer of the rows' classes beside the layer below the top one, which the top machine learns too "
            + "(Hinton, Osindero and Teh 2006).");
        if (isStack || isClassifier)
        {
            Text("objective", $"{(isStack ? "--labels: w" : "W")}hat is learned of rows x and classes y: generative, log p(x, y); "
                + "discriminative, log p(y|x); hybrid, the latter and a share of the former (Larochelle and Bengio "
                + "2008).", "generative", "discriminative", "hybrid");
            Number("generative-weight", "hybrid: weight of log p(x, y).");
        }
        bool takesCd = !isMachine, takesPrediction = isDbm || isGraph, takesPseudoLikelihood = MetricDefaults.TakesPseudoLikelihood(kind);
        string[] methods = [.. takesCd ? ["cd"] : (string[])[], "pcd", "fpcd", "pt", .. takesPrediction ? ["mp"] : (string[])[],
            .. takesPseudoLikelihood ? [PseudoLikelihoodMethod] : (string[])[], "exact"];
        Text(Method, $"{(takesCd ? "cd; " : "")}pcd; fpcd: pcd with fast weights; pt: parallel tempering; "
            + (takesPrediction
                ? "mp: multi-prediction, of missing units by --steps sweeps of mean-field inference (Goodfellow et al. 2013); " : "")
            + (takesPseudoLikelihood ? "pl: pseudo-likelihood, without chains, "
                + $"{(isBm ? "machines without hidden units" : "hidden units independent given the visible ones")} (Besag 1975); " : "")
            + "exact: by enumeration, small models.", methods);
        Numbers("steps", "k, Gibbs sweeps per update, by epoch.");
        Integer("chains", "pcd, fpcd, pt: number of chains (at each temperature).");
        Integer("temperatures", "pt: number of temperatures.");
        Number("fast-learning-rate", "fpcd: learning rate of the fast weights.");
        if (isMachine)
        {
            Text("start-chains", "pcd, fpcd: where chains begin, at the first rows or at noise, every unit by its bias alone.", "data",
                "noise");
            Integer("mean-field-updates", "Sweeps of mean-field inference for each batch, at most.");
            Number("mean-field-tolerance", "Inference ends when no mean moves further in a sweep; 0 for always all sweeps.");
            Number("mean-field-damping", "What a sweep leaves of the old means, at least 0 and below 1.");
            Text("mean-field-order", "sequential: layer by layer; parallel: all at once from the old means.", "sequential", "parallel");
        }
        else
        {
            Flag("sample-visible", "cd: sample visible states in the chain; their means otherwise.");
            if (isStack) Flag(Doubled, "Train for a deep Boltzmann machine: by cd, the hidden units of the first machine and the visible "
                + "ones of the last hear their inputs twice (Salakhutdinov and Hinton 2009).");
            else if (!isClassifier) Text(Doubled, "cd: double the inputs of the hidden (up) or visible (down) units, as for the first or "
                + "last machine of a deep Boltzmann machine.", "none", "up", "down");
            Flag("hidden-means", "cd: pass hidden means down the chain; samples otherwise.");
        }

        if (isStack)
        {
            Text("layer-input", "What a layer learns of those below: samples, for Bernoulli units drawn afresh at each presentation, for "
                + "others once; or means.", "samples", "means");
            OptionalInteger("layer-passes",
                "Learn the mean of so many stochastic passes up from the data, drawn once, in place of --layer-input.");
            OptionalIntegers("layer-epochs", "Epochs, by layer; those of --epochs when left out.");
            OptionalNumbers("layer-learning-rate", "Step size, by layer, falling as --learning-rate-end says, or in each layer to a tenth; "
                + "that of --learning-rate when left out.");
        }
        Integer("epochs", isStack ? "Passes of each layer over the data, those of a resumed run included." : "Passes over the data, those "
            + "of a resumed run included.");
        Integer("batch-size", "Rows per update. Small batches learn more per epoch (docs/design-notes.md).");
        Text("optimizer", "sgd with momentum, or adam.", "sgd", "adam");
        Numbers("learning-rate", "Step size, by epoch.");
        OptionalNumber("learning-rate-end",
            "Where a single learning rate falls to, in a straight line, by the last epoch; a tenth of it when left out.");
        Numbers("momentum", "Share of the last step kept, by epoch (Hinton's guide, section 9).");
        Number("l2", "Weight decay.");
        Number("l1", "Lasso penalty on weights.");
        OptionalNumber("max-norm", "Greatest norm of a hidden unit's incoming weights, those from layers nearer to the rows.");
        Number("dropout", "Chance that a visible unit is dropped from a training row.");
        if (isMachine)
        {
            Numbers("sparsity-target", "Wanted mean activity of hidden units, by layer.");
            Numbers("sparsity-cost", "Strength of the pull to that activity, by layer.");
        }
        else
        {
            Number("sparsity-target", "Wanted mean activity of hidden units.");
            Number("sparsity-cost", "Strength of the pull to that activity.");
        }
        Number("sparsity-damping", "What a batch leaves of the running mean of activity.");
        Text("centering", "Centred gradient (Montavon and Müller 2012).", "true", "false");
        OptionalFlag("average-present", "With --missing absent: average the gradient of a visible unit over the rows of a batch that have "
            + "it, in place of all rows.");
        Text("shuffle", "New random order every epoch.", "true", "false");

        IEnumerable<string> defaults = isMachine ? MetricDefaults.MachineMetrics(kind)
            : isClassifier ? MetricDefaults.ClassifierMetrics : MetricDefaults.DefaultMetrics(true);
        IReadOnlyList<string> names = isMachine ? MetricDefaults.NamesFor(kind)
            : isClassifier ? MetricCatalog.NamesFor<ClassificationRbm>() : isStack ? MetricCatalog.Names : MetricCatalog.NamesFor<Rbm>();
        string unlisted = isMachine || isClassifier ? "" : $", without {PseudoLikelihood} where the values of visible units cannot be "
            + "listed", labelled = isStack ? "; with labels, of the top machine "
            + $"{string.Join(", ", MetricDefaults.ClassifierMetrics)}" : "";
        OptionalTexts("metrics", "What to measure, as NAME or NAME:EVERY epochs; by default "
            + $"{string.Join(", ", defaults)}{unlisted}{labelled}. Names: {string.Join(", ", names)}.");
        OptionalText("early-stopping", "Stop when this metric has not improved.");
        Integer("patience", "Measurements without improvement before stopping.");
    }

    // What has no meaning where no chain runs and nothing is inferred.
    static readonly string[] chainOptions = ["steps", "chains", "temperatures", "fast-learning-rate", "start-chains", "mean-field-updates",
        "mean-field-tolerance", "mean-field-damping", "mean-field-order", "sample-visible", Doubled, "hidden-means"];

    /// <inheritdoc/>
    public override RunSettings Collect(ParseResult parsed, RunSettings? saved = null)
    {
        RunSettings settings = base.Collect(parsed, saved);
        settings[ModelName] = kind.Name;
        if (kind == ModelKind.Graph && saved is not null) settings[Graph] = saved[Graph];
        if (kind == ModelKind.Bm && saved is not null) settings[Edges] = saved[Edges];
        if (settings.Text(Method) == PseudoLikelihoodMethod && chainOptions.FirstOrDefault(name => IsGiven(parsed, name)) is string useless)
            throw new BadInputException($"--{useless} does not go with --method {PseudoLikelihoodMethod}, which runs no chains and infers "
                + "nothing; leave it out");
        if (kind == ModelKind.Dbn && settings.Flag(Doubled) == true && !IsGiven(parsed, Method) && saved is null) settings[Method] = "cd";
        return settings;
    }
}
