namespace Boltzmann.Cli.Commands;

/// <summary>Samples of models of aligned sequences, as FASTA.</summary>
static class SampledSequences
{
    /// <summary>Throws where FASTA is asked of a model of other rows.</summary>
    /// <param name="path">Where samples go; null for standard output.</param>
    /// <param name="model">Whose they are.</param>
    public static void Check(string? path, TrainedModel model)
    {
        if (IsFasta(path) && model.Table?.Alphabet is null)
            throw new BadInputException($"--out {path}: {model.Path} did not learn aligned sequences; expected a file ending in .csv or "
                + ".npy");
    }

    /// <summary>Writes them, unless another form is asked for.</summary>
    /// <param name="session">The streams.</param>
    /// <param name="model">Whose they are.</param>
    /// <param name="path">A file; null for standard output.</param>
    /// <param name="rows">The samples.</param>
    /// <returns>Whether they were written.</returns>
    public static bool Write(Session session, TrainedModel model, string? path, Matrix rows)
    {
        if (model.Table is not { Alphabet: not null } schema || session.Json || (path is not null && !IsFasta(path))) return false;
        IEnumerable<(string, string)> sequences = Enumerable.Range(0, rows.Rows)
            .Select(r => ($"sample{r + 1}", string.Concat(schema.Decode(rows.ReadRow(r)))));
        if (path is null)
        {
            FastaWriter.Write(session.Output, sequences);
            return true;
        }
        using var text = new StringWriter();
        FastaWriter.Write(text, sequences);
        AtomicFile.WriteText(path, text.ToString());
        session.Say($"{rows.Rows:N0} sequences written to {path}");
        return true;
    }

    static bool IsFasta(string? path) => path is not null
        && FastaWriter.Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
