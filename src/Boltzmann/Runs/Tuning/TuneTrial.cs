namespace Boltzmann.Runs;

/// <summary>One trial of a search: settings, and how they stood round by round.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Settings">The values that were drawn, by setting, as they would be written.</param>
/// <param name="Rounds">Those it took part in, the first one first.</param>
public sealed record TuneTrial(int Number, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<TrialRound> Rounds)
{
    /// <summary>The folder of its run, within the folder of the search.</summary>
    public string Folder => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"trial-{Number:00}");

    /// <summary>Its last round; null before the first one's end.</summary>
    public TrialRound? Last => Rounds.Count == 0 ? null : Rounds[^1];

    /// <summary>What was drawn, in words: learning-rate 0.03, hidden 256.</summary>
    public override string ToString() => string.Join(", ", Settings.Select(setting => $"{setting.Key} {setting.Value}"));

    /// <summary>The options that train with these settings: --learning-rate 0.03 --hidden 256.</summary>
    public string Options => string.Join(' ', Settings.Select(setting => $"--{setting.Key} {setting.Value}"));
}
