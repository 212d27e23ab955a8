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

    /// <summary>A table of the source.</summary>
    /// <param name="File">Its CSV file.</param>
    /// <param name="Words">What it is of.</param>
    sealed record Source(string File, string Words);

    static readonly Source[] sources =
    [
        new("RBM_without_pretraining_classifier.csv", "RBM, random weights"),
        new("RBM_pretrained_classifier.csv", "RBM, pre-trained"),
        new("DBN_without_pretraining_classifier.csv", "DBN, random weights"),
        new("DBN_with_pretraining_classifier.csv", "DBN, pre-trained"),
        new("DBN_with_pretraining_and_input_binarization_classifier.csv", "DBN, pre-trained, five more epochs on binary inputs"),
    ];

    // Published test accuracy after each epoch.
    double[] Accuracies(Source source) => PublishedNumber($"{source.File}, accuracy").Series;

    // Published test loss after the last.
    double Loss(Source source) => PublishedNumber($"{source.File}, loss").Number;

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
        foreach (Curve curve in curves)
            context.Found($"test accuracy after the last epoch, {curve.Source.Words} [share]", curve.Epochs[^1].TestAccuracy,
                Accuracies(curve.Source)[^1]);
        Write(context, Values(context, training, test, curves, table, pretraining, clock.Elapsed.TotalMinutes));
    }

    PageValues Values(ExperimentContext context, Dataset training, Dataset test, Curve[] curves, TextTable table, RunFolder[] pretraining,
        double minutes)
    {
        Curve[] rbm = curves[..2], dbn = curves[2..4];
        return new()
        {
            { "training-rows", $"{training.Count:N0}" },
            { "test-rows", $"{test.Count:N0}" },
            { "batch", $"{Batch}" },
            { "table", table },
            { "epochs", $"{curves[0].Epochs.Count}" },
            { "rbm-first-gain", Gain(rbm, 0) },
            { "rbm-last-gain", Gain(rbm, ^1) },
            { "dbn-first-gain", Gain(dbn, 0) },
            { "dbn-last-gain", Gain(dbn, ^1) },
            { "published-rbm-first-gain", PublishedGain(rbm, 0) },
            { "published-rbm-last-gain", PublishedGain(rbm, ^1) },
            { "published-dbn-first-gain", PublishedGain(dbn, 0) },
            { "published-dbn-last-gain", PublishedGain(dbn, ^1) },
            { "published-loss", $"{sources.Average(Loss):F1}" },
            { "greatest-probability", $"{Math.E / (Math.E + training.Classes - 1):F3}" },
            { "least-loss", $"{TwiceSoftmaxHead.Floor(training.Classes):F4}" },
            { "files", curves.Select(File) },
            { "minutes", $"{minutes:F1}" },
            { "machine-settings", pretraining[0] },
            { "stack-settings", pretraining[1] },
        };

        // Of pre-training, in points: the first curve is from random weights.
        static string Gain(Curve[] pair, Index epoch) => Points(pair, curve => curve.Epochs[epoch].TestAccuracy);

        string PublishedGain(Curve[] pair, Index epoch) => Points(pair, curve => Accuracies(curve.Source)[epoch]);

        static string Points(Curve[] pair, Func<Curve, double> accuracy) => $"{100 * (accuracy(pair[1]) - accuracy(pair[0])):F1}";

        PageValues File(Curve curve) => new() { { "file", Prefixed(context, curve.Source.File) }, { "words", curve.Source.Words } };
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

    TextTable Compare(Curve[] curves)
    {
        int epochs = curves[0].Epochs.Count;
        var table = new TextTable(["test accuracy [%]", .. Enumerable.Range(1, epochs).Select(e => $"epoch {e}"),
            "test loss at the end [nats]", "train accuracy at the end [%]"]);
        foreach (Curve curve in curves)
        {
            table.Add([$"{curve.Source.Words}, published", .. Accuracies(curve.Source).Take(epochs).Select(a => $"{100 * a:F2}"),
                $"{Loss(curve.Source):F4}", ""]);
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
