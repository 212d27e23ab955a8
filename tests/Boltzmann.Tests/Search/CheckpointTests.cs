using Boltzmann.Searching;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>Searches that stop and go on: the same bytes as without a stop.</summary>
public sealed class CheckpointTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    int folders;

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string, int> Cases()
    {
        var data = new TheoryData<string, string, int>();
        foreach (string method in (string[])["tempering", "tempering 2 groups", "tempering marginals", "tempering betas", "annealing",
            "annealing linear reheats", "annealing 4 groups"])
            foreach (string kind in (string[])["cut", "wide", "reals", "blocks", "clauses"]) data.Add(method, kind, kind.Length % 2 + 1);
        // Whose fields are kept from draw to draw.
        foreach (string method in (string[])["tempering", "annealing"])
            foreach (string kind in (string[])["dense", "dense reals"]) data.Add(method, kind, 2);
        return data;
    }

    static BinaryEnergy Energy(string kind)
    {
        if (kind == "clauses") return SmallFormulas.ThreeSat(60, 300, seed: 4, isPlanted: false);
        if (kind.StartsWith("dense", StringComparison.Ordinal))
            return SmallEnergies.Of(kind == "dense" ? "cut" : "reals", 300, seed: 7, density: 1);
        if (kind != "blocks") return SmallEnergies.Of(kind, 90, seed: 7, density: 0.1);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(40);
        for (int b = 0; b < 32; b += 4) builder.AddBlock(b, b + 1, b + 2, b + 3);
        var random = new Random(2);
        for (int k = 0; k < 150; k++)
        {
            int i = random.Next(40), j = random.Next(40);
            if (i / 4 != j / 4) builder.Add(i, j, random.Next(-5, 6));
        }
        return builder.Build();
    }

    static ISearchMethod Method(string method) => method switch
    {
        "tempering" => new Tempering(),
        "tempering 2 groups" => new Tempering { Groups = 2, Temperatures = 5 },
        "tempering marginals" => new Tempering { Temperature = 1.3 },
        "tempering betas" => new Tempering { Range = new(0.05, 4) },
        "annealing" => new Boltzmann.Searching.Annealing { Sweeps = 90 },
        "annealing linear reheats" => new Boltzmann.Searching.Annealing { Sweeps = 50, Reheats = 2, Schedule = AnnealingSchedule.Linear },
        _ => new Boltzmann.Searching.Annealing { Sweeps = 130, Groups = 4, Doubles = false },
    };

    SearchCheckpoint New() => new(folder[$"run{folders++}"]);

    [Theory, MemberData(nameof(Cases))]
    public void A_search_that_stops_and_goes_on_ends_in_the_same_bytes(string name, string kind, int threads)
    {
        BinaryEnergy energy = Energy(kind);
        SearchResult Run(long sweeps, SearchCheckpoint? checkpoint, int on) => Search.Best(energy, Method(name), new() { Sweeps = sweeps },
            seed: 5, new CpuBackend(on), solutions: 6, checkpoint: checkpoint);
        SearchResult whole = Run(701, null, threads);
        foreach (int[] stops in (int[][])[[1, 2, 3], [18, 18, 47, 130], [260, 533, 700], [701], [101, 250, 640, 701]])
        {
            SearchCheckpoint kept = New();
            foreach (int stop in stops)
            {
                SearchResult part = Run(stop, kept, 3 - threads);
                Assert.True(part.Sweeps >= stop);
                kept = kept with { Resumes = true };
            }
            Same(whole, Run(701, kept, threads));
        }
    }

    [Theory, InlineData("tempering"), InlineData("annealing")]
    public void A_stop_by_time_or_by_hand_is_gone_on_from(string name)
    {
        BinaryEnergy energy = SmallEnergies.Of("cut", 400, seed: 3, density: 0.05);
        foreach (bool isByHand in (bool[])[false, true])
        {
            SearchCheckpoint kept = New();
            using var hand = new CancellationTokenSource();
            if (isByHand) hand.CancelAfter(60);
            SearchResult first = Search.Best(energy, Method(name), new() { Seconds = isByHand ? null : 0.06, Cancellation = hand.Token },
                checkpoint: kept);
            Assert.Equal(isByHand ? SearchStatus.Interrupted : SearchStatus.Seconds, first.Status);
            var stop = new StopRule { Sweeps = first.Sweeps + 200 };
            SearchResult second = Search.Best(energy, Method(name), stop, checkpoint: kept with { Resumes = true });
            Same(Search.Best(energy, Method(name), stop), second);
            // Time before the stop counts.
            Assert.True(second.Seconds > 0.06);
        }
    }

    [Fact]
    public void It_is_written_while_the_search_goes_on()
    {
        SearchCheckpoint kept = New() with { Every = TimeSpan.Zero };
        BinaryEnergy energy = Energy("cut");
        Assert.Throws<TimeoutException>(() => Search.Best(energy, new Tempering(), new() { Sweeps = 100 }, checkpoint: kept,
            progress: run => { if (run.Sweeps == 60) throw new TimeoutException(); }));
        SearchResult second = Search.Best(energy, new Tempering(), new() { Sweeps = 100 }, checkpoint: kept with { Resumes = true });
        Same(Search.Best(energy, new Tempering(), new() { Sweeps = 100 }), second);
    }

    [Fact]
    public void Another_search_or_a_damaged_file_is_refused()
    {
        BinaryEnergy energy = Energy("cut");
        SearchCheckpoint kept = New();
        void Refused(string because, BinaryEnergy of, ISearchMethod method, ulong seed = 1, int solutions = 1)
        {
            string said = Assert.Throws<BadInputException>(() => Search.Best(of, method, new() { Sweeps = 20 }, seed, solutions: solutions,
                checkpoint: kept)).Message;
            Assert.Contains(because, said);
            Assert.DoesNotContain('\n', said);
        }
        Search.Best(energy, new Tempering(), new() { Sweeps = 10 }, 1, checkpoint: kept);
        Refused("holds a search already", energy, new Tempering());
        kept = kept with { Resumes = true };
        Refused("another problem", Energy("wide"), new Tempering());
        Refused("method tempering, not annealing", energy, new Boltzmann.Searching.Annealing());
        Refused("seed 1, not 2", energy, new Tempering(), seed: 2);
        Refused("chains 64, not 128", energy, new Tempering { Groups = 2 });
        Refused("temperatures unstated, not 5", energy, new Tempering { Temperatures = 5 });
        Refused("solutions 1, not 3", energy, new Tempering(), solutions: 3);
        byte[] whole = File.ReadAllBytes(kept.Path);
        var random = new Random(1);
        for (int k = 0; k < 300; k++)
        {
            byte[] bytes = k % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (k % 3 != 0)
            {
                int at = random.Next(k % 3 == 1 ? whole.Length : 4000);
                bytes[at] = (byte)(bytes[at] ^ (1 << random.Next(8)));
            }
            File.WriteAllBytes(kept.Path, bytes);
            Refused("search.safetensors", energy, new Tempering());
        }
        kept = New() with { Resumes = true };
        Refused("has no search to resume", energy, new Tempering());
        kept = New();
        Assert.Contains("are not resumed", Assert.Throws<ArgumentException>(() =>
            Search.Best(energy, new Boltzmann.Searching.Descent(), new() { Sweeps = 20 }, checkpoint: kept)).Message);
    }

    [Fact]
    public void The_command_goes_on_where_it_stopped()
    {
        File.WriteAllText(folder["g.txt"], "40 120\n" + string.Concat(Enumerable.Range(0, 120)
            .Select(k => $"{k % 40 + 1} {(k + 1 + k / 40 * 6) % 40 + 1} {k % 3 - 1}\n")));
        string[] search = ["search", folder["g.txt"], "--method", "tempering", "--json"];
        var whole = CommandLine.Succeed([.. search, "--sweeps", "400"]).Json;
        CommandLine.Succeed([.. search, "--sweeps", "150", "--checkpoint", folder["kept"]]);
        CommandLine.Run([.. search, "--sweeps", "200", "--checkpoint", folder["kept"]]).IsRefused("holds a search already");
        CommandLine.Succeed([.. search, "--sweeps", "230", "--checkpoint", folder["kept"], "--resume"]);
        var resumed = CommandLine.Succeed([.. search, "--sweeps", "400", "--resume", folder["kept"]]).Json;
        Assert.Equal(whole["solutions"]!.ToJsonString(), resumed["solutions"]!.ToJsonString());
        Assert.Equal(whole["ladder"]!.ToJsonString(), resumed["ladder"]!.ToJsonString());
        Assert.Equal(400, resumed["run"]!["sweeps"]!.GetValue<int>());
        CommandLine.Run([.. search, "--resume", folder["kept"], "--seed", "4"]).IsRefused("seed 1337, not 4");
        CommandLine.Run([.. search, "--resume", folder["none"]]).IsRefused("has no search to resume");
        CommandLine.Run([.. search, "--resume"]).IsRefused("needs the folder of a search");
        CommandLine.Run("search", "queens:4", "--checkpoint", folder["q"]).IsRefused("is for energies and clauses of files");
        CommandLine.Run("search", folder["g.txt"], "--method", "descent", "--checkpoint", folder["d"]).IsRefused("tempering or annealing");
        Assert.False(Directory.Exists(folder["q"]) || Directory.Exists(folder["d"]) || Directory.Exists(folder["none"]));
    }

    static void Same(SearchResult a, SearchResult b)
    {
        Assert.Equal((a.Status, a.Energy, a.Sweeps, a.Updates, a.Restarts, a.Reheats),
            (b.Status, b.Energy, b.Sweeps, b.Updates, b.Restarts, b.Reheats));
        Assert.Equal(a.Assignment, b.Assignment);
        Assert.Equal(a.Trace.Select(t => t with { Seconds = 0 }), b.Trace.Select(t => t with { Seconds = 0 }));
        Assert.Equal(a.Ladder, b.Ladder);
        Assert.Equal(a.Solutions.Select(s => (s.Energy, s.Chains, Convert.ToHexString(s.Assignment))),
            b.Solutions.Select(s => (s.Energy, s.Chains, Convert.ToHexString(s.Assignment))));
        Assert.Equal(a.Marginals?.Means, b.Marginals?.Means);
        Assert.Equal(a.Marginals?.StandardErrors, b.Marginals?.StandardErrors);
    }
}
