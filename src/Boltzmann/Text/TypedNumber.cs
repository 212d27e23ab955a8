using System.Globalization;

namespace Boltzmann;

/// <summary>
/// Numbers as people type them: with a decimal point in every language, and without separators of thousands, so that 0,05 is never read as
/// 5.
/// </summary>
static class TypedNumber
{
    /// <summary>Reads a number; it may be NaN or infinite.</summary>
    public static bool TryRead(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>What to say of a text that is not a number.</summary>
    /// <param name="name">The option.</param>
    /// <param name="text">What it was given.</param>
    public static string Refusal(string name, string text) =>
        $"{name}: {text} is not a number{(text.Contains(',') ? "; a decimal point is expected" : "")}";
}
