using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Boltzmann.Cli.Commands;

namespace Boltzmann.Cli.Temporal;

/// <summary>inspect, of machines with memory.</summary>
static class SequenceInspect
{
    /// <summary>Shows what is in a file.</summary>
    /// <param name="path">A model file, a checkpoint, or the folder of a run.</param>
    /// <param name="session">Where to.</param>
    /// <param name="factors">Hidden units to show, at most.</param>
    public static int Run(string path, Session session, int factors)
    {
        TrainedSequences trained = session.Track($"reading {path}", () => TrainedSequences.Load(path, session.Placement.Double));
        IReadOnlyList<FactorLoading> loadings = Factors(trained.Model, factors);
        if (session.Json) session.WriteJson(json => Write(json, trained, loadings));
        else session.Print(ToText(session, trained, loadings));
        return ExitCode.Done;
    }

    // What a hidden unit has to do with the visible ones of its own step: the weights of an RBM.
    static IReadOnlyList<FactorLoading> Factors(SequenceModel model, int count)
    {
        if (model.Hidden is null || count == 0) return [];
        var pair = new Rbm(model.Visible.Clone(), model.Hidden.Clone());
        pair.Weights.SetCopy(model.Weights!);
        return [.. pair.Factors(InspectCommand.LoadingsPerSide).Take(count)];
    }

    static void Write(Utf8JsonWriter json, TrainedSequences trained, IReadOnlyList<FactorLoading> factors)
    {
        json.WriteStartObject();
        json.WriteString("model", trained.Description.Model);
        json.WriteString("path", trained.Path);
        InspectCommand.WriteLayers(json, trained.Description);
        json.WriteStartObject("memory");
        foreach (var (name, value) in trained.Model.Memory.Fields)
        {
            json.WritePropertyName(name);
            value!.WriteTo(json);
        }
        json.WriteNumber("width", trained.Model.Memory.Width);
        if (trained.Model.Memory is DelayMemory memory)
        {
            json.WriteNumber("least_delay", memory.Delays.Min());
            json.WriteNumber("greatest_delay", memory.Delays.Max());
        }
        json.WriteEndObject();
        if (trained.Model.Symbols is IReadOnlyList<string> symbols)
        {
            json.WriteStartArray("alphabet");
            foreach (string symbol in symbols) json.WriteStringValue(symbol);
            json.WriteEndArray();
        }
        if (trained.Model.LowestPitch is int pitch) json.WriteNumber("lowest_pitch", pitch);
        InspectCommand.WriteParameters(json, trained.Model.Parameters);
        InspectCommand.WriteFactors(json, trained.ColumnNames, factors);
        InspectCommand.WriteTraining(json, trained.Description);
        json.WriteEndObject();
    }

    static string ToText(Session session, TrainedSequences trained, IReadOnlyList<FactorLoading> factors)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"{trained.Path}: {trained}");
        text.WriteLine();
        text.WriteLine(session.Fit(MemoryTable(trained.Model)));
        text.Write(session.Fit(InspectCommand.Statistics(trained.Model.Parameters)));
        if (factors.Count > 0)
        {
            text.WriteLine();
            text.Write(session.Fit(InspectCommand.Table(factors, trained.ColumnNames)));
        }
        InspectCommand.WriteTraining(session, text, trained.Description);
        return text.ToString();
    }

    static TextTable MemoryTable(SequenceModel model)
    {
        var table = new TextTable("memory", model.Memory.Kind);
        foreach (var (name, value) in model.Memory.Fields)
            if (name != "kind") table.Add(name, value is JsonArray all ? all.Count == 0 ? "none" : string.Join(' ', all) : $"{value}");
        if (model.Memory is DelayMemory memory) table.Add("delays", $"{memory.Delays.Min()} to {memory.Delays.Max()}");
        table.Add("width", model.Memory.Width.ToString(CultureInfo.InvariantCulture));
        if (model.Symbols is IReadOnlyList<string> symbols) table.Add("alphabet", string.Concat(symbols));
        if (model.LowestPitch is int pitch) table.Add("pitches", $"{pitch} to {pitch + model.Visible.Units - 1}");
        return table;
    }
}
