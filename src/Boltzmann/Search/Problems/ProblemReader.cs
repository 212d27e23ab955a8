using System.Text.Json;

namespace Boltzmann.Searching;

/// <summary>Reads a problem from JSON, as <see cref="ProblemWriter"/> writes it.</summary>
sealed class ProblemReader
{
    readonly Problem problem = new();
    readonly Dictionary<string, IntegerVariable> integers = new(StringComparer.Ordinal);
    readonly string source;
    string place = "";

    ProblemReader(string source) => this.source = source;

    /// <summary>The problem.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="source">What it is, to begin an error message with.</param>
    /// <exception cref="BadInputException">It is none.</exception>
    public static Problem Read(ReadOnlyMemory<byte> text, string source)
    {
        using JsonDocument document = StrictJson.Parse(text, source);
        var reader = new ProblemReader(source);
        try
        {
            reader.Read(document.RootElement);
        }
        catch (ArgumentException e)
        {
            // What a program would be told about its own call: here the file made it.
            throw reader.Bad(e.Message.Split(" (Parameter", 2)[0], e);
        }
        return reader.problem;
    }

    void Read(JsonElement root)
    {
        Expect(root, JsonValueKind.Object, "an object");
        Only(root, "format", "version", "variables", "objective", "required", "constraints");
        if (Text(root, "format") != ProblemWriter.Format) throw Bad($"\"format\" must be \"{ProblemWriter.Format}\"");
        int version = Whole(root, "version");
        if (version != ProblemWriter.Version)
            throw Bad($"version {version} of the format is not known, only {ProblemWriter.Version}");
        Each(root, "variables", ReadVariable, isRequired: true);
        place = "objective";
        if (root.TryGetProperty("objective", out JsonElement objective)) ReadObjective(objective);
        Each(root, "required", element => problem.Require(Literal(element)));
        Each(root, "constraints", ReadConstraint);
    }

    void ReadVariable(JsonElement element)
    {
        Expect(element, JsonValueKind.Object, "an object");
        Only(element, "name", "kind", "low", "high", "encoding");
        string name = Text(element, "name"), kind = element.TryGetProperty("kind", out _) ? Text(element, "kind") : "binary";
        if (kind == "binary") problem.Add(name);
        else if (kind == "spin") problem.Spin(name);
        else if (kind == "integer")
        {
            IntegerEncoding encoding = Chosen<IntegerEncoding>(Text(element, "encoding"), ProblemWriter.Word);
            integers[name] = problem.Integer(name, Whole(element, "low"), Whole(element, "high"), encoding);
        }
        else throw Bad($"\"kind\" is \"{kind}\", not binary, spin or integer");
    }

    void ReadObjective(JsonElement element)
    {
        Expect(element, JsonValueKind.Object, "an object");
        Only(element, "sense", "offset", "terms");
        string? sense = element.TryGetProperty("sense", out _) ? Text(element, "sense") : null;
        if (sense is not (null or "maximise" or "minimise")) throw Bad($"\"sense\" is \"{sense}\", not maximise or minimise");
        if (sense is not null) problem.SetSense(sense == "maximise");
        if (element.TryGetProperty("offset", out _)) problem.AddObjective(Number(element, "offset"), 1);
        Each(element, "terms", term =>
        {
            Expect(term, JsonValueKind.Object, "an object");
            Only(term, "energy", "of");
            Expression product = Number(term, "energy");
            foreach (Hypothesis literal in Literals(term)) product *= literal;
            problem.AddObjective(product, 1);
        });
    }

