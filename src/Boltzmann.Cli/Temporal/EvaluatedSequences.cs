using System.Globalization;
using System.Text.Json;
using static Boltzmann.Cli.Temporal.SequenceEvaluate;

namespace Boltzmann.Cli.Temporal;

/// <summary>What evaluate found of a machine with memory, as it is shown.</summary>
/// <param name="trained">The machine.</param>
/// <param name="data">The sequences, as it takes them.</param>
/// <param name="found">Names of the metrics that are shown.</param>
/// <param name="isByDefault">Whether nobody asked for certain ones.</param>
/// <param name="likelihood">Where it is needed.</param>
/// <param name="predictions">Where they are needed.</param>
/// <param name="path">The file of steps; null for none.</param>
sealed class EvaluatedSequences(TrainedSequences trained, Sequences data, string[] found, bool isByDefault, SequenceScore? likelihood,
    PredictionScore? predictions, string? path)
{
    const int MostPredictions = 32;

    /// <summary>Whether there is no log-likelihood, though nobody said which metrics to show.</summary>
    public bool LacksLikelihood => isByDefault && likelihood is null;

    /// <summary>As JSON.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("model", trained.Description.Model);
        json.WriteString("data", data.Name);
        json.WriteNumber("sequences", data.Count);
        json.WriteNumber("steps", data.CountedSteps);
        json.WriteBoolean("scaled", trained.Scaling is not null);
        if (likelihood is not null && (found.Contains(LogLikelihood) || found.Contains(Perplexity)))
        {
            json.WriteStartObject(LogLikelihood);
            json.WriteFiniteOrNull("mean", likelihood.Mean);
            json.WriteFiniteOrNull("standard-error", likelihood.StandardError);
            json.WriteString("method", likelihood.Method);
            if (likelihood.BackwardMean is double backward)
            {
                json.WriteFiniteOrNull("forward", likelihood.Mean);
                json.WriteFiniteOrNull("reverse", backward);
            }
            json.WriteEndObject();
        }
        else if (LacksLikelihood) json.WriteNull(LogLikelihood);
        if (likelihood is not null && found.Contains(Perplexity)) json.WriteFiniteOrNull(Perplexity, likelihood.Perplexity);
        if (likelihood is not null && found.Contains(Anomaly))
        {
            json.WriteStartArray(Anomaly);
            foreach (OddStep odd in Greatest(likelihood))
            {
                json.WriteStartObject();
                json.WriteString("sequence", odd.Sequence);
                json.WriteNumber("step", odd.Step);
                json.WriteFiniteOrNull("score", odd.Score);
                if (odd.Column is not null) json.WriteString("column", odd.Column);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (predictions is not null)
        {
            foreach (var (name, value) in Numbers(predictions.Model)) json.WriteFiniteOrNull(name, value);
            foreach (var (name, errors) in (IEnumerable<(string, PredictionErrors?)>)[("persistence", predictions.Persistence), ("mean",
                predictions.Mean)])
            {
                if (errors is null) continue;
                json.WriteStartObject(name);
                json.WriteNumber("steps", errors.Steps);
                foreach (var (what, value) in Numbers(errors)) json.WriteFiniteOrNull(what, value);
                json.WriteEndObject();
            }
            json.WriteString("prediction", predictions.Method);
        }
        if (path is not null) json.WriteString("by-step", path);
        json.WriteEndObject();
    }

    IEnumerable<(string Name, double Value)> Numbers(PredictionErrors errors)
    {
        if (found.Contains(Rmse)) yield return (Rmse, errors.Rmse);
        if (found.Contains(RmseVector)) yield return (RmseVector, errors.RmseVector);
        if (found.Contains(Accuracy))
        {
            yield return (Accuracy, errors.Accuracy);
            yield return ("accuracy-thresholded", errors.AccuracyThresholded);
        }
        if (found.Contains(SquaredError)) yield return (SquaredError, errors.SquaredError);
    }

    /// <summary>In words and tables.</summary>
    public string Text(Session session)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"{trained.Path}: {trained}");
        text.WriteLine($"{data.Name}: {data.Count:N0} {(data.Count == 1 ? "sequence" : "sequences")}, {data.CountedSteps:N0} steps"
            + (trained.Scaling is null ? "" : ", scaled as in training"));
        text.WriteLine();
        if (likelihood is not null && found.Any(name => name is LogLikelihood or Perplexity))
        {
            string error = double.IsNaN(likelihood.StandardError) ? "" : $" ± {NumberText.Short(likelihood.StandardError, 2)}";
            text.WriteLine(likelihood.BackwardMean is double backward
                ? $"log-likelihood  {NumberText.Short(backward)} … {NumberText.Short(likelihood.Mean)}{error} nats per step, by annealing "
                    + "backward and forward"
                : $"log-likelihood  {NumberText.Short(likelihood.Mean)}{error} nats per step, by {likelihood.Method}");
            if (trained.Model.Symbols is not null)
                text.WriteLine($"perplexity      {NumberText.Short(likelihood.Perplexity)}, "
                    + $"{NumberText.Short(-likelihood.Mean / Math.Log(2))} bits a symbol");
        }
        if (predictions is not null && Numbers(predictions.Model).Any())
        {
            var table = new TextTable("one step ahead", predictions.Method, "persistence", "mean");
            foreach (var ((name, own), persistence) in Numbers(predictions.Model).Zip(Numbers(predictions.Persistence)))
                table.Add(name, NumberText.Short(own), NumberText.Short(persistence.Value), predictions.Mean is PredictionErrors mean
                    ? NumberText.Short(Numbers(mean).First(n => n.Name == name).Value) : "n/a");
            table.Add("steps", $"{predictions.Model.Steps:N0}", $"{predictions.Persistence.Steps:N0}",
                predictions.Mean is PredictionErrors average ? $"{average.Steps:N0}" : "");
            text.Write(session.Fit(table));
        }
        if (likelihood is not null && found.Contains(Anomaly))
        {
            OddStep[] all = Greatest(likelihood);
            bool hasColumns = all[0].Column is not null;
            var table = new TextTable(["sequence", "step", "−log p", .. hasColumns ? ["most of it by"] : (string[])[]]);
            foreach (OddStep odd in all)
                table.Add([odd.Sequence, $"{odd.Step}", NumberText.Short(odd.Score), .. hasColumns ? [odd.Column!] : (string[])[]]);
            if (found.Any(name => name != Anomaly)) text.WriteLine();
            text.Write(session.Fit(table));
        }
        if (path is not null) text.WriteLine($"steps written to {path}");
        return text.ToString();
    }

    // The steps that the machine thinks least of, and where units are independent which of them is the odd one.
    OddStep[] Greatest(SequenceScore score)
    {
        int[] sequences = data.SequenceOfSteps(), steps = [.. data.Counted().OrderBy(t => score.PerStep[t]).ThenBy(t => t).Take(10)];
        int[]? columns = trained.Model.Symbols is null ? SequenceEvaluation.LeastProbableColumns(trained.Model, data, steps) : null;
        return [.. steps.Select((t, i) => new OddStep(data.Names[sequences[t]], data.PlaceOf(t), -score.PerStep[t],
            columns is null ? null : trained.ColumnNames[columns[i]]))];
    }

    sealed record OddStep(string Sequence, int Step, double Score, string? Column);

    /// <summary>The CSV of --by-step, for which likelihoods and predictions must have been kept.</summary>
    public string Table()
    {
        Matrix means = predictions!.Predictions!.Clone();
        trained.ToDataUnits(means);
        int columns = Math.Min(MostPredictions, means.Columns);
        var text = new StringWriter { NewLine = "\n" };
        int[] sequences = data.SequenceOfSteps();
        RowsFile.WriteFields(text, ["sequence", "step", "log-probability", "anomaly", .. trained.ColumnNames.Take(columns)
            .Select(name => $"prediction.{name}")], data.Counted().Select(t => (IReadOnlyList<string>)[data.Names[sequences[t]],
            $"{data.PlaceOf(t)}", Number(likelihood!.PerStep[t]), Number(-likelihood.PerStep[t]),
            .. means.ReadRow(t).Take(columns).Select(Number)]));
        return text.ToString();
    }

    static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
