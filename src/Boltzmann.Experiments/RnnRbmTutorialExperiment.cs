using System.Diagnostics;
using Boltzmann.Temporal;

namespace Boltzmann.Experiments;

/// <summary>
/// The RNN-RBM of the deep learning tutorials: Nottingham, 150 hidden units, a network of 100, CD-15, plain gradient steps of 0.001, 200
/// epochs. How long they take, whether anything ever becomes infinite, the number that the tutorial prints, and the likelihood beside it.
/// </summary>
sealed class RnnRbmTutorialExperiment : SequenceExperiment
{
    const int Sweeps = 15, Pieces = 100;

    static readonly int[] shown = [1, 2, 5, 10, 20, 50, 100, 150, 200];

    static readonly SequencePlan published = SequencePlan.Of(ModelKind.RnnRbm) with
    {
        Data = "nottingham",
        Hidden = 150,
        Recurrent = 100,
        Steps = [Sweeps],
        Epochs = 200,
        BatchSize = 1,
        Truncate = 100,
        Clip = null,
        Optimizer = SequenceOptimizer.Sgd,
        Momentum = [0],
        LearningRate = [0.001],
        LearningRateEnd = 0.001,
    };

    public override string Name => "rnn-rbm-tutorial";

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        SequencePlan plan = context.Quick ? published with { Data = FewPieces.Of(context, published.Data) } : published;
        var kept = new Measurements(Path.Combine(context.Runs, context.Labelled(Name)), $"{context.Seed}, {context.Quick}, "
            + $"{context.Placement.Precision}, {plan.ToSettings().ToJson().ToJsonString()}");
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        bool isNew = !Directory.Exists(Path.Combine(context.Runs, FolderOf(context, published.Data)));
        RunFolder run = RunOf(context, published.Data, plan);
        double processor = kept.Once("processor time", () =>
            [isNew ? (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMinutes : double.NaN])[0];
        MetricsTable metrics = MetricsTable.Open(run.MetricsPath);
        TrainedSequences trained = TrainedSequences.Load(run.ModelPath, context.Placement);
        double[] learned = kept.Once("training part", () => Score(context, trained, DataSplit.Train)),
            test = kept.Once("test part", () => Score(context, trained, DataSplit.Test));

        double minutes = ExperimentContext.Minutes(run);
        double?[] held = metrics.Column("log-likelihood"), seconds = metrics.Column(MetricColumns.Seconds);
        int infinite = held.Count(value => value is not double number || !double.IsFinite(number));
        var epochs = new TextTable("epoch", "time so far [min]", "nats per step, held out, by short annealing");
        for (int r = 0; r < metrics.Rows; r++)
            if (shown.Contains(r + 1))
                epochs.Add($"{r + 1}", $"{seconds[..(r + 1)].Sum() / 60:F1}", Short(held[r] ?? double.NaN));
        Reference printed = PublishedNumber("monitor"), time = PublishedNumber("time");
        var end = new TextTable("after the last epoch", "training pieces", "test pieces", "published");
        end.Add($"log p of a step given hidden units that {Sweeps} sweeps led to from it [nats]: what the tutorial prints",
            Short(learned[0]), Short(test[0]), printed.Cell);
        end.Add("pseudo-likelihood [nats per step]", Short(learned[1]), Short(test[1]), "");
        end.Add("log-likelihood [nats per step], by annealing backward", Short(learned[2]), Short(test[2]), "");
        end.Add("forward", Short(learned[3]), Short(test[3]), "");
        end.Add("epochs whose held-out number was infinite or none", $"{infinite}", "", "1");
        end.Add("time to learn [min]", $"**{minutes:F1}**", "", time.Cell);
        context.Found("minutes of all epochs", minutes);
        context.Found("log p given the chain's hidden units, training pieces", learned[0], printed.Number);
        context.Found("nats per step, test pieces", (test[2] + test[3]) / 2);
        WritePage(context, "One update for each stretch of a hundred steps, the gradient a mean over them, neither momentum nor limit; "
            + "unlike there, the memory goes on from stretch to stretch, a step's biases come from the state before it, and visible biases "
            + "start from the notes' shares. Numbers at the end are of the "
            + $"first {Pieces} pieces of each part. Time is that of the updates, by the clock, on a machine that other work shared"
            + (double.IsNaN(processor) ? "" : $"; the processors were busy for {processor:F1} minutes in all, held-out numbers after each "
                + "epoch included") + ".", ("While it learned.", epochs), ("When it had learned.", end));
    }

    // What the tutorial prints, the pseudo-likelihood, and both ends of the likelihood.
    static double[] Score(ExperimentContext context, TrainedSequences trained, DataSplit part)
    {
        Sequences all = Part(context, trained, part), data = all.Select([.. Enumerable.Range(0, Math.Min(context.Quick ? 1 : Pieces,
            all.Count))]);
        var scoring = new SequenceScoring
        {
            Chains = context.Quick ? 2 : 5,
            Betas = context.Quick ? 10 : 300,
            BurnIn = context.Quick ? 2 : 100,
            Seed = context.Seed,
        };
        context.Say($"{data.Name}: pseudo-likelihood and annealing");
        SequenceScore score = SequenceEvaluation.LogLikelihood(trained.Model, data, scoring, cancellation: context.Interrupted);
        return [AfterChains(trained.Model, data, new Rng(context.Seed, 0x7475746f)), PseudoLikelihoodOf(trained.Model, data),
            score.BackwardMean ?? score.Mean, score.Mean];
    }

    // Mean of log p(x | h), h drawn by sweeps from x: from inputs, so that no logarithm of a rounded 0 is taken.
    static double AfterChains(SequenceModel model, Sequences data, Rng rng)
    {
        StepMachine machine = StepMachine.Of(model);
        double sum = 0;
        foreach (var (_, rows, toVisible, toHidden) in StepInputs.Of(model, data))
        {
            Matrix v = rows.Clone(), inputs = rows.Like(rows.Rows, rows.Columns), h = toHidden!.Like(rows.Rows, toHidden.Columns),
                hiddenInputs = h.Like(h.Rows, h.Columns), values = rows.Like(rows.Rows, 1);
            for (int k = 0; k <= Sweeps; k++)
            {
                machine.SetHidden(v, toHidden, hiddenInputs, null, h, rng);
                machine.SetVisible(h, toVisible, inputs, null, v, rng);
            }
            machine.SetVisibleInputs(h, toVisible, inputs);
            values.Fill(0);
            machine.AddLogProbability(rows, inputs, values);
            sum += values.ReadColumn(0).Sum();
        }
        return sum / data.Steps.Count;
    }

    static double PseudoLikelihoodOf(SequenceModel model, Sequences data)
    {
        double sum = 0;
        int visible = model.Visible.Units;
        var step = new double[visible];
        for (int s = 0; s < data.Count; s++)
        {
            MemoryState memory = model.NewMemory();
            var rows = new Matrix(data.LengthOf(s), visible + model.Memory.Width, model.Placement);
            var z = new Matrix(1, model.Memory.Width, model.Placement);
            for (int t = 0; t < rows.Rows; t++)
            {
                data.Steps.Rows.Read(data.First[s] + t, step);
                model.Memory.SetContext(memory, z);
                rows.WriteRow(t, [.. step, .. z.ReadRow(0)]);
                model.Remember(memory, Matrix.Row(step, model.Placement));
            }
            sum += PseudoLikelihood.PerRow(model.Machine, rows).PerRow.Sum();
        }
        return sum / data.Steps.Count;
    }
}
