namespace Boltzmann.Cli.Commands;

/// <summary>What predict --column writes: of words the most probable one, of numbers mean and standard deviation.</summary>
static class ColumnOutput
{
    /// <summary>Writes predictions of a column.</summary>
    /// <param name="session">The streams.</param>
    /// <param name="model">Whose predictions they are.</param>
    /// <param name="answer">The predictions.</param>
    /// <param name="path">A file ending in .csv; null for standard output.</param>
    /// <param name="all">Whether the probability of every word is wanted.</param>
    public static void Write(Session session, TrainedModel model, ColumnPredictions answer, string? path, bool all)
    {
        bool isNumber = answer.Words.Count == 0;
        IReadOnlyList<string> columns = isNumber ? [answer.Column, "deviation"]
            : [answer.Column, "probability", .. all ? answer.Words.Select(word => $"p({word})") : []];
        string[][] rows = [.. answer.Fields.Select((field, r) => isNumber
            ? (string[])[field, TableOutput.Number(answer.Deviations[r])]
            : [field, TableOutput.Number(answer.Probabilities[r].Max()), .. all ? answer.Probabilities[r].Select(TableOutput.Number)
                : []])];
        TableOutput.Write(session, model.Description.Model, path, columns, rows, json => json.WriteString("data", answer.Data));
    }
}
