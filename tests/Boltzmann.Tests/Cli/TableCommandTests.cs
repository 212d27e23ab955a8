using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>A table of words, numbers and gaps from the desk to a model, and back in its own words.</summary>
public sealed class TableCommandTests(TableCommandTests.Things things) : IClassFixture<TableCommandTests.Things>
{
    const int Count = 600;

    readonly TemporaryFolder folder = things.Folder;

    string Model => things.Model;

    /// <summary>A table, and a model that learned it.</summary>
    public sealed class Things : IDisposable
    {
        readonly Lazy<string> model;

        public Things()
        {
            model = new(() =>
            {
                CommandLine.Succeed("train", "rbm", "--data", Folder["things.csv"], "--hidden", "24", "--metrics",
                    "reconstruction-error:1000", "--out", Folder["model"]);
                return Folder["model"];
            });
            Write(Folder);
        }

        internal TemporaryFolder Folder { get; } = new();

        internal string Model => model.Value;

        public void Dispose() => Folder.Dispose();
    }

    // Colour and size tell the price; a sixth of the sizes is not there.
    static void Write(TemporaryFolder folder)
    {
        string[] colours = ["red", "green", "blue"];
        var lines = Enumerable.Range(0, Count).Select(r =>
        {
            int colour = r % 3, size = 10 + 5 * (r / 3 % 4);
            double price = 100 * (colour + 1) + size + 0.25 * (r % 5);
            return $"thing {r},{colours[colour]},{(r % 6 == 5 ? "NA" : size)},{price:0.00},{(price > 215 ? "yes" : "no")}";
        });
        File.WriteAllText(folder["things.csv"], "what,colour,size,price,dear\n" + string.Join('\n', lines) + "\n");
    }

    // The table in JSON lines, numbers as they are written.
    string AsJsonLines()
    {
        string[] lines = File.ReadAllLines(folder["things.csv"]), names = lines[0].Split(',');
        File.WriteAllLines(folder["things.jsonl"], lines.Skip(1).Select(line => "{" + string.Join(", ", line.Split(',').Zip(names,
            (field, name) => $"\"{name}\": " + (field == "NA" ? "null" : name is "size" or "price" ? field : $"\"{field}\""))) + "}"));
        return folder["things.jsonl"];
    }

    [Fact]
    public void A_model_of_JSON_lines_is_that_of_the_same_table_in_CSV()
    {
        string path = AsJsonLines();
        foreach (string data in (string[])[folder["things.csv"], path])
            CommandLine.Succeed("train", "rbm", "--data", data, "--hidden", "6", "--epochs", "1", "--metrics", "reconstruction-error",
                "--out", data + ".run");
        Assert.Equal(Weights(folder["things.csv.run"]), Weights(path + ".run"));
        CommandLine.Succeed("complete", Model, "--data", path, "--out", folder["filled-json.csv"]);
        CommandLine.Succeed("complete", Model, "--data", folder["things.csv"], "--out", folder["filled-csv.csv"]);
        Assert.Equal(File.ReadAllText(folder["filled-csv.csv"]), File.ReadAllText(folder["filled-json.csv"]));
        Assert.Contains("JSON lines", CommandLine.Succeed("data", "show", path).Output);

        static double[,] Weights(string run) => ModelFile.LoadRbm(Path.Combine(run, "model.safetensors")).Weights.ToArray();
    }

    [Fact]
    public void Rows_behind_those_that_are_learned_are_not_read()
    {
        string path = folder["broken.csv"];
        File.WriteAllText(path, File.ReadAllText(folder["things.csv"]) + "too,short\n");
        string[] train = ["train", "rbm", "--data", path, "--hidden", "4", "--metrics", "reconstruction-error", "--validation-rows", "0",
            "--epochs", "1"];
        CommandLine.Succeed([.. train, "--train-rows", $"{Count}", "--out", folder["few"]]);
        CommandLine.Run([.. train, "--train-rows", $"{Count + 1}", "--out", folder["all"]]).IsRefused($"line {Count + 2}: has 2 columns");
    }

