using System.Diagnostics;
using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// The five tables of Deep-Belief-Networks-in-PyTorch: a machine of 2500 and a network of 512-128-64 hidden units, fine-tuned for five
/// epochs from random and from pre-trained weights, and the latter for five more on binary inputs. The plain form minimises the
/// cross-entropy; as published, that of a softmax taken twice.
/// </summary>
sealed class FiveEpochsExperiment : Experiment
{
    const int Rows = 42_000, TrainingRows = 27_720, Epochs = 5, Batch = 64;
    const uint SplitStream = 0x6b616767, StartStream = 0x66697665;

    public override string Name => "dbn-five-epochs";

    public override string Description =>
        "784-2500-10 and 784-512-128-64-10 fine-tuned for five epochs with and without pre-training, and on binary inputs";

    public override string Published => "96.70 % (RBM), 96.48 and 96.95 % (DBN) after five epochs; +26.7 and +18.8 points after one";

    public override string Takes => "10 min on 2 cores";

    /// <summary>A table of the source.</summary>
    /// <param name="File">Its CSV file.</param>
    /// <param name="Words">What it is of.</param>
    /// <param name="Accuracies">Published test accuracy after each epoch.</param>
    /// <param name="Loss">Published test loss after the last.</param>
    sealed record Source(string File, string Words, double[] Accuracies, double Loss);

    static readonly Source[] sources =
    [
        new("RBM_without_pretraining_classifier.csv", "RBM, random weights", [0.66814, 0.75938, 0.84993, 0.91737, 0.93690], 1.52767),
        new("RBM_pretrained_classifier.csv", "RBM, pre-trained", [0.93494, 0.95252, 0.95630, 0.96029, 0.96695], 1.49760),
        new("DBN_without_pretraining_classifier.csv", "DBN, random weights", [0.74118, 0.83158, 0.85280, 0.92668, 0.93978], 1.52534),
        new("DBN_with_pretraining_classifier.csv", "DBN, pre-trained", [0.92899, 0.95049, 0.95665, 0.96183, 0.96478], 1.49986),
        new("DBN_with_pretraining_and_input_binarization_classifier.csv", "DBN, pre-trained, five more epochs on binary inputs",
            [0.96331, 0.96401, 0.96555, 0.96709, 0.96947], 1.49298),
    ];

