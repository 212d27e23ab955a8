using System.Collections;

namespace Boltzmann.Experiments;

/// <summary>What fills the places of a <see cref="PageTemplate"/>, or of one of its parts.</summary>
sealed class PageValues : IEnumerable<string>
{
    readonly Dictionary<string, string> texts = [];
    readonly Dictionary<string, IReadOnlyList<PageValues>> parts = [];

    /// <summary>Names of all places that it fills.</summary>
    public IEnumerable<string> Names => texts.Keys.Concat(parts.Keys);

    /// <summary>A text.</summary>
    public void Add(string name, string text) => texts.Add(name, text);

    /// <summary>A table.</summary>
    public void Add(string name, TextTable table) => texts.Add(name, table.ToMarkdown().TrimEnd());

    /// <summary>The settings of a run, as JSON.</summary>
    public void Add(string name, RunFolder run) => texts.Add(name, run.Settings.ToJson().ToJsonString(new() { WriteIndented = true }));

    /// <summary>Whether a part is there.</summary>
    public void Add(string name, bool isShown) => parts.Add(name, isShown ? [new PageValues()] : []);

    /// <summary>A part that is there once or not at all, with what fills its own places.</summary>
    public void Add(string name, bool isShown, PageValues entry) => parts.Add(name, isShown ? [entry] : []);

    /// <summary>A part that is repeated.</summary>
    public void Add(string name, IEnumerable<PageValues> entries) => parts.Add(name, [.. entries]);

    /// <summary>A text by its name; null for none.</summary>
    public string? Text(string name) => texts.GetValueOrDefault(name);

    /// <summary>The entries of a part by its name; null for none.</summary>
    public IReadOnlyList<PageValues>? Entries(string name) => parts.GetValueOrDefault(name);

    IEnumerator<string> IEnumerable<string>.GetEnumerator() => Names.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Names.GetEnumerator();
}
