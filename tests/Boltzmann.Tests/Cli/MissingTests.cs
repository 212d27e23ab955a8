using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Tables and arrays with gaps: refused unless it is said what a gap stands for, and learned from then.</summary>
public sealed class MissingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    // a and b are the same, c says nothing; a third of the rows has no b, another third no a.
    public MissingTests()
    {
        var lines = Enumerable.Range(0, 240).Select(r => (A: 2 * (r % 2) - 1, C: 2 * (r / 2 % 2) - 1, Gap: r % 3))
            .Select(row => $"{(row.Gap == 1 ? "" : row.A)},{(row.Gap == 2 ? "" : row.A)},{row.C}");
        File.WriteAllText(folder["gaps.csv"], "a,b,c\n" + string.Join('\n', lines) + "\n");
        File.WriteAllText(folder["whole.csv"], "a,b,c\n-1,-1,-1\n-1,-1,1\n1,1,-1\n1,1,1\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_gap_is_refused_unless_it_is_said_what_it_stands_for()
    {
        CommandLine.Run(Train("refused", "gaps.csv", "--visible-units", "spin")).IsRefused("line 3, column 1 ('a'): is empty");
        Assert.False(Directory.Exists(folder["refused"]));
    }

    // Rows of one value alone teach nothing of how a and b go together, complete ones do: log p goes from −3 ln 2 to −2 ln 2. Spins,
    // because a machine without a spin is as symmetric as the whole one; without a bit it is that in which the bit is 0.
    [Theory, InlineData("absent"), InlineData("unknown")]
    public void A_machine_learns_from_rows_with_gaps(string missing)
    {
        var run = CommandLine.Succeed(Train(missing, "gaps.csv", "--missing", missing, "--visible-units", "spin"));
        Assert.Contains($"gaps.csv: 160 of 240 rows have {missing} entries; metrics and pictures are of complete rows", run.Error);
        Assert.Equal(missing, (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(folder[missing], "settings.json")))!["missing"]);
        string judged = CommandLine.Succeed(["evaluate", folder[missing], "--data", folder["whole.csv"], "--metrics", "log-likelihood",
            "--json"]).Output;
        Assert.InRange((double)JsonNode.Parse(judged)!["log_likelihood"]!["mean"]!, -1.7, -2 * Math.Log(2));
    }

    [Theory, InlineData("absent"), InlineData("unknown")]
    public void Complete_rows_are_judged_as_ever_by_what_learned_from_gaps(string missing)
    {
        CommandLine.Succeed(Train("run", "gaps.csv", "--missing", missing, "--visible-units", "spin"));
        string Judged(params string[] more) =>
            CommandLine.Succeed(["evaluate", folder["run"], "--metrics", "log-partition", "reconstruction", "--json", .. more]).Output;
        File.Copy(folder["gaps.csv"], folder["kept.csv"]);
        string expected = Judged("--data", folder["whole.csv"]);
        Assert.Equal(expected, Judged("--data", folder["whole.csv"], "--missing", missing));
        // The table of the training has no gap any more.
        File.Copy(folder["whole.csv"], folder["gaps.csv"], overwrite: true);
        Assert.Equal(expected, Judged().Replace("gaps.csv", "whole.csv"));
    }

    [Fact]
    public void Free_energies_of_rows_with_gaps_need_no_partition_function()
    {
        string header = string.Join(',', Enumerable.Range(0, 40).Select(c => $"c{c}")), row = "," + string.Join(',', new int[39]);
        File.WriteAllText(folder["wide.csv"], $"{header}\n{row}\n1{row}\n");
        CommandLine.Succeed("train", "bm", "--data", folder["wide.csv"], "--epochs", "1", "--batch-size", "1", "--validation-rows", "0",
            "--missing", "absent", "--quiet", "--out", folder["run"]);
        Assert.Contains("free energy", CommandLine.Succeed("evaluate", folder["run"]).Output);
        CommandLine.Run("evaluate", folder["run"], "--metrics", "log-likelihood").IsRefused("log Z differs from row to row");
    }

    [Fact]
    public void A_row_that_leaves_too_much_unknown_is_named_before_anything_is_estimated()
    {
        string header = string.Join(',', Enumerable.Range(0, 60).Select(c => $"c{c}")), zeros = string.Join(',', new int[60]);
        File.WriteAllText(folder["wide.csv"], $"{header}\n{zeros}\n{new string(',', 59)}\n");
        CommandLine.Succeed("train", "rbm", "--data", folder["wide.csv"], "--hidden", "40", "--epochs", "1", "--validation-rows", "0",
            "--missing", "unknown", "--quiet", "--out", folder["run"]);
        CommandLine.Run("evaluate", folder["run"], "--metrics", "log-likelihood")
            .IsRefused("wide.csv: row 2 leaves more unknown than can be summed over");
    }

    [Fact]
    public void Rows_of_which_none_is_complete_are_learned_without_metrics()
    {
        File.WriteAllText(folder["none.csv"], "a,b,c\n" + string.Concat(Enumerable.Repeat("0,,1\n1,0,\n,1,1\n1,,0\n", 20)));
        Assert.Contains("there are no metrics without complete rows",
            CommandLine.Succeed(Train("none", "none.csv", "--missing", "absent")).Error);
        string[] lines = File.ReadAllLines(Path.Combine(folder["none"], "metrics.csv"));
        int error = Array.FindIndex(lines[0].Split(','), column => column.StartsWith("reconstruction-error", StringComparison.Ordinal));
        Assert.All(lines.Skip(1), line => Assert.False(double.TryParse(line.Split(',')[error], out double value)
            && double.IsFinite(value)));
        Assert.True(File.Exists(Path.Combine(folder["none"], "report.html")));
        CommandLine.Run(Train("held", "none.csv", "--missing", "absent", "--validation-rows",
            "8")).IsRefused("none of the 8 rows set apart");
    }

    [Theory, InlineData("standardize", "gaussian"), InlineData("min-max", "bernoulli"), InlineData("none", "gaussian")]
    public void Columns_are_scaled_by_the_values_that_are_there(string scale, string units)
    {
        File.WriteAllText(folder["wide.csv"], "a,b\n" + string.Concat(Enumerable.Repeat("10,\n,-3.5\n12,-2\n11,-4\n", 12)));
        CommandLine.Succeed(Train(scale + units, "wide.csv", "--missing", "unknown", "--scale", scale, "--visible-units", units));
    }

    [Fact]
    public void Spins_may_be_missing()
    {
        File.WriteAllText(folder["spins.csv"], "a,b\n" + string.Concat(Enumerable.Repeat("-1,\n,1\n-1,-1\n1,1\n", 12)));
        CommandLine.Succeed(Train("spins", "spins.csv", "--missing", "absent", "--visible-units", "spin"));
        File.WriteAllText(folder["other.csv"], "a,b\n-1,\n,1\n-1,-7\n");
        CommandLine.Run(Train("other", "other.csv", "--missing", "absent", "--visible-units",
            "spin")).IsRefused("-7 is not a valid spin");
    }

    [Fact]
    public void Arrays_have_NaN_where_a_value_is_missing()
    {
        double[,] values = { { 0, 1 }, { double.NaN, 1 }, { 1, double.NaN }, { 1, 0 }, { 0, 0 }, { 1, 1 } };
        NpyWriter.Write(folder["gaps.npy"], Matrix.From(values));
        CommandLine.Run(Train("refused", "gaps.npy")).IsRefused("row 2, column 1 is NaN");
        Assert.Contains("2 of 6 rows have absent entries", CommandLine.Succeed(Train("array", "gaps.npy", "--missing", "absent")).Error);
    }

    [Fact]
    public void What_can_have_no_gaps_is_not_asked_for_them()
    {
        CommandLine.Run(Train("set", "digits", "--missing", "absent")).IsRefused("digits: nothing can be missing in it");
        File.WriteAllText(folder["empty.csv"], "a,b\n1,\n0,\n1,\n");
        CommandLine.Run(Train("empty", "empty.csv", "--missing", "absent")).IsRefused("column 'b' has no value in any row");
    }

    [Theory, InlineData("absent"), InlineData("unknown")]
    public void A_block_is_missing_as_a_whole(string missing)
    {
        File.WriteAllText(folder["blocks.csv"], "a,b,c,d\n" + string.Concat(Enumerable.Repeat("1,0,,\n,,0,1\n0,1,0,1\n1,0,1,0\n", 12)));
        string[] units = ["--missing", missing, "--visible-units", "multinomial", "--categories", "2"];
        CommandLine.Succeed(Train(missing, "blocks.csv", units));
        File.WriteAllText(folder["cut.csv"], "a,b,c,d\n1,0,0,1\n0,1,,1\n");
        CommandLine.Run(Train("cut", "cut.csv", units)).IsRefused("row 2, columns 3-4 are one block of multinomial units, of "
            + "which 1 column has no value");
        Assert.False(Directory.Exists(folder["cut"]));
    }

    [Theory]
    [InlineData("dbm", "absent"), InlineData("dbm", "unknown"), InlineData("dbn", "absent"), InlineData("dbm --method mp", "absent")]
    public void Deep_machines_learn_from_rows_with_gaps(string kind, string missing)
    {
        string[] words = kind.Split(' ');
        CommandLine.Succeed(["train", .. words, "--data", folder["gaps.csv"], "--missing", missing, "--visible-units",
            words.Length > 1 ? "bernoulli" : "spin", "--binarize", words.Length > 1 ? "threshold" : "none", "--scale",
            words.Length > 1 ? "min-max" : "none", "--hidden", "4", "2", "--epochs", "5", "--validation-rows", "0", "--out",
            folder["deep"]]);
        Assert.True(File.Exists(Path.Combine(folder["deep"], "report.html")));
    }

    [Fact]
    public void Unknown_entries_are_refused_where_what_is_learned_would_depend_on_them()
    {
        CommandLine.Run("train", "dbn", "--data", folder["gaps.csv"], "--missing", "unknown", "--visible-units", "spin", "--hidden", "4",
            "2", "--out", folder["dbn"]).IsRefused("unknown entries");
        string[] labelled = ["train", "classification-rbm", "--data", folder["gaps.csv"], "--label-column", "c", "--visible-units", "spin",
            "--hidden", "4", "--epochs", "5", "--validation-rows", "0"];
        CommandLine.Run([.. labelled, "--missing", "unknown", "--out", folder["crbm"]]).IsRefused("--objective generative");
        Assert.False(Directory.Exists(folder["dbn"]) || Directory.Exists(folder["crbm"]));
        CommandLine.Succeed([.. labelled, "--missing", "absent", "--out", folder["absent"]]);
        CommandLine.Succeed([.. labelled, "--missing", "unknown", "--objective", "generative", "--out", folder["generative"]]);
    }

    [Theory, InlineData("absent"), InlineData("unknown")]
    public void Rows_with_gaps_are_judged_as_the_library_judges_them(string missing)
    {
        CommandLine.Succeed(Train(missing, "gaps.csv", "--missing", missing, "--visible-units", "spin"));
        MissingValues meaning = Enum.Parse<MissingValues>(missing, ignoreCase: true);
        var model = ModelFile.LoadRbm(Path.Combine(folder[missing], "model.safetensors"), Placement.Default.Double);
        Matrix rows = CsvDataset.Read(folder["gaps.csv"], null, meaning).ToMatrix(Placement.Default.Double);
        // The data of the training, and what gaps in them stood for there.
        foreach (string[] data in (string[][])[[], ["--data", folder["gaps.csv"], "--missing", missing]])
        {
            JsonNode json = CommandLine.Succeed(["evaluate", folder[missing], .. data, "--metrics", "log-likelihood", "free-energy",
                "pseudo-likelihood", "--json"]).Json;
            Assert.Equal(Exact.LogLikelihood(model, rows, meaning).Mean, (double)json["log_likelihood"]!["mean"]!, 1e-9);
            Assert.Equal(FreeEnergy.PerRow(model, rows, meaning).PerRow[1], (double)json["free_energy"]![1]!, 1e-9);
            Assert.Equal(PseudoLikelihood.PerRow(model, rows, meaning).Mean, (double)json["pseudo_likelihood"]!["mean"]!, 1e-9);
        }
        Assert.Contains("log-likelihood", CommandLine.Succeed("evaluate", folder[missing]).Output);
        CommandLine.Run("evaluate", folder[missing], "--metrics", "reconstruction").IsRefused("without gaps; for these expected "
            + "free-energy");
        File.Copy(folder["gaps.csv"], folder["others.csv"]);
        CommandLine.Run("evaluate", folder[missing], "--data", folder["others.csv"]).IsRefused("is empty");
    }

    [Fact]
    public void Averages_over_the_rows_that_have_a_unit_are_for_absent_ones()
    {
        CommandLine.Run(Train("refused", "gaps.csv", "--missing", "unknown", "--average-present")).IsRefused("--missing absent");
        CommandLine.Succeed(Train("averaged", "gaps.csv", "--missing", "absent", "--visible-units", "spin", "--average-present"));
        string judged = CommandLine.Succeed(["evaluate", folder["averaged"], "--data", folder["whole.csv"], "--metrics", "log-likelihood",
            "--json"]).Output;
        Assert.InRange((double)JsonNode.Parse(judged)!["log_likelihood"]!["mean"]!, -1.7, -2 * Math.Log(2));
    }

    string[] Train(string run, string data, params string[] more) =>
    [
        "train", "rbm", "--data", data == "digits" ? data
            : folder[data], "--hidden", "4", "--epochs", "60", "--learning-rate", "0.2", "--batch-size", "8",
        .. more.Contains("--validation-rows") ? Array.Empty<string>() : ["--validation-rows", "0"], "--out", folder[run], .. more,
    ];
}