    public override void Run(ExperimentContext context)
    {
        string name = context.Labelled(Name);
        var clock = Stopwatch.StartNew();
        (Dataset training, Dataset test) = Divide(context);
        RunFolder[] pretraining = [Pretrain(context, ModelKind.Rbm, 2500), Pretrain(context, ModelKind.Dbn, 512, 128, 64, 10)];
        Rbm machine = ModelFile.LoadRbm(pretraining[0].ModelPath, context.Placement);
        Dbn stack = ModelFile.LoadDbn(pretraining[1].ModelPath, context.Placement);
        string[] settings = [.. pretraining.Select(run => run.Settings.ToJson().ToJsonString(new() { WriteIndented = true }))];
        var kept = new Measurements(Path.Combine(context.Runs, name), string.Join('\n', settings));

        Head NewHead() => context.AsPublished ? new TwiceSoftmaxHead() : new SoftmaxHead();
        Rng Start() => new(context.Seed, StartStream);
        int classes = training.Classes;
        Network RandomRbm() =>
            Network.Create(training.Columns, [machine.Hidden.Units], classes, NewHead(), Start(), placement: context.Placement);
        Network RandomDbn() => Network.Create(training.Columns, [512, 128, 64], classes, NewHead(), Start(), placement: context.Placement);
        Network PretrainedDbn() => Network.From([.. stack.Machines.Take(3)], classes, NewHead(), Start());
        var learned = new Dictionary<string, Network>();
        Curve[] curves =
        [
            Learn(sources[0], RandomRbm), Learn(sources[1], () => Network.From([machine], classes, NewHead(), Start())),
            Learn(sources[2], RandomDbn), Learn(sources[3], PretrainedDbn),
            Learn(sources[4], () => Continue(sources[3], PretrainedDbn), Binary(training), Binary(test)),
        ];

        Curve Learn(Source source, Func<Network> start, Dataset? rows = null, Dataset? judged = null)
        {
            var numbers = kept.Once(source.File, () =>
            {
                Network network = start();
                var measured = FineTune(network, rows ?? training, judged ?? test, context);
                learned[source.File] = network;
                return [.. measured.SelectMany(epoch => new[] { epoch.TestLoss, epoch.TrainLoss, epoch.TestAccuracy,
                    epoch.TrainAccuracy })];
            });
            return new(source, [.. numbers.Chunk(4).Select((n, e) => new Measured(e + 1, n[0], n[1], n[2], n[3]))]);
        }

        // The network of an earlier table, taught again if its numbers came from an earlier context.
        Network Continue(Source source, Func<Network> start)
        {
            if (learned.TryGetValue(source.File, out Network? network)) return network;
            network = start();
            FineTune(network, training, test, context);
            return network;
        }

        foreach (Curve curve in curves) context.WriteText(Prefixed(context, curve.Source.File), Csv(curve));
        WriteCharts(context, curves);
        context.WriteBytes($"{name}-rbm-digits.png", ClassPassages.Draw(test, new StackModel(new Dbn([machine])), 1));
        context.WriteBytes($"{name}-dbn-digits.png", ClassPassages.Draw(test, new StackModel(stack), stack.Machines.Count));
        TextTable table = Compare(curves);
        context.Prose.Write(table.ToText());
        foreach (Curve curve in curves) context.Found($"test accuracy after the last epoch, {curve.Source.Words} "
            + "[share]", curve.Epochs[^1].TestAccuracy, curve.Source.Accuracies[^1]);
        context.Write(name, Page(context, name, training, test, curves, table, settings, clock.Elapsed.TotalMinutes));
    }

    MarkdownPage Page(ExperimentContext context, string name, Dataset training, Dataset test, Curve[] curves, TextTable table,
        string[] settings, double minutes)
    {
        double Gain(int random, int pretrained, int epoch) =>
            100 * (curves[pretrained].Epochs[epoch].TestAccuracy - curves[random].Epochs[epoch].TestAccuracy);
        int last = curves[0].Epochs.Count - 1;
        return context.Page(Name)
            .Paragraph($"{Description}. {training.Count:N0} rows to learn from, {test.Count:N0} to test, drawn from MNIST's 60 000 "
            + "training rows: the source used Kaggle's 42 000 of MNIST's digits, divided in these numbers. Adam at 0.001, batches of "
            + $"{Batch}. "
                + (context.AsPublished ? "As published: softmax taken twice, rows in their order, what is left of the last batch dropped."
                    : "The plain form: cross-entropy from the inputs of the softmax, rows shuffled.")
                + " The last table goes on where the fourth ended, so its first row is already good.")
            .Table(table)
            .Paragraph($"Gain of pre-training after one epoch: RBM {Gain(0, 1, 0):F1} points (published 26.7), DBN {Gain(2, 3, 0):F1} "
            + $"(18.8); after {last + 1}: {Gain(0, 1, last):F1} (3.0) and {Gain(2, 3, last):F1} (2.5).")
            .Paragraph("Why the published losses stay near 1.5: the source hands probabilities to a loss that expects the inputs of a "
            + "softmax and takes the softmax again. Of ten numbers between 0 and 1 that add up to one, that makes at best e/(e + 9) = "
            + $"0.232, so no loss is below {TwiceSoftmaxHead.Floor(10):F4} nats, and gradients fade as answers become sure.")
            .Heading("Curves")
            .Image("RBM, accuracy", $"{name}-RBM_acc.svg").Image("RBM, loss", $"{name}-RBM_loss.svg").Image("DBN, accuracy",
                $"{name}-DBN_acc.svg").Image("DBN, loss", $"{name}-DBN_loss.svg")
            .Heading("Files").List(curves
            .Select(curve => $"[{Prefixed(context, curve.Source.File)}]({Prefixed(context, curve.Source.File)}): {curve.Source.Words}"))
            .Heading("Reconstructions").Paragraph("A digit of each class: data, hidden units, reconstruction; of the machine of 2500 units "
            + "(50 × 50), and of the network of four layers, through its ten top units (5 × 2).")
            .Image("Reconstructions by the RBM", $"{name}-rbm-digits.png").Image("Reconstructions by the DBN", $"{name}-dbn-digits.png")
            .Paragraph($"Time of this context {minutes:F1} minutes; pre-training "
            + (context.AsPublished ? "by CD-10 with Adam, each layer on the mean of five stochastic passes; not repeated: its Adam that "
                    + "counts epochs instead of updates and steps ahead, weights that begin at 4·√(6/(V + H)), and up to 100 epochs with a "
                    + "patience of 10, here 20" : "by persistent chains, for the machine of 2500 units with a sparsity target of 10 %")
                + $", settings below. Machine: {Machine.Describe(context.Placement)}. Seed {context.Seed}.")
            .Heading("How to repeat it").Code(context.CommandLine, "sh")
            .Heading("Settings of the machine of 2500 units").Code(settings[0], "json")
            .Heading("Settings of the stack").Code(settings[1], "json");
    }

