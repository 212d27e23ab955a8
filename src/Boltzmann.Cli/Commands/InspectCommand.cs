using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Temporal;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann inspect MODEL: what is in a model file.</summary>
static class InspectCommand
{
    /// <summary>Columns that a factor names on each side.</summary>
    internal const int LoadingsPerSide = 5;

    const int LongestSetting = 80, MostClasses = 20;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var factors = NumberOption.Whole("--factors", 5, 0, "How many hidden units to show as factors, the largest weights first.");
        var picture = new Option<string?>("--picture")
        {
            Description = "Models of aligned sequences: SVG file for the factors as sequence logos.",
            HelpName = "FILE"
        };
        var command = new Command("inspect",
            "Shows a model's layers, parameter statistics and factors, and how it was trained.") { model.Argument, factors, picture };
        command.WithExamples(("inspect runs/NAME", "a run's model"), ("inspect model.safetensors --factors 20", "more factors of a file"));
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? drawn = parsed.GetValue(picture);
            if (drawn is not null) RowsFile.Check("--picture", drawn, ".svg");
            if (TrainedSequences.IsOf(parsed.GetValue(model.Argument)!))
                return SequenceInspect.Run(parsed.GetValue(model.Argument)!, session, parsed.GetValue(factors));
            TrainedModel trained = model.Open(parsed, session, session.Placement.Double);
            IReadOnlyList<FactorLoading> loadings = trained.IsGenerative && parsed.GetValue(factors) is > 0 and int count
                ? [.. trained.Factors(LoadingsPerSide).Take(count)]
                : [];
            if (drawn is not null) AtomicFile.WriteText(drawn, FactorLogos.Svg(trained, loadings));
            if (session.Json) session.WriteJson(json => Write(json, trained, loadings));
            else session.Print(ToText(session, trained, loadings));
            return ExitCode.Done;
        });
        return command;
    }

    static void Write(Utf8JsonWriter json, TrainedModel loaded, IReadOnlyList<FactorLoading> factors)
    {
        json.WriteStartObject();
        json.WriteString("model", loaded.Description.Model);
        json.WriteString("path", loaded.Path);
        WriteLayers(json, loaded.Description);
        if (loaded.Description.Classes is { } classes)
        {
            json.WriteStartArray("classes");
            foreach (string name in classes) json.WriteStringValue(name);
            json.WriteEndArray();
        }
        WriteParameters(json, loaded.Parameters);
        if (loaded.IsGenerative) WriteFactors(json, loaded.ColumnNames, factors);
        WriteTraining(json, loaded.Description);
        json.WriteEndObject();
    }

    /// <summary>Kind and size of each layer, as the file has them.</summary>
    internal static void WriteLayers(Utf8JsonWriter json, ModelDescription model)
    {
        json.WriteStartArray("layers");
        foreach (LayerDescription layer in model.Layers)
        {
            json.WriteStartObject();
            json.WriteString("units", layer.Units);
            json.WriteNumber("size", layer.Size);
            foreach (var (name, value) in layer.Fields)
            {
                json.WritePropertyName(name);
                if (value is null) json.WriteNullValue();
                else value.WriteTo(json);
            }
            if (layer.Normalized) json.WriteBoolean("normalized", true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>How it was trained; null where the file does not tell.</summary>
    internal static void WriteTraining(Utf8JsonWriter json, ModelDescription model)
    {
        json.WritePropertyName("training");
        if (model.Training is JsonObject training) training.WriteTo(json);
        else json.WriteNullValue();
    }

    /// <summary>Shape and statistics of each parameter.</summary>
    internal static void WriteParameters(Utf8JsonWriter json, IReadOnlyList<Parameter> parameters)
    {
        json.WriteStartArray("parameters");
        foreach (Parameter parameter in parameters)
        {
            Summary summary = parameter.Value.Summarize();
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteStartArray("shape");
            if (parameter.IsWeight) json.WriteNumberValue(parameter.Value.Rows);
            json.WriteNumberValue(parameter.Value.Columns);
            json.WriteEndArray();
            json.WriteFiniteOrNull("minimum", summary.Minimum);
            json.WriteFiniteOrNull("mean", summary.Sum / Count(parameter));
            json.WriteFiniteOrNull("maximum", summary.Maximum);
            json.WriteFiniteOrNull("norm", Math.Sqrt(summary.SumOfSquares));
            json.WriteNumber("non_finite", summary.NonFinite);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The hidden units with the largest weights, by the names of the columns.</summary>
    internal static void WriteFactors(Utf8JsonWriter json, IReadOnlyList<string> names, IReadOnlyList<FactorLoading> factors)
    {
        json.WriteStartArray("factors");
        foreach (FactorLoading factor in factors)
        {
            json.WriteStartObject();
            json.WriteNumber("hidden", factor.Hidden);
            json.WriteNumber("bias", factor.Bias);
            json.WriteNumber("norm", factor.Norm);
            Side("for", factor.For);
            Side("against", factor.Against);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        void Side(string name, IReadOnlyList<(int Visible, double Weight)> loadings)
        {
            json.WriteStartArray(name);
            foreach (var (visible, weight) in loadings)
            {
                json.WriteStartObject();
                json.WriteNumber("visible", visible);
                json.WriteString("name", names[visible]);
                json.WriteNumber("weight", weight);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    static string ToText(Session session, TrainedModel loaded, IReadOnlyList<FactorLoading> factors)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"{loaded.Path}: {loaded}");
        if (loaded.Description.Classes is { } classes) text.WriteLine(ClassLine(classes));
        text.WriteLine();
        if (!loaded.IsGenerative) text.WriteLine(session.Fit(Layers(loaded.Description)));
        text.Write(session.Fit(Statistics(loaded.Parameters)));
        if (factors.Count > 0)
        {
            text.WriteLine();
            text.Write(session.Fit(Table(factors, loaded.ColumnNames)));
        }
        WriteTraining(session, text, loaded.Description);
        return text.ToString();
    }

    internal static TextTable Table(IReadOnlyList<FactorLoading> factors, IReadOnlyList<string> names)
    {
        var table = new TextTable("hidden", "bias", "norm", "for", "against");
        foreach (FactorLoading f in factors)
            table.Add($"h{f.Hidden}", NumberText.Short(f.Bias, 3), NumberText.Short(f.Norm, 3), Side(f.For), Side(f.Against));
        return table;

        string Side(IReadOnlyList<(int Visible, double Weight)> loadings) =>
            string.Join("  ", loadings.Select(l => $"{names[l.Visible]} {NumberText.Short(l.Weight, 2)}"));
    }

    static TextTable Layers(ModelDescription network)
    {
        var layers = new TextTable("layer", "units", "activation", "batch-normalised");
        for (int l = 0; l < network.Layers.Count; l++)
        {
            LayerDescription layer = network.Layers[l];
            bool isHead = l == network.Layers.Count - 1;
            layers.Add(l == 0 ? "inputs" : isHead ? "head" : $"hidden {l}", $"{layer.Size}", l == 0 ? "" : layer.Units, l == 0 || isHead
                ? "" : layer.Normalized ? "yes" : "no");
        }
        return layers;
    }

    static string ClassLine(IReadOnlyList<string> classes) =>
        $"{classes.Count} classes: {string.Join(", ", classes.Take(MostClasses))}{(classes.Count > MostClasses ? ", …" : "")}";

    internal static TextTable Statistics(IReadOnlyList<Parameter> all)
    {
        var parameters = new TextTable("parameter", "shape", "min", "mean", "max", "norm", "not finite");
        foreach (Parameter parameter in all)
        {
            Summary s = parameter.Value.Summarize();
            parameters.Add(parameter.Name, parameter.IsWeight ? $"{parameter.Value.Rows} × "
                + $"{parameter.Value.Columns}" : $"{parameter.Value.Columns}",
                NumberText.Short(s.Minimum), NumberText.Short(s.Sum / Count(parameter)), NumberText.Short(s.Maximum),
                    NumberText.Short(Math.Sqrt(s.SumOfSquares)), $"{s.NonFinite}");
        }
        return parameters;
    }

    internal static void WriteTraining(Session session, StringWriter text, ModelDescription model)
    {
        if (model.Training is not JsonObject training) return;
        text.WriteLine();
        var settings = new TextTable("training", "");
        foreach (var (name, value) in training)
            if (value is not null) settings.Add(name, Setting(value));
        text.Write(session.Fit(settings));
    }

    static long Count(Parameter parameter) => (long)parameter.Value.Rows * parameter.Value.Columns;

    // Statistics of hundreds of columns are for programs: --json has them whole.
    static string Setting(JsonNode value)
    {
        string text = value switch
        {
            JsonArray array => string.Join(' ', array),
            JsonObject entry => string.Join(", ", entry.Select(e => $"{e.Key} {(e.Value is null ? "" : Setting(e.Value))}")),
            _ => value.ToString(),
        };
        return text.Length <= LongestSetting ? text : text[..LongestSetting] + "…";
    }
}
