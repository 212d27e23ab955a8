using System.CommandLine;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.FineTuning;

/// <summary>The options of `fine-tune`.</summary>
sealed class FineTuneSettings : SettingOptions
{
    const string Rows = "reconstruction";

    public FineTuneSettings() : base(new FineTunePlan().ToSettings())
    {
        Group(HelpGroup.Data);
        Text("task", "What to learn. classification: tells classes apart; regression: predicts the number in the label column; "
            + "reconstruction: rebuilds rows from a code, without labels.", "classification", "regression", "reconstruction");
        OptionalText("data", "Named set or file with labels. By default the data that the model was trained on.");
        OptionalText("label-column", "CSV column that holds labels or targets: its name, or its number from 0 (-1 for the last).");
        OptionalText("header", "Whether the CSV's first line names the columns: true or false; detected when left out.", "true", "false");
        Reading();
        OptionalFlag(RowOptions.IgnoreExtra, RowOptions.IgnoreExtraHelp);
        OptionalInteger("train-rows", "Learn from the first N rows only.");
        OptionalText("validation-data", "File with the held-out rows. Otherwise some rows are held out.");
        OptionalInteger("validation-rows", "Rows held out to choose the best epoch. By default a tenth of the data, at most 5000; the same "
            + "rows as in pre-training where seed and number are the same.");
        Flag("stratify", "Hold out rows of each class in proportion.");

        Group(HelpGroup.Model);
        Flag("random-start", "Start from random weights in the model's shape: a baseline that shows what pre-training is worth.");
        Flag("doubled", "From a dbm: begin with doubled weights in layers that have one above, in place of the input from there.");
        Flag("mean-field-input", "From a dbm: the first layer also takes the means of the second hidden layer, found once by mean-field "
            + "inference (Salakhutdinov and Hinton 2009).");
        OptionalIntegers("hidden", "Sizes of further, random hidden layers above the model's.");
        OptionalText("activation", "Activation of hidden units. By default the mean of the model's units (sigmoid for bernoulli).",
            "sigmoid", "tanh", "relu", "linear");
        Flag("batch-normalization", "Normalise the inputs of hidden layers (Ioffe and Szegedy 2015).");

        Group(HelpGroup.Learning);
        Integer("epochs", "Most passes over the data. A resumed run counts the earlier ones.");
        Integer("batch-size", "Rows per update.");
        Numbers("learning-rate", "Step size, by epoch (Kingma and Ba 2015 for adam).");
        OptionalNumber("learning-rate-end",
            "What a single learning rate falls to, geometrically, by the last epoch. By default it stays constant.");
        Text("optimizer", "adam, or sgd with momentum.", "adam", "sgd");
        Numbers("momentum", "Share of the last step that is kept, by epoch.");
        Numbers("layer-rates", "Multipliers of the learning rate, from the first layer upward; the last one stays. Small ones keep "
            + "pre-trained features.");
        Numbers("l2", "Weight decay, by layer; the last value stays.");
        OptionalNumber("max-norm", "Greatest norm of a hidden unit's incoming weights.");
        Number("dropout", "Probability that a hidden unit is dropped. It is 0.5 in Srivastava et al. 2014.");
        Number("input-dropout", "Probability that an input is dropped (0.2 there).");
        OptionalText("plateau", "Lower the learning rate when this metric has not improved.");
        Integer("plateau-patience", "With --plateau: epochs without improvement before that.");
        Number("plateau-factor", "With --plateau: what the learning rate is multiplied by.");
        Text("shuffle", "New random order every epoch.", "true", "false");

        Group(HelpGroup.Metrics);
        OptionalText("early-stopping", "Stop when this metric has not improved, and keep the best epoch; none: never. By default "
            + "validation-accuracy (validation-loss for regression and reconstruction) where rows are held out. Of two equally "
            + "good epochs the one with the lower loss is kept.");
        Text("keep", "Which epoch's network to keep.", "best", "last");
        Integer("patience", "Epochs without improvement before stopping.");
        OptionalText("compare", "Folder of another fine-tuning whose curves the report shows beside these. One with --random-start "
            + "shows what pre-training is worth.");

        Main("task", "data", "label-column", "train-rows", "validation-data", "validation-rows", "random-start", "hidden", "epochs",
            "batch-size", "learning-rate", "l2", "dropout", "early-stopping", "patience");
        Takes("NAME|FILE", "data");
        Takes("FILE", "validation-data");
        Takes("NAME|INDEX", "label-column");
        Takes("METRIC", "early-stopping", "plateau");
        Takes("FOLDER", "compare");
    }

    /// <summary>The short word for --task reconstruction.</summary>
    public Option<bool> Reconstruct { get; } = new Option<bool>("--reconstruct")
    {
        Description = "Learn an auto-encoder of rows, without labels. The stack is unrolled: up to its top layer, the code, and down again "
            + "to the rows (Hinton and Salakhutdinov 2006). Short for --task reconstruction.",
    }.In(HelpGroup.Data, isMain: true);

    /// <inheritdoc/>
    public override RunSettings Collect(ParseResult parsed, RunSettings? saved = null)
    {
        RunSettings settings = base.Collect(parsed, saved);
        settings["model"] = ModelKind.Network.Name;
        if (parsed.GetValue(Reconstruct))
        {
            if (IsGiven(parsed, "task") && (string?)settings["task"] != Rows)
                throw new BadInputException($"--reconstruct is --task {Rows}; another --task does not go with it");
            settings["task"] = Rows;
        }
        foreach (string name in (string[])["start", "start-checksum", "start-model"])
            if (saved is not null) settings[name] = saved[name];
        // What the checkpoint has settled.
        foreach (string name in (string[])["task", "data", "label-column", "header", "random-start", "doubled", "mean-field-input",
            "hidden", "activation", "batch-normalization"])
            if (saved is not null && !System.Text.Json.Nodes.JsonNode.DeepEquals(settings[name], saved[name]))
                throw new BadInputException($"--{name} is settled by the run that --resume continues");
        UselessOptions.Check(settings, name => IsGiven(parsed, name));
        return settings;
    }
}
