using Boltzmann.Searching;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>Every option of a search × everything that is searched × every method: what can do nothing is refused in a line.</summary>
public sealed class UselessSearchOptionTests : IDisposable
{
    const string Tempering = "tempering", Annealing = "annealing", Population = "population", Focused = "focused", Descent = "descent",
        Exact = "exact";

    // Sorts of what is searched, and what they are made of.
    const string Graph = "graph", Spins = "spins", Several = "several", Formula = "formula", Wishes = "wishes", Rota = "rota",
        Queens = "queens", Map = "map", Model = "model";

    static readonly string[] problems = [Graph, Spins, Several, Formula, Wishes, Rota, Queens, Map],
        constraints = [Rota, Queens, Map], hard = [Formula, Rota, Queens, Map], methods = [.. SearchMethods.Names.Where(name =>
            name != "auto")];

    // What a method serves: focused flips variables of clauses.
    static bool Serves(string method, string subject) => subject == Model ? method == Tempering
        : method != Focused || subject is Formula or Wishes;

    /// <summary>Options that need nothing else, the subjects and the methods that they are for.</summary>
    public static TheoryData<string, string[], string[]> Options => new()
    {
        { "--seconds 5", [.. problems, Model], methods },
        { "--stalled 5", [.. problems, Model], methods },
        { "--target 1", [Graph, Spins, Several, Formula, Wishes, Rota], methods },
        { "--satisfied 0.5", [Formula, Wishes, Rota], methods },
        { "--violations 3", [Formula, Wishes, .. constraints], methods },
        { "--require", hard, methods },
        { "--require --target 100", [Graph, Spins, Several, Formula, Wishes, Rota], methods },
        { "--temperatures 4", problems, [Tempering] },
        { "--betas 0.1 5", problems, [Tempering, Annealing, Focused] },
        { "--cluster-moves", [Graph, Spins, Several], [Tempering] },
        { "--cluster-moves --marginals", [], [] },
        { "--noise 0.1", [], [] },
        { "--chains 128", problems, [Tempering, Annealing, Population, Descent] },
        { "--schedule linear", problems, [Annealing] },
        { "--reheats 1", problems, [Annealing] },
        { "--penalty 2", [Rota, Queens, Map], methods },
        { "--blocks off", constraints, methods },
        { "--blocks on", constraints, [.. methods.Where(name => name != Exact)] },
        { "--start START", problems, methods },
        { "--clamp-file KNOWN", problems, methods },
        { "--temperature 2", [Graph, Spins, Several, Formula, Wishes, Model], [Population] },
        { "--marginals", [Graph, Spins, Several, Formula, Wishes], [Tempering, Population, Exact] },
        { "--marginals --temperature 2", [Graph, Spins, Several, Formula, Wishes], [Tempering, Population, Exact] },
        { "--marginals --temperature 2", [.. constraints], [Tempering, Exact] },
        { "--marginals --penalty 2", [], [] },
        { "--marginals --solutions 2", [Graph, Spins, Several, Formula, Wishes], [Tempering, Population, Exact] },
        { "--marginals --betas 0.1 5", [], [] },
        { "--report REPORT", problems, methods },
        { "--checkpoint KEPT", [Graph, Spins, Several, Formula, Wishes], [Tempering, Annealing] },
        { "--resume KEPT", [], [] },
        { "--problem 1", [Several], methods },
        { "--vartype spin", [Spins], methods },
        { "--colours 3", [Map], methods },
        { "--data bars-and-stripes", [], [] },
        { "--rows 2", [], [] },
        { "--split test", [], [] },
        { "--image 4x4", [], [] },
    };