    [Fact]
    public void Its_columns_are_told_before_training()
    {
        CommandLine run = CommandLine.Succeed("train", "rbm", "--data", folder["things.csv"], "--hidden", "4", "--epochs", "1", "--metrics",
            "reconstruction-error", "--out", folder["told"]);
        foreach (string line in (string[])["what    left out", "colour  categorical      3  blue, green, red", "price   real", "dear    "
            + "binary",
            "more than 100 different texts, such as 'thing 0'"])
            Assert.Contains(line, run.Output);
        JsonNode settings = JsonNode.Parse(File.ReadAllText(Path.Combine(folder["told"], "settings.json")))!;
        Assert.Equal(("mixed", "normal-scores"), ((string?)settings["visible-units"], (string?)settings["scale"]));
        Assert.Contains("colour  categorical", CommandLine.Succeed("data", "show", folder["things.csv"]).Output);
    }

    [Fact]
    public void Samples_are_rows_of_the_table()
    {
        string[] lines = CommandLine.Succeed("sample", Model, "--count", "200", "--sweeps", "200").Output.TrimEnd('\n').Split('\n');
        Assert.Equal("what,colour,size,price,dear", lines[0]);
        Assert.Equal(201, lines.Length);
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        Assert.All(rows, row =>
        {
            Assert.Contains(row[1], (string[])["red", "green", "blue"]);
            Assert.Contains(row[2], (string[])["10", "15", "20", "25"]);
            Assert.Matches(@"^\d+\.\d\d$", row[3]);
            Assert.InRange(double.Parse(row[3]), 110, 326);
            Assert.Contains(row[4], (string[])["yes", "no"]);
        });
        // What is dear follows the price in the table; of 200 rows a few may be drawn across the border.
        Assert.InRange(rows.Count(row => row[4] == (double.Parse(row[3]) > 215 ? "yes" : "no")), 170, 200);
    }

