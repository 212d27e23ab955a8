using System.Text.Json.Nodes;
using Boltzmann.Onnx;
using Boltzmann.Tests.Cli;
using Boltzmann.Tests.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Boltzmann.Tests.Onnx;

/// <summary>Files of ONNX, run by a runtime that is not ours: they answer what the library answers.</summary>
public sealed class OnnxTests : IDisposable
{
    const int Columns = 12;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string File(string name) => Path.Combine(folder.Path, name);

    static string Refusal(Action action) => Assert.Throws<BadInputException>(action).Message;

    static void SkipWithoutRuntime()
    {
        string? reason = null;
        try
        {
            OrtEnv.Instance();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException
            or BadImageFormatException)
        {
            reason = $"the native part of ONNX Runtime does not load here: {e.GetBaseException().Message}";
        }
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    // Random rows, and rows at the edges of what may come.
    static float[,] Rows(double low = 0, double high = 1, bool isWhole = false)
    {
        var rng = new Random(4);
        var rows = new float[40, Columns];
        for (int r = 0; r < rows.GetLength(0); r++)
            for (int c = 0; c < Columns; c++)
            {
                double x = r == 0 ? low : r == 1 ? high : r == 2 ? (low + high) / 2 : low + (high - low) * rng.NextDouble();
                rows[r, c] = (float)(isWhole ? x < (low + high) / 2 ? low : high : x);
            }
        return rows;
    }

    static void Randomize(IModel model, double spread = 0.7)
    {
        var rng = new Random(7);
        foreach (Parameter parameter in model.Parameters)
            for (int r = 0; r < parameter.Value.Rows; r++)
                parameter.Value.WriteRow(r, [.. Enumerable.Range(0, parameter.Value.Columns).Select(_ => parameter.IsPositive
                    ? 0.3 + 2 * rng.NextDouble() : spread * (2 * rng.NextDouble() - 1))]);
    }

    static DataDescription Scaled(Scaling? scaling) => new(scaling, new ImageShape(4, 3));

    static JsonObject Training(DataDescription data)
    {
        var training = new JsonObject();
        data.AddTo(training);
        return training;
    }

    static Standardizer Standard => new([.. Enumerable.Range(0, Columns).Select(c => 100.0 + c)],
        [.. Enumerable.Range(0, Columns).Select(c => 0.5 + c)]);

    static MinMaxScaler Range => new([.. Enumerable.Range(0, Columns).Select(c => -1.0 * c)],
        [.. Enumerable.Range(0, Columns).Select(c => 3.0 + c)]);

    Dictionary<string, double[,]> Run(OnnxModel model, float[,] rows)
    {
        SkipWithoutRuntime();
        model.Save(File("model.onnx"));
        using var session = new InferenceSession(File("model.onnx"));
        foreach (var (key, value) in model.Metadata) Assert.Equal(value, session.ModelMetadata.CustomMetadataMap[key]);
        Assert.Equal(["rows"], session.InputMetadata.Keys);
        Assert.Equal(model.Outputs.Select(output => output.Name), session.OutputMetadata.Keys);
        Assert.Equal([-1, rows.GetLength(1)], session.InputMetadata["rows"].Dimensions);
        var values = new DenseTensor<float>(rows.Cast<float>().ToArray(), [rows.GetLength(0), rows.GetLength(1)]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("rows", values)]);
        return results.ToDictionary(result => result.Name, result => result.ElementType == TensorElementType.Int64
            ? Table(result.AsTensor<long>(), value => value) : Table(result.AsTensor<float>(), value => value));
    }

    static double[,] Table<T>(Tensor<T> tensor, Func<T, double> number)
    {
        int columns = tensor.Dimensions.Length > 1 ? tensor.Dimensions[1] : 1;
        var table = new double[tensor.Dimensions[0], columns];
        foreach (var (i, value) in tensor.ToArray().Index()) table[i / columns, i % columns] = number(value);
        return table;
    }

