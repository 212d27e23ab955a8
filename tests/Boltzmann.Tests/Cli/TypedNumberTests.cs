namespace Boltzmann.Tests.Cli;

/// <summary>Numbers have a decimal point, whoever types them and wherever they stand; a comma is never passed over.</summary>
public sealed class TypedNumberTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("train rbm", "--learning-rate", "0,05")]
    [InlineData("train rbm", "--l2", "0,001")]
    [InlineData("train rbm", "--l2", "1,000.5")]
    [InlineData("train rbm", "--visible-bias", "0,5")]
    [InlineData("train rbm", "--learning-rate-end", "0,01")]
    [InlineData("train rbm", "--max-norm", "1,5")]
    [InlineData("train rbm", "--hidden-bias", "-0,5")]
    [InlineData("train dbn", "--layer-learning-rate", "0,1")]
    [InlineData("train dbm", "--sparsity-target", "0,1")]
    [InlineData("train bm", "--weights-std", "0,01")]
    [InlineData("train classification-rbm", "--generative-weight", "0,01")]
    [InlineData("fine-tune model", "--dropout", "0,5")]
    [InlineData("fine-tune model", "--layer-rates", "0,5")]
    [InlineData("sample model", "--temperature", "1,5")]
    [InlineData("evaluate model", "--threshold", "0,5")]
    public void A_decimal_comma_is_refused_by_name(string command, string option, string text)
    {
        string[] words = command.Split(' ');
        string[] place = words[0] is "train" or "fine-tune" ? ["--out", folder["run"]] : [];
        CommandLine.Run([.. words, option, text, .. place]).IsRefused($"{option}: {text} is not a number; a decimal point is expected");
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void One_wrong_number_of_several_is_refused() =>
        CommandLine.Run("train", "rbm", "--momentum", "0.5",
            "0,9").IsRefused("--momentum: 0,9 is not a number; a decimal point is expected");

    [Theory]
    [InlineData("train rbm --hidden 1,000")]
    [InlineData("train rbm --seed 1,337")]
    [InlineData("train rbm --epochs 2,5")]
    [InlineData("sample model --count 1,000")]
    [InlineData("bench --threads 1,0")]
    [InlineData("train dbn --hidden 1,000 2,000")]
    public void Whole_numbers_have_no_separators(string arguments) => CommandLine.Run(arguments.Split(' ')).IsRefused("a whole number");

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    public void A_number_that_is_not_finite_is_refused_by_name(string text) =>
        CommandLine.Run("train", "rbm", "--l2", text).IsRefused($"--l2 must be a finite number, not '{text}'");

    [Fact]
    public void A_decimal_comma_in_a_table_is_refused_where_it_stands()
    {
        File.WriteAllText(folder["commas.csv"], "a,b\n1,0\n\"0,5\",1\n");
        CommandLine.Run("data", "show",
            folder["commas.csv"]).IsRefused("commas.csv, line 3, column 1 ('a'): is '0,5' among numbers: expected a number with a decimal "
                + "point");
        File.WriteAllText(folder["targets.csv"], "a,y\n1,\"0,5\"\n0,\"1,5\"\n1,2\n0,\"2,5\"\n");
        CommandLine.Succeed("train", "rbm", "--data", folder["targets.csv"], "--label-column", "y", "--hidden", "2", "--epochs", "1",
            "--quiet", "--out", folder["run"]);
        CommandLine.Run("fine-tune", folder["run"], "--task", "regression", "--out",
            folder["tuned"]).IsRefused("'0,5': expected a finite number with a decimal point");
        Assert.False(Directory.Exists(folder["tuned"]));
    }
}