    // 42 000 rows as Kaggle has, then the source's parts; generated from the seed.
    static (Dataset Training, Dataset Test) Divide(ExperimentContext context)
    {
        Dataset all = context.Data.Open("mnist", new DataOptions { Seed = context.Seed });
        var indices = new int[all.Count];
        for (int i = 0; i < indices.Length; i++) indices[i] = i;
        new Rng(context.Seed, SplitStream).Shuffle<int>(indices);
        Dataset kaggle = all.Select(indices.AsSpan(0, Rows));
        return context.Quick ? (kaggle.Take(2000), kaggle.Take(500, TrainingRows))
            : (kaggle.Take(TrainingRows), kaggle.Take(Rows - TrainingRows, TrainingRows));
    }

    // Pre-training sees the training part alone, as a file of its own: the run's settings name it.
    static RunFolder Pretrain(ExperimentContext context, ModelKind kind, params int[] hidden)
    {
        string file = Path.Combine(context.Runs, context.Labelled("dbn-five-epochs"), $"training-{context.Seed}.npy");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            Dataset training = Divide(context).Training;
            RowsFile.Write(file, training.Count, [.. Enumerable.Range(0, training.Columns).Select(c => $"{c}")], Precision.Float32,
                [training.ToMatrix()]);
        }
        TrainPlan plan = TrainPlan.Of(kind) with
        {
            Data = file,
            ValidationRows = 0,
            Hidden = hidden,
            Metrics = ["reconstruction-error", "hidden-activity"],
            Epochs = context.Quick ? 1 : 20
        };
        plan = context.AsPublished
            ? plan with
            {
                Method = TrainingMethod.Cd,
                Steps = [10],
                SampleVisible = true,
                Optimizer = OptimizerKind.Adam,
                LearningRate = [0.0005],
                LearningRateEnd = 0.0005,
                Momentum = [0.9],
                BatchSize = 128,
                Centering = false,
                Shuffle = false,
                L2 = 0,
                VisibleBias = "0",
                Binarize = BinarizationWay.None,
                LayerPasses = kind == ModelKind.Dbn ? 5 : null,
            }
            // Of 64 units at a tenth of activity six would be left to say something.
            : plan with { Method = TrainingMethod.Pcd, Chains = 64, BatchSize = 64, SparsityCost = [kind == ModelKind.Rbm ? 0.1 : 0] };
        return context.Complete(context.Labelled($"dbn-five-epochs-{kind.Name}"), plan);
    }

    static List<Measured> FineTune(Network network, Dataset training, Dataset test, ExperimentContext context)
    {
        // What is left of the last batch is dropped in the source.
        Dataset rows = context.AsPublished ? training.Take(training.Count / Batch * Batch) : training;
        Examples learned = Examples.OfClasses(rows, training.Classes), all = Examples.OfClasses(training, training.Classes),
            held = Examples.OfClasses(test, training.Classes);
        var trainer = new NetworkTrainer(network, new Adam(), new() { BatchSize = Batch, Shuffle = !context.AsPublished }, context.Seed);
        var measured = new List<Measured>();
        foreach (TrainingProgress progress in trainer.Run(learned, Epochs))
        {
            context.Interrupted.ThrowIfCancellationRequested();
            if (progress.Completed is null) continue;
            NetworkScore seen = NetworkScore.Of(network, all), unseen = NetworkScore.Of(network, held);
            measured.Add(new(progress.Epoch, unseen.Loss, seen.Loss, unseen.Accuracy, seen.Accuracy));
            context.Say($"epoch {progress.Epoch}: test loss {unseen.Loss:F4}, train loss {seen.Loss:F4}, test accuracy "
                + $"{unseen.Accuracy:F4}, train accuracy {seen.Accuracy:F4}");
        }
        return measured;
    }

    // Each part by the mean of all its own values.
    static Dataset Binary(Dataset data)
    {
        double[] means = data.Means();
        Matrix level = Matrix.Row(1, means.Average()), rows = data.ToMatrix();
        rows.SetGreater(rows, level);
        return new(data.Name, new MatrixRows(rows)) { Labels = data.Labels, LabelNames = data.LabelNames, Image = data.Image };
    }

    static string Prefixed(ExperimentContext context, string file) => $"{context.Labelled("dbn-five-epochs")}-{file}";

    static string Csv(Curve curve) => string.Concat(curve.Epochs.Select(e =>
        string.Create(CultureInfo.InvariantCulture, $"{e.Epoch},{e.TestLoss:R},{e.TrainLoss:R},{e.TestAccuracy:R},{e.TrainAccuracy:R}\n"))
            .Prepend("epochs,test loss,train loss,test acc,train acc\n"));

    static TextTable Compare(Curve[] curves)
    {
        int epochs = curves[0].Epochs.Count;
        var table = new TextTable(["test accuracy [%]", .. Enumerable.Range(1, epochs).Select(e => $"epoch {e}"),
            "test loss at the end [nats]", "train accuracy at the end [%]"]);
        foreach (Curve curve in curves)
        {
            table.Add([$"{curve.Source.Words}, published", .. curve.Source.Accuracies.Take(epochs).Select(a => $"{100 * a:F2}"),
                $"{curve.Source.Loss:F4}", ""]);
            table.Add([$"{curve.Source.Words}, ours", .. curve.Epochs.Select(e => $"{100 * e.TestAccuracy:F2}"),
                $"{curve.Epochs[^1].TestLoss:F4}", $"{100 * curve.Epochs[^1].TrainAccuracy:F2}"]);
        }
        return table;
    }

    static void WriteCharts(ExperimentContext context, Curve[] curves)
    {
        foreach (string model in (string[])["RBM", "DBN"])
        {
            Curve[] of = [.. curves.Where(curve => curve.Source.File.StartsWith(model, StringComparison.Ordinal))];
            Write("acc", "accuracy", e => e.TestAccuracy, e => e.TrainAccuracy);
            Write("loss", "loss", e => e.TestLoss, e => e.TrainLoss);

            void Write(string suffix, string what, Func<Measured, double> test, Func<Measured, double> train) =>
                context.WriteText($"{context.Labelled("dbn-five-epochs")}-{model}_{suffix}.svg", SvgChart.Line(
                new ChartFrame($"{model} classifier, {what}") { XTitle = "epoch", YTitle = what == "loss" ? "nats" : "share" },
                [.. of.SelectMany(curve => new[] { ChartSeries.PerEpoch($"{Short(curve)}, test", curve.Epochs.Select(test)),
                    ChartSeries.PerEpoch($"{Short(curve)}, train", curve.Epochs.Select(train)) })]));
        }
    }

    static string Short(Curve curve) =>
        curve.Source.File.Contains("binarization") ? "binary inputs" : curve.Source.File.Contains("without") ? "random" : "pre-trained";

    sealed record Measured(int Epoch, double TestLoss, double TrainLoss, double TestAccuracy, double TrainAccuracy);

    sealed record Curve(Source Source, IReadOnlyList<Measured> Epochs);
}
