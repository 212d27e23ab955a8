using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Temporal;

/// <summary>predict, of machines with memory: what comes after the steps that they read.</summary>
sealed class SequencePredict
{
    readonly Option<int> horizon = new Option<int>("--horizon")
    {
        Description = "Machines with memory: steps ahead.",
        DefaultValueFactory = _ => 1
    }.In(HelpGroup.Options, isMain: true);

    readonly Option<int> paths = NumberOption.Whole("--paths", 100, 0, "Machines with memory: sampled futures, whose spread is the band; 0 "
        + "feeds each expected step back.").In(HelpGroup.Options);

    readonly Option<string?> state = new Option<string?>("--state")
    {
        Description = "Machines with memory: begin with what this file remembers, in place of reading data.",
        HelpName = "FILE"
    }.In(HelpGroup.Data);

    readonly Option<string?> saveState = new Option<string?>("--save-state")
    {
        Description = "Machines with memory: keep what is remembered after the last step read.",
        HelpName = "FILE"
    }.In(HelpGroup.Output);

    readonly Option<string?> picture = new Option<string?>("--picture")
    {
        Description = "Machines with memory: PNG or SVG file of the last steps and the forecast with its band.",
        HelpName = "FILE"
    };

    readonly ModelInput model;
    readonly SequenceDataInput data;
    readonly Option<string?> outFile;
    readonly SequenceOptionGuard guard;

    public SequencePredict(ModelInput model, DataInput rows, Option<string?> outFile)
    {
        (this.model, this.outFile) = (model, outFile);
        data = new(rows);
        guard = new(Options, ["--data", "--split", "--format", "--out"]);
    }

    public IReadOnlyList<Option> Options => [horizon, paths, state, saveState, picture, .. data.Options];

