using System.Diagnostics;
using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// The deep auto-encoder of Hinton and Salakhutdinov (2006), 784-1000-500-250-30: what 30 numbers keep of a digit, fine-tuned alike from a
/// stack of machines, from a stack of denoising auto-encoders and from random weights, beside principal components; and a map of digits by
/// two numbers.
/// </summary>
sealed class AutoencoderExperiment : Experiment
{
    const int Shown = 20, MapRows = 2000;

    static readonly FineTunePlan tuning = new()
    {
        Task = PredictionTask.Reconstruction,
        Data = MnistParts.Name,
        LearningRate = [0.001],
        LearningRateEnd = 5e-5,
        BatchSize = 64,
        Epochs = 15,
        // The best epoch by held-out digits is kept, and none is left out.
        Patience = 1000,
    };

    public override string Name => "autoencoder";

    // A network and what it came to on test digits.
    sealed record Tuned(string Words, RunFolder Run, Network Network, NetworkScore Test, double StartSeconds)
    {
        public double?[] Held => MetricsTable.Open(Run.MetricsPath).Column("validation-squared-error");

        public double Seconds => MetricsTable.Open(Run.MetricsPath).Column(MetricColumns.Seconds).Sum() ?? double.NaN;
    }

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        string name = context.Labelled(Name);
        MnistParts parts = MnistParts.Open(context);
        var starts = new AutoencoderStarts(context, parts.Training);
        RunFolder stack = starts.Stack();
        Measurements kept = context.MeasurementsOf($"{name}", stack);
        double stackSeconds = 60 * ExperimentContext.Minutes(stack);

        Tuned machines = Tune("stack of RBMs", "rbm", stack.ModelPath, tuning, stackSeconds);
        Tuned random = Tune("random weights", "random", stack.ModelPath, tuning with { RandomStart = true }, 0);
        string denoising = starts.Denoising(kept);
        Tuned autoencoders = Tune("stack of denoising auto-encoders", "denoising", denoising, tuning,
            AutoencoderStarts.Seconds(denoising, kept));
        string plane = starts.Plane(stack, kept);
        Tuned map = Tune("two numbers", "plane", plane, tuning with { Epochs = tuning.Epochs / 2 },
            stackSeconds + AutoencoderStarts.Seconds(plane, kept));
        Tuned[] runs = [machines, autoencoders, random];

        Matrix test = parts.Test.ToMatrix(context.Placement.Double);
        int code = machines.Network.CodeUnits;
        PrincipalComponents components = PrincipalComponents.Of(parts.Training, code, test.Placement),
            two = PrincipalComponents.Of(parts.Training, 2, test.Placement);
        double pca = SquaredError(test, components.Decode(components.Encode(test)));
        var table = new TextTable("code", "test Σ(x − x̂)²", "published", "held-out digits, best epoch", "epochs",
            "time to learn [s]");
        table.Add($"principal components, {code} numbers", Text(pca), PublishedNumber("pca").Cell, "", "", "");
        context.Found("test squared error, principal components [a digit]", pca, PublishedNumber("pca").Number);
        foreach (Tuned run in runs)
        {
            Reference? published = run == machines ? PublishedNumber("autoencoder") : null;
            table.Add($"auto-encoder from a {run.Words}".Replace("a random", "random"), Text(run.Test.SquaredError), published?.Cell ?? "",
                Text(run.Held.Min() ?? double.NaN), $"{run.Held.Length}",
                string.Create(CultureInfo.InvariantCulture, $"{run.StartSeconds:F0} + {run.Seconds:F0}"));
            context.Found($"test squared error, auto-encoder from {run.Words} [a digit]", run.Test.SquaredError, published?.Number);
        }
        context.Prose.Write(table.ToText());

        Matrix codes = map.Network.Encode(parts.Test.ToMatrix(context.Placement)), plain = two.Encode(test);
        var near = new TextTable("two numbers", "1-NN test error [%]", "test Σ(x − x̂)²");
        double codeError = NeighbourError(map.Network.Encode, codes, parts), plainError = NeighbourError(two.Encode, plain, parts);
        near.Add("principal components", Text(plainError), Text(SquaredError(test, two.Decode(plain))));
        near.Add("auto-encoder", Text(codeError), Text(map.Test.SquaredError));
        context.Prose.Write(near.ToText());
        context.Found("1-NN test error, two principal components [share]", plainError / 100);
        context.Found("1-NN test error, codes of two numbers [share]", codeError / 100);

