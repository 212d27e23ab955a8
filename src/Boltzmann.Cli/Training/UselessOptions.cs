using System.Text.Json.Nodes;

namespace Boltzmann.Cli.Training;

/// <summary>
/// Options that can do nothing beside the others: the one list of them. Who gives one expects something of it, so it is refused, with
/// what would make it work. Options that were not given, or that a resumed run has in its settings, are nobody's mistake.
/// </summary>
static class UselessOptions
{
    const string Method = "method", Cd = "cd", Pcd = "pcd", Fpcd = "fpcd", Pt = "pt", Mp = "mp";
    const string Whole = "which takes all steps at once and finds its own step size";

    static readonly Rule[] rules =
    [
        OfMethods("steps", Cd, Pcd, Fpcd, Pt, Mp),
        OfMethods("chains", Pcd, Fpcd, Pt),
        OfMethods("temperatures", Pt),
        OfMethods("fast-learning-rate", Fpcd),
        OfMethods("start-chains", Pcd, Fpcd),
        OfMethods("mean-field-updates", Pcd, Fpcd, Pt),
        OfMethods("mean-field-tolerance", Pcd, Fpcd, Pt),
        OfMethods("mean-field-damping", Pcd, Fpcd, Pt),
        OfMethods("mean-field-order", Pcd, Fpcd, Pt),
        OfMethods("sample-visible", Cd),
        OfMethods("hidden-means", Cd),
        OfMethods("doubled", Cd),
        Needs("threshold", "--binarize threshold", s => Is(s, "binarize", "threshold")),
        Needs("sparsity-target", "--sparsity-cost above 0", IsSparse),
        Needs("sparsity-damping", "--sparsity-cost above 0", IsSparse),
        Needs("patience", "--early-stopping", s => s["task"] is not null ? !Is(s, "early-stopping", "none")
            : s["early-stopping"] is not null),
        Needs("plateau-patience", "--plateau", s => s["plateau"] is not null),
        Needs("plateau-factor", "--plateau", s => s["plateau"] is not null),
        Needs("generative-weight", "--objective hybrid", s => Is(s, "objective", "hybrid")),
        Needs("objective", "--labels", s => !s.Names.Contains("labels") || s.Flag("labels") == true || Is(s, "objective", "generative")),
        Needs("categories", "multinomial units (--visible-units or --hidden-units multinomial)", s => HasUnits(s, "multinomial")),
        Needs("draws", "multinomial units (--visible-units or --hidden-units multinomial)", s => HasUnits(s, "multinomial")),
        Needs("sigma", "gaussian, relu or drelu units (--visible-units or --hidden-units)", HasSigma),
        Needs("learn-precision", "gaussian or relu units (--visible-units or --hidden-units)", LearnsWhenAsked),
        Needs("precision-rate", "gaussian or relu units (--visible-units or --hidden-units)", HasScale),
        Needs("stratify", "held-out rows, and --validation-rows is 0", s => s.Integer("validation-rows") != 0),
        Excludes("epochs", "layer-epochs"),
        Excludes("learning-rate", "layer-learning-rate"),
        Excludes("layer-input", "layer-passes"),
        OfFiles("label-column"),
        OfFiles("header"),
        OfFiles("columns"),
        OfFiles("ignore"),
        OfFiles("types"),
        Needs("reset-between", "--online", IsOnline),
        Without("batch-size", IsOnline, "--online", "which learns one step at a time"),
        Without("shuffle", s => IsOnline(s) && Is(s, "shuffle", "true"), "--online", "which takes steps in their order"),
        Excludes("delay", "delays"),
        Excludes("feed", "delays"),
        Without("batch-size", IsWhole, "--optimizer lbfgs", Whole),
        Without("learning-rate", IsWhole, "--optimizer lbfgs", Whole),
        Without("learning-rate-end", IsWhole, "--optimizer lbfgs", Whole),
        Without("momentum", IsWhole, "--optimizer lbfgs", Whole),
        Without("shuffle", IsWhole, "--optimizer lbfgs", Whole),
        Without("centering", IsOnline, "--online", "whose steps have no mean of a batch"),
        Without("centering", IsWhole, "--optimizer lbfgs", Whole),
        Needs("momentum", "--optimizer sgd or adam", s => !Is(s, "optimizer", "adagrad", "rmsprop")),
    ];