    /// <summary>Predicts, if the model is a machine with memory; null if it is not.</summary>
    public int? Run(ParseResult parsed, Session session)
    {
        if (!guard.IsOf(parsed, model)) return null;
        string? path = parsed.GetValue(outFile), kept = parsed.GetValue(saveState), drawn = parsed.GetValue(picture);
        int steps = parsed.GetValue(horizon), futures = parsed.GetValue(paths);
        if (path is not null) RowsFile.Check("--out", path, ".csv", ".npy");
        if (kept is not null) RowsFile.Check("--save-state", kept, ".safetensors");
        if (drawn is not null) RowsFile.Check("--picture", drawn, ".png", ".svg");
        if (steps < 1) throw new BadInputException($"--horizon is {steps}; expected at least 1 step");
        TrainedSequences trained = session.Track($"reading {parsed.GetValue(model.Argument)}", () => TrainedSequences.Load(
            parsed.GetValue(model.Argument)!, session.Placement));
        SequenceRequest request = data.Request(parsed, session);
        string? from = parsed.GetValue(state);
        if (from is not null && (request.Data is not null || request.Split is not null))
            throw new BadInputException("--state has what was remembered of the steps before; --data and --split do not go with it");
        if (from is not null && drawn is not null)
            throw new BadInputException("--picture shows the last steps that were read, and a --state has none of them");
        Sequences? read = from is not null ? null : Unended(trained.Open(request, session.Context));
        (string Name, int From, MemoryState Memory)[] ends = read is null ? [Kept(SequenceState.Load(from!, trained.Model))]
            : [.. SequenceReading.Ends(trained.Model, trained.Prepared(read))
                .Select((m, s) => (read.Names[s], read.LengthOf(s) - read.WarmUp[s], m))];
        if (kept is not null && ends.Length > 1)
            throw new BadInputException($"--save-state keeps the memory of one sequence, and {read!.Name} has {ends.Length}");
        Forecast[] forecasts = [.. ends.Select((end, s) => Forecast.Of(trained, end.Memory, steps, futures, session.Seed + (ulong)s))];
        if (kept is not null) SequenceState.Save(kept, trained.Model, ends[0].Memory);
        if (path is not null) WriteRows(path, trained, ends, forecasts);
        if (drawn is not null) SequenceOutput.WritePicture(drawn, SequenceDrawings.Forecast(trained, read!, forecasts[0]));
        if (!session.Json)
        {
            if (path is null) WriteCsv(session.Output, trained, ends, forecasts);
            else session.Say($"{forecasts.Length * steps:N0} {(forecasts.Length * steps == 1 ? "step" : "steps")} ahead written to {path}");
            if (drawn is not null) session.Note($"picture written to {drawn}");
            if (kept is not null) session.Note($"memory written to {kept}");
            return ExitCode.Done;
        }
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", trained.Description.Model);
            json.WriteNumber("horizon", steps);
            json.WriteStartArray("columns");
            foreach (string name in trained.ColumnNames) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("forecast");
            for (int s = 0; s < ends.Length; s++) Write(json, ends[s].Name, ends[s].From + 1, forecasts[s]);
            json.WriteEndArray();
            if (path is not null) json.WriteString("path", path);
            if (drawn is not null) json.WriteString("picture", drawn);
            if (kept is not null) json.WriteString("state", kept);
            json.WriteEndObject();
        });
        return ExitCode.Done;
    }

    // A reader of text puts an end behind each line; asked is what comes after its letters.
    static Sequences Unended(Sequences read)
    {
        if (read.Symbols is null) return read;
        int[] rows = [.. Enumerable.Range(0, read.Count).SelectMany(s => Enumerable.Range(read.First[s], read.LengthOf(s) - 1))];
        // Of each sequence before a row is gone.
        return new(read.Steps.Select(rows), [.. Enumerable.Range(0, read.Count).Select(s => read.First[s] - s)], read.Names)
        {
            Symbols = read.Symbols
        };
    }

    static (string Name, int From, MemoryState Memory) Kept(MemoryState memory) =>
        ("1", (int)Math.Min(memory.Steps, int.MaxValue - 1), memory);

    static void Write(Utf8JsonWriter json, string name, int from, Forecast forecast)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("from-step", from);
        Rows("mean", forecast.Mean);
        Rows("standard-deviation", forecast.StandardDeviation);
        json.WriteStartObject("quantiles");
        Rows("0.05", forecast.Low);
        Rows("0.95", forecast.High);
        json.WriteEndObject();
        json.WriteEndObject();

        void Rows(string what, Matrix? rows)
        {
            if (rows is null)
            {
                json.WriteNull(what);
                return;
            }
            json.WriteStartArray(what);
            for (int r = 0; r < rows.Rows; r++)
            {
                json.WriteStartArray();
                foreach (double x in rows.ReadRow(r)) json.WriteNumberValue(x);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
    }

    static void WriteCsv(TextWriter writer, TrainedSequences trained, (string Name, int From, MemoryState Memory)[] ends,
        Forecast[] forecasts)
    {
        bool hasBand = forecasts[0].Low is not null;
        string[] kinds = hasBand ? ["mean", "sd", "q05", "q95"] : ["mean"];
        IEnumerable<string> columns = trained.ColumnNames.SelectMany(name => kinds.Select(kind => $"{name}.{kind}"));
        RowsFile.WriteFields(writer, ["sequence", "step", .. columns],
            forecasts.Index().SelectMany(f => Enumerable.Range(0, f.Item.Mean.Rows).Select(h => (IReadOnlyList<string>)[ends[f.Index].Name,
                $"{ends[f.Index].From + h + 1}", .. Enumerable.Range(0, f.Item.Mean.Columns).SelectMany(c => Cells(f.Item, h, c))])));

        IEnumerable<string> Cells(Forecast f, int h, int c)
        {
            yield return Number(f.Mean[h, c]);
            if (!hasBand) yield break;
            yield return Number(f.StandardDeviation![h, c]);
            yield return Number(f.Low![h, c]);
            yield return Number(f.High![h, c]);
        }
    }

    static void WriteRows(string path, TrainedSequences trained, (string Name, int From, MemoryState Memory)[] ends, Forecast[] forecasts)
    {
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            RowsFile.Write(path, forecasts.Sum(f => (long)f.Mean.Rows), trained.ColumnNames, Precision.Float64,
                forecasts.Select(f => f.Mean));
            return;
        }
        using var text = new StringWriter { NewLine = "\n" };
        WriteCsv(text, trained, ends, forecasts);
        AtomicFile.WriteText(path, text.ToString());
    }

    static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
