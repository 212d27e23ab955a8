using System.CommandLine;
using System.Text.Json.Nodes;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Training;

/// <summary>
/// Options of a command that trains, each at once an option of the command line and a setting of settings.json. A resumed run starts from
/// its saved settings; options given again replace them.
/// </summary>
/// <param name="defaults">What the options stand at: the settings of a plan that asks for nothing.</param>
abstract class SettingOptions(RunSettings defaults)
{
    readonly List<Entry> entries = [];
    HelpGroup group;

    /// <summary>The options, for a command.</summary>
    public IEnumerable<Option> Options => entries.Select(e => e.Option);

    /// <summary>The settings that the arguments ask for, on top of those of a saved run.</summary>
    public virtual RunSettings Collect(ParseResult parsed, RunSettings? saved = null)
    {
        var settings = new RunSettings();
        foreach (Entry entry in entries)
        {
            settings[entry.Name] = saved is null || IsGiven(parsed, entry.Name) ? entry.Read(parsed) : saved[entry.Name];
        }
        return settings;
    }

    /// <summary>What the options that follow are about.</summary>
    protected void Group(HelpGroup about) => group = about;

    /// <summary>How a file is read where it does not say so itself.</summary>
    protected void Reading()
    {
        OptionalText(RowOptions.Format, RowOptions.FormatHelp, TableFormats.Names);
        OptionalText(RowOptions.Delimiter, RowOptions.DelimiterHelp);
        OptionalText(RowOptions.Decimal, RowOptions.DecimalHelp, "comma", "point");
        OptionalTexts(RowOptions.Na, RowOptions.NaHelp);
        OptionalText(RowOptions.Array, RowOptions.ArrayHelp);
        OptionalText(RowOptions.LabelsFrom, RowOptions.LabelsFromHelp);
        OptionalNumber(RowOptions.ScaleBytes, RowOptions.ScaleBytesHelp);
    }

    /// <summary>The options that the short help page has.</summary>
    protected void Main(params string[] names)
    {
        foreach (Entry entry in entries)
            if (names.Contains(entry.Name)) entry.Option.In(HelpNotes.GroupOf(entry.Option), isMain: true);
    }

    /// <summary>What help says that an option takes.</summary>
    protected void Takes(string what, params string[] names)
    {
        foreach (Entry entry in entries)
            if (names.Contains(entry.Name)) entry.Option.HelpName = what;
    }

    /// <summary>Whether the arguments name a setting; not if there is no such one.</summary>
    protected bool IsGiven(ParseResult parsed, string name) =>
        entries.Find(e => e.Name == name) is Entry entry && parsed.GetResult(entry.Option) is { Implicit: false };

    protected void Text(string name, string help, params string[] choices) =>
        Add(new Option<string>($"--{name}") { DefaultValueFactory = _ => defaults.Text(name)! }, name, help, v => v, choices);

    protected void OptionalText(string name, string help, params string[] choices) =>
        Add(new Option<string?>($"--{name}"), name, help, v => v, choices);

    protected void Integer(string name, string help) =>
        Add(NumberOption.Unbounded($"--{name}", (int)defaults.Integer(name)!), name, help, v => v);

    protected void IntegerOr(string name, int least, string word, int wordValue, string help)
    {
        Add(NumberOption.WholeOr($"--{name}", (int)defaults.Integer(name)!, least, word, wordValue), name, help, v => v);
        entries[^1].Option.HelpName = $"N|{word}";
    }

    protected void OptionalInteger(string name, string help) => Add(NumberOption.OptionalUnbounded($"--{name}"), name, help, v => v);

    protected void Number(string name, string help) => Add(NumberOption.Any($"--{name}", defaults.Number(name)!.Value), name, help, v => v);

    protected void OptionalNumber(string name, string help) => Add(NumberOption.Optional($"--{name}"), name, help, v => v);

    protected void Flag(string name, string help) => Add(new Option<bool>($"--{name}"), name, help, v => v);

    // Unless given it is no setting: runs made before there was such an option are the same.
    protected void OptionalFlag(string name, string help) => Add(new Option<bool>($"--{name}"), name, help, v => v ? true : null);

    protected void Numbers(string name, string help) =>
        Add(NumberOption.Several($"--{name}", defaults.Numbers(name)!), name, help, v => new JsonArray([.. v!.Select(x => (JsonNode?)x)]));

    protected void OptionalNumbers(string name, string help) =>
        Add(NumberOption.OptionalSeveral($"--{name}"), name, help,
            v => v is { Length: > 0 } ? new JsonArray([.. v.Select(x => (JsonNode?)x)]) : null);

    protected void Integers(string name, string help) =>
        Add(NumberOption.SeveralWhole($"--{name}", [.. defaults.Numbers(name)!.Select(n => (int)n)]), name, help,
            v => new JsonArray([.. v!.Select(x => (JsonNode?)x)]));

    protected void OptionalIntegers(string name, string help) => Add(NumberOption.OptionalSeveralWhole($"--{name}"), name, help,
        v => v is { Length: > 0 } ? new JsonArray([.. v.Select(x => (JsonNode?)x)]) : null);

    protected void Texts(string name, string help, params string[] choices) => Add(
        new Option<string[]>($"--{name}")
        {
            DefaultValueFactory = _ => [.. ((JsonArray)defaults[name]!)
            .Select(word => word!.GetValue<string>())],
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore
        },
        name, help, v => new JsonArray([.. v!.Select(x => (JsonNode?)x)]), choices);

    protected void OptionalTexts(string name, string help) => Add(
        new Option<string[]?>($"--{name}") { AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore },
        name, help, v => v is { Length: > 0 } ? new JsonArray([.. v.Select(x => (JsonNode?)x)]) : null);

    // Help names the library's kinds; a program may have registered others, and what is none is refused where layers are made.
    protected void Kind(string name, string help)
    {
        Text(name, help);
        OfferKinds();
    }

    protected void Kinds(string name, string help)
    {
        Texts(name, help);
        OfferKinds();
    }

    void OfferKinds()
    {
        entries[^1].Option.CompletionSources.Add([.. LayerKinds.Choices]);
        // Not kinds, but ways to find them.
        string[] found = defaults.Text("visible-units") == "auto" && entries[^1].Name == "visible-units" ? ["auto", "mixed"] : [];
        entries[^1].Option.HelpName = string.Join('|', found.Concat(LayerKinds.Choices));
    }

    void Add<T>(Option<T> option, string name, string help, Func<T?, JsonNode?> toJson, params string[] choices)
    {
        option.Description = help;
        option.In(group);
        if (choices.Length > 0)
        {
            option.AcceptOnlyFromAmong(choices);
            option.HelpName = string.Join('|', choices);
        }
        entries.Add(new(name, option, parsed => toJson(parsed.GetValue(option))));
    }

    sealed record Entry(string Name, Option Option, Func<ParseResult, JsonNode?> Read);
}
