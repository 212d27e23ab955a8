using Boltzmann.Cli.Benchmarks;

namespace Boltzmann.Tests.Cli;

/// <summary>The cases of bench: each has a name of its own, and all threads stand beside one.</summary>
public sealed class BenchCaseTests
{
    [Theory, InlineData(2, 512), InlineData(2, 256), InlineData(1, 256), InlineData(8, 128)]
    public void Cases_have_names_of_their_own(int threads, int widest)
    {
        string[] names = [.. BenchCases.Standard(threads, widest).Select(bench => bench.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Every_case_is_taken_by_one_thread_as_well()
    {
        IReadOnlyList<BenchCase> cases = BenchCases.Standard(4, 512);
        Assert.All(cases.Where(bench => bench.Threads == 4), bench => Assert.Contains(bench with { Threads = 1 }, cases));
        Assert.All(BenchCases.Standard(1, 512), bench => Assert.Equal(1, bench.Threads));
    }

    [Fact]
    public void A_name_says_what_the_case_is()
    {
        string[] names = [.. BenchCases.Standard(2, 512).Select(bench => bench.Name)];
        Assert.Contains("CD-1 784x1024x10 dense 2 threads", names);
        Assert.Contains("CD-1 784x1024x1 skipped 1 thread", names);
        Assert.Contains("PCD-1 784x1024x100 skipped 2 threads", names);
        Assert.Contains("CD-1 784x1024x1000 dense 1 thread", names);
        Assert.Contains("CD-1 3072x5000x100 gaussian dense 2 threads", names);
        Assert.Contains("CD-1 784x1024x100 dense float64 2 threads", names);
        Assert.Contains("CD-1 784x1024x100 dense 256 bits 2 threads", names);
        Assert.Contains("fine-tune 784x1024x128 dense 2 threads", names);
        Assert.Contains("DBM 784x512-1024x100 skipped 2 threads", names);
        Assert.Contains("encode 784x1024x10000 skipped 2 threads", names);
        Assert.Contains("AIS 784x500x1000 skipped 2 threads", names);
    }

    [Theory]
    [InlineData("CD-1 784x1024x10 dense 2 threads", "cd-1 784x1024x10", true)]
    [InlineData("CD-1 784x1024x100 dense 2 threads", "cd-1 784x1024x10", false)]
    [InlineData("CD-1 784x1024x100 dense 2 threads", "784x1024", true)]
    [InlineData("PCD-1 784x1024x10 skipped 2 threads", "cd-1 784x1024x10", false)]
    [InlineData("PCD-1 784x1024x10 skipped 2 threads", "PCD-1", true)]
    [InlineData("CD-1 784x1024x10 dense 1 thread", "784×1024×10", true)]
    [InlineData("CD-1 784x1024x10 dense 1 thread", "1 thread", true)]
    [InlineData("CD-1 784x1024x10 dense 12 threads", "2 threads", false)]
    [InlineData("fine-tune 784x1024x128 dense 2 threads", "fine", true)]
    [InlineData("fine-tune 784x1024x128 dense 2 threads", "tun", false)]
    [InlineData("fine-tune 784x1024x128 dense 2 threads", "", false)]
    public void Texts_choose_names_that_hold_them(string name, string text, bool isChosen) =>
        Assert.Equal(isChosen, new CaseFilter([text]).Takes(name));

    [Fact]
    public void No_text_chooses_everything() => Assert.True(new CaseFilter([]).Takes("CD-1 784x1024x10 dense 2 threads"));

    [Theory]
    [InlineData("784x1024x10", true)]
    [InlineData("784×1024×10", true)]
    [InlineData("784x1024", false)]
    [InlineData("784x1024x0", false)]
    [InlineData("784x-1x10", false)]
    [InlineData("784xmanyx10", false)]
    [InlineData("784x1024x10x1", false)]
    [InlineData("784x1024x9999999", false)]
    public void Shapes_are_three_numbers(string text, bool isShape)
    {
        Assert.Equal(isShape, BenchShape.TryParse(text, out BenchShape shape));
        if (isShape) Assert.Equal(new BenchShape(784, 1024, 10), shape);
    }

    [Fact]
    public void Operations_have_names_of_their_own_and_all_can_be_called()
    {
        Assert.Equal(OperationSet.Names.Count, OperationSet.Names.Distinct().Count());
        var set = new OperationSet(new(31, 17, 3), new Placement(new CpuBackend(1), Precision.Float32));
        foreach (string name in OperationSet.Names) set.Find(name)();
    }
}
