using System.CommandLine;
using System.Diagnostics;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Experiments;

/// <summary>
/// A 500-hidden machine on binarised MNIST and its test log-likelihood by AIS, from both sides (Salakhutdinov and Murray 2008). Settings were
/// chosen on the validation part; the test part is read once, at the end.
/// </summary>
sealed class LikelihoodExperiment : Experiment
{
    const string Data = "binarized-mnist";
    const uint AisStream = 0x61697366, ReverseStream = 0x61697372;

    public override string Name => "rbm-mnist-likelihood";

    public override string Description => "500 hidden units on binarised MNIST; test log-likelihood by AIS, forward and reverse";

    public override string Published => "-86.3 nats (CD-25; Salakhutdinov and Murray 2008)";

    public override string Takes => "10 min on 2 cores";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        Session session = context.Session;
        Dataset test = DataSource.Open(Data, new DataOptions { Folder = session.DataFolder, Split = DataSplit.Test });
        Dataset start = DataSource.Open(Data, new DataOptions { Folder = session.DataFolder });
        if (context.Quick) test = test.Take(500);

        string name = context.Labelled(Name);
        RunSettings settings = TrainSettings.FromArguments(Arguments(context.Quick));
        TrainingOutcome outcome = TrainingLauncher.Complete(session, settings, Path.Combine(context.Runs, name), context.CommandLine);
        MetricsTable metrics = MetricsTable.Open(outcome.Folder.MetricsPath);
        Rbm model = ModelFile.Load(outcome.Folder.ModelPath, session.Placement.Double);

        var clock = Stopwatch.StartNew();
        LogPartitionBracket bracket = Estimate(model, start, context);
        Score forward = FreeEnergy.LogLikelihood(model, test.ToMatrix(model.Placement), bracket.Forward.Value);
        double reverse = forward.Mean + bracket.Forward.Value - bracket.Reverse.Value;
        double aisSeconds = clock.Elapsed.TotalSeconds, trainSeconds = metrics.Column("time [s]").Sum() ?? double.NaN;

        var table = new TextTable("", "test log-likelihood [nats]", "log Z", "settings");
        table.Add("published, CD-25", "-86.3 (AIS)", "", "growing k; Salakhutdinov and Murray 2008");
        table.Add("published, centred PCD (PyDeep)", "-84.86 (AIS), -96.61 (reverse)", "", "a bracket of 12 nats");
        table.Add("ours, forward AIS", $"{forward.Mean:F2} ± {forward.StandardError:F2}", $"{bracket.Forward.Value:F2} ({bracket.Forward.Lower:F2} to {bracket.Forward.Upper:F2})",
            $"{bracket.Forward.Chains} chains, {bracket.Forward.Betas} betas, effective sample size {bracket.Forward.EffectiveSampleSize:F1}");
        table.Add("ours, reverse AIS", $"{reverse:F2}", $"{bracket.Reverse.Value:F2} ({bracket.Reverse.Lower:F2} to {bracket.Reverse.Upper:F2})",
            $"{bracket.Reverse.Chains} chains from training rows, effective sample size {bracket.Reverse.EffectiveSampleSize:F1}");
        session.Prose.Write(table.ToText());
        foreach (string warning in bracket.Warnings) session.Prose.WriteLine($"warning: {warning}");

        MarkdownPage page = context.Page(Name)
            .Paragraph($"{Description}. On average forward AIS gives too small a log Z, so too high a log-likelihood, and reverse AIS the opposite; the truth lies between. The reverse chains start at training rows and first run freely, so they miss what the model puts far from all data.")
            .Table(table);
        foreach (string warning in bracket.Warnings) page.Paragraph($"Warning: {warning}.");
        page.Paragraph($"Data: binarized-mnist (fixed binarisation), {start.Count} training rows, {test.Count} test rows. Training took {trainSeconds / 60:F1} minutes, {metrics.Rows} epochs; the two estimates {aisSeconds / 60:F1} minutes.")
            .Paragraph($"Machine: {Machine.Describe(session.Placement)}. Seed {session.Seed}.")
            .Heading("Fantasy particles").Image("Fantasy particles", $"{name}-samples.png")
            .Heading("Filters").Image("Filters", $"{name}-filters.png")
            .Heading("How to repeat it").Code(context.CommandLine, "sh")
            .Heading("Settings").Code(settings.ToJson().ToJsonString(new() { WriteIndented = true }), "json");
        context.Write(name, page, ("samples", outcome.Folder.SamplesPath), ("filters", outcome.Folder.FiltersPath));
        context.Found("test log-likelihood, forward AIS [nats]", forward.Mean, -86.3);
        context.Found("its standard error [nats]", forward.StandardError);
        context.Found("test log-likelihood, reverse AIS [nats]", reverse);
        context.Found("log Z, forward AIS", bracket.Forward.Value);
        context.Found("log Z, reverse AIS", bracket.Reverse.Value);
    }

    static string[] Arguments(bool quick) =>
    [
        "--data", Data, "--hidden", "500", "--method", "pcd", "--binarize", "none",
        "--steps", "5", "--chains", "100", "--batch-size", "100", "--momentum", "0.5", "--l2", "0",
        "--learning-rate", "0.05", "--learning-rate-end", "0.0001", "--epochs", quick ? "1" : "150",
        "--train-rows", quick ? "2000" : "50000",
        "--metrics", "reconstruction-error", "pseudo-likelihood", "free-energy-gap", "weight-norm", "hidden-activity", "validation-log-likelihood:20",
    ];

    static LogPartitionBracket Estimate(Rbm model, Dataset start, ExperimentContext context)
    {
        Session session = context.Session;
        var rows = start.Take(context.Quick ? 2000 : start.Count);
        var annealing = new Annealing
        {
            Chains = context.Quick ? 20 : 100,
            Betas = context.Quick ? 200 : 20_000,
            Start = Annealing.BaseRate(model, rows.ToMatrix(model.Placement)),
        };
        session.Say($"annealed importance sampling: {annealing.Chains} chains, {annealing.Betas} betas, both ways");
        LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(model, annealing, new Rng(session.Seed, AisStream), cancellation: session.Interrupted);
        var picked = new int[annealing.Chains];
        for (int i = 0; i < picked.Length; i++) picked[i] = (int)((long)i * rows.Count / picked.Length);
        Matrix first = rows.Select(picked).ToMatrix(model.Placement);
        LogPartitionEstimate reverse = AnnealedImportanceSampling.EstimateReverse(
            model, annealing, first, context.Quick ? 100 : 5000, new Rng(session.Seed, ReverseStream), cancellation: session.Interrupted);
        return new(forward, reverse);
    }
}
