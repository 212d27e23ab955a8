using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Files as people have them, read by the commands: what is found out is told, what is stated is kept with the model.</summary>
public sealed class FileReadingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string File(string name, string text)
    {
        System.IO.File.WriteAllText(folder[name], text);
        return folder[name];
    }

    string[] Train(string kind, string data, params string[] more) =>
        ["train", kind, "--data", data, "--hidden", "2", "--epochs", "1", "--quiet", "--out", folder["run"], .. more];

    [Theory]
    [InlineData("a,b\nTrue,False\nFalse,True\n", "cells separated by commas, decimal point, names in the first row")]
    [InlineData("a;b\n0,75;0,25\n0,25;0,75\n", "cells separated by semicolons, decimal comma, names in the first row")]
    [InlineData("1 0 1 0\n0 1 0 1\n", "cells separated by blanks, decimal point, no header")]
    [InlineData("# made by numpy\n1,0\n0,1\n", "cells separated by commas, decimal point, no header, 1 line of comment passed over")]
    public void Show_tells_how_a_table_is_written(string text, string expected) =>
        Assert.Contains($"table of text: {expected}\n", CommandLine.Succeed("data", "show", File("some.data", text)).Output);

    [Fact]
    public void Show_tells_it_as_JSON_too()
    {
        string path = File("some.txt", "# x\n0,5\t1\n1\t0,25\n");
        Assert.Equal("""{"delimiter":"\t","decimal":"comma","header":false,"comments":1}""",
            CommandLine.Succeed("data", "show", path, "--json").Json["text"]!.ToJsonString());
        Assert.Null(CommandLine.Succeed("data", "show", "demo", "--json").Json["text"]);
    }

    [Fact]
    public void What_is_stated_holds_for_every_later_look_at_the_same_file()
    {
        string text = string.Concat(Enumerable.Range(0, 40).Select(r => $"{r % 2}~0,{r % 10}~{(r % 4 == 0 ? "-" : "1")}\n"));
        string path = File("odd.rows", text);
        string[] stated = ["--delimiter", "~", "--decimal", "comma", "--na", "-", "--missing", "absent", "--format", "csv"];
        CommandLine.Succeed(Train("rbm", path, stated));
        JsonNode settings = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(folder["run"], "settings.json")))!;
        Assert.Equal("~", (string?)settings["delimiter"]);
        Assert.Equal("""["-"]""", settings["na"]!.ToJsonString());
        CommandLine.Succeed("evaluate", folder["run"], "--metrics", "log-likelihood");
        CommandLine.Succeed("train", "rbm", "--resume", folder["run"], "--epochs", "2", "--quiet");
        System.IO.File.Copy(path, folder["other.rows"]);
        CommandLine.Run("evaluate", folder["run"], "--data", folder["other.rows"]).IsRefused("other.rows, line 1");
        CommandLine.Succeed(["evaluate", folder["run"], "--metrics", "log-likelihood", "--data", folder["other.rows"], .. stated]);
    }

    [Fact]
    public void A_separator_or_a_decimal_sign_that_is_none_is_refused()
    {
        string path = File("some.csv", "1,0\n0,1\n");
        CommandLine.Run(Train("rbm", path, "--delimiter", "comma")).IsRefused(
            "--delimiter must be one character, tab or space, not 'comma'");
        CommandLine.Run("data", "show", path, "--delimiter", "comma").IsRefused("--delimiter must be one character, tab or space");
        CommandLine.Run("data", "show", path, "--decimal", "dot").IsRefused("--decimal must be comma or point, not 'dot'");
    }

    [Fact]
    public void Gaps_are_markers_of_any_program()
    {
        string path = File("missing.csv", "a,b\n1,0\n0,\n1,NA\n0,?\n1,-9\n");
        string[] bits = ["--visible-units", "bernoulli"];
        CommandLine.Run(Train("rbm", path, bits)).IsRefused("line 3, column 2 ('b'): is empty: expected a finite number, or what gaps mean "
            + "(--missing absent|unknown)");
        CommandLine.Run(Train("rbm", path, [.. bits, "--missing", "unknown"])).IsRefused("row 5, column 2: -9 is outside 0..1");
        Assert.Contains("4 of 5 rows have unknown entries", CommandLine.Succeed([.. Train("rbm", path, [.. bits, "--missing", "unknown",
            "--na", "-9", "--validation-rows", "0"]).Where(word => word != "--quiet")]).Error);
    }

    [Fact]
    public void Values_outside_of_what_units_allow_are_refused_with_the_ways_out()
    {
        string path = File("grey.csv", "154,3\n20,255\n");
        CommandLine.Run(Train("rbm", path, "--visible-units", "bernoulli")).IsRefused(
            "row 1, column 1: 154 is outside 0..1 that bernoulli units allow; --scale min-max "
            + "brings columns to 0..1, --visible-units gaussian takes any number");
        CommandLine.Run("train", "bm", "--data", path, "--epochs", "1", "--out", folder["bm"]).IsRefused("--scale min-max brings "
            + "columns to 0..1");
        CommandLine.Succeed(Train("rbm", path, "--visible-units", "bernoulli", "--scale", "min-max"));
    }

    [Fact]
    public void The_label_column_of_the_training_is_found_in_a_table_for_testing_or_not_there()
    {
        string rows = string.Concat(Enumerable.Repeat("1,0,yes\n0,1,no\n1,1,yes\n0,0,no\n", 10));
        CommandLine.Succeed(Train("classification-rbm", File("train.csv", "a,b,y\n" + rows), "--label-column", "y"));
        string with = File("test.csv", "a,b,y\n1,0,yes\n0,1,no\n"), without = File("bare.csv", "a,b\n1,0\n0,1\n");
        Assert.Equal(2, (int)CommandLine.Succeed("evaluate", folder["run"], "--data", with, "--json").Json["rows"]!);
        Assert.Equal(CommandLine.Succeed("predict", folder["run"], "--data", with).Output,
            CommandLine.Succeed("predict", folder["run"], "--data", without).Output);
        CommandLine.Succeed("evaluate", folder["run"], "--data", with, "--label-column", "y");
    }

    [Fact]
    public void A_few_rows_are_learned_without_reading_the_rest()
    {
        string path = File("long.csv", string.Concat(Enumerable.Repeat("1,0\n0,1\n", 200)) + "not a row\n");
        // The kind of the units is stated: what columns hold would be found in all rows.
        string[] few = ["--train-rows", "20", "--visible-units", "bernoulli"];
        CommandLine.Run(Train("rbm", path, few)).IsRefused("line 401");
        CommandLine.Succeed(Train("rbm", path, [.. few, "--validation-rows", "0"]));
        CommandLine.Succeed("evaluate", folder["run"], "--data", path, "--rows", "20", "--metrics", "reconstruction");
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Standard_input_is_a_file_too(bool isPacked)
    {
        byte[] table = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,0\n0,1\n", 20)));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Boltzmann.Cli.dll"), .. Train("rbm", "-")])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(isPacked ? Tests.Data.ArrayFiles.Gzip(table) : table);
        process.StandardInput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        // It is not there any more when the model is asked about.
        CommandLine.Run("evaluate", folder["run"], "--metrics", "reconstruction").IsRefused("evaluate needs --data");
        CommandLine.Succeed("evaluate", folder["run"], "--data", File("rows.csv", "1,0\n"), "--metrics", "reconstruction");
    }
}
