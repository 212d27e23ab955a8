using System.CommandLine;
using System.Text.Json.Nodes;
using Boltzmann.Cli.Help;

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
        Group(HelpGroup.Data);
        Text("data", "Named set (see boltzmann data list) or file: IDX, CSV, NPY, NPZ, also with .gz; - for standard input.");
        OptionalText("label-column", "CSV column that holds labels: its name, or its number from 0 (-1 for the last).");
        OptionalText("header", "Whether the CSV's first line names the columns. Detected when left out.", "true", "false");
        Reading();
        OptionalText(RowOptions.Missing, RowOptions.MissingHelp, "absent", "unknown");
        if (!isBm && !isGraph)
        {
            OptionalTexts("columns", "Columns of a table to learn from, by name. By default all.");
            OptionalTexts("ignore", "Columns of a table to leave out, by name.");
            OptionalTexts("types", "What columns of a table hold. The types are real, binary, categorical, count and ignored; they are "
                + "found out when left out, and printed.");
        }
        OptionalText("vocabulary", "Words of a file of counts, one on each line, in the order of their numbers; the run remembers them.");
        OptionalInteger("words", "Learn the N columns of the greatest sums alone, such as the most frequent words; the run "
            + "remembers which.");
        OptionalText("alphabet", "Letters of aligned sequences (FASTA): protein, dna, rna, or the letters themselves. By default dna or "
            + "rna where all are nucleotides, protein otherwise.");
        OptionalText("weights", "How much each row counts: identity:SHARE, for aligned sequences 1 / the number that are so much "
            + "identical (0.8 is usual); or a file with a number for each row.");
        OptionalInteger("train-rows", "Learn from the first N rows only.");
        OptionalInteger("validation-rows", "Rows held out for metrics. By default a tenth of the data, at most 5000.");
        Flag("stratify", "Hold out rows of each class in proportion; needs labels.");
        Text("scale", "How columns are scaled. standardize: to mean 0 and variance 1; min-max: to the range 0..1; normal-scores: ranks as "
            + "normal numbers; by the training rows. auto: normal-scores for mixed columns, none for others.", "auto", "none",
            "standardize", "min-max", "normal-scores");
        Text("binarize", "How grey values become bits. stochastic: drawn afresh at each presentation; auto: stochastic for Bernoulli and "
            + "spin visible units, none for others. Bits are 0 and 1 for Bernoulli units, -1 and 1 for spins; with none, spins take -1 "
            + "and 1 only.", "auto", "none", "threshold", "stochastic");
        Number("threshold", "With --binarize threshold: the level from which on a value is 1.");

        Group(HelpGroup.Model);
        if (isBm)
        {
            Text("visible-units", "Kind of the visible units. multinomial: one-hot blocks of --categories columns, a Potts machine, as "
                + "aligned sequences (FASTA) have without being told.", "bernoulli", "spin", "multinomial");
            Text("hidden-units", "Kind of the hidden units.", "bernoulli", "spin");
            Integer("hidden", "Number of hidden units; 0 for none.");
            OptionalInteger("categories", "Multinomial units: categories of a block.");
            OptionalFlag("grid",
                "Join each unit to its four neighbours in the picture only, instead of to all; without hidden units.");
        }
        else if (!isGraph)
        {
            Kind("visible-units", "Kind of the visible units. mixed: real, binary and categorical columns of a table, each its own kind. "
                + "auto: mixed for a table with words, gaps or numbers outside of 0..1, bernoulli otherwise.");
            if (isDeep)
            {
                Kinds("hidden-units", "Kind of the hidden units, by layer.");
                Integers("hidden", "Number of hidden units of each layer, from the first one upward.");
            }
            else
            {
                Kind("hidden-units", "Kind of the hidden units.");
                Integer("hidden", "Number of hidden units.");
            }
        }
        if (isDbm) Flag("labels", "Learn the classes of the rows too, in a layer joined to the top hidden layer.");
        if (isStack) Flag("labels", "Learn the classes of the rows too, in a layer beside the input of the top machine (Hinton, Osindero "
            + "and Teh 2006).");
        if (!isBm && !isGraph)
        {
            OptionalInteger("categories", "Multinomial units: categories of a block. By default the whole layer is one block.");
            IntegerOr("draws", 1, "row", MultinomialLayer.DrawsOfRow, "Multinomial units: draws from each softmax; row: as many as the "
                + "counts of each row add up to, as documents of different length have (replicated softmax), "
                + $"learned by cd of {TrainPlan.StepsOfDocuments} steps unless stated.");
            Number("sigma", "Gaussian, relu and drelu units: standard deviation, of drelu units at first.");
            Flag("learn-precision", "Gaussian and relu units: learn the precision too, as mixed units always do.");
            OptionalNumber("precision-rate", "Factor on the step size of precisions: a tenth in mixed units, 1 in others when left out.");
        }
        Number("weights-std", "Standard deviation of the initial weights (Hinton's guide, section 8).");
        Text("visible-bias", "Initial visible biases: data (logit of the column means), or a number.");
        Numbers("hidden-bias", isDeep || isMachine ? "Initial hidden biases, by layer."
            : "Initial hidden biases: one number, or one per unit.");
        OptionalText("init-from", isClassifier ? "Start from the parameters of this model file. An rbm gives all but the "
                + "parameters of classes."
            : isBm || isGraph ? "Start from the parameters of this model file or run."
            : isDbm ? "Start from the parameters of this model file or run. It holds a dbm; an rbm or a dbm with fewer layers, for the "
            + "lowest ones; or a dbn trained with --doubled (Salakhutdinov and Hinton 2009)."
            : "Start from the parameters of this model file.");
        OptionalFlag(RowOptions.IgnoreExtra, "With --init-from: ignore columns of the data that its model did not learn from. They are "
            + "refused otherwise.");

        Group(HelpGroup.Gradient);
        if (isStack || isClassifier)
        {
            Text("objective", $"What is learned of rows x and classes y{(isStack ? ", with --labels" : "")}. generative: log p(x, y); "
                + "discriminative: log p(y|x); hybrid: log p(y|x) plus a share of log p(x, y) (Larochelle and Bengio 2008).",
                "generative", "discriminative", "hybrid");
            Number("generative-weight", "With --objective hybrid: weight of log p(x, y).");
        }
        bool takesCd = !isMachine, takesPrediction = isDbm || isGraph, takesPseudoLikelihood = MetricDefaults.TakesPseudoLikelihood(kind);
        string[] methods = [.. takesCd ? ["cd"] : (string[])[], "pcd", "fpcd", "pt", .. takesPrediction ? ["mp"] : (string[])[],
            .. takesPseudoLikelihood ? [PseudoLikelihoodMethod] : (string[])[], "exact"];
        Text(Method, "How the gradient is estimated. " + (takesCd ? "cd: contrastive divergence; " : "") + "pcd: persistent chains; fpcd: "
            + "pcd with fast weights; pt: parallel tempering; "
            + (takesPrediction ? "mp: multi-prediction of missing units by --steps sweeps of mean-field inference (Goodfellow et al. "
                + "2013); " : "")
            + (takesPseudoLikelihood ? "pl: pseudo-likelihood, without chains, for "
                + (isBm ? "machines without hidden units" : "hidden units that are independent given the visible ones")
                + " (Besag 1975); " : "")
            + "exact: by enumeration, for small models.", methods);
        Numbers("steps", "Gibbs sweeps per update (the k of CD-k), by epoch.");
        Integer("chains", "pcd, fpcd, pt: number of chains, at each temperature.");
        Integer("temperatures", "pt: number of temperatures.");
        Number("fast-learning-rate", "fpcd: learning rate of the fast weights.");
        if (isMachine)
        {
            Text("start-chains", "pcd, fpcd: where chains begin. data: at the first rows; noise: every unit drawn by its bias alone.",
                "data", "noise");
            Integer("mean-field-updates", "Most sweeps of mean-field inference for each batch.");
            Number("mean-field-tolerance", "Inference ends when no mean moves by more than this in a sweep; 0: always all sweeps.");
            Number("mean-field-damping", "Share of the old means that a sweep keeps, at least 0 and below 1.");
            Text("mean-field-order", "sequential: layer by layer; parallel: all at once from the old means.", "sequential", "parallel");
        }
        else
        {
            Flag("sample-visible", "cd: draw the visible states in the chain, instead of passing their means.");
            if (isStack) Flag(Doubled, "cd: train for a deep Boltzmann machine. Doubles the inputs of the first machine's hidden units "
                + "and of the last machine's visible units (Salakhutdinov and Hinton 2009).");
            else if (!isClassifier) Text(Doubled, "cd: double the inputs of the hidden (up) or the visible units (down), as for the first "
                + "or last machine of a deep Boltzmann machine.", "none", "up", "down");
            Flag("hidden-means", "cd: pass hidden means down the chain, instead of drawn states.");
        }
        if (isStack)
        {
            Text("layer-input", "What a layer learns from the layer below it. samples: drawn afresh at each presentation for Bernoulli "
                + "units, once for others; means: its means.", "samples", "means");
            OptionalInteger("layer-passes",
                "Learn the mean of N stochastic passes up from the data, drawn once, instead of --layer-input.");
        }

        Group(HelpGroup.Learning);
        OptionalInteger("epochs", $"Passes {(isStack ? "of each layer " : "")}over the data. A resumed run counts the earlier ones. By "
            + $"default {TrainPlan.DefaultEpochs}; with mixed columns as many as make {TrainPlan.MixedUpdates:N0} updates.");
        if (isStack)
        {
            OptionalIntegers("layer-epochs", "Epochs, by layer, instead of --epochs.");
            OptionalNumbers("layer-learning-rate", "Step size, by layer, instead of --learning-rate. It falls to --learning-rate-end, or "
                + "to a tenth.");
        }
        Integer("batch-size", "Rows per update. Small batches learn more per epoch (docs/design-notes.md).");
        Numbers("learning-rate", "Step size, by epoch.");
        OptionalNumber("learning-rate-end",
            "What a single learning rate falls to, in a straight line, by the last epoch. By default a tenth of it; with mixed columns the "
                + "rate divided by the epochs.");
        Numbers("momentum", "Share of the last step that is kept, by epoch (Hinton's guide, section 9).");
        Text("optimizer", "sgd: with momentum; adam: Kingma and Ba 2015.", "sgd", "adam");
        Number("l2", "Weight decay.");
        Number("l1", "Lasso penalty on weights.");
        if (kind == ModelKind.Rbm)
        {
            OptionalNumber("l1b", "Lasso penalty that bears harder on hidden units with many large weights (Tubiana et al. 2019).");
            OptionalText("zero-sum", "Keep the weights of a block of one-hot visible units at sum 0. By default true for aligned "
                + "sequences.", "true", "false");
        }
        OptionalNumber("max-norm", "Greatest norm of a hidden unit's incoming weights, from the layers nearer to the rows.");
        Number("dropout", "Probability that a visible unit is dropped from a training row.");
        if (isMachine)
        {
            Numbers("sparsity-target", "Desired mean activity of hidden units, by layer.");
            Numbers("sparsity-cost", "Strength of the pull towards that activity, by layer.");
        }
        else
        {
            Number("sparsity-target", "Desired mean activity of hidden units.");
            Number("sparsity-cost", "Strength of the pull towards that activity.");
        }
        Number("sparsity-damping", "Share of the running mean of activity that a batch keeps.");
        Text("centering", "Centred gradient (Montavon and Müller 2012).", "true", "false");
        OptionalFlag("average-present", "With --missing absent: average the gradient of a visible unit over the rows of a batch that have "
            + "it, instead of all rows.");
        Text("shuffle", "New random order every epoch.", "true", "false");

        Group(HelpGroup.Metrics);
        IEnumerable<string> defaults = isMachine ? MetricDefaults.MachineMetrics(kind)
            : isClassifier ? MetricDefaults.ClassifierMetrics : MetricDefaults.DefaultMetrics(true);
        IReadOnlyList<string> names = isMachine ? MetricDefaults.NamesFor(kind)
            : isClassifier ? MetricCatalog.NamesFor<ClassificationRbm>() : isStack ? MetricCatalog.Names : MetricCatalog.NamesFor<Rbm>();
        string unlisted = isMachine || isClassifier ? "" : $", without {PseudoLikelihood} where the values of visible units cannot be "
            + "listed", labelled = isStack ? "; with labels, for the top machine "
            + $"{string.Join(", ", MetricDefaults.ClassifierMetrics)}" : "";
        OptionalTexts("metrics", "What to measure: NAME, or NAME:EVERY for every so many epochs. By default "
            + $"{string.Join(", ", defaults)}{unlisted}{labelled}. Names: {string.Join(", ", names)}.");
        OptionalText("early-stopping", "Stop when this metric has not improved.");
        Integer("patience", "With --early-stopping: measurements without improvement before stopping.");

        if (!isDeep) Main("ignore", "types", "init-from");
        if (isBm) Main("categories");
        Main("data", "label-column", "train-rows", "validation-rows", "scale", "visible-units", "hidden-units", "hidden", "labels", "grid",
            "objective", Method, "steps", "epochs", "batch-size", "learning-rate", "l2", "metrics", "early-stopping");
        Takes("NAME|FILE", "data");
        Takes("NAME|INDEX", "label-column");
        Takes("NAME", "columns", "ignore");
        Takes("NAME=TYPE", "types");
        Takes("protein|dna|rna|LETTERS", "alphabet");
        Takes("identity:SHARE|FILE", "weights");
        Takes("FILE", "vocabulary");
        Takes("FILE|RUN", "init-from");
        Takes("NAME[:EVERY]", "metrics");
        Takes("METRIC", "early-stopping");
        Takes("data|X", "visible-bias");
    }

    /// <inheritdoc/>
    public override RunSettings Collect(ParseResult parsed, RunSettings? saved = null)
    {
        RunSettings settings = base.Collect(parsed, saved);
        settings[ModelName] = kind.Name;
        if (kind == ModelKind.Graph && saved is not null) settings[Graph] = saved[Graph];
        if (kind == ModelKind.Bm && saved is not null) settings[Edges] = saved[Edges];
        if (kind == ModelKind.Dbn && settings.Flag(Doubled) == true && !IsGiven(parsed, Method) && saved is null) settings[Method] = "cd";
        bool areDocuments = settings.Integer("draws") == MultinomialLayer.DrawsOfRow && saved is null;
        if (areDocuments && !IsGiven(parsed, Method)) settings[Method] = "cd";
        if (areDocuments && settings.Text(Method) == "cd" && !IsGiven(parsed, "steps")) settings["steps"] = TrainPlan.StepsOfDocuments;
        UselessOptions.Check(settings, name => IsGiven(parsed, name));
        return settings;
    }
}
