namespace Boltzmann.Experiments;

/// <summary>A machine of documents: how it is learned, and what it comes to.</summary>
/// <param name="Context">How the experiment was asked for.</param>
/// <param name="Documents">The collection.</param>
/// <param name="Name">What tables call it.</param>
/// <param name="Folder">What its runs are called.</param>
/// <param name="Plan">What is learned, but for data and seed.</param>
sealed record TopicMachine(ExperimentContext Context, TopicCollection Documents, string Name, string Folder, TrainPlan Plan)
{
    /// <summary>Training documents that settings are chosen by.</summary>
    public const int HeldOut = 1000;

    /// <summary>Of these, documents that are judged by annealed importance sampling.</summary>
    public const int Judged = 25;

    const int Betas = 1000, BurnIn = 300, Chains = 100, ShortBetas = 300, ShortBurnIn = 100, ShortChains = 50;

    /// <summary>A replicated softmax by CD.</summary>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="steps">k.</param>
    /// <param name="rate">The learning rate at the start.</param>
    /// <param name="decay">L2 penalty on weights.</param>
    /// <param name="epochs">Passes.</param>
    public static TrainPlan Softmax(int hidden, int steps, double rate, double decay, int epochs) => TrainPlan.Of(ModelKind.Rbm) with
    {
        VisibleUnits = MultinomialLayer.Name,
        Draws = MultinomialLayer.DrawsOfRow,
        Hidden = [hidden],
        Method = TrainingMethod.Cd,
        Steps = [steps],
        LearningRate = [rate],
        L2 = decay,
        Epochs = epochs,
        BatchSize = 100,
        Words = TopicCollection.Words,
        Format = "counts",
        Metrics = ["validation-completion:10"],
    };

    /// <summary>
    /// Of held-out training documents completion, and the perplexity of a few, forward and reverse: the greater one tells what the machine
    /// is worth at most.
    /// </summary>
    public (double Completion, double Forward, double Reverse) Validation(Measurements kept)
    {
        double[] numbers = kept.Once($"{Folder}, of held-out documents", () =>
        {
            RunFolder run = Complete(Plan with { ValidationRows = HeldOut }, $"{Folder}-chosen", 0);
            double completion = MetricsTable.Open(run.MetricsPath).Column("validation-completion").Last(value => value is not null)!.Value;
            Context.Say($"{Name}: log Z of each length of held-out documents");
            EvaluationResult found = TrainedModel.Load(run.ModelPath, Context.Placement).Evaluate(new()
            {
                Rows = new() { Data = Documents.TrainingPath, Split = DataSplit.Validation, Count = Judged },
                Metrics = [EvaluationMetric.Perplexity],
                LogPartition = new() { Chains = ShortChains, Betas = Context.Quick ? 50 : ShortBetas, BurnIn = ShortBurnIn },
            }, Context.Context);
            return [completion, found.Perplexity!.DocumentPerplexity, found.PerplexityReverse!.DocumentPerplexity];
        });
        return (numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>The finished run of a seed, from all training documents.</summary>
    public RunFolder Run(int seed) => Complete(Plan with { ValidationRows = 0, Metrics = ["weight-norm"] }, Folder, seed);

    /// <summary>The machine of a seed.</summary>
    public TrainedModel Load(int seed) => TrainedModel.Load(Run(seed).ModelPath, Context.Placement);

    /// <summary>Completion of all test documents, per word; and how like the documents are that it calls alike.</summary>
    public TopicScores Score(Measurements kept, int seed) => TopicScores.From(kept.Once($"{Folder}, {seed}", () =>
    {
        TrainedModel model = Load(seed);
        Context.Say($"{Name}, seed {Context.Seed + (ulong)seed}");
        double completion = model.Evaluate(Documents.Test, new() { Metrics = [EvaluationMetric.Completion] }, Context.Context).Completion!
            .WordPerplexity;
        Score[] like = Likeness(ModelFile.LoadRbm(Run(seed).ModelPath, Context.Placement), 10, 100);
        return new TopicScores(completion, like[0].Mean, like[1].Mean, 60 * ExperimentContext.Minutes(Run(seed))).ToNumbers();
    }));

    /// <summary>Perplexities of a few test documents from both sides, as means over documents and over words, and lengths whose log Z is
    /// doubtful.</summary>
    public TopicLikelihood Likelihood(Measurements kept, int seed) => TopicLikelihood.From(kept.Once($"{Folder}, {seed}, likelihood", () =>
    {
        Context.Say($"{Name}: log Z of each length");
        EvaluationResult found = Load(seed).Evaluate(Documents.Fifty, new()
        {
            Metrics = [EvaluationMetric.Perplexity],
            LogPartition = new()
            {
                Chains = Chains,
                Betas = Context.Quick ? 50 : Betas,
                BurnIn = Context.Quick ? 20 : BurnIn,
            },
        }, Context.Context);
        double gap = found.Lengths!.Found.Values.Average(one => one.Reverse!.Value - one.Value);
        return new TopicLikelihood(found.Perplexity!.DocumentPerplexity, found.PerplexityReverse!.DocumentPerplexity,
            found.Perplexity.DocumentPerplexityError, gap).ToNumbers();
    }));

    /// <summary>Precision among the first so many training documents, by what hidden units hear.</summary>
    public Score[] Likeness(Rbm model, params int[] counts)
    {
        var stack = new StackModel(new([model]));
        return TopicRetrieval.Precision(Heard(Documents.All), Documents.All.Labels!, Heard(Documents.Queries), Documents.Queries.Labels!,
            counts);

        Matrix Heard(Dataset data) => RowDirections.Heard(stack, data.ToMatrix(model.Placement));
    }

    RunFolder Complete(TrainPlan plan, string folder, int seed) =>
        Context.Complete($"{Context.Labelled("topics")}-{folder}{(seed == 0 ? "" : $"-{seed + 1}")}", plan with
        {
            Data = Documents.TrainingPath,
            Vocabulary = Documents.VocabularyPath,
            Epochs = Context.Quick ? 2 : plan.Epochs,
            Seed = Context.Seed + (ulong)seed,
        });
}
