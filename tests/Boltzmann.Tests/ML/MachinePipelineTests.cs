using Boltzmann.ML;
using Boltzmann.Tests.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.Tests.ML;

/// <summary>Machines are steps of ML.NET's pipelines.</summary>
public sealed class MachinePipelineTests : IDisposable
{
    const int Width = 784, TrainingRows = 1500, TestRows = 500;

    static readonly RbmSettings settings = new() { Hidden = 64, Epochs = 5, Seed = 3 };

    readonly MLContext context = new(seed: 1);
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    sealed class Digit
    {
        [VectorType(Width)]
        public float[] Pixels { get; set; } = [];

        public string Kind { get; set; } = "";
    }

    sealed class Answer
    {
        public float[] Features { get; set; } = [];
    }

    static readonly Dataset training = Boltzmann.Data.Digits.Generate(TrainingRows, 1),
        test = Boltzmann.Data.Digits.Generate(TestRows, 2);

    static Digit[] Rows(Dataset data)
    {
        var row = new double[data.Columns];
        return [.. Enumerable.Range(0, data.Count).Select(r =>
        {
            data.Rows.Read(r, row);
            return new Digit { Pixels = Array.ConvertAll(row, x => (float)x), Kind = $"{data.Labels![r]}" };
        })];
    }

    IDataView View(Dataset data) => context.Data.LoadFromEnumerable(Rows(data));

    [Fact]
    public void Features_and_a_linear_classifier_of_MLNET_reach_what_ours_reach()
    {
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", nameof(Digit.Kind))
            .Append(new MachineFeatures(context, new RbmTransformer(settings), "Features", nameof(Digit.Pixels)))
            .Append(context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        IDataView answers = pipeline.Fit(View(training)).Transform(View(test));
        double found = context.MulticlassClassification.Evaluate(answers).MicroAccuracy;
        var own = new FeatureClassifier<int>(new RbmTransformer(settings), () => new LogisticRegression());
        own.Fit(training, training.Labels!);
        double expected = own.Score(test, test.Labels!);
        Assert.InRange(expected, 0.5, 1);
        // The same features; two optimisers of one convex loss with other penalties. 4 standard errors of 500 rows at 0.9 are 0.054.
        Assert.InRange(found, expected - 0.054, 1);
    }

    [Fact]
    public void Features_are_those_of_the_machine_also_of_single_rows_and_after_loading()
    {
        MachineFeaturesTransformer fitted =
            new MachineFeatures(context, new RbmTransformer(settings), "Features", nameof(Digit.Pixels)).Fit(View(training));
        var machine = (RbmTransformer)fitted.Machine;
        double[,] expected = machine.Transform(test);
        float[][] found = [.. context.Data.CreateEnumerable<Answer>(fitted.Transform(View(test)), reuseRowObject: false)
            .Select(answer => answer.Features)];
        Assert.Equal(TestRows, found.Length);
        for (int r = 0; r < TestRows; r++)
            for (int c = 0; c < settings.Hidden; c++) Assert.Equal(expected[r, c], found[r][c], 1e-5);
        PredictionEngine<Digit, Answer> engine = context.Model.CreatePredictionEngine<Digit, Answer>(fitted);
        Digit[] rows = Rows(test);
        Assert.Equal(found[0], engine.Predict(rows[0]).Features);
        Assert.Equal(found[7], engine.Predict(rows[7]).Features);
        string path = folder["features.safetensors"];
        machine.Save(path);
        var loaded = new MachineFeaturesTransformer(RbmTransformer.Load(path), "Features", nameof(Digit.Pixels), Width);
        Assert.Equal(found[3], context.Data.CreateEnumerable<Answer>(loaded.Transform(View(test)), false).ElementAt(3).Features);
        Assert.Contains("Save(path) writes it", Assert.Throws<NotSupportedException>(() =>
            context.Model.Save(fitted, View(test).Schema, folder["x.zip"])).Message);
    }

    [Fact]
    public void A_classifier_is_a_trainer_whose_answers_MLNET_judges_and_names()
    {
        var dbn = new DbnSettings { Hidden = [64], PretrainingEpochs = 3, Epochs = 10, Seed = 3 };
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", nameof(Digit.Kind))
            .Append(new ClassifierTrainer(context, dbn, features: nameof(Digit.Pixels)))
            .Append(context.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel"));
        IDataView answers = pipeline.Fit(View(training)).Transform(View(test));
        MulticlassClassificationMetrics metrics = context.MulticlassClassification.Evaluate(answers);
        string[] names = [.. answers.GetColumn<string>("Name")];
        double accuracy = names.Zip(test.Labels!).Count(pair => pair.First == $"{pair.Second}") / (double)TestRows;
        Assert.Equal(metrics.MicroAccuracy, accuracy, 1e-9);
        Assert.InRange(accuracy, 0.7, 1);
        Assert.All(answers.GetColumn<float[]>("Score"), scores => Assert.Equal(1, scores.Sum(), 1e-4));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        var features = new MachineFeatures(context, new RbmTransformer(settings), "Features", "pixels");
        Assert.Contains("no column 'pixels': expected one of Pixels, Kind", ArrayFiles.Refusal(() => features.Fit(View(test))));
        var words = new MachineFeatures(context, new RbmTransformer(settings), "Features", "Kind");
        Assert.Contains("column 'Kind' holds String: expected a vector", ArrayFiles.Refusal(() => words.Fit(View(test))));
        Assert.Contains("no column 'Kind' of keys", ArrayFiles.Refusal(() =>
            new ClassifierTrainer(context, label: "Kind", features: "Pixels").Fit(View(test))));
    }
}
