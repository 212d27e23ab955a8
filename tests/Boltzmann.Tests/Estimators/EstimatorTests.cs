using System.Text.Json.Nodes;
using Boltzmann.Tests.Classifiers;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Estimators;

/// <summary>The estimators: that they learn, that files keep them, and what they refuse.</summary>
public sealed class EstimatorTests : IDisposable
{
    static readonly DbnSettings small = new() { Hidden = [40], PretrainingEpochs = 5, Epochs = 20, LearningRate = 0.005 };
    static readonly string[] species = ["setosa", "versicolor", "virginica"];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static (double[,] X, int[] Y, double[,] JudgedX, int[] JudgedY) Set(string name) =>
        (ReferenceResults.Array(name, "train_x"), ReferenceResults.Whole(name, "train_y"), ReferenceResults.Array(name, "test_x"),
            ReferenceResults.Whole(name, "test_y"));

    // Smooth in two columns, the third of no effect.
    static (double[,] X, double[] Y) Surface(int rows, int seed)
    {
        var random = new Random(seed);
        var (x, y) = (new double[rows, 3], new double[rows]);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < 3; c++) x[r, c] = 10 * random.NextDouble() - 3;
            y[r] = 500 + 40 * Math.Sin(0.6 * x[r, 0]) + 8 * x[r, 1];
        }
        return (x, y);
    }

    static string Refusal(Action action) => Assert.Throws<BadInputException>(action).Message;

    static string Made(Func<object> make) => Refusal(() => GC.KeepAlive(make()));

    string File(string name) => Path.Combine(folder.Path, name);

    [Theory, InlineData(true, Activation.Sigmoid), InlineData(true, Activation.Relu), InlineData(false, Activation.Sigmoid)]
    public void A_classifier_learns_digits(bool pretrain, Activation activation)
    {
        var (x, y, judged, truth) = Set("digits");
        var classifier = new DbnClassifier<int>(small with { Activation = activation });
        classifier.Fit(x, y, pretrain);
        // 1-nearest-neighbour gets 96 % of these rows; guessing gets 10 %.
        Assert.InRange(classifier.Score(judged, truth), 0.9, 1);
        Assert.Equal(Enumerable.Range(0, 10), classifier.Classes);
        Assert.Equal(small.Epochs, classifier.History.Count);
        Assert.True(classifier.History[^1].Metrics[NetworkMetric.Loss] < classifier.History[0].Metrics[NetworkMetric.Loss]);
    }

    [Fact]
    public void Classes_may_be_called_by_any_text_and_keep_their_names_in_a_file()
    {
        var (x, y, judged, truth) = Set("iris");
        var classifier = new DbnClassifier<string>(small with { Scaling = FeatureScaling.Standardize, Epochs = 150 });
        classifier.Fit(x, [.. y.Select(k => species[k])]);
        Assert.Equal(species, classifier.Classes);
        Assert.InRange(classifier.Score(judged, [.. truth.Select(k => species[k])]), 0.9, 1);
        Assert.All(classifier.Predict(judged), name => Assert.Contains(name, species));

        double[,] probabilities = classifier.PredictProbabilities(judged);
        var named = classifier.PredictProbabilitiesByClass(judged);
        for (int r = 0; r < named.Count; r++)
        {
            for (int k = 0; k < 3; k++) Assert.Equal(probabilities[r, k], named[r][species[k]]);
            Assert.Equal(1, named[r].Values.Sum(), 1e-5);
        }

        classifier.Save(File("iris.safetensors"));
        DbnClassifier<string> read = DbnClassifier.Load<string>(File("iris.safetensors"));
        Assert.Equal(species, read.Classes);
        Assert.Equal(probabilities, read.PredictProbabilities(judged));
        Assert.Equal(classifier.Transform(judged), read.Transform(judged));
        Assert.Equal((classifier.Settings with { Hidden = [] }, 4), (read.Settings with { Hidden = [] }, read.Columns));
        Assert.Equal(classifier.Settings.Hidden, read.Settings.Hidden);
        Assert.Contains("'setosa' is not of type Int32", Refusal(() => DbnClassifier.Load<int>(File("iris.safetensors"))));
    }

    [Fact]
    public void Numbers_of_classes_need_not_follow_one_another()
    {
        var (x, y, judged, truth) = Set("iris");
        int[] names = [-7, 4, 100];
        var classifier = new DbnClassifier<int>(small with { Epochs = 150 });
        classifier.Fit(x, [.. y.Select(k => names[k])]);
        Assert.Equal(names, classifier.Classes);
        classifier.Save(File("numbers.safetensors"));
        Assert.Equal(classifier.Predict(judged), DbnClassifier.Load<int>(File("numbers.safetensors")).Predict(judged));
        Assert.InRange(classifier.Score(judged, [.. truth.Select(k => names[k])]), 0.8, 1);
    }

    [Fact]
    public void Arrays_of_either_precision_and_datasets_are_the_same_rows()
    {
        var (x, y, judged, _) = Set("digits");
        var singles = new float[judged.GetLength(0), judged.GetLength(1)];
        for (int r = 0; r < singles.GetLength(0); r++)
            for (int c = 0; c < singles.GetLength(1); c++) singles[r, c] = (float)judged[r, c];
        var classifier = new DbnClassifier<int>(small with { Epochs = 2, PretrainingEpochs = 1 });
        classifier.Fit(x, y);
        double[,] expected = classifier.PredictProbabilities(judged);
        Assert.Equal(expected, classifier.PredictProbabilities(singles));
        Assert.Equal(expected, classifier.PredictProbabilities(new Dataset("some", new NumberRows(judged.Cast<double>().ToArray(), 64))));

        var labelled = new Dataset("some", new NumberRows(x.Cast<double>().ToArray(), 64)) { Labels = y };
        var again = new DbnClassifier<int>(classifier.Settings);
        again.Fit(labelled);
        Assert.Equal(expected, again.PredictProbabilities(judged));
        Assert.Equal(again.Score(labelled), classifier.Score(x, y));
    }

    [Fact]
    public void Seed_and_pre_training_settle_what_is_learned()
    {
        var (x, y, judged, _) = Set("iris");
        double[,] Learned(ulong seed, bool pretrain)
        {
            var classifier = new DbnClassifier<int>(small with { Seed = seed, Epochs = 3 });
            classifier.Fit(x, y, pretrain);
            return classifier.PredictProbabilities(judged);
        }
        Assert.Equal(Learned(1, true), Learned(1, true));
        Assert.NotEqual(Learned(1, true), Learned(2, true));
        Assert.NotEqual(Learned(1, true), Learned(1, false));
    }

    [Fact]
    public void Binarised_rows_are_binarised_again_when_read_from_a_file()
    {
        var (x, y, judged, _) = Set("digits");
        var classifier = new DbnClassifier<int>(small with { Binarize = true, Epochs = 2 });
        classifier.Fit(x, y);
        var bits = (double[,])judged.Clone();
        // All columns of the training rows reach 0 and 1 or are constant, so that scaling moves no value across ½ but in constant ones.
        for (int r = 0; r < bits.GetLength(0); r++)
            for (int c = 0; c < bits.GetLength(1); c++)
            {
                double least = Enumerable.Range(0, x.GetLength(0)).Min(i => x[i, c]),
                    most = Enumerable.Range(0, x.GetLength(0)).Max(i => x[i, c]);
                bits[r, c] = least + (most > least ? most - least : 1) * ((float)(bits[r,
                    c] - least) / (most > least ? most - least : 1) > 0.5 ? 1 : 0);
            }
        Assert.Equal(classifier.PredictProbabilities(judged), classifier.PredictProbabilities(bits));
        classifier.Save(File("bits.safetensors"));
        Assert.Equal(classifier.PredictProbabilities(judged),
            DbnClassifier.Load<int>(File("bits.safetensors")).PredictProbabilities(judged));
    }

    [Fact]
    public void Early_stopping_ends_fine_tuning_and_returns_to_the_best_epoch()
    {
        var (x, y, _, _) = Set("digits");
        var classifier = new DbnClassifier<int>(small with
        {
            Epochs = 300,
            ValidationShare = 0.2,
            Patience = 3,
            LearningRate = 0.02,
            L2 = 0
        });
        classifier.Fit(x, y);
        Assert.InRange(classifier.History.Count, 4, 299);
        string loss = NetworkMetric.Validation + NetworkMetric.Loss;
        int best = Enumerable.Range(0, classifier.History.Count).MinBy(e => classifier.History[e].Metrics[loss]);
        Assert.Equal(classifier.History.Count - 4, best);
    }

    [Fact]
    public void A_regressor_learns_a_surface_in_the_targets_own_units()
    {
        var (x, y) = Surface(400, 1);
        var (judged, truth) = Surface(200, 2);
        var regressor = new DbnRegressor(small with { Epochs = 150, L2 = 0, Activation = Activation.Relu });
        regressor.Fit(x, y);
        // A plane explains 40 % or so of the variance.
        Assert.InRange(regressor.Score(judged, truth), 0.9, 1);
        Assert.InRange(regressor.Predict(judged).Average(), truth.Average() - 5, truth.Average() + 5);
        regressor.Save(File("surface.safetensors"));
        DbnRegressor read = DbnRegressor.Load(File("surface.safetensors"));
        Assert.Equal(regressor.Predict(judged), read.Predict(judged));
        Assert.Equal(regressor.Transform(judged), read.Transform(judged));

        var watched = new DbnRegressor(small with { Epochs = 5, ValidationShare = 0.25, Patience = 5 });
        watched.Fit(x, y, pretrain: false);
        Assert.All(watched.History, epoch => Assert.True(epoch.Metrics.ContainsKey(NetworkMetric.Validation + NetworkMetric.RSquared)));
    }

    [Theory, InlineData(FeatureScaling.MinMax), InlineData(FeatureScaling.Standardize), InlineData(FeatureScaling.None)]
    public void Features_without_labels_part_the_classes_of_digits(FeatureScaling scaling)
    {
        var (x, y, judged, truth) = Set("digits");
        var transformer = new DbnTransformer(small with { Hidden = [80, 50], Scaling = scaling, PretrainingEpochs = 30 });
        double[,] features = transformer.FitTransform(x);
        Assert.Equal((500, 50), (features.GetLength(0), features.GetLength(1)));
        Assert.Equal(scaling == FeatureScaling.Standardize ? typeof(GaussianLayer) : typeof(BernoulliLayer),
            transformer.Stack.Visible.GetType());
        var classifier = new LogisticRegression();
        classifier.Fit(Matrix.From(features), y);
        Assert.InRange(classifier.Accuracy(Matrix.From(transformer.Transform(judged)), truth), 0.75, 1);

        transformer.Save(File("stack.safetensors"));
        Assert.Equal(features, DbnTransformer.Load(File("stack.safetensors")).Transform(x));
    }

    [Fact]
    public void Rows_and_labels_that_nothing_can_be_learned_from_are_refused()
    {
        var x = new double[,] { { 0, 1 }, { 1, 0 }, { 1, 1 } };
        DbnClassifier<string> classifier = new(small);
        DbnRegressor regressor = new(small);
        DbnTransformer transformer = new(small);
        Assert.Contains("all 3 rows are of one class, 'a'", Refusal(() => classifier.Fit(x, ["a", "a", "a"])));
        Assert.Contains("2 labels for 3 rows", Refusal(() => classifier.Fit(x, ["a", "b"])));
        Assert.Contains("has no labels", Refusal(() => classifier.Fit(new Dataset("some", new NumberRows([1.0, 2], 1)))));
        Assert.Contains("2 targets", Refusal(() => regressor.Fit(x, [1, 2])));
        Assert.Contains("the target of row 2 is NaN", Refusal(() => regressor.Fit(x, [1, double.NaN, 3])));
        x[1, 1] = double.NaN;
        string where = "row 2, column 2 is NaN";
        Assert.Contains(where, Refusal(() => classifier.Fit(x, ["a", "b", "a"])));
        Assert.Contains(where, Refusal(() => regressor.Fit(x, [1, 2, 3])));
        Assert.Contains(where, Refusal(() => transformer.Fit(x)));
        Assert.Contains("no rows", Refusal(() => transformer.Fit(new double[0, 2])));
        Assert.Contains("no columns", Refusal(() => transformer.Fit(new float[2, 0])));
        Assert.False(classifier.IsFitted || regressor.IsFitted || transformer.IsFitted);
    }

    [Fact]
    public void Rows_that_cannot_be_judged_are_refused()
    {
        var x = new double[,] { { 0, 1 }, { 1, 0 }, { 1, 1 } };
        DbnSettings quick = small with { PretrainingEpochs = 1, Epochs = 1, Hidden = [3] };
        DbnClassifier<string> classifier = new(quick);
        DbnRegressor regressor = new(quick);
        DbnTransformer transformer = new(quick);
        Assert.Throws<InvalidOperationException>(() => classifier.Predict(x));
        Assert.Throws<InvalidOperationException>(() => classifier.Save(File("none")));
        Assert.Throws<InvalidOperationException>(() => regressor.Predict(x));
        Assert.Throws<InvalidOperationException>(() => transformer.Transform(x));
        classifier.Fit(x, ["a", "b", "a"]);
        regressor.Fit(x, [1, 2, 3]);
        transformer.Fit(x);
        var wide = new double[1, 3];
        Assert.Contains("3 columns, but the estimator learned from 2", Refusal(() => classifier.Predict(wide)));
        Assert.Contains("3 columns, but the estimator learned from 2", Refusal(() => regressor.Predict(wide)));
        Assert.Contains("3 columns, but the estimator learned from 2", Refusal(() => transformer.Transform(wide)));
        Assert.Contains("row 1, column 1 is NaN", Refusal(() => classifier.Predict(new double[,] { { double.NaN, 1 } })));
        Assert.Contains("row 2 is of class 'c', which training never saw; known are 'a', 'b'",
            Refusal(() => classifier.Score(x, ["a", "c", "b"])));
        Assert.Contains("2 labels for 3 rows", Refusal(() => classifier.Score(x, ["a", "b"])));
        Assert.Contains("all targets are 2", Refusal(() => regressor.Score(x, [2, 2, 2])));

        classifier.Save(File("classifier"));
        regressor.Save(File("regressor"));
        transformer.Save(File("transformer"));
        Assert.Contains("predicts numbers; expected one that tells classes apart",
            Refusal(() => DbnClassifier.Load<string>(File("regressor"))));
        Assert.Contains("tells classes apart; expected one that predicts a number", Refusal(() => DbnRegressor.Load(File("classifier"))));
        Assert.Contains("a dbn; expected a network", Refusal(() => DbnRegressor.Load(File("transformer"))));
        Assert.Contains("a network; expected a dbn", Refusal(() => DbnTransformer.Load(File("classifier"))));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Contains("at least one hidden layer", Made(() => new DbnTransformer(new() { Hidden = [] })));
        Assert.Contains("units of a hidden layer must be at least 1, not 0", Made(() => new DbnTransformer(new() { Hidden = [3, 0] })));
        Assert.Contains("epochs must be at least 1", Made(() => new DbnClassifier<int>(new() { Epochs = 0 })));
        Assert.Contains("needs a share of validation rows", Made(() => new DbnClassifier<int>(new() { Patience = 3 })));
        Assert.Contains("share of validation rows must be", Made(() => new DbnRegressor(new() { ValidationShare = 1 })));
        Assert.Contains("dropout of hidden units", Made(() => new DbnRegressor(new() { Dropout = 1 })));
        Assert.Contains("not Relu", Made(() => new DbnTransformer(new() { Activation = Activation.Relu })));
        Assert.Contains("leaves none", Refusal(() => new DbnRegressor(small with { ValidationShare = 0.1 }).Fit(new double[2, 2], [1, 2])));
    }

    [Theory, InlineData("""{"hidden": "many"}"""), InlineData("""{"epochs": 0}"""), InlineData("""{"hidden": null}"""), InlineData("""{"colour": 1}"""), InlineData("7"),
        InlineData("""{"early_stopping_metric": null}"""), InlineData("""{"pretraining_steps": 0}""")]
    public void Settings_in_a_file_that_make_no_sense_are_refused_in_one_line(string settings)
    {
        var network = Network.Create(2, [3], 2, new SoftmaxHead(), new Rng(1));
        ModelFile.Save(File("odd"), network, new JsonObject { ["estimator"] = JsonNode.Parse(settings) });
        string message = Refusal(() => DbnClassifier.Load<int>(File("odd")));
        Assert.Contains("estimator settings that cannot be used", message);
        Assert.DoesNotContain("\n", message);
    }

    [Fact]
    public void A_network_of_other_origin_is_a_classifier_with_numbers_for_classes()
    {
        var network = Network.Create(2, [3], 2, new SoftmaxHead(), new Rng(1));
        ModelFile.Save(File("plain"), network);
        DbnClassifier<int> classifier = DbnClassifier.Load<int>(File("plain"));
        Assert.Equal([0, 1], classifier.Classes);
        var x = new double[,] { { 0.2, -3 } };
        Assert.Equal(network.Predict(Matrix.From(x)).ToArray(), classifier.PredictProbabilities(x));
    }

    [Fact]
    public void Features_are_made_a_block_of_rows_at_a_time()
    {
        var random = new Random(6);
        var rows = new WatchedRows(new NumberRows([.. Enumerable.Range(0, 2 * 2500).Select(_ => random.NextDouble())], 2));
        var all = new Dataset("many", rows);
        var few = new double[,] { { 0, 1 }, { 1, 0 }, { 1, 1 } };
        DbnSettings quick = small with { PretrainingEpochs = 1, Epochs = 1, Hidden = [5, 3], Scaling = FeatureScaling.None };
        DbnClassifier<int> classifier = new(quick);
        DbnRegressor regressor = new(quick);
        DbnTransformer transformer = new(quick);
        classifier.Fit(few, [0, 1, 2]);
        regressor.Fit(few, [1, 2, 3]);
        transformer.Fit(few);
        foreach (double[,] features in (double[][,])[classifier.Transform(all), regressor.Transform(all), transformer.Transform(all)])
            Assert.Equal((2500, 3), (features.GetLength(0), features.GetLength(1)));
        Assert.InRange(rows.MostGathered, 1, 1024);
        // Sums may be taken in another order, of which values below 1 notice some 1e-7.
        Assert.InRange(ReferenceResults.Difference(classifier.Network.Transform(all.ToMatrix(), 2).ToArray(), classifier.Transform(all)), 0,
            1e-6);
        Assert.InRange(ReferenceResults.Difference(regressor.Network.Transform(all.ToMatrix(), 2).ToArray(), regressor.Transform(all)), 0,
            1e-6);
        Assert.InRange(ReferenceResults.Difference(transformer.Stack.Transform(all.ToMatrix()).ToArray(), transformer.Transform(all)), 0,
            1e-6);
    }

    [Fact]
    public void Arrays_are_copied_as_they_lie_in_memory()
    {
        const int Count = 500, Columns = 40;
        var doubles = new double[Count, Columns];
        for (int i = 0; i < doubles.Length; i++) doubles[i / Columns, i % Columns] = i;
        long before = GC.GetAllocatedBytesForCurrentThread();
        RowData rows = doubles;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // One copy; a value in a box of its own takes 24 bytes more.
        Assert.InRange(allocated, doubles.Length * sizeof(double), 2 * doubles.Length * sizeof(double));
        doubles[0, 0] = -1;
        var row = new double[Columns];
        for (int r = 0; r < Count; r++)
        {
            rows.Dataset.Rows.Read(r, row);
            Assert.Equal(Enumerable.Range(r * Columns, Columns).Select(i => (double)i), row);
        }
        Assert.Equal((0, 3), (((RowData)new double[0, 3]).Dataset.Count, ((RowData)new float[0, 3]).Dataset.Columns));
    }

    [Fact]
    public void Labels_are_the_same_where_they_are_equal_not_where_they_rank_alike()
    {
        var x = new double[,] { { 0, 1 }, { 1, 0 } };
        Room[] rooms = [new("a1"), new("a2")];
        var classifier = new DbnClassifier<Room>(small with { Epochs = 200 });
        classifier.Fit(x, rooms);
        Assert.Equal(rooms, classifier.Predict(x));
        Assert.Equal((1, 0), (classifier.Score(x, rooms), classifier.Score(x, [rooms[1], rooms[0]])));
    }

    [Fact]
    public void A_class_called_by_a_number_with_a_decimal_comma_is_refused()
    {
        var named = new Dataset("some", new NumberRows([0.0, 1], 1)) { Labels = [0, 1], LabelNames = ["0,5", "1.5"] };
        Assert.Contains("some: the class '0,5' is not of type Double", Refusal(() => new DbnClassifier<double>(small).Fit(named)));
    }

    [Fact]
    public void Class_names_that_give_the_same_number_are_refused()
    {
        var x = new double[,] { { 0, 1 }, { 1, 0 }, { 1, 1 } };
        var classifier = new DbnClassifier<string>(small with { Epochs = 1 });
        classifier.Fit(x, ["1", "01", "2"]);
        classifier.Save(File("twice"));
        Assert.Equal(["01", "1", "2"], DbnClassifier.Load<string>(File("twice")).Classes);
        Assert.Contains("the classes '01' and '1' are the same Int32", Refusal(() => DbnClassifier.Load<int>(File("twice"))));
        var named = new Dataset("some", new NumberRows([0.0, 1, 1], 1)) { Labels = [0, 1, 2], LabelNames = ["1", "01", "2"] };
        Assert.Contains("the classes '1' and '01' are the same Int32", Refusal(() => new DbnClassifier<int>(small).Fit(named)));
    }

    [Fact]
    public void Pre_training_takes_the_number_of_steps_that_it_is_told()
    {
        var (x, _, _, _) = Set("iris");
        double[,] Learned(DbnSettings settings) => new DbnTransformer(settings).FitTransform(x);
        double[,] one = Learned(small), five = Learned(small with { PretrainingSteps = 5 });
        Assert.Equal(one, Learned(small with { PretrainingSteps = 1 }));
        Assert.NotEqual(one, five);
        Assert.Contains("Gibbs steps of pre-training must be from 1 to 1000000, not 0",
            Made(() => new DbnTransformer(new() { PretrainingSteps = 0 })));
    }

    [Fact]
    public void Early_stopping_watches_the_metric_that_it_is_told()
    {
        var (x, y, _, _) = Set("digits");
        const string Accuracy = NetworkMetric.Validation + NetworkMetric.Accuracy;
        DbnSettings watching = small with { Epochs = 300, ValidationShare = 0.2, Patience = 3, EarlyStoppingMetric = Accuracy };
        var classifier = new DbnClassifier<int>(watching);
        classifier.Fit(x, y);
        Assert.InRange(classifier.History.Count, 4, 299);
        Assert.Equal(classifier.History.Count - 4,
            Enumerable.Range(0, classifier.History.Count).MaxBy(e => classifier.History[e].Metrics[Accuracy]));
        // By the loss it would go on.
        Assert.InRange(Enumerable.Range(0, classifier.History.Count).MinBy(e => classifier.History[e].Metrics[NetworkMetric.Validation
            + NetworkMetric.Loss]), classifier.History.Count - 3, 299);
        classifier.Save(File("watching"));
        Assert.Equal(Accuracy, DbnClassifier.Load<int>(File("watching")).Settings.EarlyStoppingMetric);

        Assert.Contains("early stopping watches 'colour', which is not measured",
            Made(() => new DbnRegressor(new() { EarlyStoppingMetric = "colour" })));
        Assert.Contains($"early stopping watches '{Accuracy}', which is not "
            + "measured", Refusal(() => new DbnRegressor(watching).Fit(x, [.. y.Select(k => (double)k)])));
    }

    [Fact]
    public void Settings_that_a_file_does_not_name_are_the_defaults()
    {
        var network = Network.Create(2, [3], 2, new SoftmaxHead(), new Rng(1));
        ModelFile.Save(File("older"), network, new JsonObject { ["estimator"] = JsonNode.Parse("{\"epochs\": 7}") });
        DbnSettings read = DbnClassifier.Load<int>(File("older")).Settings, defaults = new();
        Assert.Equal((7, 1, "validation-loss"), (read.Epochs, read.PretrainingSteps, read.EarlyStoppingMetric));
        Assert.Equal(defaults with { Epochs = 7, Hidden = [] }, read with { Hidden = [] });
    }

    /// <summary>Remembers the most rows that were asked for at once.</summary>
    sealed class WatchedRows(Rows rows) : Rows
    {
        public int MostGathered { get; private set; }

        public override int Count => rows.Count;

        public override int Columns => rows.Columns;

        public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
        {
            MostGathered = Math.Max(MostGathered, indices.Length);
            rows.Gather(indices, destination);
        }

        public override void Read(int row, Span<double> destination) => rows.Read(row, destination);
    }

    /// <summary>A label that ranks by its first letter, as texts rank alike in some languages that are not equal.</summary>
    readonly record struct Room(string Text) : IComparable<Room>, IParsable<Room>
    {
        public int CompareTo(Room other) => Text[0].CompareTo(other.Text[0]);

        public static Room Parse(string text, IFormatProvider? provider) => new(text);

        public static bool TryParse(string? text, IFormatProvider? provider, out Room room)
        {
            room = new(text ?? "");
            return text is not null;
        }
    }

    [Fact]
    public void A_cancelled_fit_keeps_what_was_learned_before()
    {
        var x = new double[,] { { 0, 1 }, { 1, 0 } };
        var classifier = new DbnClassifier<int>(small with { Epochs = 2, PretrainingEpochs = 1 });
        classifier.Fit(x, [1, 2]);
        double[,] before = classifier.PredictProbabilities(x);
        Assert.Throws<OperationCanceledException>(() => classifier.Fit(x, [5, 6], cancellation: new CancellationToken(canceled: true)));
        Assert.Equal(before, classifier.PredictProbabilities(x));
        Assert.Equal([1, 2], classifier.Classes);
    }
}
