using System.Text.Json;

namespace Boltzmann.Data;

/// <summary>What JSON lacks.</summary>
static class JsonText
{
    /// <summary>A number, or null where it is NaN or infinite.</summary>
    public static void WriteFiniteOrNull(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    /// <summary>An array of numbers.</summary>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            if (double.IsFinite(value)) json.WriteNumberValue(value);
            else json.WriteNullValue();
        json.WriteEndArray();
    }

    /// <summary>"image": width and height, or null.</summary>
    public static void WriteImage(this Utf8JsonWriter json, ImageShape? image)
    {
        if (image is null)
        {
            json.WriteNull("image");
            return;
        }
        json.WriteStartObject("image");
        json.WriteNumber("width", image.Width);
        json.WriteNumber("height", image.Height);
        json.WriteEndObject();
    }
}
