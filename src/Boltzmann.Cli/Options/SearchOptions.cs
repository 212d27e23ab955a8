using System.CommandLine;
using System.Globalization;
using Boltzmann.Cli.Help;
using Boltzmann.Searching;

namespace Boltzmann.Cli;

/// <summary>The options of a search.</summary>
sealed class SearchOptions
{
    readonly Option<string?> format = ChoiceOption.Optional("--format", "Kind of the file; by default by its ending.",
        ["auto", .. ProblemFile.Formats, "col", "tsp"]);
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
    readonly Option<bool> clusters = new("--cluster-moves")
    {
        Description = "Pairs of chains of tempering also exchange clusters of variables: for sparse graphs.",
    };

    readonly Option<int> reheats = NumberOption.Whole("--reheats", 0, 0, "How often each anneal jumps back to where its energy fell "
        + "fastest, and "
        + "cools again.", 1000);
    readonly Option<double> penalty = NumberOption.Positive("--penalty", 1, "Multiplies the weights that hard constraints of a problem "
        + "begin with; they grow where they are too small.");
    readonly Option<string> blocks = ChoiceOption.Of("--blocks", "on", "Whether hypotheses of which exactly one holds move as one unit.",
        "on", "off");
    readonly Option<string[]?> clamp = new("--clamp")
    {
        Description = "What is known, as in x12=1 or shift=3. Variables have their names, or x and their number in the file. Of a model "
            + "what stays as in the rows of --data: left, right, top, bottom, or columns such as 0-99.",
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };
    readonly Option<string?> clampFile = new("--clamp-file") { Description = "What is known, as lines name,value.", HelpName = "FILE" };
    readonly Option<string?> start = new("--start")
    {
        Description = "A state to begin with, as --out writes it. By default random ones; .csv, .json, .npy or .sol.",
        HelpName = "FILE",
    };
    readonly Option<string?> write = new("--write")
    {
        Description = "Writes the problem in the format of this name's ending (.json a problem of constraints, .bqm a binary quadratic "
            + "model, .col a graph to colour, .tsp cities; .gz packs) instead of searching: the same energy in every state, or it is "
            + "refused.",
        HelpName = "FILE",
    };
    readonly Option<int> solutions = NumberOption.Whole("--solutions", 1, 1, "How many different states are kept, the best first.",
        100_000);
    readonly Option<int?> colours = NumberOption.OptionalWhole("--colours", 2, "Colours of colouring:FILE; by default the fewest that are "
        + "found, going down from a greedy colouring.", 10_000);
    readonly Option<double?> noise = NumberOption.OptionalPositive("--noise", "Of denoise:FILE.png: the picture is clean, and so much of "
        + "its pixels is turned over first, above 0 and below 1; what is found is compared with it.");
    readonly Option<bool> marginals = new("--marginals")
    {
        Description = "How probable it is that each variable is 1 at --temperature, with standard errors: exactly where that is quick, "
            + "otherwise by tempering. Of a problem with constraints given that the hard ones hold."
    };
    readonly Option<double?> temperature = NumberOption.OptionalPositive("--temperature", "T of --marginals and of log Z, in the unit of "
        + "energy, and of the samples that lead to a model's modes; 1 if it is not given.");
    readonly Option<int?> chains = NumberOption.OptionalWhole("--chains", 1, "Chains in groups of 64: of tempering at each temperature "
        + "(64 by default), of annealing and descent (128), of a population to begin with (1024).", PopulationAnnealing.MostChains);
    readonly Option<string?> outFile = new("--out")
    {
        Description = "File for the best state: .csv, .json, .npy, .sol with the lines s and v of DIMACS; of a tour TSPLIB's .tour.",
        HelpName = "FILE"
    };
    readonly Option<string?> picture = new("--picture")
    {
        Description = "SVG or PNG file: a drawing of the best state. Boards, Sudokus, coloured graphs, cuts, clauses, tours, sides and "
            + "pictures have one; for others it is the best value over time. Of a model a PNG file: its modes as pictures.",
        HelpName = "FILE"
    };
    readonly Option<string?> animation = new("--animation")
    {
        Description = "Animated PNG file of states as --picture draws them: the best ones along the search; with --method annealing "
            + "one chain's as it cools, and the best one at the end.",
        HelpName = "FILE"
    };
    readonly Option<string?> report = new("--report")
    {
        Description = "Folder for a page with all pictures, and the best state.",
        HelpName = "FOLDER"
    };

    readonly Option<string?> checkpoint = new("--checkpoint")
    {
        Description = "Folder that tempering or annealing is written to, every minute and at the end, so that it can go on.",
        HelpName = "FOLDER",
    };
    readonly Option<string?> resume = new("--resume")
    {
        Description = "Continue the search in this folder, or in that of --checkpoint: it ends as if it had not stopped. --sweeps are all "
            + "of them, --seconds those from now on.",
        HelpName = "FOLDER",
        Arity = ArgumentArity.ZeroOrOne,
    };

