using System.Text.Json;
using System.Text.Json.Nodes;
using Boltzmann.Tests.Cli;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Inference;

/// <summary>A model judged by a program: typed numbers, which are those that the command prints.</summary>
public sealed class EvaluationTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Train(string kind, params string[] more)
    {
        CommandLine.Succeed(["train", .. kind.Split(' '), "--epochs", "2", "--metrics", "weight-norm", "--quiet", "--out",
            folder["run"], .. more]);
        return folder["run"];
    }

    static JsonNode Json(EvaluationResult result)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) result.WriteTo(json);
        return JsonNode.Parse(bytes.ToArray())!;
    }

    [Fact]
    public void Likelihoods_of_rows_at_hand_are_exact_where_a_model_is_small()
    {
        var model = TrainedModel.Load(Train("rbm", "--data", "demo", "--hidden", "6"));
        Rbm rbm = ModelFile.LoadRbm(Path.Combine(folder["run"], "model.safetensors"), Placement.Default.Double);
        Dataset rows = DemoSet.Create().Take(20);
        EvaluationResult result = model.Evaluate(rows);
        Assert.True(result.LogPartition!.IsExact);
        Assert.Equal(Exact.LogPartition(rbm), result.LogPartition.Value, 1e-9);
        Assert.Equal(Exact.LogLikelihood(rbm, rows.ToMatrix(Placement.Default.Double)).PerRow, result.LogLikelihood!.PerRow,
            (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(result.LogLikelihood.PerRow, result.FreeEnergy!.PerRow.Select(f => -f - result.LogPartition.Value));
        Assert.Null(result.PseudoLikelihood);
        Assert.Equal((20, "rbm"), (result.Rows, result.Model));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void A_model_is_judged_as_it_was_loaded_whatever_becomes_of_its_file()
    {
        var model = TrainedModel.Load(Train("rbm", "--data", "demo", "--hidden", "6"));
        Dataset rows = DemoSet.Create().Take(20);
        IReadOnlyList<double> before = model.Evaluate(rows).LogLikelihood!.PerRow;
        Directory.Delete(folder["run"], recursive: true);
        Assert.Equal(before, model.Evaluate(rows).LogLikelihood!.PerRow);
    }

    [Fact]
    public void Rows_that_are_made_as_they_are_read_are_read_once_and_errors_are_of_those_read()
    {
        var model = TrainedModel.Load(Train("rbm", "--data", "demo", "--hidden", "6"));
        ReconstructResult result = model.Reconstruct(new ReconstructRequest { Rows = new() { Given = DemoSet.Create() } });
        Assert.Equal(double.NaN, result.MeanSquaredError);
        double squares = 0;
        int read = 0;
        foreach (var (part, given) in result.Rows.Parts.Zip(model.Reconstruct(new ReconstructRequest
        {
            Rows = new() { Given = DemoSet.Create() }
        }).Rows.Parts))
        {
            Assert.Equal(given.ToArray(), part.ToArray());
            for (int r = 0; r < part.Rows; r++)
            {
                double[] row = DemoSet.Create().ToMatrix(read + r, 1).ReadRow(0), back = part.ReadRow(r);
                squares += row.Zip(back, (a, b) => (a - b) * (a - b)).Sum();
            }
            read += part.Rows;
            Assert.Equal(squares / read / model.Columns, result.MeanSquaredError, 1e-5);
        }
        Assert.Throws<InvalidOperationException>(() => result.Rows.Parts);
    }

    [Theory]
    [InlineData("rbm --data demo --hidden 6")]
    [InlineData("dbn --data demo --hidden 6 4")]
    [InlineData("dbm --data demo --hidden 6 4")]
    [InlineData("classification-rbm --data digits --train-rows 200 --validation-rows 50 --hidden 8")]
    public void What_the_command_prints_is_the_result(string kind)
    {
        string run = Train(kind);
        EvaluationResult result = TrainedModel.Load(run).Evaluate(context: new(new DataCatalog(null)));
        Assert.Equal(CommandLine.Succeed("evaluate", run).Output, result.ToText());
        Assert.True(JsonNode.DeepEquals(CommandLine.Succeed("evaluate", run, "--json").Json, Json(result)));
    }

    [Fact]
    public void Estimates_come_with_their_error_and_verdict()
    {
        var model = TrainedModel.Load(Train("rbm", "--data", "demo", "--hidden", "6"));
        var told = new Told();
        EvaluationResult result = model.Evaluate(DemoSet.Create().Take(20), new()
        {
            Metrics = [EvaluationMetric.LogPartition, EvaluationMetric.LogLikelihood],
            LogPartition = new() { Method = LogPartitionMethod.Ais, Chains = 3, Betas = 50, Reverse = ReverseStart.Samples },
        }, RunContext.WithoutData with { Observer = told });
        Assert.Equal((3, 50), (result.LogPartition!.Forward!.Chains, result.LogPartition.Forward.Betas));
        Assert.NotNull(result.LogPartition.Reverse);
        Assert.NotNull(result.LogPartition.Verdict);
        Assert.Contains(result.Warnings, warning => warning.Contains("3 chains are too few"));
        Assert.Equal(result.Warnings, told.Warnings);
        Assert.NotNull(result.LogLikelihoodReverse);
    }

    [Fact]
    public void Labels_are_judged_by_rows_that_have_them()
    {
        var model = TrainedModel.Load(Train("classification-rbm", "--data", "digits", "--train-rows", "300", "--validation-rows", "50",
            "--hidden", "20"));
        Dataset rows = Digits.Generate(40, stream: 1);
        LabelScores scores = model.Evaluate(rows).Labels!;
        int right = model.Predict(rows).Index().Count(p => (int)p.Item.Value == rows.Labels![p.Index]);
        Assert.Equal(right / 40.0, scores.Score.Accuracy, 1e-9);
        Assert.Equal(scores.Score.Accuracy, scores.Confusion!.Accuracy, 1e-9);
        Assert.Contains("no labels", Refusal(() => model.Evaluate(rows.ToMatrix())));
    }

    [Fact]
    public void A_request_that_asks_for_what_cannot_be_or_states_what_is_not_needed_is_refused()
    {
        var model = TrainedModel.Load(Train("rbm", "--data", "demo", "--hidden", "6"));
        RowData rows = DemoSet.Create().Take(5);
        Assert.Contains("accuracy does not go with", Refusal(() => model.Evaluate(rows, new() { Metrics = [EvaluationMetric.Accuracy] })));
        Assert.Contains("--passes is for", Refusal(() => model.Evaluate(rows, new() { Passes = 3 })));
        Assert.Contains("--gap-rows is for", Refusal(() => model.Evaluate(rows, new() { GapRows = 3 })));
        Assert.Contains("--chains must be a whole number of at least 1", Refusal(() => _ = new LogPartitionRequest { Chains = 0 }));
        Assert.Contains("nothing opens data by name", Refusal(() => model.Evaluate()));
    }

    static string Refusal(Action ask) => Assert.Throws<BadInputException>(ask).Message;

    sealed class Told : IRunObserver
    {
        readonly SilentObserver silent = new();

        public List<string> Warnings { get; } = [];

        public void Say(string line) { }

        public void Warn(string line) => Warnings.Add(line);

        public void Note(string line) { }

        public T Track<T>(string title, Func<IProgress<double>, T> work) => silent.Track(title, work);

        public void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work) => silent.Follow(outline, work);
    }
}
