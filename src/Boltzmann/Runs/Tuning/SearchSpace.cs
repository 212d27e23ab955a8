namespace Boltzmann.Runs;

/// <summary>What a search tries: settings with their ranges, and the trials that a seed draws from them.</summary>
public static class SearchSpace
{
    const uint Stream = 0x74756e65;
    const int MostRedraws = 1000;

    // What is searched without being asked to: the settings that matter most, around the defaults. Rates by their logarithm. A momentum
    // of 0.9 makes steps ten times as long, and smaller batches make them noisier: large rates go with neither. How far the rate falls
    // decides how near chains and parameters come to each other in the end, so it is searched by itself.
    const string LastRate = "learning-rate-end";

    static readonly string[] machine = ["learning-rate=0.005..0.2", $"{LastRate}=0.0001..0.005", "batch-size=20,50,100", "steps=1,2,5",
        "momentum=0,0.5", "l2=1e-6..1e-4"];

    static readonly string[] network = ["learning-rate=0.0001..0.01", "batch-size=32,64,128,256", "dropout=0,0.2,0.5", "l2=1e-6..1e-3"];

    static readonly string[] withoutSteps = ["exact", "pl"];

    // Other rows, or rows that went through something else, cannot be compared by a likelihood; and the search sets some itself.
    static readonly HashSet<string> fixedData = ["data", "label-column", "header", "format", "delimiter", "decimal", "na", "array",
        "labels-from", "scale-bytes", "missing", "columns", "ignore", "types", "train-rows", "validation-rows", "validation-data",
        "stratify", "scale", "binarize", "threshold", "visible-units", "categories", "draws", "labels", "ignore-extra"];

    static readonly HashSet<string> fixedOthers = ["model", "epochs", "layer-epochs", "seed", "precision", "metrics", "early-stopping",
        "patience", "task", "start", "start-checksum", "start-model", "keep", "plateau", "compare", "graph", "edges", "grid"];

    /// <summary>What is searched of a plan where nothing is stated.</summary>
    public static IReadOnlyList<string> DefaultsOf(RunPlan plan)
    {
        string[] hidden = plan is TrainPlan { Hidden: [> 0] } && Has(plan, "hidden") ? ["hidden=64,128,256,512"] : [];
        if (plan is not TrainPlan train) return [.. network.Where(text => Has(plan, NameOf(text)))];
        string method = ChoiceWords.Of(train.Method);
        return [.. hidden, .. machine.Where(text => NameOf(text) switch
        {
            "steps" => Has(plan, "steps") && !withoutSteps.Contains(method),
            // Of a list of rates the last one is the end.
            LastRate => train is { LearningRate.Count: 1, LearningRateEnd: null, LayerLearningRate: null },
            string name => Has(plan, name),
        })];
    }

    /// <summary>Throws where a range is of what cannot be searched, or a value of it is impossible.</summary>
    /// <param name="plan">The training.</param>
    /// <param name="ranges">What is searched.</param>
    /// <exception cref="BadInputException">It is; the message names the setting and the reason.</exception>
    public static void Check(RunPlan plan, IReadOnlyList<SettingRange> ranges)
    {
        RunSettings settings = plan.ToSettings();
        if (ranges.GroupBy(range => range.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new BadInputException($"--over {twice.Key} is given twice");
        foreach (SettingRange range in ranges)
        {
            string name = range.Name;
            if (fixedData.Contains(name) && settings.Names.Contains(name))
                throw new BadInputException($"--over {name}: trials must be judged on the same rows, and --{name} changes what they are");
            if (fixedOthers.Contains(name))
                throw new BadInputException($"--over {name} cannot be searched: "
                    + (name.EndsWith("epochs", StringComparison.Ordinal) ? "--epochs is what the last round trains to"
                        : name == "seed" ? "chance is not a setting; see train --seeds" : "it is not a setting of learning"));
            if (!settings.Names.Contains(name))
            {
                string[] known = [.. settings.Names.Where(one => !fixedData.Contains(one) && !fixedOthers.Contains(one))];
                throw new BadInputException($"--over {name}: there is no such setting{DidYouMean.Question(name, known)}; expected one of "
                    + string.Join(", ", known));
            }
            foreach (string value in range.Extremes) _ = With(plan, new Dictionary<string, string> { [name] = value });
        }
    }

    /// <summary>The settings that a search tries, all different, in the order in which they are tried.</summary>
    /// <param name="ranges">What is searched.</param>
    /// <param name="count">How many are wanted; a larger number begins with the same ones.</param>
    /// <param name="seed">Settles what is drawn.</param>
    /// <returns>Values as they would be written, by setting; fewer than wanted where there are not so many.</returns>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Draw(IReadOnlyList<SettingRange> ranges, int count, ulong seed)
    {
        var rng = new Rng(seed, Stream);
        var drawn = new List<IReadOnlyDictionary<string, string>>();
        var known = new HashSet<string>();
        double all = ranges.Aggregate(1.0, (product, range) => product * (range.Count ?? double.PositiveInfinity));
        // Ranges of few values are exhausted: the odds of what is missing shrink, and the draws end.
        for (int redraws = 0; drawn.Count < Math.Min(count, all) && redraws < MostRedraws; redraws++)
        {
            var values = ranges.ToDictionary(range => range.Name, range => range.Draw(rng));
            if (!known.Add(string.Join('\n', values.Values))) continue;
            drawn.Add(values);
            redraws = -1;
        }
        return drawn;
    }

    /// <summary>A plan with settings replaced.</summary>
    /// <exception cref="BadInputException">A value is impossible; the message names it.</exception>
    internal static RunPlan With(RunPlan plan, IReadOnlyDictionary<string, string> values)
    {
        RunSettings settings = plan.ToSettings();
        foreach (var (name, word) in values) settings[name] = SettingRange.ToJson(word, settings[name]);
        return RunPlan.From(settings);
    }

    static string NameOf(string range) => range[..range.IndexOf('=')];

    static bool Has(RunPlan plan, string name) => plan.ToSettings().Names.Contains(name);
}
