using System.Text.Json.Nodes;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Inference;

/// <summary>A trained model asked by a program: the answers of the commands, in any form of rows, from any number of threads.</summary>
public sealed class FrontDoorTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Train(string kind, params string[] more)
    {
        CommandLine.Succeed(["train", .. kind.Split(' '), "--epochs", "2", "--metrics", "weight-norm", "--quiet", "--out",
            folder["run"], .. more]);
        return folder["run"];
    }

    // Two classes of three numbers each, in units of their own.
    string Table()
    {
        var rng = new Random(7);
        var lines = new List<string> { "length,width,weight,kind" };
        for (int i = 0; i < 60; i++)
        {
            double length = 10 + 5 * rng.NextDouble() + i % 2, width = 0.1 * rng.NextDouble(), weight = 400 + 90 * rng.NextDouble() * (1 + i % 2);
            lines.Add(FormattableString.Invariant($"{length},{width},{weight},{(i % 2 == 0 ? "reed" : "oak")}"));
        }
        File.WriteAllLines(folder["table.csv"], lines);
        return folder["table.csv"];
    }

    static double[][] Rows(JsonNode json) => [.. json["rows"]!.AsArray().Select(row => row!.AsArray().Select(x =>
        x!.GetValue<double>()).ToArray())];

    static double[][] Rows(Matrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(matrix.ReadRow)];

    static double[][] Demo(int count)
    {
        Matrix rows = DemoSet.Create().Take(count).ToMatrix();
        return Rows(rows);
    }

    static float[][] Single(double[][] rows) => [.. rows.Select(row => Array.ConvertAll(row, x => (float)x))];

    [Theory]
    [InlineData("standardize", "gaussian")]
    [InlineData("min-max", "bernoulli")]
    public void Features_and_reconstructions_of_scaled_rows_are_those_of_the_commands(string scale, string units)
    {
        string run = Train("rbm", "--data", Table(), "--label-column", "kind", "--scale", scale, "--visible-units", units, "--binarize",
            "none", "--hidden", "6", "--learning-rate", "0.01");
        var model = TrainedModel.Load(run);
        double[][] own = Rows(DataSource.Open(Table(), new() { Csv = new() { LabelColumn = "kind" } }).ToMatrix(Placement.Default.Double));
        Assert.Equal(["length", "width", "weight"], model.Preprocessing.ColumnNames!);
        Assert.Equal((3, 1), (model.Columns, model.HiddenLayers));
        Assert.Equal(Rows(CommandLine.Succeed("transform", run, "--json").Json), Rows(model.Transform(own)), Close);
        Assert.Equal(Rows(CommandLine.Succeed("reconstruct", run, "--json").Json), Rows(model.Reconstruct(own)), Close);
    }

    [Fact]
    public void Predictions_are_those_of_the_command()
    {
        string run = Train("rbm", "--data", Table(), "--label-column", "kind", "--scale", "min-max", "--binarize", "none", "--hidden", "6");
        CommandLine.Succeed("fine-tune", run, "--epochs", "3", "--quiet", "--out", folder["tuned"]);
        JsonNode json = CommandLine.Succeed("predict", folder["tuned"], "--probabilities", "--json").Json;
        var model = TrainedModel.Load(folder["tuned"]);
        IReadOnlyList<Prediction> predictions = model.Predict(DataSource.Open(Table(), new() { Csv = new() { LabelColumn = "kind" } }));
        Assert.Equal(json["classes"]!.AsArray().Select(c => c!.GetValue<string>()), model.Classes!);
        Assert.Equal(json["predictions"]!.AsArray().Select(p => p!.GetValue<string>()), predictions.Select(p => p.Class));
        Assert.Equal(json["probabilities"]!.AsArray().Select(p => p![1]!.GetValue<double>()), predictions.Select(p =>
            p.Probabilities[1]), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Contains("does not give reconstructions", Assert.Throws<BadInputException>(() => model.Reconstruct(Demo(1))).Message);
    }

    [Fact]
    public void A_file_a_checkpoint_and_a_folder_open_alike()
    {
        string run = Train("rbm", "--data", "demo", "--hidden", "6");
        double[][] rows = Demo(5), expected = Rows(TrainedModel.Load(run).Transform(rows));
        foreach (string file in (string[])["model.safetensors", "checkpoint.safetensors"]) Assert.Equal(expected,
            Rows(TrainedModel.Load(Path.Combine(run, file)).Transform(rows)));
        Assert.Equal("rbm, 10 bernoulli × 6 bernoulli", TrainedModel.Load(run).ToString());
    }

    [Fact]
    public void Rows_come_in_the_form_that_a_program_has()
    {
        var model = TrainedModel.Load(Train("rbm", "--data", "demo", "--hidden", "6"));
        double[][] rows = Demo(3), expected = Rows(model.Transform(rows));
        ReadOnlySpan<float> one = Single(rows)[1];
        Assert.Equal(expected[1], model.Transform(one).ReadRow(0));
        Assert.Equal(expected, Rows(model.Transform(Single(rows))));
        Assert.Equal(expected, Rows(model.Transform(DemoSet.Create().Take(3))));
        Assert.Equal(expected, Rows(model.Transform(DemoSet.Create().Take(3).ToMatrix())));
    }

    [Fact]
    public void Likelihoods_are_exact_where_a_model_is_small()
    {
        string run = Train("rbm", "--data", "demo", "--hidden", "6");
        var model = TrainedModel.Load(run);
        Rbm rbm = ModelFile.Load(Path.Combine(run, "model.safetensors"));
        Matrix rows = DemoSet.Create().Take(20).ToMatrix();
        Assert.Equal(Exact.LogLikelihood(rbm, rows).PerRow, model.LogLikelihood(rows).PerRow, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(FreeEnergy.PerRow(rbm, rows).PerRow, model.Score(rows));
        Assert.Equal(rbm.Weights.ToArray(), model.Filters().ToArray());
    }

    [Fact]
    public void What_is_known_of_a_row_stays_and_the_rest_is_expected()
    {
        var model = TrainedModel.Load(Train("rbm", "--data", Table(), "--label-column", "kind", "--scale", "min-max", "--binarize",
            "none", "--hidden", "6"));
        double[] row = [12.5, double.NaN, 480];
        double[] completed = model.Complete((double[][])[row]).ReadRow(0);
        Assert.Equal(12.5, completed[0], 4);
        Assert.Equal(480, completed[2], 2);
        Assert.InRange(completed[1], 0, 0.1);
    }

    [Theory]
    [InlineData("rbm", "--hidden", "6")]
    [InlineData("classification-rbm --data digits --train-rows 200 --validation-rows 50", "--hidden", "20")]
    [InlineData("dbm", "--hidden", "6", "4")]
    [InlineData("dbn", "--hidden", "6", "4")]
    public void Eight_threads_get_the_bits_that_one_gets(string kind, params string[] more)
    {
        var model = TrainedModel.Load(Train(kind, [.. kind.Contains("--data") ? (string[])[] : ["--data", "demo"], .. more]));
        RowData rows = kind.Contains("digits") ? Digits.Generate(64, stream: 1) : DemoSet.Create().Take(64);
        double[][] Ask() =>
        [
            .. Rows(model.Transform(rows)), .. Rows(model.Reconstruct(rows)), model.Score(rows), .. Rows(model.Sample(8, sweeps: 20)),
            .. model.Classes is null ? [] : model.Predict(rows).Select(p => p.Probabilities.ToArray()),
        ];
        double[][] alone = Ask();
        var answers = new double[8][][];
        Thread[] threads = [.. Enumerable.Range(0, answers.Length).Select(t => new Thread(() => answers[t] = Ask()))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.All(answers, answer => Assert.Equal(alone, answer));
    }

    [Fact]
    public void What_a_model_cannot_be_asked_is_refused_in_words()
    {
        var model = TrainedModel.Load(Train("dbn", "--data", "demo", "--hidden", "6", "4"));
        Assert.Contains("the rows have 2 columns", Refusal(() => model.Transform((float[][])[[1, 0]])));
        Assert.Contains("row 2 has 1 columns", Refusal(() => model.Transform((float[][])[[1, 0], [1]])));
        Assert.Contains("there is no layer 3", Refusal(() => model.Transform(Demo(1), 3)));
        Assert.Contains("chains run above the rows", Refusal(() => model.Complete(Demo(1))));
        Assert.Contains("without labels", Refusal(() => model.Predict(Demo(1))));
        Assert.Contains("column 1", Refusal(() => model.Transform((float[][])[[7, 0, 0, 0, 0, 0, 0, 0, 0, 0]])));
        Assert.Contains("no such file", Refusal(() => TrainedModel.Load(folder["nothing.safetensors"])));
    }

    static string Refusal(Action ask) => Assert.Throws<BadInputException>(ask).Message;

    static bool Close(double[] a, double[] b) => a.Zip(b).All(pair =>
        Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First)));
}
