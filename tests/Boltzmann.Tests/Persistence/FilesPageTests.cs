using System.Globalization;
using System.Runtime.CompilerServices;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests;

/// <summary>The example of docs/files.md: Golden/python-dbm.safetensors is the file that it wrote.</summary>
public sealed class FilesPageTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_library_writes_the_bytes_that_the_example_writes()
    {
        Placement place = Placement.Default.Double;
        var model = new Dbm(new BernoulliLayer(4, place), new BernoulliLayer(3, place), new BernoulliLayer(2, place));
        foreach (Parameter parameter in model.Parameters)
            for (int k = 0; k < parameter.Value.Rows * parameter.Value.Columns; k++)
                parameter.Value[k / parameter.Value.Columns, k % parameter.Value.Columns] = parameter.IsWeight ? (k * 5 % 7 - 3) / 2.0
                    : (k % 3 - 1) / 2.0;
        ModelFile.Save(folder["dbm.safetensors"], model);
        GoldenFile.Check("python-dbm.safetensors", File.ReadAllBytes(folder["dbm.safetensors"]));
    }

    [Fact]
    public void What_the_example_prints_is_what_evaluate_finds()
    {
        File.WriteAllBytes(folder["rows.npy"], NpyBytes.Of([.. Enumerable.Range(0,
            16).Select(r => Enumerable.Range(0, 4).Select(i => (double)(r >> (3 - i) & 1)).ToArray())]));
        var json = CommandLine.Succeed("evaluate", Path.Combine(Tests(), "Golden", "python-dbm.safetensors"), "--data", folder["rows.npy"],
            "--metrics", "log-partition", "log-likelihood", "--json").Json;
        string printed = string.Create(CultureInfo.InvariantCulture, $"log Z {json["log_partition"]!["value"]!.GetValue<double>():F9}, "
            + $"mean log p(v) {json["log_likelihood"]!["mean"]!.GetValue<double>():F9}");
        Assert.Contains($"It prints `{printed}`", File.ReadAllText(Path.Combine(Tests(), "..", "..", "docs", "files.md")));
    }

    [Fact]
    public void The_page_names_every_kind_of_model_and_of_units()
    {
        string page = File.ReadAllText(Path.Combine(Tests(), "..", "..", "docs", "files.md"));
        Assert.All(ModelKind.All, kind => Assert.Contains($"| `{kind.Name}`", page));
        Assert.All(LayerKinds.BuiltIn, units => Assert.Contains(units, page));
        Assert.All(Head.Kinds, head => Assert.Contains(head, page));
    }

    static string Tests([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, ".."));
}
