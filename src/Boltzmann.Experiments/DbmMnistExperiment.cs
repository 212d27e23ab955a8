using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>
/// The deep Boltzmann machine 784-512-1024 on MNIST: its likelihood (Salakhutdinov and Hinton 2009, who have 784-500-1000;
/// monsta-hd/boltzmann-machines) and the network that it becomes. The lowest machine learns first by itself, at a third of the cost of an
/// epoch; then all layers learn together.
/// </summary>
sealed class DbmMnistExperiment : Experiment
{
    public override string Name => "dbm-mnist";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished)
            throw new BadInputException($"{Name} has no form with the quirks of the original: run it without --as-published");
        MnistParts parts = MnistParts.Open(context);
        string name = context.Labelled(Name);
        (RunFolder first, RunFolder machine) = Pretrain(context);
        Dataset fixedTest = context.Data.Open("binarized-mnist", new DataOptions { Split = DataSplit.Test });
        if (context.Quick) fixedTest = fixedTest.Take(300);

        var clock = Stopwatch.StartNew();
        Dbm model = ModelFile.LoadDbm(machine.ModelPath, context.Placement.Double);
        Measurements kept = context.MeasurementsOf($"{name}-likelihood", machine);
        double[] logs = kept.Once("log Z", () =>
        {
            LogPartitionBracket bracket = Likelihoods.Estimate(model, parts.Training, Betas, context);
            return [bracket.Forward.Value, bracket.Reverse.Value, bracket.Forward.Lower, bracket.Forward.Upper, bracket.Reverse.Lower,
                bracket.Reverse.Upper, bracket.Forward.EffectiveSampleSize, bracket.Reverse.EffectiveSampleSize];
        });
        double[] OnRows(string what, Dataset rows) => kept.Once(what, () =>
        {
            Score score = Elbo.PerRow(model, rows.ToMatrix(model.Placement));
            return [score.Mean, score.StandardError];
        });
        Measurements keptFirst = context.MeasurementsOf($"{name}-first-likelihood", first);
        double[] lowest = keptFirst.Once("log-likelihood, binarised test rows", () =>
        {
            Rbm rbm = ModelFile.LoadRbm(first.ModelPath, context.Placement.Double);
            LogPartitionBracket bracket = Likelihoods.Estimate(rbm, parts.Training, 5_000, context);
            Score score = FreeEnergy.LogLikelihood(rbm, fixedTest.ToMatrix(rbm.Placement), bracket.Forward.Value);
            return [score.Mean, score.StandardError, score.Mean - bracket.Gap];
        });
        RunFolder greyMachine = context.Complete($"{name}-grey", GreyPlan(context, machine));
        Dbm greyModel = ModelFile.LoadDbm(greyMachine.ModelPath, context.Placement.Double);
        Measurements keptGrey = context.MeasurementsOf($"{name}-grey-likelihood", greyMachine);
        double[] greyLogs = keptGrey.Once("log Z", () =>
        {
            LogPartitionBracket bracket = Likelihoods.Estimate(greyModel, parts.Training, Betas, context);
            return [bracket.Forward.Value, bracket.Reverse.Value];
        });
        // As the source estimated its own: the uniform start flatters a machine whose chains do not reach all of it from there.
        double uniform = keptGrey.Once("log Z, uniform start", () =>
        {
            var annealing = new Annealing { Chains = Likelihoods.Chains(context), Betas = Likelihoods.Betas(context, Betas) };
            return [AnnealedImportanceSampling.Estimate(greyModel, annealing, new Rng(context.Seed, UniformStream),
                cancellation: context.Interrupted).Value];
        })[0];
        double[] weights = [Likelihoods.WeightNorm(model, 0), Likelihoods.WeightNorm(model, 1)];
        double[] taught = keptGrey.Once("bound, grey test rows", () =>
        {
            Score score = Elbo.PerRow(greyModel, parts.Test.ToMatrix(greyModel.Placement));
            return [score.Mean, score.StandardError];
        });
        double[] bits = OnRows("bound, binarised test rows", fixedTest), grey = OnRows("bound, grey test rows", parts.Test);
        double aisMinutes = clock.Elapsed.TotalMinutes;
        FineTuned all = Tune(context, parts, AllRows), tuned = Tune(context, parts, Doubled),
            withMeans = Tune(context, parts, MeanFieldInput), random = Tune(context, parts, RandomStart);

        double bound = bits[0] - logs[0], taughtBound = taught[0] - greyLogs[0];
        Reference Theirs(string name) => PublishedNumber(name);
        var table = new TextTable("", "published", "ours", "with the reverse log Z");
        table.Add("bound on the log-likelihood of the binarised test rows [nats]", Theirs("bound").Cell, $"{bound:F2} ± {bits[1]:F2}",
            $"{bits[0] - logs[1]:F2}");
        table.Add("the same formula on grey test rows, of the machine taught grey values [nats]", Theirs("grey rows").Cell,
            $"{taughtBound:F2} ± {taught[1]:F2}", $"{taught[0] - greyLogs[1]:F2}");
        table.Add("the same with log Z from the uniform start, 20 000 betas, as the source has it [nats]",
            Theirs("grey rows, 20 000 betas").Cell, $"{taught[0] - uniform:F2} ± {taught[1]:F2}", "");
        table.Add("and of the machine taught bits [nats]", "", $"{grey[0] - logs[0]:F2} ± {grey[1]:F2}", $"{grey[0] - logs[1]:F2}");
        table.Add("log-likelihood of the lowest machine by itself, binarised test rows [nats]", "",
            $"{lowest[0]:F2} ± {lowest[1]:F2}", $"{lowest[2]:F2}");
        table.Add("log Z, forward AIS", "", $"{logs[0]:F2} ({logs[2]:F2} to {logs[3]:F2})", "");
        table.Add("log Z, reverse AIS", "", $"{logs[1]:F2} ({logs[4]:F2} to {logs[5]:F2})", "");
        table.Add("chains that carry the weight, of 100, forward and reverse", "", $"{logs[6]:F0} and {logs[7]:F0}", "");
        table.Add("weights, root mean square, lower and upper", "", $"{weights[0]:F3} and {weights[1]:F3}", "");
        table.Add("test error, fine-tuned with dropout from the pass upward, doubled [%]", Theirs("fine-tuned").Cell,
            $"{tuned.ErrorPercent:F2}", "");
        table.Add("the same, all 60 000 rows learned, last epoch [%]", "", $"{all.ErrorPercent:F2}", "");
        table.Add("with the second layer's mean-field means as further inputs [%]", Theirs("mean-field inputs").Cell,
            $"{withMeans.ErrorPercent:F2}", "");
        table.Add("test error, random start [%]", Theirs("random start").Cell, $"{random.ErrorPercent:F2}", "");
        context.Prose.Write(table.ToText());
        context.Found("bound on the log-likelihood of binarised test rows, forward AIS [nats]", bound, Theirs("bound").Number);
        context.Found("the same, reverse AIS [nats]", bits[0] - logs[1]);
        context.Found("the formula on grey test rows, taught grey values [nats]", taughtBound, Theirs("grey rows").Number);
        context.Found("test error, fine-tuned [share]", tuned.ErrorPercent / 100, Theirs("fine-tuned").Number / 100);
        context.Found("test error, fine-tuned with all rows [share]", all.ErrorPercent / 100, Theirs("fine-tuned").Number / 100);
        context.Found("test error, fine-tuned with mean-field inputs [share]", withMeans.ErrorPercent / 100,
            Theirs("mean-field inputs").Number / 100);
        context.Found("test error, random start [share]", random.ErrorPercent / 100);

        context.WriteText($"{name}-curves.svg", FineTuned.Curves("validation-accuracy", ("pre-trained", tuned),
            ("with mean-field inputs", withMeans), ("random weights", random)));
        context.WriteText($"{name}-confusion.svg", tuned.ConfusionChart());
        context.WriteBytes($"{name}-filters-2.png", File.ReadAllBytes(machine.LayerFiltersPath(2)));
        double apart = Math.Abs(logs[1] - logs[0]);
        Write(context, new()
        {
            { "training-rows", $"{parts.Training.Count:N0}" },
            { "annealing", Likelihoods.Ways(context, Betas) },
            { "validation-rows", $"{parts.Validation.Count:N0}" },
            { "table", table },
            { "log-partitions-apart", apart > 2, new() { { "distance", $"{apart:F1}" } } },
            { "lowest-no-worse", lowest[0] > bound, new() { { "lowest", $"{lowest[0]:F2}" }, { "bound", $"{bound:F2}" } } },
            { "upper-idle", weights[1] < 2 * UpperStart, new() { { "norm", $"{weights[1]:F4}" }, { "start", $"{UpperStart}" } } },
            { "grey-epochs", $"{GreyEpochs(context)}" },
            { "first-minutes", $"{ExperimentContext.Minutes(first):F0}" },
            { "joint-minutes", $"{ExperimentContext.Minutes(machine):F0}" },
            { "tuning-minutes", $"{tuned.Seconds / 60:F0}" },
            { "mean-field-minutes", $"{withMeans.Seconds / 60:F0}" },
            { "estimate-minutes", $"{aisMinutes:F0}" },
            { "published-training", Theirs("training").Cell },
            { "tuned-words", tuned.Words },
            { "tuned-validation", $"{tuned.ValidationErrorPercent:F2}" },
            { "mean-field-validation", $"{withMeans.ValidationErrorPercent:F2}" },
            { "random-words", random.Words },
            { "random-validation", $"{random.ValidationErrorPercent:F2}" },
            { "first-settings", first },
            { "joint-settings", machine },
            { "tuning-settings", tuned.Folder },
        }, ("samples", machine.SamplesPath), ("filters", machine.FiltersPath));
    }

    // By validation error: docs/design-notes.md.
    static readonly FineTunePlan fromRandom = new()
    {
        LearningRate = [0.001],
        LearningRateEnd = 2e-5,
        Dropout = 0.25,
        InputDropout = 0.2,
        Patience = 1000
    };

    const uint UniformStream = 0x756E6966;
    const int Betas = 20_000;
    const double UpperStart = 0.01;

    /// <summary>
    /// Ways a network begins: as the machine's pass upward with doubled weights; the same, then learning the held-out rows, too, as
    /// settings are settled; with what the machine infers above as inputs, too; or at random weights. Each is the suffix of a run.
    /// </summary>
    public const string Doubled = "-tuned", AllRows = "-tuned-all", MeanFieldInput = "-tuned-mean-field", RandomStart = "-random";

    /// <summary>
    /// A network that has learned all labels with dropout; it begins as the sparser machine of dbm-mnist-few-labels.
    /// </summary>
    public static FineTuned Tune(ExperimentContext context, MnistParts parts, string start) =>
        FineTuned.Complete(context, context.Labelled("dbm-mnist") + start, DbmFewLabelsExperiment.Machine(context).ModelPath, parts.Test,
            (start switch
            {
                RandomStart => fromRandom,
                MeanFieldInput => FineTuned.LargeSteps with { Dropout = 0.25 },
                _ => FineTuned.LargeSteps
            }) with
            {
                Data = MnistParts.Name,
                ValidationRows = start == AllRows ? 0 : MnistParts.HeldOutRows,
                EarlyStopping = start == AllRows ? "none" : null,
                RandomStart = start == RandomStart,
                MeanFieldInput = start == MeanFieldInput,
                Doubled = start is Doubled or AllRows,
                TrainRows = context.Quick ? MnistParts.QuickRows : null,
                Epochs = context.Quick ? 2 : start switch { MeanFieldInput => 40, RandomStart => 100, _ => 300 },
            });

    /// <summary>The finished runs of the lowest machine by itself and of all layers together.</summary>
    public static (RunFolder First, RunFolder Machine) Pretrain(ExperimentContext context)
    {
        string name = context.Labelled("dbm-mnist");
        RunFolder first = context.Complete($"{name}-first", FirstPlan(context));
        return (first, context.Complete(name, JointPlan(context, first)));
    }

    static TrainPlan Common(ExperimentContext context, ModelKind kind) => TrainPlan.Of(kind) with
    {
        Data = MnistParts.Name,
        TrainRows = context.Quick ? MnistParts.QuickRows : null,
        Steps = [5],
        Chains = 100,
        BatchSize = 100,
        Momentum = [0.5],
        L2 = 0,
    };

    static TrainPlan FirstPlan(ExperimentContext context) => Common(context, ModelKind.Rbm) with
    {
        Hidden = [512],
        Method = TrainingMethod.Pcd,
        Binarize = BinarizationWay.Stochastic,
        LearningRate = [0.05],
        LearningRateEnd = 0.0005,
        Epochs = context.Quick ? 1 : 100,
        Metrics = ["free-energy-gap", "weight-norm", "validation-log-likelihood:25"],
    };

    static int GreyEpochs(ExperimentContext context) => context.Quick ? 1 : 15;

    // Grey values as they are, as the source has them.
    static TrainPlan GreyPlan(ExperimentContext context, RunFolder machine) => Common(context, ModelKind.Dbm) with
    {
        ValidationRows = MnistParts.HeldOutRows,
        Hidden = [512, 1024],
        InitFrom = machine.Path,
        Binarize = BinarizationWay.None,
        LearningRate = [0.02],
        LearningRateEnd = 0.0002,
        Epochs = GreyEpochs(context),
        Metrics = ["weight-norm", "hidden-activity", "mean-field-updates", "validation-elbo:5"],
    };

    static TrainPlan JointPlan(ExperimentContext context, RunFolder first) => Common(context, ModelKind.Dbm) with
    {
        ValidationRows = MnistParts.HeldOutRows,
        Hidden = [512, 1024],
        InitFrom = first.Path,
        WeightsStd = UpperStart,
        LearningRate = [0.02],
        LearningRateEnd = 0.0001,
        Epochs = context.Quick ? 1 : 120,
        Metrics = ["weight-norm", "hidden-activity", "mean-field-updates", "validation-elbo:10"],
    };
}