        context.WriteText($"{name}-curves.svg", SvgChart.Line(
            new ChartFrame("Squared error of held-out digits") { XTitle = "epoch", YTitle = "Σ(x − x̂)²", LogY = true },
            [.. runs.Select(run => ChartSeries.PerEpoch(run.Words, run.Held.Select(v => v ?? double.NaN)))]));
        context.WriteText($"{name}-codes.svg", Map("Test digits by a code of two numbers", codes, parts.Test));
        context.WriteText($"{name}-components.svg", Map("Test digits by two principal components", plain, parts.Test));
        context.WriteBytes($"{name}-digits.png", Digits(parts.Test, components, runs));
        Write(context, new()
        {
            { "sizes", string.Join("-", (int[])[parts.Test.Columns, .. machines.Network.Layers.Take(machines.Network.CodeLayer!.Value)
                .Select(layer => layer.Units)]) },
            { "parameters", $"{machines.Network.Parameters.Sum(p => (long)p.Value.Rows * p.Value.Columns):N0}" },
            { "layer-epochs", $"{AutoencoderStarts.Epochs}" },
            { "epochs", $"{machines.Held.Length}" },
            { "plane-epochs", $"{map.Held.Length}" },
            { "batch", $"{tuning.BatchSize}" },
            { "rate", $"{tuning.LearningRate[0]}" },
            { "rate-end", NumberText.Short(tuning.LearningRateEnd!.Value) },
            { "masked", $"{100 * AutoencoderStarts.Masked:F0} %" },
            { "training-rows", $"{parts.Training.Count:N0}" },
            { "held-rows", $"{parts.Validation.Count:N0}" },
            { "test-rows", $"{parts.Test.Count:N0}" },
            { "map-rows", $"{Math.Min(MapRows, parts.Test.Count):N0}" },
            { "table", table },
            { "near", near },
            { "code", $"{code}" },
            { "rows-of-digits", string.Join("; ", runs.Select(run => run.Words)) },
            { "memory", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0}" },
            { "stack-settings", stack },
            { "tuning-settings", machines.Run },
        });

        Tuned Tune(string words, string run, string start, FineTunePlan plan, double startSeconds)
        {
            if (context.Quick) plan = plan with { TrainRows = MnistParts.QuickRows, Epochs = 2 };
            RunFolder folder = context.Complete($"{name}-{run}", plan.StartingFrom(start));
            LoadedNetwork loaded = LoadedNetwork.Read(folder.ModelPath, context.Placement);
            NetworkScore score = loaded.Score(parts.Test);
            context.Say($"{words}: test squared error {Text(score.SquaredError)}");
            return new(words, folder, loaded.Network, score, startSeconds);
        }
    }

    static double SquaredError(Matrix rows, Matrix again)
    {
        Matrix difference = rows.Like(rows.Rows, rows.Columns);
        difference.SetSum(rows, 1, again, -1);
        return difference.Summarize().SumOfSquares / rows.Rows;
    }

    // Percent of test digits whose nearest training digit, by codes, is of another class.
    static double NeighbourError(Func<Matrix, Matrix> encode, Matrix test, MnistParts parts)
    {
        var nearest = new KNearestNeighbors(1);
        nearest.Fit(AutoencoderStarts.Through(parts.Training, encode, test.Placement), test.Placement);
        int[] predicted = nearest.Predict(test), labels = parts.Test.Labels!;
        return 100.0 * predicted.Zip(labels).Count(pair => pair.First != pair.Second) / labels.Length;
    }

    static string Map(string title, Matrix codes, Dataset data)
    {
        IEnumerable<IGrouping<int, int>> groups = Enumerable.Range(0, Math.Min(MapRows, data.Count)).GroupBy(row => data.Labels![row])
            .OrderBy(group => group.Key);
        return SvgChart.Scatter(new ChartFrame(title) { Width = 720, Height = 720 }, [.. groups.Select(group =>
            new ChartSeries($"{group.Key}", [.. group.Select(row => new ChartPoint(codes[row, 0], codes[row, 1]))]))]);
    }

    // Two of each class: the digits, then what each code gives back.
    static byte[] Digits(Dataset test, PrincipalComponents components, IReadOnlyList<Tuned> runs)
    {
        int[] shown = [.. Enumerable.Range(0, test.Classes).SelectMany(c => Enumerable.Range(0, test.Count)
            .Where(row => test.Labels![row] == c).Take(Shown / test.Classes))];
        Matrix rows = test.Select(shown).ToMatrix(runs[0].Network.Placement), exact = test.Select(shown).ToMatrix(
            runs[0].Network.Placement.Double);
        IEnumerable<double[]> tiles = [.. ImageSheet.RowsOf(rows), .. ImageSheet.RowsOf(components.Decode(components.Encode(exact))),
            .. runs.SelectMany(run => ImageSheet.RowsOf(run.Network.Predict(rows)))];
        return Png.Encode(ImageSheet.Grey([.. tiles], test.Image!, TileRange.Unit, new SheetLayout { Columns = shown.Length }));
    }

    static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
