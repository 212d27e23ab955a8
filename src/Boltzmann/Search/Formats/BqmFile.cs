using System.Globalization;
using System.Text.Json;

namespace Boltzmann.Searching;

/// <summary>
/// Binary quadratic models as JSON: bqpjson's (variable_ids, linear_terms of id and coeff, quadratic_terms of id_head and id_tail,
/// offset, scale, variable_domain), dimod's of schema 3 (variable_labels, linear_biases, quadratic_head, quadratic_tail,
/// quadratic_biases, variable_type) and dimod's older one (linear_terms of label and bias). The value
/// scale·(offset + Σ hᵢxᵢ + Σ Jᵢⱼxᵢxⱼ) is minimised. Labels are names; a number k is called xk.
/// </summary>
sealed class BqmFile
{
    readonly BinaryEnergyBuilder builder = new();
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly List<string> names = [];
    readonly string source;
    double scale = 1;
    bool isSpin, isClosed;
    string place = "";

    BqmFile(string source) => this.source = source;

    /// <summary>Reads one.</summary>
    /// <exception cref="BadInputException">It is none; the message says where.</exception>
    public static SearchProblem Read(ProblemText text)
    {
        using JsonDocument document = StrictJson.Parse(text.Bytes, text.Name);
        var reader = new BqmFile(text.Name);
        reader.Read(document.RootElement);
        if (reader.names.Count == 0) throw new BadInputException($"{text.Name}: the model has no variables");
        return new(ProblemHeader.NameOf(text), "bqm", reader.isSpin ? "ising" : "qubo", reader.Energy(),
            new("value", IsMaximised: false))
        { Names = reader.names };
    }

    BinaryEnergy Energy()
    {
        try
        {
            return builder.Build();
        }
        catch (ArgumentException e)
        {
            throw new BadInputException($"{source}: {e.Message}", e);
        }
    }

