using Boltzmann.Estimators;
using Boltzmann.Tests.Classifiers;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Estimators;

/// <summary>The transformers of one machine, features before a classifier, and what they refuse.</summary>
public sealed class TransformerTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly RbmSettings rbm = new() { Hidden = 64, Epochs = 10 };
    static readonly DbmSettings dbm = new() { Hidden = [64, 32], Epochs = 5 };

    static (double[,] X, int[] Y, double[,] JudgedX, int[] JudgedY) Set(string name) =>
        (ReferenceResults.Array(name, "train_x"), ReferenceResults.Whole(name, "train_y"), ReferenceResults.Array(name, "test_x"),
            ReferenceResults.Whole(name, "test_y"));

    static string Refusal(Action action) => Assert.Throws<BadInputException>(action).Message;

    string File(string name) => Path.Combine(folder.Path, name);

    public static TheoryData<string> Kinds => ["rbm", "dbm", "dbn"];

    static ITransformer Made(string kind) => kind switch
    {
        "rbm" => new RbmTransformer(rbm),
        "dbm" => new DbmTransformer(dbm),
        _ => new DbnTransformer(new() { Hidden = [64, 32], PretrainingEpochs = 5 }),
    };

    [Theory, MemberData(nameof(Kinds))]
    public void Features_learned_without_labels_tell_digits_apart(string kind)
    {
        var (x, y, judged, truth) = Set("digits");
        var classifier = new FeatureClassifier<int>(Made(kind), () => new LogisticRegression());
        classifier.Fit(x, y);
        // Guessing gets 10 %, and the top layer of a deep machine without pre-training half of them (docs/design-notes.md).
        Assert.InRange(classifier.Score(judged, truth), 0.8, 1);
        Assert.Equal(classifier.Score(judged, truth), classifier.Predict(judged).Zip(truth).Count(p => p.First == p.Second)
            / (double)truth.Length);
        Assert.Equal(Enumerable.Range(0, 10), classifier.Classes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_settings_learn_the_same_features_and_progress_is_told(string kind)
    {
        var (x, _, judged, _) = Set("iris");
        ITransformer first = Made(kind);
        var told = new List<FitProgress>();
        double[,] features = first.FitTransform(x, new Collecting(told));
        Assert.Equal(features, first.Transform(x));
        ITransformer second = first.Unfitted();
        Assert.Throws<InvalidOperationException>(() => second.Transform(x));
        second.Fit(x);
        Assert.Equal(first.Transform(judged), second.Transform(judged));
        Assert.All(told, step => Assert.Equal(FitPhase.Machines, step.Phase));
        Assert.Contains(told, step => step.Training.Completed is not null && step.Training.Epoch == step.Training.Epochs);
        Assert.All(features.Cast<double>(), value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void A_file_keeps_an_rbm_with_its_preprocessing_and_opens_as_a_model()
    {
        var (x, _, judged, _) = Set("iris");
        var made = new RbmTransformer(rbm with { Scaling = FeatureScaling.Standardize, Seed = 5 });
        made.Fit(x);
        made.Save(File("a.safetensors"));
        RbmTransformer read = RbmTransformer.Load(File("a.safetensors"));
        Assert.Equal(made.Settings, read.Settings);
        Assert.Equal(made.Transform(judged), read.Transform(judged));
        Assert.Equal(UnitValues.Reals, read.Machine.Visible.Values);
        Assert.Equal(made.Transform(judged), TrainedModel.Load(File("a.safetensors")).Transform(judged).ToArray());
        Assert.Contains("holds", Refusal(() => DbmTransformer.Load(File("a.safetensors"))));
    }

    [Fact]
    public void A_file_keeps_a_dbm_with_its_preprocessing_and_opens_as_a_model()
    {
        var (x, _, judged, _) = Set("iris");
        var made = new DbmTransformer(dbm);
        made.Fit(x);
        made.Save(File("a.safetensors"));
        DbmTransformer read = DbmTransformer.Load(File("a.safetensors"));
        Assert.Equal((made.Settings with { Hidden = [] }).ToString(), (read.Settings with { Hidden = [] }).ToString());
        Assert.Equal(made.Settings.Hidden, read.Settings.Hidden);
        Assert.Equal(made.Transform(judged), read.Transform(judged));
        // Rows that leave the range of the training's are cut by one and not by the other.
        double[,] known = new double[5, 4];
        Array.Copy(x, known, known.Length);
        Assert.Equal(made.Transform(known), TrainedModel.Load(File("a.safetensors")).Transform(known).ToArray());
    }

    [Fact]
    public void Cancelled_learning_leaves_what_was_learned_before()
    {
        var (x, _, judged, _) = Set("iris");
        var made = new RbmTransformer(rbm);
        made.Fit(x);
        double[,] before = made.Transform(judged);
        using var source = new CancellationTokenSource();
        var stopping = new Acting(step =>
        {
            if (step.Training.Epoch == 3) source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => made.Fit(judged, stopping, source.Token));
        Assert.Equal(before, made.Transform(judged));
    }

    [Fact]
    public void A_network_tells_of_both_phases()
    {
        var (x, y, _, _) = Set("iris");
        var told = new List<FitProgress>();
        new DbnClassifier<int>(new() { Hidden = [8, 4], PretrainingEpochs = 2, Epochs = 3 }).Fit(x, y, progress: new Collecting(told));
        (FitPhase Phase, int Machine, int Machines)[] seen = [.. told.Select(step => (step.Phase, step.Machine, step.Machines)).Distinct()];
        Assert.Equal([(FitPhase.Machines, 1, 2), (FitPhase.Machines, 2, 2), (FitPhase.Network, 1, 1)], seen);
        Assert.Equal(2 + 2 + 3, told.Count(step => step.Training.Completed is not null));
    }

    [Fact]
    public void Missing_labels_and_rows_are_named()
    {
        var classifier = new DbnClassifier<string>(new() { Hidden = [4], PretrainingEpochs = 1, Epochs = 1 });
        double[,] x = { { 1, 0 }, { 0, 1 } };
        Assert.Equal("the rows: the label of row 2 is missing", Refusal(() => classifier.Fit(x, ["a", null!])));
        Assert.Equal("the rows: the labels are missing: expected one for each of 2 rows", Refusal(() => classifier.Fit(x, null!)));
        classifier.Fit(x, ["a", "b"]);
        Assert.Equal("the rows: the label of row 1 is missing", Refusal(() => classifier.Score(x, [null!, "b"])));
        Assert.Equal("the rows: row 2 is missing", Refusal(() => classifier.Predict((double[][])[[1, 0], null!])));
        Assert.Equal("the rows are missing: expected an array of them", Refusal(() => classifier.Predict((double[][])null!)));
        Assert.Equal("the rows are missing: expected an array of them", Refusal(() => classifier.Predict((RowData)null!)));
        Assert.Contains("the targets are missing", Refusal(() => new DbnRegressor().Fit(x, null!)));
        var onFeatures = new FeatureClassifier<string>(new RbmTransformer(rbm), () => new LogisticRegression());
        Assert.Equal("the rows: the label of row 2 is missing", Refusal(() => onFeatures.Fit(x, ["a", null!])));
        Assert.Throws<InvalidOperationException>(() => onFeatures.Predict(x));
    }

    [Fact]
    public void Rows_may_be_jagged_arrays_and_one_row_a_span()
    {
        var (x, _, _, _) = Set("iris");
        double[][] jagged = [.. Enumerable.Range(0, x.GetLength(0)).Select(r => Enumerable.Range(0, 4).Select(c => x[r, c]).ToArray())];
        var made = new RbmTransformer(rbm);
        made.Fit(jagged);
        double[,] all = made.Transform(x);
        ReadOnlySpan<float> one = [.. jagged[7].Select(v => (float)v)];
        double[,] features = made.Transform(one);
        for (int c = 0; c < rbm.Hidden; c++) Assert.Equal(all[7, c], features[0, c], 1e-5);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Contains("units of a hidden layer", Refusal(() => _ = new RbmTransformer(new() { Hidden = 0 })));
        Assert.Contains("at least one hidden layer", Refusal(() => _ = new DbmTransformer(new() { Hidden = [] })));
        Assert.Contains("number of epochs", Refusal(() => _ = new RbmTransformer(new() { Epochs = 0 })));
        Assert.Contains("number of chains", Refusal(() => _ = new RbmTransformer(new() { Chains = 0 })));
        Assert.Contains("Gibbs steps", Refusal(() => _ = new RbmTransformer(new() { Steps = 0 })));
        Assert.Contains("mean-field updates", Refusal(() => _ = new DbmTransformer(new() { MeanFieldUpdates = 0 })));
        Assert.Contains("epochs of pre-training", Refusal(() => _ = new DbmTransformer(new() { PretrainingEpochs = -1 })));
        Assert.Contains("learning rate", Refusal(() => _ = new RbmTransformer(new() { LearningRate = -1 })));
        Assert.Contains("batch size", Refusal(() => _ = new RbmTransformer(new() { BatchSize = 0 })));
    }

    sealed class Collecting(List<FitProgress> told) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => told.Add(value);
    }

    sealed class Acting(Action<FitProgress> act) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => act(value);
    }
}
