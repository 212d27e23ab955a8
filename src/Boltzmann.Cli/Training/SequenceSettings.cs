using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Training;

/// <summary>The options of `train dybm`, `train crbm`, `train rtrbm` and `train rnn-rbm`.</summary>
sealed class SequenceSettings : SettingOptions
{
    readonly ModelKind kind;
    readonly string[] methods;

    /// <param name="kind">What is trained.</param>
    public SequenceSettings(ModelKind kind) : base(SequencePlan.Of(kind).ToSettings())
    {
        this.kind = kind;
        bool hasHidden = kind != ModelKind.Dybm, isRecurrent = kind == ModelKind.Rtrbm || kind == ModelKind.RnnRbm;
        Group(HelpGroup.Data);
        Text("data", "Named set of sequences (boltzmann data list) or file: CSV, NPY, NPZ, piano rolls as JSON, lines of text, WAV, also "
            + "with .gz; - for standard input.");
        OptionalText("format", "Kind of the file, whatever its name ends in.", [.. SequenceSource.Formats]);
        OptionalTexts("columns", "Columns of a table to read, by name. By default all.");
        OptionalTexts("skip-columns", "Columns of a table to leave out, by name.");
        OptionalText("sequence-column", "The column that says which sequence a row belongs to. By default all rows are one.");
        OptionalText("header", "Whether a table's first line names the columns. Detected when left out.", "true", "false");
        OptionalText(RowOptions.Delimiter, RowOptions.DelimiterHelp);
        OptionalText(RowOptions.Decimal, RowOptions.DecimalHelp, "comma", "point");
        Integer("low", "Piano rolls: the pitch of the first column.");
        Integer("high", "Piano rolls: the pitch of the last column.");
        OptionalText("alphabet", "Texts: the letters that there may be, such as a-z. By default those found.");
        Flag("ignore-counts", "Texts with a count on each line: every line weighs the same.");
        if (!isRecurrent) OptionalFlag("draw-by-count", "Texts with a count on each line: steps come as often as their counts say, in "
            + "place of once for their count, which leaves a batch to its heaviest lines.");
        Integer("frame", "Sound: samples of a frame.");
        Integer("hop", "Sound: samples from the beginning of a frame to that of the next.");
        Flag("raw", "Sound: frames are the samples themselves, not their log power spectrum.");
        OptionalInteger("videos", "Bouncing balls: videos to learn from. By default 4000.");
        Number("validation-share", "Share of the sequences, or of the steps of a single one, held out at the end where the data have no "
            + "validation part.");
        Integer("warm-up", "Steps before the held-out part of a single sequence that only fill the memory.");
        Text("scale", "How columns are scaled, by the training steps.", "none", "standardize", "min-max");

        Group(HelpGroup.Model);
        Kind("visible-units", "Kind of the visible units. auto: multinomial for texts, bernoulli for bits and piano rolls, else gaussian.");
        if (hasHidden)
        {
            Kind("hidden-units", "Kind of the hidden units.");
            Integer("hidden", "Number of hidden units.");
        }
        if (kind == ModelKind.RnnRbm) Integer("recurrent", "Units of the recurrent network.");
        if (!isRecurrent)
        {
            Integer("delay", "Steps until a step feeds the traces; the steps before are remembered as they are.");
            OptionalNumbers("decays", "Decay of each trace, at least 0 and below 1. By default "
                + (hasHidden ? "there are no traces." : "0.5."));
            Text("feed", "delayed: traces take what leaves the queue; now: the newest step, which the queue has too.", "delayed", "now");
        }
        if (!isRecurrent) OptionalInteger("echo", "Units of a random network that never learns, whose echoes of the past stand beside the "
            + "queue and traces (Dasgupta and Osogami 2017). By default there is none.");
        if (!hasHidden) OptionalText("delays", "A conduction delay for each connection, instead of --delay: a range to draw them "
            + "from, or a CSV file. A line of it has the delays from a unit to each (Osogami and Otsuka 2015).");
        Text("learn-precision", "Gaussian units: learn the precision too.", "true", "false");
        Number("sigma", "Gaussian units: standard deviation; with --learn-precision the one to begin with.");
        if (hasHidden)
        {
            Number("weights-std", "Standard deviation of the initial weights.");
            OptionalText("init-from", "Start from the weights and biases of this rbm"
                + (kind == ModelKind.Crbm ? ", or of this dybm or crbm of the same memory" : "") + ": its file or the folder of its run.");
        }

        Group(HelpGroup.Gradient);
        methods = hasHidden ? isRecurrent ? ["cd", "mp", "exact"] : ["cd", "exact", "pl"] : ["exact", "pl"];
        string help = "How the gradient is estimated. " + (hasHidden ? "cd: contrastive divergence; "
            + (isRecurrent ? "mp: multi-prediction, by back-propagation through mean-field inference of the next step; " : "")
            + "exact: by summing over states, for small layers" : "exact: in closed form")
            + (isRecurrent ? "." : "; pl: pseudo-likelihood.");
        if (hasHidden)
            OptionalText("method", $"{help} By default exact where a step has at most 64 states to sum, as letters have, else cd.");
        else Text("method", help);
        Takes(string.Join('|', methods), "method");
        if (hasHidden)
        {
            Numbers("steps", "Gibbs sweeps per update (the k of CD-k), by epoch. 5 and more suit music."
                + (isRecurrent ? " mp: mean-field sweeps." : ""));
            Text("sample-visible", "cd: draw the visible states in the chain, instead of passing their means.", "true", "false");
        }
        if (!isRecurrent)
        {
            Text("centering", "Centre the gradient. With adam and pictures of many columns false is better.", "true", "false");
            Flag("online", "Learn step by step, in order, as from a stream.");
            Text("reset-between", "With --online: where the memory is emptied. sequences: where one begins; never.", "sequences", "never");
        }
        else Integer("truncate", "Steps back through time; the memory goes on over the cut.");
        if (isRecurrent) OptionalNumber("clip", "Greatest norm of the gradient of the mean over steps.");

        Group(HelpGroup.Learning);
        Integer("epochs", "Passes over the data. A resumed run counts the earlier ones.");
        Integer("batch-size", isRecurrent ? "Sequences per update." : "Steps per update; with --online one.");
        Numbers("learning-rate", "Step size, by epoch" + (isRecurrent ? "." : "; 0.1 with --online when left out."));
        OptionalNumber("learning-rate-end", "What a single learning rate falls to, in a straight line, by the last epoch. By default a "
            + (isRecurrent ? "hundredth of it." : "hundredth of it; with --online it stays."));
        Numbers("momentum", "Share of the last step that is kept, by epoch.");
        Text("optimizer", "How a gradient becomes a step. " + (hasHidden ? "" : "lbfgs: all steps at once, to the one maximum that there "
            + "is; ") + "sgd has momentum" + (isRecurrent ? "." : ", and is what --online takes when this is left out."),
            [.. hasHidden ? [] : (string[])["lbfgs"], "adam", "sgd", "adagrad", "rmsprop"]);
        Number("l2", "Weight decay.");
        Number("l1", "Lasso penalty on weights.");
        Text("shuffle", isRecurrent ? "New random order of sequences every epoch." : "New random order of steps every epoch; never with "
            + "--online.", "true", "false");

        Group(HelpGroup.Metrics);
        OptionalText("early-stopping", "Stop when this has not improved on held-out steps.", "log-likelihood", "rmse");
        Integer("patience", "With --early-stopping: epochs without improvement before stopping.");
        Text("keep", "Which epoch's machine to keep. best: by the log-likelihood of held-out steps"
            + (hasHidden ? ", where it cannot be summed by short annealing, or by what --early-stopping watches." : "."), "last", "best");

        Main("data", "sequence-column", "scale", "visible-units", "hidden", "recurrent", "delay", "decays", "delays",
            "method", "steps", "online", "epochs", "learning-rate", "optimizer", "l2", "early-stopping", "keep");
        Takes("NAME|FILE", "data");
        Takes("NAME", "columns", "skip-columns", "sequence-column");
        Takes("MIN-MAX|FILE", "delays");
        Takes("FILE|RUN", "init-from");
        Takes("LETTERS", "alphabet");
        Takes("CHAR", RowOptions.Delimiter);
    }

    /// <inheritdoc/>
    public override RunSettings Collect(ParseResult parsed, RunSettings? saved = null)
    {
        RunSettings settings = base.Collect(parsed, saved);
        settings["model"] = kind.Name;
        if (settings.Flag("online") == true && saved is null)
        {
            RunSettings usual = SequencePlan.OnlineOf(kind).ToSettings();
            foreach (string name in (string[])["optimizer", "learning-rate", "momentum"])
                if (!IsGiven(parsed, name)) settings[name] = usual[name];
        }
        // What is said of chains asks for them.
        if (saved is null && settings.Text("method") is null && (IsGiven(parsed, "steps") || IsGiven(parsed, "sample-visible")))
            settings["method"] = "cd";
        // Methods of other machines are refused where it is explained.
        if (settings.Text("method") is not (null or "cd" or "pcd" or "fpcd" or "pt" or "pl" or "mp" or "exact"))
            throw new BadInputException($"--method must be one of {string.Join(", ", methods)}, not '{settings.Text("method")}'");
        UselessOptions.Check(settings, name => IsGiven(parsed, name));
        return settings;
    }
}
