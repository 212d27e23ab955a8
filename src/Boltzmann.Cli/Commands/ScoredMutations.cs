namespace Boltzmann.Cli.Commands;

/// <summary>score --by mutation: a line for each change of each sequence.</summary>
static class ScoredMutations
{
    /// <summary>Scans sequences.</summary>
    /// <param name="session">The streams.</param>
    /// <param name="model">A model of aligned sequences.</param>
    /// <param name="rows">Which sequences.</param>
    /// <param name="path">File for the table; null for standard output.</param>
    /// <param name="picture">File for a drawing of the first sequence; null for none.</param>
    public static void Run(Session session, TrainedModel model, RowsRequest rows, string? path, string? picture)
    {
        IReadOnlyList<MutationScan> scans = model.Mutations(rows, session.Context);
        string[][] lines = [.. scans.SelectMany(scan => from s in Enumerable.Range(0, scan.Sites.Count)
                                                        from a in Enumerable.Range(0, scan.Alphabet.Letters.Length)
                                                        where scan.Alphabet.Letters[a] != scan.Text[s]
                                                        select (string[])[scan.Name, scan.Sites[s], $"{scan.Text[s]}",
                                                            $"{scan.Alphabet.Letters[a]}", TableOutput.Number(scan.Changes[s, a])])];
        if (picture is not null) AtomicFile.WriteText(picture, MutationPicture.Svg(scans[0]));
        TableOutput.Write(session, model.Description.Model, path, ["name", "site", "from", "to", "score"], lines);
        if (picture is null || session.Json) return;
        if (path is null) session.Note($"picture written to {picture}");
        else session.Say($"picture written to {picture}");
    }
}
