using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>Entries of JSON that a file may have in any form: what is not of the wanted one is null.</summary>
static class JsonValues
{
    /// <summary>A text.</summary>
    public static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A finite number.</summary>
    public static double? Number(JsonNode? node) =>
        IsNumber(node) && double.TryParse(node!.ToJsonString(), CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number : null;

    /// <summary>A whole number of 32 bits.</summary>
    public static int? Whole(JsonNode? node) =>
        IsNumber(node) && int.TryParse(node!.ToJsonString(), CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>An array of finite numbers.</summary>
    public static double[]? Numbers(JsonNode? node)
    {
        if (node is not JsonArray array) return null;
        double[] numbers = [.. array.Select(Number).OfType<double>()];
        return numbers.Length == array.Count ? numbers : null;
    }

    static bool IsNumber(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number;
}
