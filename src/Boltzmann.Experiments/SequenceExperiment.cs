namespace Boltzmann.Experiments;

/// <summary>An experiment on sequences: machines tried, one chosen by held-out steps, its numbers on the test part beside simple
/// forecasts.</summary>
abstract class SequenceExperiment : Experiment
{
    readonly List<(string File, string Words)> pictures = [];

    public override string Template => "sequences";

    /// <summary>A finished run of a candidate.</summary>
    protected TrainedSequences Trained(ExperimentContext context, string label, SequencePlan plan) =>
        TrainedSequences.Load(RunOf(context, label, plan).ModelPath, context.Placement);

    /// <summary>Its folder; it is made first, or gone on with, if it has not been.</summary>
    protected RunFolder RunOf(ExperimentContext context, string label, SequencePlan plan) =>
        context.Complete(FolderOf(context, label), plan with { Epochs = context.Quick ? 1 : plan.Epochs });

    /// <summary>How a candidate learns, beginning at another's machine if it does.</summary>
    /// <param name="context">How it was asked for.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="suffix">What the folder's name of the other has behind its label.</param>
    protected SequencePlan PlanOf(ExperimentContext context, SequenceCandidate candidate, string suffix = "") =>
        candidate.From is not string label ? candidate.Plan
        : candidate.Plan with { InitFrom = Path.Combine(context.Runs, FolderOf(context, label + suffix)) };

    /// <summary>The name of a run's folder.</summary>
    protected string FolderOf(ExperimentContext context, string label) =>
        string.Concat($"{context.Labelled(Name)}-{label}".Select(c => char.IsLetterOrDigit(c) || c is '-' or '.' ? c : '-'));

    /// <summary>Predictions one step ahead, of steps as the machine takes them.</summary>
    protected static PredictionScore Predict(ExperimentContext context, TrainedSequences trained, Sequences steps, bool keeps = false)
    {
        var scoring = new SequenceScoring { Samples = context.Quick ? 5 : 100, Seed = context.Seed };
        return SequenceEvaluation.Predictions(trained.Model, steps, scoring, trained.TrainingMean, keeps,
            context.Interrupted);
    }

    /// <summary>A part of the data as the machine takes it.</summary>
    protected static Sequences Part(ExperimentContext context, TrainedSequences trained, DataSplit part) =>
        trained.Prepared(trained.Open(new() { Split = part }, context.Context));

    /// <summary>A picture beside the page.</summary>
    protected void Draw(ExperimentContext context, string what, string svg, string words)
    {
        string file = $"{context.Labelled(Name)}-{what}.svg";
        context.WriteText(file, svg);
        pictures.Add((file, words));
    }

    /// <summary>A picture of pixels, or a film of them, beside the page.</summary>
    protected void Draw(ExperimentContext context, string what, byte[] png, string words)
    {
        string file = $"{context.Labelled(Name)}-{what}.png";
        context.WriteBytes(file, png);
        pictures.Add((file, words));
    }

    /// <summary>Refuses --as-published where there is no such listing.</summary>
    protected void RequireOwn(ExperimentContext context)
    {
        pictures.Clear();
        if (context.AsPublished) throw new BadInputException($"{Name}: run it without --as-published; the published number stands beside "
            + $"ours");
    }

    /// <summary>Writes the page.</summary>
    /// <param name="context">How it was asked for.</param>
    /// <param name="setting">Data, split, what was chosen how: a paragraph.</param>
    /// <param name="tables">Each with the words above it.</param>
    protected void WritePage(ExperimentContext context, string setting, params (string Words, TextTable Table)[] tables)
    {
        foreach (var (_, table) in tables) context.Prose.Write(table.ToText());
        Write(context, new()
        {
            { "setting", setting },
            { "tables", tables.Select(t => new PageValues { { "words", t.Words }, { "table", t.Table } }) },
            { "pictures", pictures.Select(p => new PageValues { { "file", p.File }, { "shown", p.Words } }) },
        });
    }

    /// <summary>A number of a page.</summary>
    protected static string Short(double value) => double.IsNaN(value) ? "n/a" : NumberText.Short(value);
}
