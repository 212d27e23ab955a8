using System.Text.Json.Nodes;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>boltzmann search for clauses.</summary>
public sealed class ClauseCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Write(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    [Fact]
    public void A_formula_is_satisfied_and_its_solution_written()
    {
        string formula = Write("f.cnf", "p cnf 3 3\n1 -2 0\n2 3 0\n-1 -3 0\n");
        CommandLine words = CommandLine.Succeed("search", formula, "--out", folder["f.sol"]);
        Assert.Contains("f.cnf (cnf): sat, 3 variables, 3 clauses", words.Output + words.Error);
        Assert.Contains("3 of 3 hold", words.Output);
        Assert.Contains("every constraint holds", words.Output);
        Assert.Contains("s SATISFIABLE\nv ", File.ReadAllText(folder["f.sol"]));

        JsonNode json = CommandLine.Succeed("search", formula, "--json", "--require").Json;
        Assert.Equal("satisfied", json["status"]!.GetValue<string>());
        Assert.Equal("focused", json["method"]!.GetValue<string>());
        Assert.Equal(3, json["problem"]!["clauses"]!.GetValue<int>());
        Assert.True(json["feasible"]!.GetValue<bool>());
        Assert.Equal(("violated clauses", "minimise", 0.0), (json["objective"]!["name"]!.GetValue<string>(),
            json["objective"]!["sense"]!.GetValue<string>(), json["objective"]!["value"]!.GetValue<double>()));
        JsonNode satisfied = json["satisfied"]!;
        string[] keys = ["constraints", "of", "weight", "of_weight"];
        Assert.Equal([3.0, 3, 3, 3], keys.Select(key => satisfied[key]!.GetValue<double>()));
        Assert.Empty(json["violated"]!.AsArray());
    }

    [Fact]
    public void What_cannot_be_satisfied_is_not_said_to_be()
    {
        string formula = Write("no.cnf", "p cnf 2 5\n1 2 0\n-1 2 0\n1 -2 0\n-1 -2 0\n1 0\n");
        JsonNode json = CommandLine.Succeed("search", formula, "--sweeps", "2000", "--json").Json;
        Assert.Equal("sweeps", json["status"]!.GetValue<string>());
        Assert.Equal(1, json["energy"]!.GetValue<double>());
        Assert.False(json["feasible"]!.GetValue<bool>());
        Assert.Equal(4, json["satisfied"]!["constraints"]!.GetValue<int>());
        JsonNode violated = Assert.Single(json["violated"]!.AsArray())!;
        Assert.StartsWith("clause ", violated["name"]!.GetValue<string>());
        Assert.Equal((1.0, 1.0, true), (violated["amount"]!.GetValue<double>(), violated["energy"]!.GetValue<double>(),
            violated["hard"]!.GetValue<bool>()));
        Assert.Empty(CommandLine.Succeed("search", formula, "--sweeps", "2000", "--violations", "0", "--json").Json["violated"]!.AsArray());
        Assert.Equal(3, CommandLine.Run("search", formula, "--sweeps", "2000", "--require").Code);
        Assert.Equal("proved", CommandLine.Succeed("search", formula, "--method", "exact", "--json").Json["status"]!.GetValue<string>());
    }

    [Fact]
    public void Enough_of_the_weight_is_enough_while_hard_clauses_hold()
    {
        string wishes = Write("w.wcnf", "h 1 2 0\nh -1 -2 0\n3 1 0\n4 2 0\n");
        JsonNode json = CommandLine.Succeed("search", wishes, "--satisfied", "0.5", "--json").Json;
        Assert.Equal("satisfied", json["status"]!.GetValue<string>());
        Assert.True(json["feasible"]!.GetValue<bool>());
        Assert.Equal(3, json["objective"]!["value"]!.GetValue<double>());
        Assert.Contains("enough of the clauses hold", CommandLine.Succeed("search", wishes, "--satisfied", "0.5").Output);
        CommandLine.Run("search", wishes, "--satisfied", "1.5").IsRefused("--satisfied 1.5: expected a share of the weight, 0 to 1");
        CommandLine.Run("search", Write("ring.txt", "2 1\n1 2\n"), "--satisfied", "1").IsRefused("is for clauses and constraints");
        CommandLine.Run("search", Write("bad.cnf", "p cnf 2 2\n1 2 0\n")).IsRefused(
            "line 2: the header states 2 clauses, but the file ends after 1");
    }
}
