namespace Boltzmann.Tests.Cli;

/// <summary>A model asks for its columns by name: the order of a file does not matter, and what is missing or too much is said.</summary>
public sealed class ColumnTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    // y is yes where a is 1; b says nothing.
    const string Rows = "1,0\n0,1\n1,1\n0,0\n", Swapped = "0,1\n1,0\n1,1\n0,0\n";

    public ColumnTests()
    {
        File.WriteAllText(folder["train.csv"], "a,b,y\n" + string.Concat(Enumerable.Repeat("1,0,yes\n0,1,no\n1,1,yes\n0,0,no\n", 10)));
        Write("same.csv", "a,b\n" + Rows);
        Write("swapped.csv", "b,a\n" + Swapped);
        Write("headless.csv", Rows);
        Write("other.csv", "x,z\n" + Rows);
        Write("more.csv", "b,c,a\n0,7,1\n1,8,0\n1,9,1\n0,9,0\n");
        Write("half.csv", "b,c\n" + Rows);
        Write("wide.csv", "name,b,c,a\none,0,7,1\ntwo,1,8,0\nthree,1,9,1\nfour,0,9,0\n");
        Write("labelled.csv", "y,b,a\nyes,0,1\nno,1,0\nyes,1,1\nno,0,0\n");
        Write("twice.csv", "a,b,a\n1,0,0\n0,1,1\n");
    }

    public void Dispose() => folder.Dispose();

    string Classifier => Trained("classifier", "classification-rbm");

    string Machine => Trained("machine", "rbm");

    [Fact]
    public void Columns_are_found_by_name_in_any_order()
    {
        string expected = Predicted("same.csv");
        Assert.Equal("prediction\nyes\nno\nyes\nno\n", expected);
        Assert.Equal(expected, Predicted("swapped.csv"));
        Assert.Equal(expected, Predicted("headless.csv"));
        Assert.Equal(expected, Predicted("headless.csv", "--header", "false"));
        Assert.Equal(expected, Predicted("labelled.csv"));
        Assert.Equal(expected, Predicted("labelled.csv", "--label-column", "y"));
        Assert.Equal(expected, Predicted("wide.csv", "--ignore-extra"));
    }

    [Theory, InlineData("2"), InlineData("-1")]
    public void Labels_of_another_file_are_found_by_their_number_where_it_has_one_column_more(string label)
    {
        CommandLine.Succeed("train", "classification-rbm", "--data", folder["train.csv"], "--label-column", label, "--hidden", "4",
            "--epochs", "100", "--learning-rate", "0.5", "--batch-size", "5", "--metrics", "weight-norm", "--quiet", "--out",
            folder["numbered"]);
        string Predicted(string data) => CommandLine.Succeed("predict", folder["numbered"], "--data", folder[data]).Output;
        string expected = Predicted("same.csv");
        Write("headless-labels.csv", "1,0,yes\n0,1,no\n1,1,yes\n0,0,no\n");
        Write("labels.csv", "a,b,class\n1,0,yes\n0,1,no\n1,1,yes\n0,0,no\n");
        Write("labels-first.csv", "class,b,a\nyes,0,1\n");
        Assert.Equal("prediction\nyes\nno\nyes\nno\n", expected);
        Assert.Equal(expected, Predicted("headless.csv"));
        Assert.Equal(expected, Predicted("headless-labels.csv"));
        Assert.Equal(expected, Predicted("labels.csv"));
        Assert.Contains("\"accuracy\": 1", CommandLine.Succeed("evaluate", folder["numbered"], "--data", folder["headless-labels.csv"],
            "--metrics", "accuracy", "--json").Output);
        CommandLine.Run("predict", folder["numbered"], "--data", folder["labels-first.csv"]).IsRefused("column 'class'");
    }

    [Fact]
    public void Labels_of_another_file_are_found_by_their_name()
    {
        string Accuracy(params string[] more) => CommandLine.Succeed(["evaluate", Classifier, "--data", folder["labelled.csv"], "--metrics",
            "accuracy", "--json", .. more]).Output;
        Assert.Contains("\"accuracy\": 1", Accuracy());
        Assert.Equal(Accuracy("--label-column", "y"), Accuracy());
    }

    [Theory]
    [InlineData("transform")]
    [InlineData("reconstruct")]
    [InlineData("evaluate", "--metrics", "free-energy")]
    [InlineData("sample", "--sweeps", "1", "--clamp", "0")]
    [InlineData("diagnose", "--start", "data", "--burn-in", "1", "--sweeps", "10", "--chains", "4")]
    public void Every_command_finds_the_columns_by_name(string command, params string[] options)
    {
        string Of(string name, params string[] more) =>
            CommandLine.Succeed([command, Machine, "--data", folder[name], "--json", .. options, .. more]).Output.Replace(name, "");
        Assert.Equal(Of("same.csv"), Of("swapped.csv"));
        Assert.Equal(Of("same.csv"), Of("wide.csv", "--ignore-extra"));
        CommandLine.Run([command, Machine, "--data", folder["other.csv"], .. options])
            .IsRefused("other.csv: has no columns 'a', 'b', which the model learned from; it has 'x', 'z'");
        CommandLine.Run([command, Machine, "--data", folder["half.csv"], "--ignore-extra",
            .. options]).IsRefused("has no column 'a', which the model learned from; it has 'b', 'c'");
        CommandLine.Run([command, Machine, "--data", folder["wide.csv"],
            .. options]).IsRefused("has columns 'name', 'c', which the model did not learn from");
        CommandLine.Run([command, Machine, "--data", folder["twice.csv"], .. options]).IsRefused("has two columns named 'a'");
    }

    [Fact]
    public void Fine_tuning_finds_the_columns_by_name_and_networks_do_too()
    {
        Write("learn.csv", "y,b,c,a\n" + string.Concat(Enumerable.Repeat("yes,0,7,1\nno,1,8,0\nyes,1,9,1\nno,0,9,0\n", 10)));
        string[] tune = ["fine-tune", Machine, "--data", folder["learn.csv"], "--label-column", "y", "--epochs", "40", "--learning-rate",
            "0.05", "--quiet", "--out", folder["tuned"]];
        CommandLine.Run(tune).IsRefused("has column 'c', which the model did not learn from; expected 'a', 'b' alone");
        Assert.False(Directory.Exists(folder["tuned"]));
        CommandLine.Succeed([.. tune, "--ignore-extra"]);
        Assert.Equal("prediction\nyes\nno\nyes\nno\n",
            CommandLine.Succeed("predict", folder["tuned"], "--data", folder["swapped.csv"]).Output);
        CommandLine.Succeed("fine-tune", "--resume", folder["tuned"], "--epochs", "41", "--quiet");
    }

    [Theory]
    [InlineData("rbm")]
    [InlineData("dbm")]
    public void Training_that_starts_from_a_model_takes_its_columns_by_name(string kind)
    {
        string[] common = ["train", kind, "--hidden", "4", "--batch-size", "4", "--binarize", "none", "--quiet"];
        CommandLine.Succeed([.. common, "--data", folder["same.csv"], "--validation-rows", "0", "--epochs", "100", "--out",
            folder["first"]]);
        string[] next = [.. common, "--validation-rows", "0", "--epochs", "1", "--learning-rate", "0", "--init-from", folder["first"]];
        CommandLine.Succeed([.. next, "--data", folder["swapped.csv"], "--out", folder["next"]]);
        string Features(string model) =>
            CommandLine.Succeed("transform", folder[model], "--data", folder["same.csv"], "--quiet").Output;
        Assert.Equal(Features("first"), Features("next"));
        CommandLine.Run([.. next, "--data", folder["other.csv"], "--out", folder["none"]])
            .IsRefused("other.csv: has no columns 'a', 'b', which the model learned from; it has 'x', 'z'");
        CommandLine.Run([.. next, "--data", folder["more.csv"], "--out", folder["none"]])
            .IsRefused("has column 'c', which the model did not learn from");
        Assert.False(Directory.Exists(folder["none"]));
        CommandLine.Succeed([.. next, "--data", folder["more.csv"], "--ignore-extra", "--out", folder["fewer"]]);
        Assert.Equal(Features("first"), Features("fewer"));
        CommandLine.Run([.. common, "--data", folder["more.csv"], "--ignore-extra", "--out", folder["none"]])
            .IsRefused("--ignore-extra passes over columns that a model does not know; expected --init-from");
        Assert.Contains("learned from no scaled rows", CommandLine.Succeed([.. next, "--data", folder["same.csv"], "--scale", "min-max",
            "--out", folder["scaled"]]).Error);

        // What the checkpoint has is not looked for again where the run began.
        Directory.Delete(folder["first"], recursive: true);
        CommandLine.Succeed("train", kind, "--resume", folder["next"], "--epochs", "2", "--quiet");
        Assert.Contains("\"a\",\"b\"", ModelFile.Describe(folder["next/model.safetensors"]).ToJson().Replace(" ", ""));
    }

    [Fact]
    public void An_estimator_finds_columns_by_name_where_both_have_names()
    {
        var classifier = new DbnClassifier<string>(new DbnSettings
        {
            Hidden = [4],
            PretrainingEpochs = 1,
            Epochs = 200,
            ValidationShare = 0
        });
        Dataset Named(double[] values, params string[] names) => new("rows", new NumberRows(values, names.Length)) { ColumnNames = names };
        classifier.Fit(Named([1, 0, 0, 1, 1, 1, 0, 0], "a", "b"), ["yes", "no", "yes", "no"]);
        Assert.Equal(["yes", "no", "yes", "no"], classifier.Predict(Named([0, 1, 1, 0, 1, 1, 0, 0], "b", "a")));
        Assert.Equal(["yes", "no"], classifier.Predict(new double[,] { { 1, 0 }, { 0, 1 } }));
        Assert.Contains("has no column 'a'", Assert.Throws<BadInputException>(() => classifier.Predict(Named([0, 1], "b", "c"))).Message);
        Assert.Contains("has column 'c'",
            Assert.Throws<BadInputException>(() => classifier.Predict(Named([0, 1, 1], "b", "c", "a"))).Message);
    }

    string Predicted(string name, params string[] more) =>
        CommandLine.Succeed(["predict", Classifier, "--data", folder[name], .. more]).Output;

    string Trained(string name, string kind)
    {
        if (!Directory.Exists(folder[name]))
            CommandLine.Succeed("train", kind, "--data", folder["train.csv"], "--label-column", "y", "--hidden", "4", "--epochs", "100",
                "--batch-size", "4", "--binarize", "none", "--quiet", "--out", folder[name]);
        return folder[name];
    }

    void Write(string name, string text) => File.WriteAllText(folder[name], text);
}
