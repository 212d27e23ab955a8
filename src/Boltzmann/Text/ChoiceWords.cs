using System.Text.Json;

namespace Boltzmann;

/// <summary>Choices and their words: "min-max" for MinMax.</summary>
static class ChoiceWords
{
    /// <summary>The word of a choice.</summary>
    public static string Of<T>(T choice) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(choice.ToString());

    /// <summary>The choice that has a word; null if none has.</summary>
    public static T? Find<T>(string? word) where T : struct, Enum
    {
        foreach (T choice in Enum.GetValues<T>())
            if (Of(choice) == word) return choice;
        return null;
    }
}
