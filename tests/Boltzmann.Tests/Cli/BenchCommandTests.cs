using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Boltzmann.Cli.Benchmarks;

namespace Boltzmann.Tests.Cli;

/// <summary>bench on a small part of its cases: what it refuses, and the schema of what it writes. Times are not judged.</summary>
public sealed class BenchCommandTests : IDisposable
{
    const string Small = "cd-1 784x256x10";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_text_that_is_in_no_name_is_refused_with_the_names()
    {
        CommandLine refused = CommandLine.Run("bench", "--cases", "cd-1", "teleport").IsRefused("'teleport'");
        Assert.Contains("CD-1 784x1024x10 dense, ", refused.Error);
        Assert.Contains("fine-tune 784x1024x128 skipped", refused.Error);
        Assert.Contains("two-processes, busy-thread", refused.Error);
    }

    [Theory]
    [InlineData("bench --operations upwards", "there are gather, up, ")]
    [InlineData("bench --operations up --shape 784x1024", "'784x1024' is not VISIBLExHIDDENxBATCH")]
    [InlineData("bench --shape 784x1024x10", "--operations")]
    [InlineData("bench --operations up --cases grid", "exclude each other")]
    [InlineData("bench --rounds 0", "--rounds must be a whole number")]
    [InlineData("bench --out no/such/folder/page.md", "its folder does not exist")]
    public void What_cannot_be_measured_is_refused_in_a_line(string arguments, string because) =>
        CommandLine.Run(arguments.Split(' ')).IsRefused(because);

    [Fact]
    public void A_short_run_writes_a_page_and_a_document_that_the_next_one_compares_with()
    {
        CommandLine run = CommandLine.Succeed("bench", "--cases", Small, "--rounds", "1", "--threads", "2", "--json", "--out",
            folder["page.md"]);
        JsonNode json = run.Json;
        foreach (string name in (string[])["cpu", "fma_peak", "one_thread_peak", "threads", "ping_pong", "vector_bits",
            "runtime", "data", "repeats", "processes", "notes"])
            Assert.True(json.AsObject().ContainsKey(name), name);
        Assert.Null(json["nearest_neighbors"]);
        HasPlainNames(json);
        JsonArray cases = json["cases"]!.AsArray();
        Assert.Equal(["CD-1 784x256x10 skipped 2 threads", "CD-1 784x256x10 skipped 1 thread"],
            cases.Select(c => c!["name"]!.GetValue<string>()));
        JsonObject both = cases[0]!.AsObject();
        Assert.Equal(["name", "step", "visible", "hidden", "batch", "precision", "zeros", "visible_units", "vector_bits", "threads",
            "step_time", "rate", "peak", "fraction_of_peak", "over_one_thread", "exchange_before", "exchange_after",
            "disturbed_visits", "is_disturbed", "visits"], both.Select(p => p.Key));
        Assert.InRange(both["visits"]!.AsArray().Count, 1, 1 + BenchRounds.MostRepeats);
        string page = File.ReadAllText(folder["page.md"]);
        Assert.Contains("over one thread", page);
        Assert.Contains("exchange [ns]", page);

        File.WriteAllText(folder["before.json"], run.Output);
        CommandLine next = CommandLine.Succeed("bench", "--cases", $"{Small} skipped 1 thread", "--rounds", "1", "--threads", "2",
            "--quiet", "--compare", folder["before.json"]);
        Assert.Contains("before [ms]", next.Output);
        Assert.DoesNotContain("Only in", next.Output);
        Assert.DoesNotContain("Not in", next.Output);
    }

    [Fact]
    public void Machines_with_memory_are_timed_by_steps_learned_a_second()
    {
        CommandLine run = CommandLine.Succeed("bench", "--cases", "dybm", "--threads", "2", "--json");
        JsonArray learned = run.Json["sequences"]!.AsArray();
        Assert.Equal(["dybm 2 threads", "dybm 1 thread"], learned.Select(s => s!["name"]!.GetValue<string>()));
        Assert.All(learned, s => Assert.InRange(s!["learned"]!.GetValue<double>(), 1, double.MaxValue));
        HasPlainNames(run.Json);
        File.WriteAllText(folder["before.json"], run.Output);
        CommandLine next = CommandLine.Succeed("bench", "--cases", "dybm 1 thread", "--threads", "2", "--quiet", "--compare",
            folder["before.json"]);
        Assert.Matches("dybm 1 thread: .* steps learned a second \\(before .*, ratio .*\\)", next.Output);
    }

    [Fact]
    public void Operations_are_timed_by_name()
    {
        JsonNode json = CommandLine.Succeed("bench", "--operations", "update", "up", "--shape", "33x17x3", "--rounds", "1", "--threads",
            "1", "--json", "--quiet", "--out", folder["page.md"]).Json;
        JsonArray operations = json["operations"]!.AsArray();
        Assert.Equal(["up 33x17x3 dense 1 thread", "update 33x17x3 dense 1 thread", "up 33x17x3 skipped 1 thread",
            "update 33x17x3 skipped 1 thread"], operations.Select(o => o!["name"]!.GetValue<string>()));
        foreach (string name in (string[])["best", "median", "rate", "fraction_of_peak", "exchange_before", "exchange_after"])
            Assert.True(operations[0]!.AsObject().ContainsKey(name), name);
        HasPlainNames(json);
        Assert.Contains("33x17x3", File.ReadAllText(folder["page.md"]));
        File.WriteAllText(folder["before.json"], json.ToJsonString());
        Assert.Contains("before [ms]", CommandLine.Succeed("bench", "--operations", "up", "--shape", "33x17x3", "--rounds", "1",
            "--threads", "1", "--quiet", "--compare", folder["before.json"]).Output);
    }

    // What a number is measured in stands once, under units, and not in its name.
    static void HasPlainNames(JsonNode json)
    {
        JsonObject units = json["units"]!.AsObject();
        string[] numbers = [.. Numbers(json).Distinct()];
        Assert.DoesNotContain(numbers, name => Regex.IsMatch(name, "_(ms|ns|s|gflops)$"));
        foreach (string name in (string[])["fma_peak", "one_thread_peak", "ping_pong_median", "exchange_before", "rate", "peak_after"])
            Assert.Contains(name, units.Select(unit => unit.Key));
        Assert.Empty(numbers.Except(units.Select(unit => unit.Key)).Except(["threads", "vector_bits", "repeats", "visible", "hidden",
            "upper", "batch", "fraction_of_peak", "over_one_thread", "ratio", "disturbed_visits"]));

        static IEnumerable<string> Numbers(JsonNode? node) => node switch
        {
            JsonObject map => map.SelectMany(pair =>
                pair.Value is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? [pair.Key]
                    : Numbers(pair.Value)),
            JsonArray list => list.SelectMany(Numbers),
            _ => [],
        };
    }

    [Fact]
    public void A_companion_works_beside_its_program_and_ends_with_it()
    {
        using var companion = Companion.Start(1, CoreDistance.Measured, seed: 1, default);
        companion.Begin(Companion.Steps, 0.05);
        Assert.InRange(companion.End(), 1e-9, double.MaxValue);
        companion.Begin(Companion.Spin, 0.01);
        Assert.Equal(0, companion.End());
    }

    [Fact]
    public void A_companion_is_ended_by_an_interruption()
    {
        using var interruption = new CancellationTokenSource();
        using var companion = Companion.Start(1, CoreDistance.Measured, seed: 1, interruption.Token);
        companion.Begin(Companion.Spin, 30);
        interruption.Cancel();
        Assert.Throws<OperationCanceledException>(() => companion.End());
    }
}