    readonly TemporaryFolder folder = new();
    int folders;

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Options))]
    public void An_option_does_something_or_is_refused(string words, string[] subjects, string[] by)
    {
        string option = words.Split(' ')[0];
        foreach (string subject in (string[])[.. problems, Model])
            foreach (string method in methods.Where(method => Serves(method, subject)))
            {
                if (subjects.Length > 0 && words.StartsWith("--marginals", StringComparison.Ordinal)
                    && constraints.Contains(subject) != constraints.Contains(subjects[0])) continue;
                string[] args = ["search", Open(subject), "--method", method, "--sweeps", "2", .. words.Split(' ')
                    .Select(word => Word(word, subject))];
                bool isUseful = subjects.Contains(subject) && (by.Contains(method) || (subject == Model && option == "--temperature"));
                CommandLine run = CommandLine.Run(args);
                if (!isUseful)
                    Assert.Contains(words.Split(' ').Where(word => word.StartsWith('-')), word => run.IsRefused().Error.Contains(word)
                        || (word == "--resume" && run.Error.Contains("no search to resume")));
                else Assert.True(run.Code is 0 or 3, $"{string.Join(' ', args)}: {run.Error}");
            }
    }

    [Theory]
    [InlineData("--method focused")]
    [InlineData("--temperatures 4 --method exact")]
    [InlineData("--schedule linear --method auto")]
    public void Methods_that_do_not_serve_are_named(string words) =>
        Assert.Contains("--", CommandLine.Run(["search", Open(Graph), .. words.Split(' ')]).IsRefused().Error);

    [Fact]
    public void What_auto_is_decides_which_options_it_takes()
    {
        CommandLine.Run("search", Open(Graph), "--temperatures", "4").IsRefused("is for --method tempering; auto is exact here");
        CommandLine.Run("search", Open(Formula), "--reheats", "2").IsRefused("is for --method annealing; auto is focused here");
        CommandLine.Succeed("search", Open(Formula), "--betas", "1", "5", "--sweeps", "2");
        CommandLine.Run("search", Open(Graph), "--method", "annealing", "--temperatures", "4")
            .IsRefused("--temperatures is for --method tempering, not annealing");
        CommandLine.Run("search", Open(Graph), "--penalty", "3").IsRefused("is for problems of constraints, not for graph.txt (rudy)");
        CommandLine.Run("search", Open(Queens), "--format", "cnf").IsRefused("queens:4 is known by name");
        CommandLine.Run("search", Open(Model), "--format", "cnf").IsRefused("--format is for files");
    }

    [Fact]
    public void A_conversion_takes_no_option_of_a_search()
    {
        foreach (string words in (string[])["--method tempering", "--clamp x1=1", "--sweeps 3", "--penalty 2", "--out b.csv",
            "--marginals"])
            CommandLine.Run(["search", Open(Graph), "--write", folder["w.qubo"], .. words.Split(' ')]).IsRefused("beside --write");
        Assert.False(File.Exists(folder["w.qubo"]));
        CommandLine.Succeed("search", Open(Graph), "--format", "rudy", "--write", folder["w.qubo"]);
        CommandLine.Run("search", Open(Model), "--write", folder["m.json"]).IsRefused("--write is for problems");
    }

    [Fact]
    public void Several_states_are_told_by_every_method_or_it_says_that_it_cannot()
    {
        foreach (string subject in (string[])[Graph, Spins])
            foreach (string method in methods.Where(method => Serves(method, subject)))
                Assert.True(CommandLine.Succeed("search", Open(subject), "--method", method, "--solutions", "2", "--sweeps", "300",
                    "--json").Json["solutions"]!.AsArray().Count == 2, $"{subject} {method}");
        // A chain of 40: exact without a look at all states.
        string chain = Write("chain.txt", "40 39\n" + string.Concat(Enumerable.Range(1, 39).Select(i => $"{i} {i + 1}\n")));
        CommandLine.Run("search", chain, "--method", "exact", "--solutions", "3").IsRefused("--method tempering tells several");
        Assert.Equal("tempering", CommandLine.Succeed("search", chain, "--solutions", "3", "--sweeps", "20", "--json").Json["method"]!
            .GetValue<string>());
        CommandLine.Run("search", Open(Rota), "--method", "exact", "--solutions", "3").IsRefused("--method tempering tells several");
    }

    [Fact]
    public void A_share_that_was_asked_for_and_is_missed_ends_with_code_3_where_it_is_required()
    {
        // One of the two wishes is granted, whose weights are 1 and 2.
        string wishes = Write("two.wcnf", "1 1 0\n2 -1 0\n");
        Assert.Equal(0, CommandLine.Run("search", wishes, "--satisfied", "0.6", "--require", "--sweeps", "9").Code);
        Assert.Equal(3, CommandLine.Run("search", wishes, "--satisfied", "0.7", "--require", "--sweeps", "9").Code);
    }

    string Word(string word, string subject) => word switch
    {
        "START" => Write("start.csv", $"{Known(subject)}\n"),
        "KNOWN" => Write("known.csv", $"name,value\n{Known(subject)}\n"),
        "REPORT" => folder["report"],
        "KEPT" => folder[$"kept{folders++}"],
        _ => word,
    };

    static string Known(string subject) => subject switch
    {
        Spins => "x0,1",
        Queens => $"{new Queens(4).Problem.NameOf(0)},0",
        Rota => "a,1",
        _ => "x1,1",
    };

    string Write(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    string Open(string subject) => subject switch
    {
        Graph => Write("graph.txt", "5 5\n1 2\n2 3\n3 4\n4 5\n5 1\n"),
        Spins => Write("spins.coo", "0 1 -1\n1 2 1\n# vartype=SPIN\n"),
        Several => Write("several.bqp", "1\n3 3\n1 2 4\n1 1 -2\n2 3 -1\n"),
        Formula => Write("formula.cnf", "p cnf 3 3\n1 -2 0\n2 3 0\n-1 -3 2 0\n"),
        Wishes => Write("wishes.wcnf", "1 1 2 0\n2 -1 0\n3 2 3 0\n1 -2 -3 0\n"),
        Rota => RotaFile(),
        Queens => "queens:4",
        Map => Write("map.col", "p edge 4 4\ne 1 2\ne 2 3\ne 3 1\ne 3 4\n"),
        _ => Trained(),
    };

    string RotaFile()
    {
        var problem = new Problem();
        Hypothesis a = problem.Add("a"), b = problem.Add("b"), c = problem.Add("c");
        problem.Maximise(2 * (Expression)a + 3 * (Expression)b);
        problem.Constrain(Constraint.AtMost(1, a, b), name: "one of both");
        problem.Constrain(Constraint.ExactlyOne(b, c), name: "one of these");
        problem.Constrain(Constraint.Clause(!a), 0.5, "a wants the day off");
        problem.Save(folder["rota.json"]);
        return folder["rota.json"];
    }

    string Trained()
    {
        if (!Directory.Exists(folder["run"]))
            CommandLine.Succeed("train", "rbm", "--data", "bars-and-stripes", "--hidden", "2", "--epochs", "1", "--quiet", "--out",
                folder["run"]);
        return folder["run"];
    }
}
