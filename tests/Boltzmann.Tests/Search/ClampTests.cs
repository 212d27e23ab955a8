using System.Text.Json.Nodes;
using Boltzmann.Searching;
using Boltzmann.Tests.Cli;
using Boltzmann.Tests.Searching.Problems;

namespace Boltzmann.Tests.Searching;

/// <summary>Variables whose values are known, and states to begin with.</summary>
public sealed class ClampTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Write(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    [Fact]
    public void A_clamped_energy_is_the_whole_one_where_the_clamped_have_their_values()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 200; trial++)
        {
            var builder = new BinaryEnergyBuilder();
            builder.AddVariables(6);
            builder.Add(random.Next(-5, 6));
            for (int t = 0; t < 8; t++) builder.Add(random.Next(6), random.Next(6), random.Next(-9, 10));
            for (int t = 0; t < 3; t++)
                builder.AddClause([.. Enumerable.Range(0, 3).Select(_ => (random.Next(6) + 1) * (random.Next(2) * 2 - 1))],
                    random.Next(1, 4));
            BinaryEnergy energy = builder.Build();
            var known = new SortedDictionary<int, bool>();
            for (int i = 0; i < 6; i++)
                if (random.Next(2) == 0) known[i] = random.Next(2) == 0;
            ClampedEnergy clamped = ClampedEnergy.Of(energy, known);
            foreach (byte[] state in SmallProblems.States(clamped.Energy.Variables))
            {
                byte[] whole = clamped.Expand(state);
                Assert.All(known, pair => Assert.Equal(pair.Value, whole[pair.Key] != 0));
                Assert.Equal(energy.Of(whole), clamped.Energy.Of(state), 12);
                if (known.Count < 6) Assert.Equal(state, clamped.Project(whole));
            }
        }
    }

    [Fact]
    public void Known_variables_keep_their_values_and_energies_stay_those_of_the_file()
    {
        string ring = Write("ring.txt", "5 5\n1 2\n2 3\n3 4\n4 5\n5 1\n");
        JsonNode json = CommandLine.Succeed("search", ring, "--clamp", "x1=1", "x2=1", "x4=0", "--json").Json;
        string bits = json["solutions"]![0]!["bits"]!.GetValue<string>();
        Assert.Equal(5, bits.Length);
        Assert.Equal("110", $"{bits[0]}{bits[1]}{bits[3]}");
        // 1 and 2 are on one side: of their edges one is lost, and one of a ring of five is in any case.
        Assert.Equal(-2, json["energy"]!.GetValue<double>());
        Assert.Equal(2, json["objective"]!["value"]!.GetValue<double>());
        json = CommandLine.Succeed("search", ring, "--clamp", "x1=1", "x2=0", "x3=1", "x4=0", "x5=0", "--json").Json;
        Assert.Equal(("10100", -4.0, 1), (json["solutions"]![0]!["bits"]!.GetValue<string>(), json["energy"]!.GetValue<double>(),
            json["ground_states"]!.GetValue<int>()));
        CommandLine.Succeed("search", ring, "--clamp-file", Write("known.csv", "name,value\nx1,1\nx2,1\n"), "--out", folder["b.csv"]);
        Assert.Equal(["x1,1", "x2,1"], File.ReadAllLines(folder["b.csv"])[1..3]);
    }

    [Fact]
    public void What_cannot_be_clamped_is_refused_in_a_line()
    {
        string ring = Write("ring.txt", "3 2\n1 2\n2 3\n"), formula = Write("f.cnf", "p cnf 3 2\n1 2 0\n-3 0\n");
        CommandLine.Run("search", ring, "--clamp", "x4=1").IsRefused("but no 'x4'");
        CommandLine.Run("search", ring, "--clamp", "x1=2").IsRefused("x1=2: a variable is 0 or 1");
        CommandLine.Run("search", ring, "--clamp", "x1").IsRefused("expected NAME=VALUE");
        CommandLine.Run("search", ring, "--clamp", "x1=1", "x1=0").IsRefused("x1 is both 0 and 1");
        CommandLine.Run("search", formula, "--clamp", "x1=0", "x2=0").IsRefused("clause 1, 1 2, is hard and cannot hold");
        CommandLine.Run("search", ring, "--clamp-file", Write("bad.csv", "name,value\nx1;1\n"))
            .IsRefused("bad.csv, line 2: expected name,value");

        var problem = new Problem();
        IntegerVariable n = problem.Integer("n", 1, 3, IntegerEncoding.OneHot), m = problem.Integer("m", 0, 5);
        Hypothesis x = problem.Add("x"), y = problem.Add("y");
        problem.Objective(n + (Expression)m);
        problem.Constrain(Constraint.Clause(x, y), name: "x or y");
        problem.Require(x);
        problem.Save(folder["p.json"]);
        JsonNode json = CommandLine.Succeed("search", folder["p.json"], "--clamp", "n=2", "m=4", "y=0", "--json").Json;
        JsonNode assignment = json["solutions"]![0]!["assignment"]!;
        Assert.Equal((2, 4, 0, 6.0), (assignment["n"]!.GetValue<int>(), assignment["m"]!.GetValue<int>(), assignment["y"]!.GetValue<int>(),
            json["objective"]!["value"]!.GetValue<double>()));
        CommandLine.Run("search", folder["p.json"], "--clamp", "n=4").IsRefused("n is from 1 to 3, not 4");
        CommandLine.Run("search", folder["p.json"], "--clamp", "x=0").IsRefused("x is required to be true");
        CommandLine.Run("search", folder["p.json"], "--clamp", "z=0").IsRefused("no hypothesis is called z");
        CommandLine.Run("search", folder["p.json"], "--clamp", "n=1", "n=2").IsRefused("n is both 1 and 2");
        var other = new Problem();
        other.Constrain(Constraint.Clause(other.Add("a"), other.Add("b")), name: "a or b");
        other.Save(folder["o.json"]);
        CommandLine.Run("search", folder["o.json"], "--clamp", "a=0", "b=0").IsRefused("the constraint 'a or b' cannot hold");
    }

    [Theory, InlineData(".csv"), InlineData(".json"), InlineData(".npy"), InlineData(".sol")]
    public void A_search_begins_with_a_state_as_it_is_written(string ending)
    {
        string formula = Write("f.cnf", "p cnf 30 3\n1 -2 0\n2 3 0\n-1 -3 0\n");
        CommandLine.Succeed("search", formula, "--out", folder[$"s{ending}"]);
        JsonNode json = CommandLine.Succeed("search", formula, "--start", folder[$"s{ending}"], "--json").Json;
        // The start satisfies everything already.
        Assert.Equal(("satisfied", 0), (json["status"]!.GetValue<string>(), json["run"]!["sweeps"]!.GetValue<int>()));
        CommandLine.Run("search", Write("g.cnf", "p cnf 31 1\n31 0\n"), "--start", folder["none.npy"]).IsRefused("none.npy");
        if (ending is ".npy" or ".sol")
            Assert.Equal(2, CommandLine.Run("search", Write("g.cnf", "p cnf 31 1\n31 0\n"), "--start", folder[$"s{ending}"]).Code);
    }

    [Fact]
    public void A_problems_search_begins_with_its_solution()
    {
        var problem = new Problem();
        IntegerVariable[] row = [.. Enumerable.Range(0, 6).Select(i => problem.Integer($"n{i}", 0, 5, IntegerEncoding.OneHot))];
        problem.AllDifferent(row);
        problem.Save(folder["p.json"]);
        string start = Write("s.csv", string.Concat(Enumerable.Range(0, 6).Select(i => $"n{i},{5 - i}\n")));
        JsonNode json = CommandLine.Succeed("search", folder["p.json"], "--start", start, "--method", "tempering", "--json").Json;
        Assert.Equal("satisfied", json["status"]!.GetValue<string>());
        Assert.Equal(0, json["run"]!["sweeps"]!.GetValue<int>());
        Assert.Equal(5, json["solutions"]![0]!["assignment"]!["n0"]!.GetValue<int>());
        CommandLine.Run("search", folder["p.json"], "--start", Write("t.csv", "n0,9\n")).IsRefused("n0 is from 0 to 5, not 9");
    }

    [Fact]
    public void Files_are_converted_without_a_search()
    {
        string ring = Write("ring.txt", "3 3\n1 2\n2 3\n3 1\n");
        Assert.Contains("written to", CommandLine.Succeed("search", ring, "--write", folder["ring.bqm"]).Output);
        Assert.Equal(-2, CommandLine.Succeed("search", folder["ring.bqm"], "--json").Json["energy"]!.GetValue<double>());
        CommandLine.Run("search", ring, "--write", folder["ring.cnf"]).IsRefused("cnf cannot hold");
        Assert.False(File.Exists(folder["ring.cnf"]));
        CommandLine.Run("search", ring, "--write", folder["ring.what"]).IsRefused("the ending '.what'");
        CommandLine.Run("search", ring, "--write", folder["a.bqm"], "--clamp", "x1=1").IsRefused("beside --write");
    }
}
