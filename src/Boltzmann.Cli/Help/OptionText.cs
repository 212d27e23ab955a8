using System.Collections;
using System.CommandLine;
using System.Globalization;

namespace Boltzmann.Cli.Help;

/// <summary>An option in the words of a help page.</summary>
static class OptionText
{
    const int LongestInShort = 12, Longest = 60;

    /// <summary>Its name, and what it takes: --hidden N.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isShort">Whether also short lists of choices are left to the description.</param>
    public static string NameOf(Option option, bool isShort)
    {
        string name = option.Aliases.FirstOrDefault(alias => alias.Length == 2 && alias[1] != '?') is string letter
            ? $"{letter}, {option.Name}" : option.Name;
        string takes = HasLongChoices(option, isShort) ? LastWord(option) : Takes(option);
        return takes.Length == 0 ? name : $"{name} {takes}{(option.Arity.MaximumNumberOfValues > 1 ? " …" : "")}";
    }

    /// <summary>What it stands for, with its default.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isShort">Whether the first sentence will do.</param>
    public static string Description(Option option, bool isShort)
    {
        string words = option.Description ?? "";
        if (isShort) words = FirstSentence(words);
        if (HasLongChoices(option, isShort))
            words = isShort ? $"{words.TrimEnd('.')}: {option.HelpName!.Replace("|", ", ")}."
                : $"{words} Choices: {option.HelpName!.Replace("|", ", ")}.";
        return DefaultOf(option) is { Length: > 0 } value ? $"{words} [{value}]" : words;
    }

    static bool HasLongChoices(Option option, bool isShort) =>
        option.HelpName is string choices && choices.Length > (isShort ? LongestInShort : Longest) && choices.Contains('|')
        && choices.Any(char.IsLower);

    static string LastWord(Option option) => option.Name[(option.Name.LastIndexOf('-') + 1)..].ToUpperInvariant();

    /// <summary>Up to the first full stop that ends a sentence.</summary>
    public static string FirstSentence(string words)
    {
        int end = words.IndexOf(". ", StringComparison.Ordinal);
        // "Montavon et al. 2012" goes on.
        while (end >= 0 && words[..end].EndsWith(" al", StringComparison.Ordinal))
            end = words.IndexOf(". ", end + 1, StringComparison.Ordinal);
        return end < 0 ? words : words[..(end + 1)];
    }

    static string Takes(Option option)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (type == typeof(bool) || option.Arity.MaximumNumberOfValues == 0) return "";
        Type element = type.GetElementType() ?? type;
        element = Nullable.GetUnderlyingType(element) ?? element;
        return option.HelpName is { Length: > 0 } stated ? stated
            : element == typeof(int) || element == typeof(ulong) ? "N" : element == typeof(double) ? "X" : LastWord(option);
    }

    static string DefaultOf(Option option)
    {
        if (!option.HasDefaultValue || option.ValueType == typeof(bool)) return "";
        object? value = option.GetDefaultValue();
        return value is IEnumerable several and not string ? string.Join(' ', several.Cast<object?>().Select(Word)) : Word(value);
    }

    static string Word(object? value) => value switch
    {
        double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
