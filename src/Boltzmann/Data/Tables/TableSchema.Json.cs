using System.Text.Json.Nodes;

namespace Boltzmann.Data;

public sealed partial class TableSchema
{
    const string ColumnsKey = "columns", HeaderKey = "header", NameKey = "name", TypeKey = "type", CategoriesKey = "categories",
        MinimumKey = "minimum", MaximumKey = "maximum", DecimalsKey = "decimals", WrittenKey = "written_decimals", MissingKey = "missing",
            ReasonKey = "reason", AlphabetKey = "alphabet";

    /// <summary>The word for a type, in files and on the command line.</summary>
    public static string WordFor(ColumnType type) => type switch
    {
        ColumnType.Ignored => "ignored",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>The type that a word stands for; null if there is none.</summary>
    public static ColumnType? TypeOf(string word) => word switch
    {
        "real" or "numeric" or "number" => ColumnType.Real,
        "binary" or "boolean" => ColumnType.Binary,
        "categorical" or "category" => ColumnType.Categorical,
        "count" => ColumnType.Count,
        "ignored" or "ignore" => ColumnType.Ignored,
        _ => null,
    };

    /// <summary>The schema as JSON, as model files have it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { [HeaderKey] = HasHeader };
        if (Alphabet is not null) json[AlphabetKey] = Alphabet.Name;
        json[ColumnsKey] = new JsonArray([.. Columns.Select(ToJson)]);
        return json;
    }

    /// <summary>What <see cref="ToJson()"/> wrote; null if it is not that.</summary>
    internal static TableSchema? Read(JsonNode json)
    {
        if (json is not JsonObject table || table[ColumnsKey] is not JsonArray { Count: > 0 } array) return null;
        TableColumn?[] columns = [.. array.Select(ColumnFrom)];
        if (columns.Contains(null)) return null;
        try
        {
            return new(columns!, table[HeaderKey] is not JsonValue header || !header.TryGetValue(out bool hasHeader) || hasHeader)
            {
                Alphabet = table[AlphabetKey] is JsonNode alphabet ? Alphabet.Parse(JsonValues.Text(alphabet) ?? "") : null,
            };
        }
        catch (BadInputException)
        {
            return null;   // the caller names the file
        }
    }

    static JsonNode ToJson(TableColumn column)
    {
        var json = new JsonObject { [NameKey] = column.Name, [TypeKey] = WordFor(column.Type) };
        if (column.Categories.Count > 0) json[CategoriesKey] = new JsonArray([.. column.Categories.Select(word => (JsonNode)word)]);
        if (column.IsNumber)
        {
            json[MinimumKey] = column.Minimum;
            json[MaximumKey] = column.Maximum;
            json[DecimalsKey] = column.Decimals;
            if (column.WrittenDecimals > 0) json[WrittenKey] = column.WrittenDecimals;
        }
        if (column.Missing > 0) json[MissingKey] = column.Missing;
        if (column.Reason is not null) json[ReasonKey] = column.Reason;
        return json;
    }

    static TableColumn? ColumnFrom(JsonNode? node)
    {
        if (node is not JsonObject json || JsonValues.Text(json[NameKey]) is not string name
            || TypeOf(JsonValues.Text(json[TypeKey]) ?? "") is not ColumnType type)
            return null;
        string[] words = json[CategoriesKey] is JsonArray array ? [.. array.Select(JsonValues.Text).OfType<string>()] : [];
        var column = new TableColumn(name, type)
        {
            Categories = words,
            Minimum = JsonValues.Number(json[MinimumKey]) ?? 0,
            Maximum = JsonValues.Number(json[MaximumKey]) ?? 0,
            Decimals = (int)(JsonValues.Number(json[DecimalsKey]) ?? 0),
            WrittenDecimals = (int)(JsonValues.Number(json[WrittenKey]) ?? 0),
            Missing = (int)(JsonValues.Number(json[MissingKey]) ?? 0),
            Reason = JsonValues.Text(json[ReasonKey]),
        };
        bool isWhole = column.IsNumber ? column.Minimum <= column.Maximum && column.Decimals is >= 0 and <= TableColumn.MostDecimals
                && column.WrittenDecimals is >= 0 and <= TableColumn.MostDecimals
            : type == ColumnType.Ignored || (type == ColumnType.Binary ? words.Length == 2 : words.Length >= 1)
            && words.Distinct(StringComparer.Ordinal).Count() == words.Length;
        return isWhole ? column : null;
    }
}
