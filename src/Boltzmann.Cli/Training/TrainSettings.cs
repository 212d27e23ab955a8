using System.CommandLine;
using System.Text.Json.Nodes;

namespace Boltzmann.Cli.Training;

/// <summary>
/// The options of `train rbm` and `train dbn`, each at once an option of the command line and a setting of settings.json. A resumed run starts from
/// its saved settings; options given again replace them. Options of a deep network that vary by layer take several values, the last one staying.
/// </summary>
sealed class TrainSettings : SettingOptions
{
    const string PseudoLikelihood = "pseudo-likelihood", ModelName = "model";

    readonly ModelKind kind;

    /// <param name="kind">What is trained: an rbm or a dbn.</param>
    public TrainSettings(ModelKind kind)
    {
        this.kind = kind;
        bool isDeep = kind == ModelKind.Dbn;
        Text("data", "digits", "Named set (see boltzmann data list) or file: IDX, CSV, NPY, NPZ, .gz.");
        OptionalText("label-column", "CSV column that holds labels: its name, or its number from 0 (-1 for the last).");
        OptionalText("header", "Whether the CSV's first line names the columns: true or false; detected when left out.", "true", "false");
        OptionalInteger("train-rows", "Learn from only so many rows.");
        OptionalInteger("validation-rows", "Rows set apart for metrics: by default a tenth of the data, at most 5000.");
        Flag("stratify", "Rows set apart keep the shares of the classes; needs labels.");
        Text("scale", "none", "standardize: mean 0, variance 1 per column; min-max: 0..1 per column; statistics of the training rows.", "none", "standardize", "min-max");
        Text("binarize", "auto", "How grey values become bits: stochastic draws afresh at each presentation. auto: stochastic for Bernoulli visible units, none for others.", "auto", "none", "threshold", "stochastic");
        Number("threshold", 0.5, "Level for --binarize threshold.");

        Text("visible-units", "bernoulli", "Kind of the visible units.", [.. LayerDescription.Kinds]);
        if (isDeep)
        {
            Texts("hidden-units", ["bernoulli"], "Kind of the hidden units, by layer.", [.. LayerDescription.Kinds]);
            Integers("hidden", [512, 256], "Numbers of hidden units, a layer each, from the first one upward.");
        }
        else
        {
            Text("hidden-units", "bernoulli", "Kind of the hidden units.", [.. LayerDescription.Kinds]);
            Integer("hidden", 256, "Number of hidden units.");
        }
        OptionalInteger("categories", "Multinomial units: categories of a block; all units of the layer when left out.");
        Integer("draws", 1, "Multinomial units: draws from each softmax.");
        Number("sigma", 1, "Gaussian and relu units: standard deviation.");
        Flag("learn-precision", "Gaussian and relu units: learn the precision too.");
        Number("weights-std", 0.01, "Standard deviation of the initial weights (Hinton's guide, section 8).");
        Text("visible-bias", "data", "Start of the visible biases: data (logit of the means) or a number.");
        Numbers("hidden-bias", [0], isDeep ? "Start of the hidden biases, by layer." : "Start of the hidden biases: one number, or one per unit.");
        OptionalText("init-from", "Start from the parameters of this model file.");

        Text("method", "pcd", "cd; pcd; fpcd: pcd with fast weights; pt: parallel tempering; exact: by enumeration, small models.", "cd", "pcd", "fpcd", "pt", "exact");
        Numbers("steps", [1], "k, Gibbs sweeps per update, by epoch.");
        Integer("chains", 100, "pcd, fpcd, pt: number of chains (at each temperature).");
        Integer("temperatures", 10, "pt: number of temperatures.");
        Number("fast-learning-rate", 0.01, "fpcd: learning rate of the fast weights.");
        Flag("sample-visible", "cd: sample visible states in the chain; their means otherwise.");
        if (!isDeep) Text("doubled", "none", "cd: double the inputs of the hidden (up) or visible (down) units, as for the first or last machine of a deep Boltzmann machine.", "none", "up", "down");
        Flag("hidden-means", "cd: pass hidden means down the chain; samples otherwise.");

        if (isDeep)
        {
            Text("layer-input", "samples", "What a layer learns of those below: samples, for Bernoulli units drawn afresh at each presentation, for others once; or means.", "samples", "means");
            OptionalInteger("layer-passes", "Learn the mean of so many stochastic passes up from the data, drawn once, in place of --layer-input.");
            OptionalIntegers("layer-epochs", "Epochs, by layer; those of --epochs when left out.");
            OptionalNumbers("layer-learning-rate", "Step size, by layer, falling as --learning-rate-end says, or in each layer to a tenth; that of --learning-rate when left out.");
        }
        Integer("epochs", 20, isDeep ? "Passes of each layer over the data, those of a resumed run included." : "Passes over the data, those of a resumed run included.");
        Integer("batch-size", 20, "Rows per update. Small batches learn more per epoch (docs/design-notes.md).");
        Text("optimizer", "sgd", "sgd with momentum, or adam.", "sgd", "adam");
        Numbers("learning-rate", [0.05], "Step size, by epoch.");
        OptionalNumber("learning-rate-end", "Where a single learning rate falls to, in a straight line, by the last epoch; a tenth of it when left out.");
        Numbers("momentum", [0.5], "Share of the last step kept, by epoch (Hinton's guide, section 9).");
        Number("l2", 1e-5, "Weight decay.");
        Number("l1", 0, "Lasso penalty on weights.");
        OptionalNumber("max-norm", "Greatest norm of a hidden unit's weights.");
        Number("dropout", 0, "Chance that a visible unit is dropped from a training row.");
        Number("sparsity-target", 0.1, "Wanted mean activity of hidden units.");
        Number("sparsity-cost", 0, "Strength of the pull to that activity.");
        Number("sparsity-damping", 0.9, "What a batch leaves of the running mean of activity.");
        Text("centering", "true", "Centred gradient (Montavon and Müller 2012).", "true", "false");
        Text("shuffle", "true", "New random order every epoch.", "true", "false");

        OptionalTexts("metrics", $"What to measure, as NAME or NAME:EVERY epochs; by default {string.Join(", ", DefaultMetrics(true))}, without {PseudoLikelihood} where the values of visible units cannot be listed. Names: {string.Join(", ", MetricCatalog.NamesFor<Rbm>())}.");
        OptionalText("early-stopping", "Stop when this metric has not improved.");
        Integer("patience", 5, "Measurements without improvement before stopping.");
    }

    /// <summary>What is measured unless stated.</summary>
    /// <param name="areListed">Whether the values of visible units can be listed, as pseudo-likelihood needs them.</param>
    public static IEnumerable<string> DefaultMetrics(bool areListed) =>
        ((string[])["reconstruction-error", PseudoLikelihood, "free-energy-gap", "weight-norm", "hidden-activity", "validation-log-likelihood"]).Where(m => areListed || m != PseudoLikelihood);

    /// <inheritdoc/>
    public override RunSettings Collect(ParseResult parsed, RunSettings? saved = null)
    {
        RunSettings settings = base.Collect(parsed, saved);
        settings[ModelName] = kind.Name;
        return settings;
    }

    /// <summary>The settings of a command line of `train rbm` given as text.</summary>
    /// <exception cref="ArgumentException">The arguments are not its options.</exception>
    public static RunSettings FromArguments(params string[] arguments) => FromArguments(ModelKind.Rbm, arguments);

    /// <summary>The settings of a command line given as text.</summary>
    /// <exception cref="ArgumentException">The arguments are not options of training this kind.</exception>
    public static RunSettings FromArguments(ModelKind kind, params string[] arguments) => new TrainSettings(kind).FromText(arguments);
}