    void Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Bad("expected an object");
        isSpin = Spins(root);
        if (root.TryGetProperty("scale", out JsonElement factor)) scale = Number(factor);
        if (root.TryGetProperty("offset", out JsonElement offset)) builder.Add(Term(offset));
        if (root.TryGetProperty("linear_biases", out _)) ReadArrays(root);
        else if (root.TryGetProperty("linear_terms", out _)) ReadTerms(root);
        else throw Bad("has neither linear_terms nor linear_biases, as a binary quadratic model has, nor is it a problem of constraints, "
            + $"whose \"format\" is \"{ProblemWriter.Format}\"");
    }

    bool Spins(JsonElement root)
    {
        string? word = Word(root, "variable_type") ?? Word(root, "variable_domain")
            ?? throw Bad("does not say whether its variables are spins: expected variable_type or variable_domain");
        return word.ToUpperInvariant() switch
        {
            "SPIN" => true,
            "BINARY" or "BOOLEAN" => false,
            _ => throw Bad($"the kind of variables is {Quoted.Text(word)}; expected SPIN or BINARY"),
        };
    }

    // dimod, schema 3.
    void ReadArrays(JsonElement root)
    {
        if (root.TryGetProperty("use_bytes", out JsonElement bytes) && bytes.ValueKind == JsonValueKind.True)
            throw Bad("its numbers are packed bytes; expected to_serializable(use_bytes=False)");
        JsonElement[] labels = Array(root, "variable_labels"), biases = Array(root, "linear_biases");
        if (labels.Length != biases.Length)
            throw Bad($"has {labels.Length:N0} variable_labels, but {biases.Length:N0} linear_biases");
        for (int i = 0; i < labels.Length; i++)
        {
            place = $"variable_labels[{i}]";
            AddLinear(Add(Label(labels[i])), biases[i]);
        }
        JsonElement[] heads = Array(root, "quadratic_head"), tails = Array(root, "quadratic_tail"), weights = Array(root,
            "quadratic_biases");
        if (heads.Length != tails.Length || heads.Length != weights.Length)
            throw Bad($"has {heads.Length:N0} quadratic_head, {tails.Length:N0} quadratic_tail and {weights.Length:N0} quadratic_biases");
        for (int e = 0; e < heads.Length; e++)
        {
            place = $"quadratic_head[{e}]";
            AddPair(Place(heads[e]), Place(tails[e]), weights[e]);
        }
    }

    // bqpjson, and dimod's older schema.
    void ReadTerms(JsonElement root)
    {
        if (root.TryGetProperty("variable_ids", out _))
        {
            foreach (JsonElement id in Array(root, "variable_ids")) Add(Label(id));
            isClosed = true;
        }
        else if (root.TryGetProperty("variable_labels", out _))
        {
            foreach (JsonElement label in Array(root, "variable_labels")) Add(Label(label));
            isClosed = true;
        }
        int number = 0;
        foreach (JsonElement term in Array(root, "linear_terms"))
        {
            place = $"linear_terms[{number++}]";
            AddLinear(Find(Label(Property(term, "id", "label"))), Property(term, "coeff", "bias"));
        }
        number = 0;
        foreach (JsonElement term in Array(root, "quadratic_terms"))
        {
            place = $"quadratic_terms[{number++}]";
            AddPair(Find(Label(Property(term, "id_head", "label_head"))), Find(Label(Property(term, "id_tail", "label_tail"))),
                Property(term, "coeff", "bias"));
        }
    }

    void AddLinear(int variable, JsonElement value)
    {
        if (isSpin) builder.AddSpin(variable, Term(value));
        else builder.Add(variable, Term(value));
    }

    void AddPair(int first, int second, JsonElement value)
    {
        if (first == second) throw Bad($"joins {Quoted.Text(names[first])} to itself");
        if (isSpin) builder.AddSpins(first, second, Term(value));
        else builder.Add(first, second, Term(value));
    }

    int Add(string name)
    {
        if (!numbers.TryAdd(name, names.Count)) throw Bad($"a variable is called {Quoted.Text(name)} already");
        if (names.Count == BinaryEnergyBuilder.MostVariables) throw Bad($"has more than {names.Count:N0} variables");
        names.Add(name);
        return builder.AddVariables(1);
    }

    int Find(string name) => numbers.TryGetValue(name, out int variable) ? variable
        : isClosed ? throw Bad($"no variable is called {Quoted.Text(name)}") : Add(name);

    int Place(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int place) && place >= 0
        && place < names.Count ? place : throw Bad($"expected the number of a variable, 0 to {names.Count - 1}");

    string Label(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String when element.GetString() is { Length: > 0 } text => text,
        JsonValueKind.Number when element.TryGetInt64(out long number) => $"x{number.ToString(CultureInfo.InvariantCulture)}",
        _ => throw Bad($"expected a label that is text or a whole number, not {Quoted.Text(element.GetRawText())}"),
    };

    double Term(JsonElement element)
    {
        double value = scale * Number(element);
        // Spins multiply by up to 4.
        return Math.Abs(value) < double.MaxValue / 64 ? value : throw Bad($"{element.GetRawText()} is too large");
    }

    double Number(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value)
        && double.IsFinite(value) ? value : throw Bad($"expected a finite number, not {Quoted.Text(element.GetRawText())}");

    JsonElement Property(JsonElement term, string name, string other)
    {
        if (term.ValueKind != JsonValueKind.Object) throw Bad("expected an object");
        return term.TryGetProperty(name, out JsonElement value) || term.TryGetProperty(other, out value) ? value
            : throw Bad($"has no {name}, nor {other}");
    }

    JsonElement[] Array(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement array)) throw Bad($"has no {name}");
        return array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : throw Bad($"{name} is not an array");
    }

    string? Word(JsonElement root, string name) => !root.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Bad($"{name} is not text");

    BadInputException Bad(string what) => new($"{source}{(place.Length > 0 ? $", {place}" : "")}: {what}");
}
