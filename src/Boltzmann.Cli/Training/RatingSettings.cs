using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Training;

/// <summary>The options of `train ratings`.</summary>
sealed class RatingSettings : SettingOptions
{
    public RatingSettings() : base(new RatingPlan().ToSettings())
    {
        Group(HelpGroup.Data);
        OptionalText("data", "File of ratings, one a line: user, item, rating. CSV, also with tab or :: between fields, or .gz; - for "
            + "standard input.");
        OptionalText("user", "The column of users. By default one of a usual name (user, userId), else the first.");
        OptionalText("item", "The column of items. By default one of a usual name (item, movieId), else the second.");
        OptionalText("rating", "The column of ratings. By default one of a usual name (rating, score), else the third.");
        OptionalText(RowOptions.Delimiter, RowOptions.DelimiterHelp);
        Number("validation-share", "Share of the ratings, drawn by --seed, that is held out to judge by.");

        Group(HelpGroup.Model);
        Text("by", "What the rows are that the machine learns from. item: users are its units, mostly better; user: items are its units, "
            + "for users that it has never met.", "item", "user");
        Integer("hidden", "Number of hidden units.");
        Flag("conditional", "Hidden units also hear who has rated, whatever the rating (Salakhutdinov, Mnih and Hinton 2007).");
        OptionalText("rated", "With --conditional: a file of more pairs of user and item that are known to be rated.");
        Number("weights-std", "Standard deviation of the initial weights.");
        Number("smoothing", "Initial biases: ratings of the common shares that each unit is credited with.");

        Group(HelpGroup.Gradient);
        Numbers("steps", "Gibbs sweeps per update (the k of CD-k), by epoch.");

        Group(HelpGroup.Learning);
        Integer("epochs", "Passes over the ratings. A resumed run counts the earlier ones.");
        Integer("batch-size", "Rows per update.");
        Numbers("learning-rate", "Step size, by epoch.");
        OptionalNumber("learning-rate-end", "What a single learning rate falls to, in a straight line, by the last epoch. By default a "
            + "tenth of it.");
        Number("momentum", "Share of the last step that is kept.");
        Number("l2", "Weight decay.");
        Number("prior", "Rows that each unit's gradient is divided by beside those that have a rating of it.");

        Group(HelpGroup.Metrics);
        Text("keep", "Which epoch's machine to keep. best: by the RMSE of held-out ratings.", "best", "last");

        Main("data", "user", "item", "rating", "by", "hidden", "conditional", "rated", "steps", "epochs", "learning-rate", "l2",
            "validation-share", "keep");
        Takes("FILE", "data", "rated");
        Takes("NAME", "user", "item", "rating");
        Takes("CHAR", RowOptions.Delimiter);
    }

    /// <inheritdoc/>
    public override RunSettings Collect(ParseResult parsed, RunSettings? saved = null)
    {
        RunSettings settings = base.Collect(parsed, saved);
        settings["model"] = RatingPlan.Name;
        return settings;
    }
}
