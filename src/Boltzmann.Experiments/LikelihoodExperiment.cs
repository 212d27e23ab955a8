using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>
/// Machines of 500 hidden units on MNIST, taught in several ways, and their test log-likelihood by AIS from both sides (Salakhutdinov and
/// Murray 2008); machines of 20 units, whose likelihood is exact. Settings were chosen by held-out training rows; the test part is read
/// once, at the end.
/// </summary>
sealed class LikelihoodExperiment : Experiment
{
    const string Data = "binarized-mnist";

    public override string Name => "rbm-mnist-likelihood";

    public override string Description => "500 hidden units on binarised MNIST by CD, PCD and tempering; test log-likelihood by AIS, "
        + "forward and reverse; 20 hidden units exactly";

    public override string Published => "-86.3 nats (CD-25; Salakhutdinov and Murray 2008)";

    public override string Takes => "45 min on 2 cores";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        Dataset test = context.Data.Open(Data, new DataOptions { Split = DataSplit.Test });
        Dataset start = context.Data.Open(Data, new DataOptions());
        if (context.Quick) test = test.Take(500);
        string name = context.Labelled(Name);
        var table = new TextTable("", "published [nats]", "ours, forward AIS", "ours, reverse AIS", "log Z, forward", "log Z, reverse",
            "effective chains", "training");
        var small = new TextTable("", "published [nats]", "ours, exact", "training");
        var warnings = new List<string>();
        var clock = Stopwatch.StartNew();

        foreach (LikelihoodRow row in LikelihoodRow.Small)
        {
            RunFolder folder = row.Complete(context, name);
            Rbm model = ModelFile.LoadRbm(folder.ModelPath, context.Placement.Double);
            Score exact = Exact.LogLikelihood(model, test.ToMatrix(model.Placement), context.Interrupted);
            small.Add(row.Name, row.Published, $"{exact.Mean:F2} ± {exact.StandardError:F2}", Training(row, folder));
            context.Found($"exact test log-likelihood, {row.Name} [nats]", exact.Mean);
        }
        context.Prose.Write(small.ToText());
        foreach (LikelihoodRow row in LikelihoodRow.Large)
        {
            RunFolder folder = row.Complete(context, name);
            double[] measured = Measured(context, name, row, folder, start, test, warnings);
            table.Add(row.Name, row.Published, $"{measured[0]:F2} ± "
                + $"{measured[1]:F2}", $"{measured[2]:F2}", $"{measured[3]:F2}", $"{measured[4]:F2}", $"{measured[5]:F0} and "
                + $"{measured[6]:F0} of 100", Training(row, folder));
            context.Found($"test log-likelihood, {row.Name}, forward AIS [nats]", measured[0], row == LikelihoodRow.Main ? -86.3 : null);
            context.Found($"test log-likelihood, {row.Name}, reverse AIS [nats]", measured[2]);
        }
        context.Prose.Write(table.ToText());
        foreach (string warning in warnings) context.Prose.WriteLine($"warning: {warning}");

        RunFolder main = LikelihoodRow.Main.Complete(context, name);
        MarkdownPage page = context.Page(Name)
            .Paragraph($"{Description}. Tested on the fixed binarisation's {test.Count} test rows. Training rows are MNIST's grey values, "
            + "drawn as bits afresh at each presentation, but for the row that says otherwise.")
            .Paragraph("On average forward AIS gives too small a log Z, so too high a log-likelihood, and reverse AIS the opposite; the "
            + "truth lies between. The reverse chains start at training rows and first run freely for 5000 sweeps, so they miss what a "
            + "model puts far from all data: a reverse log-likelihood above the forward one says that this, or noise, is there.")
            .Table(table);
        foreach (string warning in warnings) page.Paragraph($"Warning: {warning}.");
        page.Heading("Machines that can be enumerated").Table(small)
            .Paragraph("Training times are those of single-threaded runs that shared the machine with others. The estimates of this "
            + $"context took {clock.Elapsed.TotalMinutes:F0} minutes with the training of what was not there. Machine: "
            + $"{Machine.Describe(context.Placement)}. Seed {context.Seed}.")
            .Heading("Fantasy particles of the last row").Image("Fantasy particles", $"{name}-samples.png")
            .Heading("Its filters").Image("Filters", $"{name}-filters.png")
            .Heading("How to repeat it").Code(context.CommandLine, "sh")
            .Heading("Settings of the last row").Code(main.Settings.ToJson().ToJsonString(new() { WriteIndented = true }), "json");
        context.Write(name, page, ("samples", main.SamplesPath), ("filters", main.FiltersPath));
    }

    // Mean and error by forward AIS, mean by reverse AIS, both log Z, both effective sample sizes. Kept, because each takes minutes.
    static double[] Measured(ExperimentContext context, string name, LikelihoodRow row, RunFolder folder, Dataset start, Dataset test,
        List<string> warnings)
    {
        var kept = new Measurements(Path.Combine(context.Runs, $"{name}-{row.Run}-likelihood"), folder.Settings.ToJson().ToJsonString());
        double[] values = kept.Once("bracket", () =>
        {
            Rbm model = ModelFile.LoadRbm(folder.ModelPath, context.Placement.Double);
            LogPartitionBracket bracket = Likelihoods.Estimate(model, start, row == LikelihoodRow.Main ? 20_000 : 5_000, context);
            Score forward = FreeEnergy.LogLikelihood(model, test.ToMatrix(model.Placement), bracket.Forward.Value);
            context.Say($"{row.Name}: {forward.Mean:F2} nats");
            return
            [
                forward.Mean, forward.StandardError, forward.Mean - bracket.Gap, bracket.Forward.Value, bracket.Reverse.Value,
                    bracket.Forward.EffectiveSampleSize, bracket.Reverse.EffectiveSampleSize,
                bracket.Forward.StandardError, bracket.Reverse.StandardError,
            ];
        });
        if (Math.Abs(values[4] - values[3]) > 1)
            warnings.Add($"{row.Name}: the two estimates of log Z lie {Math.Abs(values[4] - values[3]):F1} nats apart");
        return values;
    }

    static string Training(LikelihoodRow row, RunFolder folder) =>
        $"{row.Epochs} epochs, {(MetricsTable.Open(folder.MetricsPath).Column("time [s]").Sum() ?? double.NaN) / 60:F1} min";
}
