using System.Globalization;
using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>
/// A setting and the values that a search tries, written NAME=VALUES: a list (<c>hidden=128,256,512</c>, blanks within a value for lists by
/// layer or epoch: <c>hidden=500 500,1000 500</c>), or a range (<c>learning-rate=0.01..0.3</c>).
/// </summary>
/// <remarks>
/// A range is log-uniform where both ends are above 0 and the upper one is at least ten times the lower, else uniform; <c>log:</c> or
/// <c>linear:</c> before it settles that. Where both ends are written as whole numbers, whole numbers are drawn, else numbers of three
/// significant digits.
/// </remarks>
public sealed class SettingRange
{
    const string LogMark = "log:", LinearMark = "linear:", Dots = "..";
    const double LogFrom = 10;
    const int Digits = 3;

    readonly string[] words;
    readonly double low, high;

    SettingRange(string name, string text, string[] words, double low = 0, double high = 0)
    {
        (Name, Text, this.words, this.low, this.high) = (name, text, words, low, high);
    }

    /// <summary>The setting.</summary>
    public string Name { get; }

    /// <summary>NAME=VALUES, as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether values are drawn from a list.</summary>
    public bool IsList => words.Length > 0;

    /// <summary>Whether the logarithm of values is uniform.</summary>
    public bool IsLogarithmic { get; private init; }

    /// <summary>Whether values of a range are whole.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>How many different values there are; null for a range of too many to count.</summary>
    public long? Count => IsList ? words.Length : IsWhole ? (long)(high - low) + 1 : null;

    /// <summary>Values that stand for all: those of a list, the ends of a range.</summary>
    public IReadOnlyList<string> Extremes => IsList ? words : [TextOf(low), TextOf(high)];

    /// <summary>Reads NAME=VALUES.</summary>
    /// <exception cref="BadInputException">It is not of that form, a value is listed twice, or a range is empty or has no
    /// logarithm.</exception>
    public static SettingRange Parse(string text)
    {
        int sign = text.IndexOf('=');
        string name = sign > 0 ? text[..sign].Trim().TrimStart('-') : "", values = sign > 0 ? text[(sign + 1)..].Trim() : "";
        if (name.Length == 0 || values.Length == 0)
            throw Bad(text, "expected NAME=VALUES such as learning-rate=0.01..0.3 or hidden=128,256,512");
        bool isLog = values.StartsWith(LogMark, StringComparison.Ordinal);
        bool isLinear = values.StartsWith(LinearMark, StringComparison.Ordinal);
        string range = isLog ? values[LogMark.Length..] : isLinear ? values[LinearMark.Length..] : values;
        int dots = range.IndexOf(Dots, StringComparison.Ordinal);
        if (dots < 0)
        {
            if (isLog || isLinear) throw Bad(text, "expected a range after log: or linear:, such as log:0.01..0.3");
            string[] words = [.. values.Split(',', StringSplitOptions.TrimEntries)];
            if (words.Any(word => word.Length == 0)) throw Bad(text, "a value is empty");
            return words.Distinct().Count() == words.Length ? new(name, text, words) : throw Bad(text, "a value is listed twice");
        }
        string from = range[..dots], to = range[(dots + Dots.Length)..];
        if (!TypedNumber.TryRead(from, out double low) || !TypedNumber.TryRead(to, out double high) || !double.IsFinite(low)
            || !double.IsFinite(high)) throw Bad(text, "expected numbers on both sides of ..");
        if (low >= high) throw Bad(text, "expected a greater number behind .. than before it");
        if (isLog && low <= 0) throw Bad(text, "log: needs a range above 0");
        return new(name, text, [], low, high)
        {
            IsLogarithmic = isLog || (!isLinear && low > 0 && high / low >= LogFrom),
            IsWhole = IsWritten(from) && IsWritten(to),
        };

        static bool IsWritten(string number) => long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>Draws a value, as it would be written. One uniform number is taken, whatever the kind.</summary>
    public string Draw(Rng rng)
    {
        double u = rng.NextUniform();
        if (IsList) return words[Math.Min((int)(u * words.Length), words.Length - 1)];
        if (IsWhole)
        {
            // Ends are as likely as others: each whole number has the interval of half a step to both sides.
            double whole = IsLogarithmic ? (low - 0.5) * Math.Pow((high + 0.5) / (low - 0.5), u) : low - 0.5 + u * (high - low + 1);
            return TextOf(Math.Clamp(Math.Round(whole), low, high));
        }
        double value = IsLogarithmic ? low * Math.Pow(high / low, u) : low + u * (high - low);
        return TextOf(Math.Clamp(Rounded(value), low, high));
    }

    /// <summary>A value as settings have it: in the form of the value that it replaces.</summary>
    /// <param name="word">As <see cref="Draw"/> gives it.</param>
    /// <param name="replaced">The value in the settings of the training; null where there is none.</param>
    internal static JsonNode ToJson(string word, JsonNode? replaced)
    {
        if (replaced?.GetValueKind() is System.Text.Json.JsonValueKind.String) return word;
        if (word is "true" or "false") return word == "true";
        string[] parts = word.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        JsonNode[] values = [.. parts.Select(One)];
        return values.Length == 1 && replaced is not JsonArray ? values[0] : new JsonArray(values);

        static JsonNode One(string part) => long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            ? whole : TypedNumber.TryRead(part, out double number) && double.IsFinite(number) ? number : part;
    }

    static double Rounded(double value) =>
        double.Parse(value.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    static string TextOf(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static BadInputException Bad(string text, string expected) => new($"--over {text}: {expected}");
}