    static void Near(double[,] expected, double[,] actual, double tolerance = 1e-5)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        for (int r = 0; r < expected.GetLength(0); r++)
            for (int c = 0; c < expected.GetLength(1); c++)
                Assert.Equal(expected[r, c], actual[r, c], tolerance * Math.Max(1, Math.Abs(expected[r, c])));
    }

    void AnswersFeatures(float[,] rows, OnnxOptions? options = null, int? layer = null)
    {
        double[,] expected = TrainedModel.Load(File("a.safetensors")).Transform(rows, layer).ToArray();
        Dictionary<string, double[,]> found = Run(OnnxModel.From(File("a.safetensors"), options), rows);
        Near(expected, Assert.Single(found).Value);
        Assert.Equal("features", found.Keys.Single());
    }

    void AnswersClasses(float[,] rows)
    {
        var model = TrainedModel.Load(File("a.safetensors"));
        IReadOnlyList<Prediction> expected = model.Predict(rows);
        Dictionary<string, double[,]> found = Run(OnnxModel.From(File("a.safetensors")), rows);
        for (int r = 0; r < expected.Count; r++)
        {
            for (int k = 0; k < expected[r].Probabilities.Count; k++)
                Assert.Equal(expected[r].Probabilities[k], found["probabilities"][r, k], 1e-5);
            // Of classes that are equally likely rounding picks either.
            double[] ordered = [.. expected[r].Probabilities.OrderDescending()];
            if (ordered[0] - ordered[1] > 1e-4) Assert.Equal(expected[r].Value, found["class"][r, 0]);
        }
        // Not one answer for all rows.
        double[] first = [.. expected.Select(prediction => prediction.Probabilities[0])];
        Assert.InRange(first.Max() - first.Min(), 0.001, 1);
    }

    public static TheoryData<string> HiddenKinds => ["bernoulli", "spin", "gaussian", "multinomial", "draws"];

    static Layer Hidden(string kind, Placement? placement = null) => kind switch
    {
        "bernoulli" => new BernoulliLayer(8, placement),
        "spin" => new SpinLayer(8, placement),
        "gaussian" => new GaussianLayer(8, 0.7, learnPrecision: true, placement),
        "multinomial" => new MultinomialLayer(8, 4, 1, placement),
        _ => new MultinomialLayer(8, 2, 5, placement),
    };

    [Theory, MemberData(nameof(HiddenKinds))]
    public void Features_of_an_rbm_are_those_of_transform(string kind)
    {
        var rbm = new Rbm(new BernoulliLayer(Columns), Hidden(kind));
        Randomize(rbm);
        ModelFile.Save(File("a.safetensors"), rbm);
        AnswersFeatures(Rows());
    }

    [Theory, InlineData("range"), InlineData("standard"), InlineData("range of bits")]
    public void Scaling_is_inside(string way)
    {
        var rbm = new Rbm(way == "range of bits" ? new BernoulliLayer(Columns) : new GaussianLayer(Columns), new BernoulliLayer(9));
        Randomize(rbm, 0.2);
        ModelFile.Save(File("a.safetensors"), rbm, Training(Scaled(way == "standard" ? Standard : Range)));
        // Beyond the range, too, where binary units see 0 or 1.
        AnswersFeatures(way == "standard" ? Rows(80, 130) : Rows(-20, 20));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Grey_values_of_spins_are_their_means(bool isGrey)
    {
        var rbm = new Rbm(new SpinLayer(Columns), new BernoulliLayer(9));
        Randomize(rbm);
        ModelFile.Save(File("a.safetensors"), rbm, isGrey ? new JsonObject { ["binarize"] = "stochastic" } : null);
        AnswersFeatures(isGrey ? Rows() : Rows(-1, 1, isWhole: true));
        if (isGrey) AnswersFeatures(Rows(-1, 1, isWhole: true));
    }

    [Fact]
    public void A_stack_goes_up_by_its_own_weights_to_any_layer()
    {
        Dbn stack = Dbn.Of(new GaussianLayer(Columns), new BernoulliLayer(10), new SpinLayer(7), new BernoulliLayer(5));
        Randomize(stack);
        stack.Untie();
        stack.RecognitionWeights(1).SetSum(stack.RecognitionWeights(1), 0.5);
        ModelFile.Save(File("a.safetensors"), stack, Training(Scaled(Standard)));
        AnswersFeatures(Rows(80, 130));
        for (int layer = 1; layer <= 3; layer++) AnswersFeatures(Rows(80, 130), new() { Layer = layer }, layer);
        Assert.Contains("has 3 hidden layers; there is no layer 4",
            Refusal(() => OnnxModel.From(File("a.safetensors"), new() { Layer = 4 })));
        Assert.Contains("--inference is for a dbm",
            Refusal(() => OnnxModel.From(File("a.safetensors"), new() { Inference = WayUp.Upward })));
    }

    [Theory, InlineData(WayUp.Upward), InlineData(WayUp.Doubled)]
    public void A_deep_machine_passes_rows_up_once_if_told_so(WayUp way)
    {
        var machine = new Dbm(new BernoulliLayer(Columns), new BernoulliLayer(10), new BernoulliLayer(7));
        Randomize(machine);
        ModelFile.Save(File("a.safetensors"), machine);
        Assert.Contains("--inference upward or doubled", Refusal(() => OnnxModel.From(File("a.safetensors"))));
        float[,] rows = Rows();
        double[,] expected = machine.TransformUpward(((RowData)rows).Dataset.ToMatrix(), 2, way == WayUp.Doubled).ToArray();
        OnnxModel model = OnnxModel.From(File("a.safetensors"), new() { Inference = way });
        Near(expected, Run(model, rows)["features"]);
        Assert.Equal(way == WayUp.Doubled ? "doubled" : "upward", model.Metadata["inference"]);
    }

    [Fact]
    public void A_machine_with_labels_tells_classes_and_its_features()
    {
        var rbm = new ClassificationRbm(new BernoulliLayer(Columns), new BernoulliLayer(9), 3);
        Randomize(rbm, 2);
        ModelFile.Save(File("a.safetensors"), rbm, null, ["one", "two", "drei \"3\""]);
        AnswersClasses(Rows());
        AnswersFeatures(Rows(), new() { Layer = 1 }, 1);
        Assert.Equal(["one", "two", "drei \"3\""], JsonNode.Parse(OnnxModel.From(File("a.safetensors")).Metadata["classes"])!.AsArray()
            .Select(name => (string)name!));
    }

    [Fact]
    public void A_stack_with_labels_tells_classes()
    {
        Dbn stack = Dbn.OfLabelled(4, new BernoulliLayer(Columns), new BernoulliLayer(10), new BernoulliLayer(8));
        Randomize(stack, 2);
        ModelFile.Save(File("a.safetensors"), stack);
        AnswersClasses(Rows());
    }

    public static TheoryData<string, int, Activation, bool> Networks
    {
        get
        {
            var all = new TheoryData<string, int, Activation, bool>();
            foreach (Activation activation in Enum.GetValues<Activation>())
                foreach (bool normalize in (bool[])[false, true])
                    foreach (var (head, outputs) in ((string, int)[])[("softmax", 5), ("logistic", 1), ("logistic", 3), ("linear", 1)])
                        all.Add(head, outputs, activation, normalize);
            return all;
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void A_network_predicts(string head, int outputs, Activation activation, bool normalize)
    {
        Placement placement = Placement.Default;
        var network = new Network([new(Columns, 11, activation, normalize, placement), new(11, 7, activation, normalize, placement),
            new(7, outputs, Activation.Linear, placement: placement)], Head.Parse(head));
        Randomize(network);
        DataDescription data = Scaled(Standard) with { Targets = head == "linear" ? new Standardizer([50], [12]) : null };
        ModelFile.Save(File("a.safetensors"), network, Training(data));
        float[,] rows = Rows(80, 130);
        AnswersFeatures(rows, new() { Layer = 1 }, 1);
        if (head != "linear")
        {
            AnswersClasses(rows);
            return;
        }
        IReadOnlyList<Prediction> expected = TrainedModel.Load(File("a.safetensors")).Predict(rows);
        double[,] found = Run(OnnxModel.From(File("a.safetensors")), rows)["predictions"];
        for (int r = 0; r < expected.Count; r++)
            Assert.Equal(expected[r].Value, found[r, 0], 1e-5 * Math.Max(1, Math.Abs(expected[r].Value)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void An_estimator_answers_alike_as_itself_as_a_model_and_in_another_runtime(bool binarize)
    {
        var rng = new Random(2);
        var x = new double[60, 5];
        foreach (var (i, _) in x.Cast<double>().Index()) x[i / 5, i % 5] = (float)(10 * rng.NextDouble());
        string[] labels = [.. Enumerable.Range(0, 60).Select(r => x[r, 0] > 5 ? "high" : x[r, 1] > 5 ? "middle" : "low")];
        var classifier = new DbnClassifier<string>(new() { Hidden = [12], PretrainingEpochs = 2, Epochs = 30, Binarize = binarize });
        classifier.Fit(x, labels);
        classifier.Save(File("a.safetensors"));
        double[,] expected = classifier.PredictProbabilities(x);
        IReadOnlyList<Prediction> model = TrainedModel.Load(File("a.safetensors")).Predict(x);
        for (int r = 0; r < 60; r++)
            for (int k = 0; k < 3; k++) Assert.Equal(expected[r, k], model[r].Probabilities[k], 1e-6);
        var rows = new float[60, 5];
        foreach (var (i, value) in x.Cast<double>().Index()) rows[i / 5, i % 5] = (float)value;
        Near(expected, Run(OnnxModel.From(File("a.safetensors")), rows)["probabilities"]);
    }

    [Fact]
    public void One_row_and_no_row_at_all_are_answered_too()
    {
        var rbm = new Rbm(new BernoulliLayer(Columns), new BernoulliLayer(8));
        Randomize(rbm);
        ModelFile.Save(File("a.safetensors"), rbm);
        OnnxModel model = OnnxModel.From(File("a.safetensors"));
        Assert.Equal((1, 8), (Run(model, new float[1, Columns])["features"].GetLength(0), 8));
        Assert.Equal(0, Run(model, new float[0, Columns])["features"].GetLength(0));
    }

    [Fact]
    public void What_has_no_form_in_operators_is_refused()
    {
        ModelFile.Save(File("relu.safetensors"), new Rbm(new BernoulliLayer(Columns), new ReluLayer(3)));
        Assert.Contains("the means of relu units", Refusal(() => OnnxModel.From(File("relu.safetensors"))));
        ModelFile.Save(File("bm.safetensors"), new BoltzmannMachine(new BernoulliLayer(4), new BernoulliLayer(2)));
        Assert.Contains("holds a bm", Refusal(() => OnnxModel.From(File("bm.safetensors"))));
        ModelFile.Save(File("labels.safetensors"), new ClassificationRbm(new BernoulliLayer(Columns), new GaussianLayer(3), 2));
        Assert.Contains("gaussian units below its labels", Refusal(() => OnnxModel.From(File("labels.safetensors"))));
        Assert.Throws<BadInputException>(() => OnnxModel.From(File("none.safetensors")));
    }

    [Fact]
    public void The_command_writes_beside_the_model_and_says_what_goes_in_and_out()
    {
        CommandLine.Succeed("train", "rbm", "--data", "bars-and-stripes", "--hidden", "6", "--epochs", "1", "--out", File("run"),
            "--quiet");
        CommandLine said = CommandLine.Succeed("export", File("run"), "--format", "onnx");
        Assert.Contains("rows [rows × 16] -> features [rows × 6]", said.Output + said.Error);
        Assert.True(System.IO.File.Exists(File("run/model.onnx")));
        JsonNode json = CommandLine.Succeed("export", File("run"), "--out", File("other.onnx"), "--layer", "1", "--json").Json;
        Assert.Equal(("rbm", "features", 6), ((string)json["model"]!, (string)json["outputs"]![0]!["name"]!,
            (int)json["outputs"]![0]!["columns"]!));
        Assert.Equal(System.IO.File.ReadAllBytes(File("run/model.onnx")), System.IO.File.ReadAllBytes(File("other.onnx")));
        CommandLine.Run("export", File("run"), "--out", File("other.txt")).IsRefused("expected a file ending in .onnx");
        CommandLine.Run("export", File("run"), "--out", File("none/other.onnx")).IsRefused("its folder does not exist");
        CommandLine.Run("export", File("run"), "--format", "pmml").IsRefused("onnx");
        CommandLine.Run("export", File("run"), "--layer", "2").IsRefused("there is no layer 2");
        CommandLine.Run("export", File("run"), "--inference", "upward").IsRefused("--inference is for a dbm");
        CommandLine.Run("export", File("nothing")).IsRefused();
    }
}
