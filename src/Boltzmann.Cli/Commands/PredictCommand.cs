using System.CommandLine;
using System.Globalization;
using CsvHelper;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann predict MODEL: classes or numbers for rows, to a file or standard output.</summary>
static class PredictCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var outFile = new Option<string?>("--out")
        {
            Description = "File for the predictions, .csv, or .npy for numbers (of classes, from "
            + "0); without it they go to standard output.",
            HelpName = "FILE"
        };
        var probabilities = new Option<bool>("--probabilities") { Description = "The probability of every class, too." };
        var command = new Command("predict",
            "Predicts the class, or the number, of each row by a fine-tuned network or a model with labels.") { model.Argument };
        data.AddTo(command);
        command.Options.Add(outFile);
        command.Options.Add(probabilities);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(outFile);
            if (path is not null) RowsFile.Check("--out", path, ".csv", ".npy");
            LoadedPredictor loaded = LoadedPredictor.Read(parsed.GetValue(model.Argument)!, session.Placement);
            Dataset rows = data.OpenScaled(parsed, session, loaded);
            bool all = parsed.GetValue(probabilities);
            if (all && loaded.Classes is null)
                throw new BadInputException($"{loaded.Path}: predicts a number; --probabilities needs classes");
            Write(session, loaded, rows, loaded.Predict(rows), path, all);
            return ExitCode.Done;
        });
        return command;
    }

    static void Write(Session session, LoadedPredictor loaded, Dataset rows, IReadOnlyList<double[]> outputs, string? path, bool all)
    {
        if (path is not null && Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            IReadOnlyList<string> columns = ["prediction", .. all ? loaded.Classes! : []];
            var table = new Matrix(outputs.Count, columns.Count, session.Placement.Double);
            for (int r = 0; r < outputs.Count; r++)
                table.WriteRow(r, [loaded.Classes is null ? outputs[r][0] : Predictor.Best(outputs[r]), .. all ? outputs[r] : []]);
            RowsFile.Write(path, outputs.Count, columns, Precision.Float64, [table]);
        }
        else if (path is not null)
        {
            using var text = new StringWriter();
            WriteCsv(text, loaded, outputs, all);
            AtomicFile.WriteText(path, text.ToString());
        }
        else if (!session.Json) WriteCsv(session.Output, loaded, outputs, all);
        if (path is not null) session.Say($"{outputs.Count:N0} predictions written to {path}");
        if (!session.Json) return;
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", loaded.Description.Model);
            json.WriteString("data", rows.Name);
            json.WriteNumber("rows", outputs.Count);
            if (path is not null) json.WriteString("path", path);
            if (loaded.Classes is IReadOnlyList<string> names)
            {
                json.WriteStartArray("classes");
                foreach (string name in names) json.WriteStringValue(name);
                json.WriteEndArray();
            }
            json.WriteStartArray("predictions");
            foreach (double[] row in outputs)
                if (loaded.Classes is null) json.WriteNumberValue(row[0]);
                else json.WriteStringValue(loaded.Classes[Predictor.Best(row)]);
            json.WriteEndArray();
            if (all)
            {
                json.WriteStartArray("probabilities");
                foreach (double[] row in outputs)
                {
                    json.WriteStartArray();
                    foreach (double p in row) json.WriteNumberValue(p);
                    json.WriteEndArray();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        });
    }

    static void WriteCsv(TextWriter writer, LoadedPredictor loaded, IReadOnlyList<double[]> outputs, bool all)
    {
        using CsvWriter csv = CsvWriter.Create(writer, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteField("prediction");
        if (all)
            foreach (string name in loaded.Classes!) csv.WriteField($"p({name})");
        csv.EndRecord();
        foreach (double[] row in outputs)
        {
            csv.WriteField(loaded.Classes is null ? row[0].ToString("R",
                CultureInfo.InvariantCulture) : loaded.Classes[Predictor.Best(row)]);
            if (all)
                foreach (double p in row) csv.WriteField(p.ToString("R", CultureInfo.InvariantCulture));
            csv.EndRecord();
        }
    }
}