    /// <summary>Throws if an option that was given can do nothing.</summary>
    /// <param name="settings">All that holds.</param>
    /// <param name="isGiven">Whether the command line names a setting.</param>
    /// <exception cref="BadInputException">One can; the message says what it needs.</exception>
    public static void Check(RunSettings settings, Func<string, bool> isGiven)
    {
        foreach (Rule rule in rules)
            if (isGiven(rule.Option) && !rule.IsUseful(settings))
                throw new BadInputException($"--{rule.Option} {rule.Reason(settings)}");
    }

    static Rule Needs(string option, string what, Func<RunSettings, bool> isUseful) =>
        new(option, isUseful, _ => $"does nothing without {what}");

    // A flag of one name in fine-tuning is another.
    static Rule OfMethods(string option, params string[] methods) => new(option,
        settings => !settings.Names.Contains(Method) || methods.Contains(settings.Text(Method)) || settings[option]?.ToString() is "none",
        settings => $"is for --method {Listed([.. methods.Where(method => method == Cd || !IsOfSequences(settings)
            || (method == Mp && IsThroughTime(settings)))])}, "
            + $"not {settings.Text(Method)}");

    static string Listed(string[] words) => words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}";

    static Rule Without(string option, Func<RunSettings, bool> isThere, string other, string why) =>
        new(option, settings => !isThere(settings), _ => $"does not go with {other}, {why}");

    static Rule Excludes(string option, string other) =>
        new(option, settings => settings[other] is null, _ => $"does nothing beside --{other}, which replaces it; leave one of them out");

    // Sets of sequences say themselves which of these they take.
    static Rule OfFiles(string option) => new(option, settings => IsOfSequences(settings) || settings.Text("data") is not string data
            || NamedSets.Find(data) is null or { IsTable: true },
        settings => $"is for tables; {settings.Text("data")} is a named set, whose columns are known");

    static bool Is(RunSettings settings, string name, params string[] words) => words.Contains(settings.Text(name));

    static bool IsSparse(RunSettings settings) => settings.Numbers("sparsity-cost")?.Any(cost => cost > 0) == true;

    static bool HasUnits(RunSettings settings, params string[] kinds) => Units(settings).Any(kinds.Contains);

    // A kind that a program has registered may have a scale.
    static bool HasScale(RunSettings settings) => Units(settings).Any(kind => kind is not ("bernoulli" or "spin" or "multinomial"));

    // Columns of a table have none that is stated, and learn it. Which units sequences get is known when they are read.
    static bool HasSigma(RunSettings settings) => Units(settings).Any(kind =>
        kind is not ("bernoulli" or "spin" or "multinomial" or "auto" or "mixed") || (kind == "auto" && IsOfSequences(settings)));

    // Double rectified units always learn theirs.
    static bool LearnsWhenAsked(RunSettings settings) => HasSigma(settings) && Units(settings).Any(kind =>
        kind is not ("bernoulli" or "spin" or "multinomial" or "mixed" or "drelu") && (kind != "auto" || IsOfSequences(settings)));

    static bool IsOfSequences(RunSettings settings) => settings.Names.Contains("sequence-column");

    static bool IsThroughTime(RunSettings settings) => settings.Names.Contains("truncate");

    static bool IsOnline(RunSettings settings) => settings.Flag("online") == true;

    static bool IsWhole(RunSettings settings) => Is(settings, "optimizer", "lbfgs");

    static IEnumerable<string> Units(RunSettings settings) => ((string[])["visible-units", "hidden-units"]).SelectMany(name =>
        settings[name] is JsonArray several ? several.Select(kind => kind!.GetValue<string>()) : [settings.Text(name) ?? ""]);

    sealed record Rule(string Option, Func<RunSettings, bool> IsUseful, Func<RunSettings, string> Reason);
}