    void ReadConstraint(JsonElement element)
    {
        Expect(element, JsonValueKind.Object, "an object");
        Only(element, "name", "kind", "weight", "of", "factors", "relation", "bound");
        ConstraintKind kind = Chosen<ConstraintKind>(Text(element, "kind"), ProblemWriter.Word);
        double? weight = element.TryGetProperty("weight", out _) ? Number(element, "weight") : null;
        string? name = element.TryGetProperty("name", out _) ? Text(element, "name") : null;
        if (kind == ConstraintKind.AllDifferent)
        {
            problem.Constrain(Constraint.AllDifferent([.. Elements(element, "of").Select(Integer)]), weight, name);
            return;
        }
        Hypothesis[] literals = [.. Literals(element)];
        problem.Constrain(kind switch
        {
            ConstraintKind.Clause => Constraint.Clause(literals),
            ConstraintKind.Xor => Constraint.Xor(literals),
            ConstraintKind.Product => literals is [var z, var x, var y] ? Constraint.Product(z, x, y)
                : throw Bad($"a product is of 3 hypotheses, not {literals.Length}"),
            _ => Constraint.Linear(literals, [.. Elements(element, "factors").Select(Number)],
                Chosen<Relation>(Text(element, "relation"), ProblemWriter.Word), Number(element, "bound")),
        }, weight, name);
    }

    IEnumerable<Hypothesis> Literals(JsonElement element) => Elements(element, "of").Select(Literal);

    Hypothesis Literal(JsonElement element)
    {
        Expect(element, JsonValueKind.String, "the name of a hypothesis");
        string name = element.GetString()!;
        bool isNegated = name.StartsWith('!');
        if (!problem.TryFind(isNegated ? name[1..] : name, out Hypothesis found)) throw Bad($"no variable is called \"{name}\"");
        return isNegated ? !found : found;
    }

    IntegerVariable Integer(JsonElement element)
    {
        Expect(element, JsonValueKind.String, "the name of an integer");
        return integers.TryGetValue(element.GetString()!, out IntegerVariable? integer) ? integer
            : throw Bad($"no integer is called \"{element.GetString()}\"");
    }

    void Each(JsonElement element, string property, Action<JsonElement> read, bool isRequired = false)
    {
        string outer = place;
        place = property;
        if (isRequired || element.TryGetProperty(property, out _))
        {
            int number = 0;
            foreach (JsonElement entry in Elements(element, property))
            {
                place = $"{property}[{number++}]";
                read(entry);
            }
        }
        place = outer;
    }

    JsonElement.ArrayEnumerator Elements(JsonElement element, string property)
    {
        JsonElement array = Property(element, property);
        if (array.ValueKind != JsonValueKind.Array) throw Bad($"\"{property}\" must be an array");
        return array.EnumerateArray();
    }

    string Text(JsonElement element, string property)
    {
        JsonElement value = Property(element, property);
        Expect(value, JsonValueKind.String, $"text for \"{property}\"");
        return value.GetString()!;
    }

    double Number(JsonElement element, string property) => Number(Property(element, property));

    double Number(JsonElement value)
    {
        Expect(value, JsonValueKind.Number, "a number");
        return value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Bad($"{value.GetRawText()} is too large");
    }

    int Whole(JsonElement element, string property)
    {
        JsonElement value = Property(element, property);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
            : throw Bad($"\"{property}\" must be a whole number");
    }

    JsonElement Property(JsonElement element, string property) => element.TryGetProperty(property, out JsonElement value) ? value
        : throw Bad($"\"{property}\" is missing");

    T Chosen<T>(string word, Func<T, string> wordOf) where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
            if (wordOf(value) == word) return value;
        throw Bad($"\"{word}\" is none of {string.Join(", ", Enum.GetValues<T>().Select(wordOf))}");
    }

    void Only(JsonElement element, params string[] known)
    {
        foreach (JsonProperty property in element.EnumerateObject())
            if (!known.Contains(property.Name)) throw Bad($"\"{property.Name}\" is unknown; known are {string.Join(", ", known)}");
    }

    void Expect(JsonElement element, JsonValueKind kind, string what)
    {
        if (element.ValueKind != kind) throw Bad($"expected {what}, but found {element.ValueKind.ToString().ToLowerInvariant()}");
    }

    BadInputException Bad(string what, Exception? inner = null)
    {
        string message = $"{source}{(place.Length > 0 ? $", {place}" : "")}: {what}";
        return inner is null ? new(message) : new(message, inner);
    }
}
