using Boltzmann.Cli.Benchmarks;

namespace Boltzmann.Tests.Cli;

/// <summary>Runs of bench that were saved, set beside others; files of 0.1.0 too.</summary>
public sealed class BenchBaselineTests : IDisposable
{
    // As 0.1.0 wrote it.
    const string First = """
        { "cpu": "Some CPU", "fma_peak_gflops": 204.3, "threads": 2, "ping_pong_ns": 110, "nearest_neighbors_s": 14,
          "grid_spins_per_s": 4e8, "vector_bits": 512, "runtime": ".NET 10.0.1", "data": "digits", "cases": [
            { "step": "CD-1", "visible": 784, "hidden": 1024, "batch": 10, "precision": "float32", "zeros": "dense",
              "visible_units": "bernoulli", "vector_bits": 512, "threads": 2, "step_ms": 0.5, "gflops": 1, "peak_gflops": 2,
              "fraction_of_peak": 0.5 },
            { "step": "CD-1", "visible": 784, "hidden": 1024, "batch": 100, "precision": "float32", "zeros": "dense",
              "visible_units": "bernoulli", "vector_bits": 256, "threads": 2, "step_ms": 4, "gflops": 1, "peak_gflops": 2,
              "fraction_of_peak": 0.5 },
            { "step": "DBM", "visible": 784, "hidden": 512, "upper": 1024, "batch": 100, "precision": "float32", "zeros": "skipped",
              "visible_units": "bernoulli", "vector_bits": 512, "threads": 1, "step_ms": 30, "gflops": 1, "peak_gflops": 2,
              "fraction_of_peak": 0.5 },
            { "step": "walk", "visible": 1, "hidden": 1, "batch": 1, "precision": "float32", "zeros": "dense",
              "visible_units": "bernoulli", "vector_bits": 512, "threads": 1, "step_ms": 1 } ] }
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    BenchBaseline Read(string text)
    {
        File.WriteAllText(folder["before.json"], text);
        return BenchBaseline.Read(folder["before.json"]);
    }

    [Fact]
    public void Files_of_the_first_version_are_read()
    {
        BenchBaseline before = Read(First);
        Assert.Equal(0.5, before.Find("CD-1 784x1024x10 dense 2 threads"));
        Assert.Equal(4, before.Find("CD-1 784x1024x100 dense 256 bits 2 threads"));
        Assert.Equal(30, before.Find("DBM 784x512-1024x100 skipped 1 thread"));
        Assert.Null(before.Find("CD-1 784x1024x10 dense 1 thread"));
        Assert.Equal(14, before.Neighbors);
        Assert.Equal(4e8, before.Spins);
        Assert.Equal(["CD-1 784x1024x100 dense 256 bits 2 threads", "DBM 784x512-1024x100 skipped 1 thread", "walk"],
            before.Except(["CD-1 784x1024x10 dense 2 threads"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Another_machine_is_named()
    {
        BenchBaseline before = Read(First);
        Assert.Null(before.Difference(new("Some CPU", 2, 512, ".NET 10.0.1", null)));
        string words = before.Difference(new("Other CPU", 4, 256, ".NET 10.0.2", null))!;
        Assert.EndsWith("Some CPU instead of Other CPU, 2 instead of 4 threads, Vector512 instead of Vector256, .NET 10.0.1 instead of "
            + ".NET 10.0.2", words);
    }

    [Fact]
    public void Times_stand_beside_each_other()
    {
        Assert.Equal(["0.500", "0.80"], BenchText.Compared(0.4, 0.5));
        Assert.Equal(["–", "–"], BenchText.Compared(0.4, null));
    }

    [Theory]
    [InlineData("step_ms 0.5", "is not JSON")]
    [InlineData("", "is not JSON")]
    [InlineData("[1, 2]", "has neither cases nor operations")]
    [InlineData("{}", "has neither cases nor operations")]
    [InlineData("""{ "cases": [] }""", "does not hold what bench")]
    [InlineData("""{ "cpu": 1, "threads": 2, "vector_bits": 256, "runtime": "", "cases": [] }""", "does not hold what bench")]
    [InlineData("""{ "cpu": "", "threads": 2, "vector_bits": 256, "runtime": "", "cases": [1] }""", "does not hold what bench")]
    [InlineData("""{ "cpu": "", "threads": 2, "vector_bits": 256, "runtime": "", "cases": 1 }""", "does not hold what bench")]
    [InlineData("""{ "cpu": "", "threads": 2.5, "vector_bits": 256, "runtime": "", "cases": [] }""", "does not hold what bench")]
    public void What_bench_did_not_write_is_refused_before_anything_is_measured(string text, string because)
    {
        File.WriteAllText(folder["before.json"], text);
        CommandLine.Run("bench", "--compare", folder["before.json"]).IsRefused($"before.json: {because}");
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        CommandLine.Run("bench", "--compare", folder["none.json"]).IsRefused("none.json: no such file");

    [Fact]
    public void A_folder_is_refused() => CommandLine.Run("bench", "--compare", folder["."]).IsRefused("cannot be read");
}
