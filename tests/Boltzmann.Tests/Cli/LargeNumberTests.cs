namespace Boltzmann.Tests.Cli;

/// <summary>A value that does not fit the numbers used is told by row and column, before anything is written.</summary>
public sealed class LargeNumberTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Csv(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    [Theory]
    [InlineData("1e300", "standardize", "row 2, column 'b': 1e300 is too large to be standardised")]
    [InlineData("-1e300", "standardize", "row 2, column 'b': -1e300 is too large to be standardised")]
    [InlineData("1e200", "standardize", "row 2, column 'b': 1e200 is too large to be standardised")]
    [InlineData("1e50", "standardize", "row 2, column 'b': 1e50 is too large for float32")]
    [InlineData("1e300", "min-max", "row 2, column 'b': 1e300 is too large for float32")]
    [InlineData("1e300", "none", "row 2, column 'b': 1e300 is too large for float32")]
    [InlineData("1e20", "none", "row 2, column 'b': 1e20 is too large for float32")]
    [InlineData("1e-60", "standardize", "column 'b' has values too close to each other to be scaled in float32")]
    public void Training_refuses_it(string value, string scale, string because)
    {
        string data = Csv("huge.csv", $"a,b\n1,0\n0,{value}\n1,{(value == "1e-60" ? "0" : "1")}\n0,0\n");
        CommandLine.Run("train", "rbm", "--data", data, "--visible-units", "gaussian", "--scale", scale, "--hidden", "2", "--epochs", "1",
            "--out", folder["m"])
            .IsRefused($"huge.csv: {because}");
        Assert.Equal(["huge.csv"], folder.Names);
    }

    [Fact]
    public void A_range_that_is_not_finite_is_refused()
    {
        string data = Csv("wide.csv", "a,b\n1,-1e308\n0,1.5e308\n1,1\n");
        CommandLine.Run("train", "rbm", "--data", data, "--visible-units", "gaussian", "--scale", "min-max", "--precision", "float64",
            "--epochs", "1", "--out", folder["m"])
            .IsRefused("wide.csv: row 2, column 'b': 1.5e308 is too large to be brought to a range");
        CommandLine.Run("train", "rbm", "--data", data, "--visible-units", "gaussian", "--precision", "float64", "--epochs", "1", "--out",
            folder["m"])
            .IsRefused("wide.csv: row 2, column 'b': 1.5e308 is too large for float64");
    }

    [Fact]
    public void Large_numbers_that_fit_once_scaled_are_learned()
    {
        string data = Csv("stars.csv", "a,mass\n1,2e30\n0,3e30\n1,1e30\n0,2.5e30\n");
        CommandLine.Succeed("train", "rbm", "--data", data, "--visible-units", "gaussian", "--scale", "standardize", "--hidden", "2",
            "--epochs", "1", "--quiet", "--out", folder["m"]);
        CommandLine.Succeed("transform", folder["m"], "--data", data);
    }

    [Theory]
    [InlineData("transform")]
    [InlineData("reconstruct")]
    [InlineData("sample")]
    [InlineData("evaluate", "--metrics", "free-energy")]
    public void A_later_file_is_refused_by_every_command(string command, params string[] options)
    {
        string data = Csv("plain.csv", "a,b\n1,0\n0,3\n1,1\n0,0\n"), huge = Csv("huge.csv", "a,b\n1,0\n0,1\n1,1e300\n");
        CommandLine.Succeed("train", "rbm", "--data", data, "--visible-units", "gaussian", "--scale", "standardize", "--hidden", "2",
            "--epochs", "1", "--quiet", "--out", folder["m"]);
        CommandLine.Run([command, folder["m"], "--data", huge, .. options]).IsRefused("huge.csv: row 3, column 'b': 1e300 is too large");
        File.WriteAllBytes(folder["huge.npy"], NpyBytes.Of([[0, 1], [1e300, 0]]));
        CommandLine.Run([command, folder["m"], "--data", folder["huge.npy"],
            .. options]).IsRefused("huge.npy: row 2, column 1: 1e300 is too large");
        if (command == "sample")
            CommandLine.Run("sample", folder["m"], "--impute", folder["huge.npy"]).IsRefused("huge.npy: row 2, column 1");
    }

    [Fact]
    public void Fine_tuning_and_prediction_refuse_values_and_targets()
    {
        string data = Csv("plain.csv", "a,b,y\n1,0,1\n0,3,2\n1,1,1.5\n0,0,2\n"),
            targets = Csv("targets.csv", "a,b,y\n1,0,1\n0,3,1e300\n1,1,1.5\n0,0,2\n"), huge = Csv("huge.csv", "a,b,y\n1,0,1\n0,-1e300,2\n");
        CommandLine.Succeed("train", "rbm", "--data", data, "--label-column", "y", "--visible-units", "gaussian", "--scale", "standardize",
            "--hidden", "2", "--epochs", "1", "--quiet", "--out", folder["m"]);
        string[] tune = ["fine-tune", folder["m"], "--task", "regression", "--validation-rows", "0", "--epochs", "1", "--quiet", "--out",
            folder["t"]];
        CommandLine.Run([.. tune, "--data", targets]).IsRefused("targets.csv: the target of row 2, 1e300, is too large to be standardised");
        CommandLine.Run([.. tune, "--data", huge]).IsRefused("huge.csv: row 2, column 'b': -1e300 is too large");
        Assert.False(Directory.Exists(folder["t"]));
        CommandLine.Succeed(tune);
        CommandLine.Run("predict", folder["t"], "--data", huge).IsRefused("huge.csv: row 2, column 'b': -1e300 is too large");
    }

    [Fact]
    public void The_library_refuses_statistics_that_are_not_finite()
    {
        var data = new Dataset("huge", new NumberRows([1.0, 0, 0, 1e300, 1, 1], 2)) { ColumnNames = ["a", "b"] };
        Assert.Equal("huge: row 2, column 'b': 1e300 is too large to be standardised",
            Assert.Throws<BadInputException>(() => Standardizer.Fit(data)).Message);
        Assert.Equal([1.0, 1e300], MinMaxScaler.Fit(data).Range);
        var labels = new[] { "x", "y", "x" };
        Assert.Contains("huge: row 2, column 'b'",
            Assert.Throws<BadInputException>(() => new DbnClassifier<string>().Fit(data, labels)).Message);
    }
}