    readonly DataInput data = new();
    readonly Option<ImageShape?> image = ImageInput.Option();

    public void AddTo(Command command)
    {
        betas.Description = "The hottest and the coldest inverse temperature, in one over the unit of energy; by default measured.";
        betas.HelpName = "HOT COLD";
        foreach (Option option in (Option[])[seconds, target, sweeps, method, clamp, solutions, marginals, temperature])
            command.Options.Add(option.In(HelpGroup.Moves, isMain: true));
        foreach (Option option in (Option[])[outFile, picture, report, animation, write, checkpoint, resume])
            command.Options.Add(option.In(HelpGroup.Output, isMain: option == outFile || option == picture || option == report));
        foreach (Option option in (Option[])[format, problem, variableType, satisfied, stalled, require, violations, clampFile, start,
            chains, temperatures, betas, clusters, schedule, reheats, colours, noise, penalty, blocks])
            command.Options.Add(option.In(HelpGroup.Moves));
        foreach (Option option in (Option[])[data.Data, data.Split, data.Rows, image]) command.Options.Add(option.In(HelpGroup.Data));
    }

    public SearchRequest Bind(ParseResult parsed, string path, Session session)
    {
        double[]? range = parsed.GetResult(betas) is null ? null : parsed.GetValue(betas);
        if (range is not null && (range.Length != 2 || !(range[0] > 0) || !(range[1] > range[0])))
            throw new BadInputException("--betas takes two numbers above 0, the hottest and then the coldest: the second must be "
                + "larger, as in "
                + "--betas 0.2 3");
        string? outPath = parsed.GetValue(outFile), picturePath = parsed.GetValue(picture);
        if (outPath is not null) RowsFile.Check("--out", outPath, ".csv", ".json", ".npy", ".sol", ".tour");
        if (picturePath is not null) RowsFile.Check("--picture", picturePath, ".svg", ".png");
        if (parsed.GetValue(chains) is int count && count % 64 != 0)
            throw new BadInputException($"--chains {count}: chains come in groups of 64; the nearest "
                + (count < 64 ? "number is 64" : $"numbers are {count / 64 * 64} and {(count / 64 + 1) * 64}"));
        if (parsed.GetValue(noise) is >= 1 and var turned)
            throw new BadInputException($"--noise {turned}: expected a share of the pixels above 0 and below 1");
        if (parsed.GetValue(satisfied) is double share && !(share is >= 0 and <= 1))
            throw new BadInputException($"--satisfied {share}: expected a share of the weight, 0 to 1");
        return new()
        {
            Path = path,
            Format = parsed.GetValue(format) is string word and not "auto" ? word : null,
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
            ClusterMoves = parsed.GetValue(clusters),
            ClampWords = parsed.GetValue(clamp) ?? [],
            ClampFile = parsed.GetValue(clampFile),
            Start = parsed.GetValue(start),
            Write = parsed.GetValue(write),
            Penalty = parsed.GetValue(penalty),
            Blocks = parsed.GetValue(blocks) == "on",
            Solutions = parsed.GetValue(solutions),
            Out = outPath,
            Picture = picturePath,
            Report = parsed.GetValue(report),
            Animation = parsed.GetValue(animation),
            Colours = parsed.GetValue(colours),
            Noise = parsed.GetValue(noise),
            Seed = session.Seed,
            Rows = parsed.GetValue(data.Data) is null ? null : Rows(parsed, session),
            Image = parsed.GetValue(image),
            HasSolutions = parsed.GetResult(solutions) is { Implicit: false },
            Marginals = parsed.GetValue(marginals),
            Temperature = parsed.GetValue(temperature),
            Chains = parsed.GetValue(chains),
            Checkpoint = Checkpoint(parsed),
            Given = Given(parsed).ToHashSet(),
            CommandLine = CommandLineText.Of(parsed),
        };
    }

    SearchCheckpoint? Checkpoint(ParseResult parsed)
    {
        string? kept = parsed.GetValue(checkpoint), resumed = parsed.GetValue(resume);
        bool resumes = parsed.GetResult(resume) is not null;
        if (resumed is not null && kept is not null && resumed != kept)
            throw new BadInputException("--resume continues a search in its own folder; --checkpoint does not go with it");
        if (resumes && resumed is null && kept is null) throw new BadInputException("--resume needs the folder of a search");
        return (resumed ?? kept) is string folder ? new(folder) { Resumes = resumes } : null;
    }

    // Common options of the program concern every command.
    static IEnumerable<string> Given(ParseResult parsed) => parsed.CommandResult.Command.Options
        .Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name[2..]);

    RowsRequest Rows(ParseResult parsed, Session session) => new()
    {
        Data = parsed.GetValue(data.Data),
        Split = parsed.GetValue(data.Split) is string split ? DataInput.Part(split) : null,
        Count = parsed.GetValue(data.Rows),
        Folder = session.DataFolder,
    };
}
