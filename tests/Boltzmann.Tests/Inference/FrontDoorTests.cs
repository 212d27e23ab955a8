using System.Text.Json.Nodes;
using Boltzmann.Tests.Cli;
using Boltzmann.Tests.Data;

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
            double length = 10 + 5 * rng.NextDouble() + i % 2, width = 0.1 * rng.NextDouble(), weight = 400
                + 90 * rng.NextDouble() * (1 + i % 2);
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
    public void Samples_are_those_of_the_command_by_the_same_seed()
    {
        string run = Train("rbm", "--data", "demo", "--hidden", "6");
        var model = TrainedModel.Load(run);
        double[][] printed = Rows(CommandLine.Succeed("sample", run, "--count", "5", "--sweeps", "3", "--seed", "9", "--json").Json);
        Assert.Equal(printed, Rows(model.Sample(5, sweeps: 3, seed: 9)), Close);
        SampleResult drawn = model.Sample(new() { Count = 5, Sweeps = 3, Descent = Descent.States, Picture = true, Image = new(5, 2) },
            RunContext.WithoutData with { Seed = 9 });
        Assert.All(Rows(drawn.Rows).SelectMany(row => row), x => Assert.True(x is 0 or 1));
        Assert.NotNull(drawn.Sheet);
        Assert.Empty(drawn.Frames);
    }

    [Fact]
    public void Requests_open_data_by_name_as_the_commands_do()
    {
        string run = Train("rbm", "--data", Table(), "--label-column", "kind", "--scale", "min-max", "--binarize", "none", "--hidden", "6");
        var model = TrainedModel.Load(run);
        var context = new RunContext(new DataCatalog(null));
        var training = new RowsRequest { Count = 7 };
        string[] first = ["--rows", "7", "--json"];
        TransformResult features = model.Transform(new() { Rows = training }, context);
        Assert.Equal((7, "table.csv"), (features.Features.Count, features.Data));
        Assert.Equal(Rows(CommandLine.Succeed(["transform", run, .. first]).Json), features.Features.Parts.SelectMany(Rows), Close);
        ReconstructResult back = model.Reconstruct(new() { Rows = training with { Data = Table() } }, context);
        JsonNode printed = CommandLine.Succeed(["reconstruct", run, .. first]).Json;
        Assert.Equal(Rows(printed), back.Rows.Parts.SelectMany(Rows), Close);
        Assert.Equal(printed["mean_squared_error"]!.GetValue<double>(), back.MeanSquaredError, 1e-6);
        Assert.Equal(["length", "width", "weight"], back.Rows.ColumnNames);
        Assert.Contains("pictures", Refusal(() => model.Reconstruct(new() { Rows = training, Picture = true }, context)));
        Assert.Contains("--count must be", Refusal(() => model.Sample(new() { Count = 0 }, context)));
    }

    [Fact]
    public void Chains_are_followed_as_the_command_follows_them()
    {
        string run = Train("rbm", "--data", "demo", "--hidden", "6");
        ChainReport report = TrainedModel.Load(run).Diagnose(new() { Chains = 8, BurnIn = 20, Sweeps = 50, Start = DiagnosisStart.Noise });
        JsonNode printed = CommandLine.Succeed("diagnose", run, "--chains", "8", "--burn-in", "20", "--sweeps", "50", "--start", "noise",
            "--json").Json;
        Assert.Equal((8, 50), (report.Chains, report.Sweeps));
        Assert.Equal(printed["have_mixed"]!.GetValue<bool>(), report.HaveMixed);
        Assert.Equal(printed["statistics"]!.AsArray().Select(s => s!["mean"]!.GetValue<double>()), report.Statistics.Select(s => s.Mean));
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
        Rbm rbm = ModelFile.LoadRbm(Path.Combine(run, "model.safetensors"));
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

    [Fact]
    public void Bytes_of_a_file_are_read_by_the_step_of_the_training_unless_another_is_stated()
    {
        string Bytes(string name, params byte[] values)
        {
            File.WriteAllBytes(folder[name], ArrayFiles.Npy("'|u1'", $"({values.Length / 2}, 2)", values));
            return folder[name];
        }
        string run = Train("rbm", "--data", Bytes("bytes.npy", 0, 16, 8, 0, 16, 1, 0, 0), "--hidden", "3", "--validation-rows", "0");
        string dark = Bytes("dark.npy", 1, 0, 4, 1);
        var model = TrainedModel.Load(run);
        double[][] Asked(params string[] more) => Rows(CommandLine.Succeed(["transform", run, "--data", dark, "--json", .. more]).Json);
        Dataset found = DataSource.Open(dark), stated = DataSource.Open(dark, new() { Scale = 1.0 / 200 });
        Assert.Equal(0.25, found.Rows.ByteStep);
        Assert.Equal(Asked(), Rows(model.Transform(found)), Close);
        Assert.Equal(Asked()[1], model.Transform(found.Take(1, first: 1)).ReadRow(0), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(Asked("--scale-bytes", "200"), Rows(model.Transform(stated)), Close);
        Assert.Equal(1.0 / 16, model.Preprocessing.Apply(found).Rows.ByteStep);
    }

    [Fact]
    public void Columns_of_a_data_set_are_found_by_their_names()
    {
        var model = TrainedModel.Load(Train("rbm", "--data", Table(), "--label-column", "kind", "--scale", "min-max", "--binarize",
            "none", "--hidden", "6"));
        Dataset Named(double[] row, params string[] names) => new("named", new NumberRows(row, names.Length)) { ColumnNames = names };
        double[] expected = model.Transform((double[][])[[12, 0.05, 450]]).ReadRow(0);
        Dataset turned = Named([450, 12, 0.05], "weight", "length", "width");
        Assert.Equal(expected, model.Transform(turned).ReadRow(0));
        Assert.Equal(model.Reconstruct((double[][])[[12, 0.05, 450]]).ReadRow(0), model.Reconstruct(turned).ReadRow(0));
        Assert.Equal(12, model.Complete(Named([double.NaN, 12, 0.05], "weight", "length", "width")).ReadRow(0)[0], 4);
        Assert.Equal(["length", "width", "weight"], model.Preprocessing.Apply(turned).ColumnNames!);
        Assert.Contains("named: has no column 'weight'", Refusal(() => model.Transform(Named([12, 0.05], "length", "width"))));
        Assert.Contains("named: has column 'age'", Refusal(() =>
            model.Transform(Named([450, 12, 0.05, 7], "weight", "length", "width", "age"))));
    }

    [Fact]
    public void A_value_that_does_not_fit_is_told_by_row_and_column()
    {
        string run = Train("rbm", "--data", Table(), "--label-column", "kind", "--scale", "standardize", "--visible-units", "gaussian",
            "--hidden", "6", "--learning-rate", "0.01");
        var model = TrainedModel.Load(run);
        double[][] huge = [[12, 0.05, 450], [12, 1e300, 450]], unknown = [[12, 0.05, 450], [12, 0.05, double.NaN]];
        Assert.Contains("row 2, column 2: 1e300 is too large for float32", Refusal(() => model.Transform(huge)));
        Assert.Contains("row 2, column 2: the value is too large for float32", Refusal(() => model.Complete(huge)));
        Assert.Contains("row 2, column 3 is NaN: expected a finite number", Refusal(() => model.Transform(unknown)));
        Dataset wide = new("wide", new NumberRows([12, 0.05, 1e30], 3));
        Assert.Contains("wide: row 1, column 3: 1e30 is too large for float32", Refusal(() => model.Transform(wide)));
        Assert.Equal(6, TrainedModel.Load(run, Placement.Default.Double).Transform(wide).Columns);
        Assert.Equal((0, 6), (model.Transform(wide.Take(0)).Rows, model.Transform(wide.Take(0)).Columns));
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
        Assert.Contains("the rows: found 2 columns", Refusal(() => model.Transform((float[][])[[1, 0]])));
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
