using System.CommandLine;
using System.Text.Json;

namespace Boltzmann.Cli;

/// <summary>What of the arguments a person stated, as members of requests have it.</summary>
static class Binding
{
    /// <summary>Whether a person gave the option, be it its default.</summary>
    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>The number given; null if none was.</summary>
    public static int? Stated(this ParseResult parsed, Option<int> option) => parsed.IsGiven(option) ? parsed.GetValue(option) : null;

    /// <summary>The choice whose word was given: "base-rate" for BaseRate; null if none was.</summary>
    public static T? Choice<T>(this ParseResult parsed, Option option) where T : struct, Enum =>
        parsed.GetResult(option) is { Implicit: false } result ? Of<T>(result.Tokens[0].Value) : null;

    /// <summary>The words of all choices, in their order.</summary>
    public static string[] Words<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(Word)];

    /// <summary>The choice of a word.</summary>
    public static T Of<T>(string word) where T : struct, Enum => Enum.GetValues<T>().First(value => Word(value) == word);

    static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
