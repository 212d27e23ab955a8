using System.CommandLine;
using Boltzmann.Cli.Help;
using Boltzmann.Searching;

namespace Boltzmann.Cli;

/// <summary>The options of a search.</summary>
sealed class SearchOptions
{
    readonly Option<string?> format = ChoiceOption.Optional("--format", "Kind of the file; by default by its ending.",
        [.. ProblemFile.Formats]);
    readonly Option<int> problem = NumberOption.Whole("--problem", 1, 1, "The number of the problem in a file that holds several.");
    readonly Option<string?> variableType = ChoiceOption.Optional("--vartype", "What the variables of an .ising or .coo file are, where "
        + "it does "
        + "not say so.", "spin", "binary");
    readonly Option<string> method = ChoiceOption.Of("--method", "auto", "How states move: tempering, chains at many temperatures that "
        + "exchange "
        + "their states; annealing, chains that are cooled again and again; focused, flips in violated clauses; descent, without heat; "
        + "exact, where few variables meet at a time, or of at most 30. auto is focused for clauses (tempering for up to 500 variables "
        + "where weights differ), otherwise exact where that is quick, annealing where there are very many variables, "
        + "and tempering between.",
        [.. SearchMethods.Names]);
    readonly Option<double?> seconds = NumberOption.OptionalPositive("--seconds", "Ends after so many seconds; 10 if no other rule is "
        + "given.");
    readonly Option<int?> sweeps = NumberOption.OptionalWhole("--sweeps", 1, "Ends after so many sweeps of every chain: the same result "
        + "on any "
        + "machine.");
    readonly Option<double?> stalled = NumberOption.OptionalPositive("--stalled", "Ends when nothing better was found for so many "
        + "seconds.");
    readonly Option<double?> target = NumberOption.Optional("--target", "Ends at this value of what is sought: a cut of at least, a "
        + "cost of at "
        + "most so much.");
    readonly Option<double?> satisfied = NumberOption.Optional("--satisfied", "Ends when so much of the clauses' weight holds, 0 to 1, "
        + "hard clauses in any case; by default when all of it does.");
    readonly Option<int> violations = NumberOption.Whole("--violations", 20, 0, "How many violated clauses are listed.", 100_000);
    readonly Option<bool> require = new("--require")
    {
        Description = "Exit code 3 if the target is not reached, or a hard clause violated."
    };
    readonly Option<int?> temperatures = NumberOption.OptionalWhole("--temperatures", 2, "Temperatures of tempering; by default 16, and "
        + "up to 64 "
        + "where exchanges are rare.", 256);
    readonly Option<double[]?> betas = NumberOption.OptionalSeveral("--betas");
    readonly Option<string> schedule = ChoiceOption.Of("--schedule", "adaptive", "How annealing cools.", "adaptive", "geometric", "linear");
    readonly Option<int> reheats = NumberOption.Whole("--reheats", 0, 0, "How often each anneal jumps back to where its energy fell "
        + "fastest, and "
        + "cools again.", 1000);
    readonly Option<int> solutions = NumberOption.Whole("--solutions", 1, 1, "How many different states are kept, the best first.",
        100_000);
    readonly Option<string?> outFile = new("--out")
    {
        Description = "File for the best state: .csv, .json, .npy, or .sol with the lines s and v of DIMACS.",
        HelpName = "FILE"
    };
    readonly Option<string?> picture = new("--picture")
    {
        Description = "SVG file: the best value over time.",
        HelpName = "FILE.svg"
    };
    readonly Option<string?> report = new("--report")
    {
        Description = "Folder for pictures of the search and the best state.",
        HelpName = "FOLDER"
    };

    public void AddTo(Command command)
    {
        betas.Description = "The hottest and the coldest inverse temperature, in one over the unit of energy; by default measured.";
        betas.HelpName = "HOT COLD";
        foreach (Option option in (Option[])[seconds, target, satisfied, sweeps, stalled, method, solutions, violations])
            command.Options.Add(option);
        foreach (Option option in (Option[])[outFile, picture, report]) command.Options.Add(option.In(HelpGroup.Output));
        foreach (Option option in (Option[])[format, problem, variableType, require, temperatures, betas, schedule, reheats])
            command.Options.Add(option.In(HelpGroup.Moves));
    }

    public SearchRequest Bind(ParseResult parsed, string path)
    {
        double[]? range = parsed.GetResult(betas) is null ? null : parsed.GetValue(betas);
        if (range is not null && (range.Length != 2 || !(range[0] > 0) || !(range[1] > range[0])))
            throw new BadInputException("--betas takes two numbers above 0, the hottest and then the coldest: the second must be "
                + "larger, as in "
                + "--betas 0.2 3");
        string? outPath = parsed.GetValue(outFile), picturePath = parsed.GetValue(picture);
        if (outPath is not null) RowsFile.Check("--out", outPath, ".csv", ".json", ".npy", ".sol");
        if (picturePath is not null) RowsFile.Check("--picture", picturePath, ".svg");
        if (parsed.GetValue(satisfied) is double share && !(share is >= 0 and <= 1))
            throw new BadInputException($"--satisfied {share}: expected a share of the weight, 0 to 1");
        return new()
        {
            Path = path,
            Format = parsed.GetValue(format),
            Problem = parsed.GetValue(problem),
            IsSpin = parsed.GetValue(variableType) is string type ? type == "spin" : null,
            Method = parsed.GetValue(method)!,
            Seconds = parsed.GetValue(seconds),
            Sweeps = parsed.GetValue(sweeps),
            Stalled = parsed.GetValue(stalled),
            Target = parsed.GetValue(target),
            Satisfied = parsed.GetValue(satisfied),
            Violations = parsed.GetValue(violations),
            Requires = parsed.GetValue(require),
            Temperatures = parsed.GetValue(temperatures),
            Range = range is null ? null : new TemperatureRange(range[0], range[1]),
            Schedule = Enum.Parse<AnnealingSchedule>(parsed.GetValue(schedule)!, ignoreCase: true),
            Reheats = parsed.GetValue(reheats),
            Solutions = parsed.GetValue(solutions),
            Out = outPath,
            Picture = picturePath,
            Report = parsed.GetValue(report),
        };
    }
}
