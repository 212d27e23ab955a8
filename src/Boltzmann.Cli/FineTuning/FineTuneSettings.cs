using System.CommandLine;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.FineTuning;

/// <summary>The options of `fine-tune`.</summary>
sealed class FineTuneSettings : SettingOptions
{
    public FineTuneSettings() : base(new FineTunePlan().ToSettings())
    {
        Text("task", "classification tells labels apart; regression predicts the number that the label column holds.", "classification",
            "regression");
        OptionalText("data", "Named set or file with labels; by default the data that the model was trained on.");
        OptionalText("label-column", "CSV column that holds labels or targets: its name, or its number from 0 (-1 for the last).");
        OptionalText("header", "Whether the CSV's first line names the columns: true or false; detected when left out.", "true", "false");
        OptionalNumber(RowOptions.ScaleBytes, RowOptions.ScaleBytesHelp);
        OptionalFlag(RowOptions.IgnoreExtra, RowOptions.IgnoreExtraHelp);
        OptionalInteger("train-rows", "Learn from only so many rows.");
        OptionalText("validation-data", "File with held-out rows; else some are set apart.");
        OptionalInteger("validation-rows", "Rows set apart to choose the best epoch: by default a tenth of the data, at most 5000. With "
            + "the seed and the number of the pre-training they are the same rows.");
        Flag("stratify", "Rows set apart keep the shares of the classes.");

        Flag("random-start", "Random weights instead of the model's, in the same shape: what pre-training is compared with.");
        Flag("doubled", "From a dbm: layers with one above begin with doubled weights, as if they still heard from there, too.");
        Flag("mean-field-input", "From a dbm: the first layer also takes the means of the second hidden layer, found once by mean-field "
            + "inference (Salakhutdinov and Hinton 2009).");
        OptionalIntegers("hidden", "Sizes of further, random hidden layers above the model's.");
        OptionalText("activation", "Of hidden units: by default the mean of the model's units (sigmoid for bernoulli).", "sigmoid", "tanh",
            "relu", "linear");
        Flag("batch-normalization", "Normalise the inputs of hidden layers (Ioffe and Szegedy 2015).");

        Integer("epochs", "Most passes over the data, those of a resumed run included.");
        Integer("batch-size", "Rows per update.");
        Text("optimizer", "adam, or sgd with momentum.", "adam", "sgd");
        Numbers("learning-rate", "Step size, by epoch (Kingma and Ba 2015 for adam).");
        OptionalNumber("learning-rate-end",
            "Where a single learning rate falls to, geometrically, by the last epoch; it stays when left out.");
        Numbers("momentum", "Share of the last step kept, by epoch.");
        Numbers("layer-rates", "Multipliers of the learning rate, from the first layer upward, the last staying: small ones keep "
            + "pre-trained features.");
        Numbers("l2", "Weight decay, by layer, the last staying.");
        OptionalNumber("max-norm", "Greatest norm of a hidden unit's incoming weights.");
        Number("dropout", "Chance that a hidden unit is dropped (Srivastava et al. 2014: 0.5).");
        Number("input-dropout", "Chance that an input is dropped (0.2 there).");
        OptionalText("plateau", "Lower the learning rate when this metric has not improved.");
        Integer("plateau-patience", "Epochs without improvement before that.");
        Number("plateau-factor", "What the rate is multiplied by then.");
        OptionalText("early-stopping", "Stop when this metric has not improved, and keep the best epoch: by default validation-accuracy "
            + "(validation-loss for regression) where rows are held out; of epochs as good the one with the lower loss; none for never.");
        Text("keep", "Which epoch's network to keep where early stopping watches a metric.", "best", "last");
        Integer("patience", "Epochs without improvement before stopping.");
        OptionalText("compare", "Folder of another fine-tuning, whose curves the report shows beside this one's: one with --random-start "
            + "shows what pre-training is worth.");
        Text("shuffle", "New random order every epoch.", "true", "false");
    }

    /// <inheritdoc/>
    public override RunSettings Collect(ParseResult parsed, RunSettings? saved = null)
    {
        RunSettings settings = base.Collect(parsed, saved);
        settings["model"] = ModelKind.Network.Name;
        foreach (string name in (string[])["start", "start-checksum", "start-model"])
            if (saved is not null) settings[name] = saved[name];
        // What the checkpoint has settled.
        foreach (string name in (string[])["task", "data", "label-column", "header", "random-start", "doubled", "mean-field-input",
            "hidden", "activation", "batch-normalization"])
            if (saved is not null && !System.Text.Json.Nodes.JsonNode.DeepEquals(settings[name], saved[name]))
                throw new BadInputException($"--{name} is settled by the run that --resume continues");
        return settings;
    }
}