    [Fact]
    public void What_is_given_stays_in_every_sample()
    {
        CommandLine run = CommandLine.Succeed("sample", Model, "--count", "50", "--sweeps", "100", "--given", "colour=blue");
        string[][] rows = [.. run.Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(','))];
        Assert.All(rows, row => Assert.Equal("blue", row[1]));
        Assert.InRange(rows.Average(row => double.Parse(row[3])), 290, 330);
        CommandLine.Run("sample", Model, "--given", "colour=pink").IsRefused("'pink' is not a value of 'colour': expected one of 'blue', "
            + "'green', 'red'");
        CommandLine.Run("sample", Model, "--given", "color=red").IsRefused("there is no column 'color'");
    }

    [Fact]
    public void Gaps_are_filled_and_all_else_stands_as_it_stood()
    {
        File.WriteAllText(folder["gaps.csv"], "colour,note,price,size,dear\nblue,a,?,20,\n,\"b, c\",110.50,10,no\nred,d,120.00,,no\n");
        string filled = CommandLine.Succeed("complete", Model, "--data", folder["gaps.csv"], "--ignore-extra", "--spread",
            folder["spread.csv"]).Output;
        string[] lines = filled.TrimEnd('\n').Split('\n');
        Assert.Equal("colour,note,price,size,dear", lines[0]);
        Assert.Matches(@"^blue,a,3\d\d\.\d\d,20,yes$", lines[1]);
        Assert.Equal("red,\"b, c\",110.50,10,no", lines[2]);
        Assert.Matches(@"^red,d,120\.00,(10|15|20|25),no$", lines[3]);
        string[] spreads = File.ReadAllLines(folder["spread.csv"]);
        Assert.Matches(@"^,,\d[\d.]*,,0\.\d+$|^,,\d[\d.]*,,1$", spreads[1]);
        string[] draws = CommandLine.Succeed("complete", Model, "--data", folder["gaps.csv"], "--ignore-extra", "--draws", "3").Output
            .TrimEnd('\n').Split('\n');
        Assert.Equal(("draw,colour,note,price,size,dear", 10), (draws[0], draws.Length));
        Assert.Equal(["1", "1", "1", "2", "2", "2", "3", "3", "3"], draws.Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Any_column_is_predicted_from_the_others()
    {
        File.WriteAllText(folder["ask.csv"], "colour,size,price\nblue,10,310\nred,10,110\n");
        string[] dear = CommandLine.Succeed("predict", Model, "--data", folder["ask.csv"], "--column", "dear").Output.Split('\n');
        Assert.Equal("dear,probability", dear[0]);
        Assert.StartsWith("yes,", dear[1]);
        Assert.StartsWith("no,", dear[2]);
        CommandLine.Run("predict", Model, "--data", folder["ask.csv"], "--column", "price").IsRefused("has no column 'dear'");
        CommandLine.Run("predict", Model, "--data", folder["ask.csv"], "--column", "what").IsRefused("did not learn column 'what'");
    }

    [Fact]
    public void A_column_is_predicted_with_other_gaps_summed_out()
    {
        // Three columns that mostly agree, and a number that goes with them.
        var rng = new Rng(3);
        File.WriteAllLines(folder["agree.csv"], Enumerable.Range(0, 400).Select(_ =>
        {
            bool word = rng.NextUniform() < 0.5;
            return string.Join(',', [.. Enumerable.Range(0, 3).Select(_ => rng.NextUniform() < 0.1 != word ? "yes" : "no"),
                (word ? 3 : 1) + 0.5 * rng.NextUniform()]);
        }).Prepend("a,b,c,x"));
        CommandLine.Succeed("train", "rbm", "--data", folder["agree.csv"], "--hidden", "4", "--epochs", "60", "--validation-rows", "0",
            "--metrics", "weight-norm", "--out", folder["agree"]);
        TrainedModel model = TrainedModel.Load(folder["agree"]);
        Rbm rbm = ModelFile.LoadRbm(RunFolder.Open(folder["agree"]).ModelPath);

        // p(a | c) with b and x summed out: x, which is the machine's first unit, by a fine grid on the scale of the model.
        const int Copies = 40;
        File.WriteAllText(folder["holes.csv"], string.Concat(Enumerable.Repeat(",,yes,\n,,no,\n", Copies).Prepend("a,b,c,x\n")));
        ColumnPredictions told = model.Predict("a", new RowsRequest { Data = folder["holes.csv"] }, new(new DataCatalog()));
        double[] grid = [.. Enumerable.Range(0, 801).Select(i => -8 + 0.02 * i)];
        foreach (int c in (int[])[1, 0])
        {
            double[][] rows = [.. from a in (int[])[0, 1] from b in (int[])[0, 1] from x in grid select (double[])[x, a, b, c]];
            var table = new Matrix(rows.Length, 4, Placement.Default.Double);
            foreach (var (r, row) in rows.Index()) table.WriteRow(r, row);
            double[] logs = [.. FreeEnergy.PerRow(rbm, table).PerRow.Select(f => -f)];
            double exact = Math.Exp(Scalar.LogSumExp(logs.AsSpan(logs.Length / 2).ToArray()) - Scalar.LogSumExp(logs));
            // 40 rows of 50 draws, two of a chain: a standard error below 0.5 / √1000, and another of what annealing leaves.
            int yes = told.Words.Index().Single(w => w.Item == "yes").Index;
            Assert.Equal(exact, told.Probabilities.Where((_, r) => r % 2 == 1 - c).Average(row => row[yes]), 0.08);
        }

        // A number has the spread that not knowing the others leaves, two heaps, and not that of one heap.
        ColumnPredictions number = model.Predict("x", new RowsRequest { Data = folder["holes.csv"] }, new(new DataCatalog()));
        Assert.True(number.Means[0] > number.Means[1] + 0.3, $"{number.Means[0]} {number.Means[1]}");
        Assert.All(number.Deviations, deviation => Assert.InRange(deviation, 0.4, 1.5));
        Assert.Equal(told.Probabilities, model.Predict("a", new RowsRequest { Data = folder["holes.csv"] },
            new(new DataCatalog())).Probabilities);
    }

    [Fact]
    public void Odd_rows_are_found_and_explained()
    {
        File.WriteAllText(folder["odd.csv"], "colour,size,price,dear\nblue,20,320.25,yes\nred,10,311.00,no\n");
        string[] lines = CommandLine.Succeed("score", Model, "--data", folder["odd.csv"], "--explain", "1", "--threshold", "0.02").Output
            .Split('\n');
        Assert.Equal("score,odd,column 1,value 1,surprise 1", lines[0]);
        // Red is cheap, and so is what is not dear.
        Assert.Matches(@",(price,311\.00|colour,red|dear,no),\d+", lines[2]);
        Assert.True(Surprise(lines[2]) > Surprise(lines[1]) + 2, $"{lines[1]}\n{lines[2]}");
        // Of the training's own whole rows the share that was asked for, and none of those with gaps.
        string[] own = [.. CommandLine.Succeed("score", Model, "--data", folder["things.csv"], "--threshold", "0.02").Output.TrimEnd('\n')
            .Split('\n').Skip(1).Select(line => line.Split(',')[1])];
        Assert.Equal((Count / 6, Count), (own.Count(word => word == ""), own.Length));
        Assert.InRange(own.Count(word => word == "yes"), 9, 11);
        CommandLine.Run("score", Model, "--data", folder["odd.csv"], "--threshold", "2").IsRefused("--threshold is the share");

        static double Surprise(string line) => double.Parse(line.Split(',')[^1]);
    }

    [Fact]
    public void Types_and_columns_are_chosen_by_name()
    {
        CommandLine run = CommandLine.Succeed("train", "rbm", "--data", folder["things.csv"], "--ignore", "what", "price", "--types",
            "size=real", "--hidden", "4", "--epochs", "1", "--metrics", "weight-norm", "--out", folder["chosen"]);
        Assert.Contains("size    real", run.Output);
        Assert.Contains("rbm (1 gaussian + 1 bernoulli + 1 × 3 multinomial) × 4 bernoulli", run.Output);
        CommandLine.Run("train", "rbm", "--data", folder["things.csv"], "--types", "size", "--out",
            folder["no"]).IsRefused("expected NAME=TYPE");
        CommandLine.Run("train", "rbm", "--data", folder["things.csv"], "--ignore", "colr", "--out",
            folder["no"]).IsRefused("has no column 'colr'");
        Assert.False(Directory.Exists(folder["no"]));
    }

    [Fact]
    public void Classes_are_learned_beside_any_columns()
    {
        CommandLine.Succeed("train", "classification-rbm", "--data", folder["things.csv"], "--label-column", "dear", "--hidden", "8",
            "--epochs", "20", "--quiet", "--out", folder["classes"]);
        JsonNode judged = CommandLine.Succeed("evaluate", folder["classes"], "--data",
            folder["things.csv"], "--unseen", "absent", "--json").Json;
        Assert.InRange((double)judged["accuracy"]!, 0.95, 1);
    }

    [Fact]
    public void A_run_goes_on_to_the_same_bits()
    {
        string whole = folder["whole"], halves = folder["halves"];
        string[] Command(string path, string epochs) => ["train", "rbm", "--data", folder["things.csv"], "--hidden", "8", "--epochs",
            epochs,
            "--learning-rate", "0.05", "0.05", "--metrics", "weight-norm", "--out", path];
        CommandLine.Succeed(Command(whole, "4"));
        CommandLine.Succeed(Command(halves, "2"));
        CommandLine.Succeed("train", "rbm", "--resume", halves, "--epochs", "4");
        Assert.Equal(TrainedModel.Load(whole).Parameters.Select(p => p.Value.ToArray()), TrainedModel.Load(halves).Parameters.Select(p =>
            p.Value.ToArray()));
    }
}
