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
            small.Add(row.Name, Cell(row), $"{exact.Mean:F2} ± {exact.StandardError:F2}", Training(row, folder));
            context.Found($"exact test log-likelihood, {row.Name} [nats]", exact.Mean);
        }
        context.Prose.Write(small.ToText());
        foreach (LikelihoodRow row in LikelihoodRow.Large)
        {
            RunFolder folder = row.Complete(context, name);
            double[] measured = Measured(context, name, row, folder, start, test, warnings);
            table.Add(row.Name, Cell(row), $"{measured[0]:F2} ± {measured[1]:F2}", $"{measured[2]:F2}", $"{measured[3]:F2}",
                $"{measured[4]:F2}", $"{measured[5]:F0} and {measured[6]:F0} of 100", Training(row, folder));
            context.Found($"test log-likelihood, {row.Name}, forward AIS [nats]", measured[0],
                row == LikelihoodRow.Main ? PublishedNumber("CD-25").Number : null);
            context.Found($"test log-likelihood, {row.Name}, reverse AIS [nats]", measured[2]);
        }
        context.Prose.Write(table.ToText());
        foreach (string warning in warnings) context.Prose.WriteLine($"warning: {warning}");

        RunFolder main = LikelihoodRow.Main.Complete(context, name);
        Write(context, new()
        {
            { "test-rows", $"{test.Count}" },
            { "burn-in", $"{Likelihoods.BurnIn(context)}" },
            { "table", table },
            { "warnings", warnings.Select(warning => new PageValues { { "warning", warning } }) },
            { "small", small },
            { "minutes", $"{clock.Elapsed.TotalMinutes:F0}" },
            { "settings", main },
        }, ("samples", main.SamplesPath), ("filters", main.FiltersPath));
    }

    string Cell(LikelihoodRow row) => row.Reference is null ? "" : PublishedNumber(row.Reference).Cell;

    // Mean and error by forward AIS, mean by reverse AIS, both log Z, both effective sample sizes. Kept, because each takes minutes.
    static double[] Measured(ExperimentContext context, string name, LikelihoodRow row, RunFolder folder, Dataset start, Dataset test,
        List<string> warnings)
    {
        var kept = context.MeasurementsOf($"{name}-{row.Run}-likelihood", folder);
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
        $"{row.Epochs} epochs, {ExperimentContext.Minutes(folder):F1} min";
}
