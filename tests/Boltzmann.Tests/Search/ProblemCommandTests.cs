using System.Text.Json.Nodes;
using Boltzmann.Searching;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>boltzmann search for problems of constraints.</summary>
public sealed class ProblemCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Two days, two people, one of whom works once: 4 is the most, and costs Ben his Monday.
    string Rota()
    {
        var problem = new Problem();
        Hypothesis annaMonday = problem.Add("anna mon"), annaTuesday = problem.Add("anna tue"),
            benMonday = problem.Add("ben, mon"), benTuesday = problem.Add("ben, tue");
        IntegerVariable shift = problem.Integer("shift", 1, 4, IntegerEncoding.OneHot);
        problem.Spin("s");
        problem.Maximise(2 * (Expression)annaMonday + 3 * (Expression)annaTuesday + shift.Is(3));
        problem.Constrain(Constraint.ExactlyOne(annaMonday, benMonday), name: "one on monday");
        problem.Constrain(Constraint.ExactlyOne(annaTuesday, benTuesday), name: "one on tuesday");
        problem.Constrain(Constraint.AtMost(1, annaMonday, annaTuesday), name: "anna once");
        problem.Constrain(Constraint.Clause(!benMonday), 0.5, "ben wants monday off");
        problem.Save(folder["rota.json"]);
        return folder["rota.json"];
    }

    [Fact]
    public void A_problem_is_searched_and_told_of_by_the_names_of_its_parts()
    {
        CommandLine words = CommandLine.Succeed("search", Rota(), "--out", folder["best.csv"]);
        Assert.Contains("rota.json (json): constraints, 9 variables, 5 constraints, 4 of them hard", words.Output);
        Assert.Contains("best objective   4", words.Output);
        Assert.Contains("4 of 5 hold", words.Output);
        Assert.Contains("ben wants monday off", words.Output);
        Assert.Equal(["name,value", "anna mon,0", "anna tue,1", "\"ben, mon\",1", "\"ben, tue\",0", "shift,3", "s,-1"],
            File.ReadAllLines(folder["best.csv"]).Select(line => line.StartsWith("s,", StringComparison.Ordinal) ? "s,-1" : line));

        JsonNode json = CommandLine.Succeed("search", Rota(), "--json", "--require").Json;
        Assert.Equal(("proved", -3.5, 4.0, true), (json["status"]!.GetValue<string>(), json["energy"]!.GetValue<double>(),
            json["objective"]!["value"]!.GetValue<double>(), json["feasible"]!.GetValue<bool>()));
        Assert.Equal((5, 3), (json["problem"]!["constraints"]!.GetValue<int>(), json["problem"]!["blocks"]!.GetValue<int>()));
        Assert.Equal((4, 5), (json["satisfied"]!["constraints"]!.GetValue<int>(), json["satisfied"]!["of"]!.GetValue<int>()));
        Assert.Equal("ben wants monday off", Assert.Single(json["violated"]!.AsArray())!["name"]!.GetValue<string>());
        JsonNode solution = json["solutions"]![0]!;
        Assert.Equal((9, 3, 1), (solution["bits"]!.GetValue<string>().Length, solution["assignment"]!["shift"]!.GetValue<int>(),
            solution["assignment"]!["anna tue"]!.GetValue<int>()));
        Assert.Contains(json["penalties"]!.AsArray(), penalty => penalty!["name"]!.GetValue<string>() == "anna once");
        Assert.Equal(0, CommandLine.Succeed("search", Rota(), "--json", "--blocks", "off").Json["problem"]!["clauses"]!.GetValue<int>());
    }

    [Fact]
    public void Targets_are_in_the_objectives_own_sense_and_shares_of_the_soft_weight()
    {
        Assert.Equal(3, CommandLine.Run("search", Rota(), "--target", "9", "--sweeps", "20", "--require").Code);
        Assert.Equal("target", CommandLine.Succeed("search", Rota(), "--target", "3", "--json").Json["status"]!.GetValue<string>());
        // Ben at home on Monday costs 1 of the objective.
        JsonNode json = CommandLine.Succeed("search", Rota(), "--satisfied", "0", "--json").Json;
        Assert.Equal("satisfied", json["status"]!.GetValue<string>());
    }

    [Fact]
    public void Penalties_that_are_too_small_grow_and_are_reported()
    {
        // Seven must be on, and each costs 10: more than the first weight gains.
        var problem = new Problem();
        Hypothesis[] all = [.. Enumerable.Range(0, 40).Select(i => problem.Add($"x{i}"))];
        problem.Objective(Expression.Sum(all.Select((x, i) => (10 + i % 3) * (Expression)x)));
        problem.Constrain(Constraint.Exactly(7, all), name: "seven");
        problem.Save(folder["seven.json"]);
        JsonNode json = CommandLine.Succeed("search", folder["seven.json"], "--penalty", "0.01", "--json", "--sweeps", "4000", "--method",
            "tempering").Json;
        Assert.True(json["feasible"]!.GetValue<bool>());
        Assert.Equal(70, json["objective"]!["value"]!.GetValue<double>());
        Assert.True(json["run"]!["penalty_rounds"]!.GetValue<int>() > 0);
        Assert.True(json["penalties"]![0]!["raised"]!.GetValue<int>() > 0);
        Assert.Contains("times raised", CommandLine.Succeed("search", folder["seven.json"], "--penalty", "0.01", "--sweeps", "4000",
            "--method", "tempering").Output);
    }

    [Fact]
    public void What_nothing_can_keep_is_said_to_be_infeasible()
    {
        var problem = new Problem();
        Hypothesis x = problem.Add("x"), y = problem.Add("y");
        problem.Constrain(Constraint.Clause(x, y), name: "one");
        problem.Constrain(Constraint.Clause(!x), name: "not x");
        problem.Constrain(Constraint.Clause(!y), name: "not y");
        problem.Save(folder["none.json"]);
        CommandLine run = CommandLine.Run("search", folder["none.json"], "--require");
        Assert.Equal(3, run.Code);
        Assert.Contains("nothing keeps all hard constraints", run.Output);
        CommandLine.Run("search", folder["none.json"], "--target", "1").IsRefused("has no objective, only constraints");
        CommandLine.Run("search", folder["none.json"], "--method", "focused").IsRefused("--method focused");
        CommandLine.Run("search", folder["none.json"], "--out", folder["a.sol"]).IsRefused(".csv");
        CommandLine.Run("search", folder["none.json"], "--penalty", "0").IsRefused("--penalty");
        File.WriteAllText(folder["empty.json"], """{"format":"boltzmann problem","version":1,"variables":[]}""");
        CommandLine.Run("search", folder["empty.json"]).IsRefused("the problem has no variables");
    }

    [Fact]
    public void Several_solutions_are_looked_for_where_the_first_one_is_found_at_once()
    {
        JsonNode board = CommandLine.Succeed("search", "queens:8", "--solutions", "12", "--json").Json;
        Assert.Equal("satisfied", board["status"]!.GetValue<string>());
        string[] boards = [.. board["solutions"]!.AsArray().Select(solution => solution!["bits"]!.GetValue<string>())];
        Assert.Equal(12, boards.Distinct().Count());
        Assert.All(board["solutions"]!.AsArray(), solution => Assert.Equal(0, solution!["energy"]!.GetValue<double>()));

        // Six queens stand in four ways; the time for more runs out.
        JsonNode few = CommandLine.Succeed("search", "queens:6", "--solutions", "9", "--sweeps", "200", "--json").Json;
        Assert.Equal("satisfied", few["status"]!.GetValue<string>());
        Assert.Equal(4, few["solutions"]!.AsArray().Count(solution => solution!["energy"]!.GetValue<double>() == 0));

        string formula = folder["formula.cnf"];
        File.WriteAllText(formula, "p cnf 40 2\n1 2 3 0\n-4 5 -6 0\n");
        JsonNode held = CommandLine.Succeed("search", formula, "--solutions", "5", "--json").Json;
        Assert.Equal("satisfied", held["status"]!.GetValue<string>());
        Assert.Equal(5, held["solutions"]!.AsArray().Select(solution => solution!["bits"]!.GetValue<string>()).Distinct().Count());
    }
}
