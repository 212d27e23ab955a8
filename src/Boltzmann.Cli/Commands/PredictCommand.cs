using System.CommandLine;
using System.Globalization;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Ratings;
using Boltzmann.Cli.Temporal;
using CsvHelper;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann predict MODEL: classes or numbers for rows, to a file or standard output.</summary>
static class PredictCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput(SequenceSource.Formats);
        var outFile = new Option<string?>("--out")
        {
            Description = "File for the predictions: .csv, or .npy for numbers (classes are numbered from 0). Without it they go to "
            + "standard output.",
            HelpName = "FILE"
        };
        var probabilities = new Option<bool>("--probabilities") { Description = "Also the probability of every class." };
        var column = new Option<string?>("--column")
        {
            Description = "Predict this column from the others, by any model of one hidden layer: the most probable word, or mean and "
            + "deviation of a number. Other gaps of a row are averaged over 50 draws from the model.",
            HelpName = "NAME"
        };
        var command = new Command("predict", "Predicts the class, or the number, of each row, or the steps that follow a sequence. Takes a "
            + "fine-tuned network, a model with labels, a machine with memory or one of ratings; with --column any model of rows.")
        {
            model.Argument
        };
        command.WithExamples(
            ("predict runs/NAME --data new.csv", "a class for each row"),
            ("predict runs/NAME --data new.csv --probabilities --out classes.csv", "with probabilities, to a file"),
            ("predict runs/NAME --data new.csv --column price", "a column of a table from the others"),
            ("predict runs/NAME --horizon 12 --picture forecast.png", "the next twelve steps, by a machine with memory"),
            ("predict runs/NAME --for pairs.csv --out ratings.csv", "what users would give to items, by a machine of ratings"));
        data.AddTo(command);
        foreach (Option option in (Option[])[column, outFile, probabilities]) command.Options.Add(option);
        var sequences = new SequencePredict(model, data, outFile);
        var ratings = new RatingPredict(model, outFile);
        foreach (Option option in (IEnumerable<Option>)[.. sequences.Options, .. ratings.Options]) command.Options.Add(option);
        foreach (Option option in (Option[])[column, probabilities]) option.In(HelpGroup.Options, isMain: true);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            if ((ratings.Run(parsed, session) ?? sequences.Run(parsed, session)) is int code) return code;
            string? path = parsed.GetValue(outFile);
            if (path is not null) RowsFile.Check("--out", path, ".csv", ".npy");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            bool all = parsed.GetValue(probabilities);
            if (parsed.GetValue(column) is string name)
            {
                if (path is not null) RowsFile.Check("--out", path, ".csv");
                ColumnOutput.Write(session, trained, trained.Predict(name, data.Request(parsed, session), session.Context), path, all);
                return ExitCode.Done;
            }
            if (all && !trained.IsGenerative && trained.Classes is null)
                throw new BadInputException($"{trained.Path}: predicts a number; --probabilities needs classes");
            Predictions predictions = trained.Predict(data.Request(parsed, session), session.Context);
            Write(session, trained, predictions, path, all);
            return ExitCode.Done;
        });
        return command;
    }

    static void Write(Session session, TrainedModel model, Predictions predictions, string? path, bool all)
    {
        IReadOnlyList<Prediction> rows = predictions.Rows;
        if (path is not null && Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            IReadOnlyList<string> columns = ["prediction", .. all ? model.Classes! : []];
            var table = new Matrix(rows.Count, columns.Count, session.Placement.Double);
            for (int r = 0; r < rows.Count; r++)
                table.WriteRow(r, [rows[r].Value, .. all ? rows[r].Probabilities : []]);
            RowsFile.Write(path, rows.Count, columns, Precision.Float64, [table]);
        }
        else if (path is not null)
        {
            using var text = new StringWriter();
            WriteCsv(text, model, rows, all);
            AtomicFile.WriteText(path, text.ToString());
        }
        else if (!session.Json) WriteCsv(session.Output, model, rows, all);
        if (path is not null) session.Say($"{rows.Count:N0} predictions written to {path}");
        if (!session.Json) return;
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", model.Description.Model);
            json.WriteString("data", predictions.Data);
            json.WriteNumber("rows", rows.Count);
            if (path is not null) json.WriteString("path", path);
            if (model.Classes is IReadOnlyList<string> names)
            {
                json.WriteStartArray("classes");
                foreach (string name in names) json.WriteStringValue(name);
                json.WriteEndArray();
            }
            json.WriteStartArray("predictions");
            foreach (Prediction row in rows)
                if (row.Class is null) json.WriteNumberValue(row.Value);
                else json.WriteStringValue(row.Class);
            json.WriteEndArray();
            if (all)
            {
                json.WriteStartArray("probabilities");
                foreach (Prediction row in rows)
                {
                    json.WriteStartArray();
                    foreach (double p in row.Probabilities) json.WriteNumberValue(p);
                    json.WriteEndArray();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        });
    }

    static void WriteCsv(TextWriter writer, TrainedModel model, IReadOnlyList<Prediction> rows, bool all)
    {
        using CsvWriter csv = CsvWriter.Create(writer, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteField("prediction");
        if (all)
            foreach (string name in model.Classes!) csv.WriteField($"p({name})");
        csv.EndRecord();
        foreach (Prediction row in rows)
        {
            csv.WriteField(row.Class ?? row.Value.ToString("R", CultureInfo.InvariantCulture));
            if (all)
                foreach (double p in row.Probabilities) csv.WriteField(p.ToString("R", CultureInfo.InvariantCulture));
            csv.EndRecord();
        }
    }
}
