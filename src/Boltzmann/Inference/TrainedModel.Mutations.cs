namespace Boltzmann;

/// <content>Single changes of sequences.</content>
public sealed partial class TrainedModel
{
    /// <summary>
    /// What every single change of aligned sequences does to log p, by differences of free energies: exact, whatever log Z is.
    /// </summary>
    /// <param name="rows">The sequences.</param>
    /// <param name="context">Opens data by name, is told how it goes.</param>
    /// <exception cref="BadInputException">The model is not one of aligned sequences, or has no free energy of rows, or sequences cannot be
    /// read or do not fit it.</exception>
    public IReadOnlyList<MutationScan> Mutations(RowsRequest rows, RunContext? context = null)
    {
        context ??= RunContext.WithoutData;
        EnergyModel model = OfRows("mutations");
        if (Table is not { Alphabet: Alphabet alphabet } schema)
            throw new BadInputException($"{Path}: mutations are of aligned sequences, and it learned from other rows");
        Dataset data = new AskedRows(machine!, rows, context, "mutations").Prepared(isBinarized: false);
        string[] sites = [.. schema.Modelled.Select(c => schema.Columns[c].Name)];
        return context.Track("changing letters", progress =>
        {
            var scans = new List<MutationScan>();
            var row = new double[data.Columns];
            for (int r = 0; r < data.Count; r++)
            {
                context.Interrupted.ThrowIfCancellationRequested();
                data.Rows.Read(r, row);
                string text = string.Concat(sites.Select((_, s) => alphabet.Letters[LetterAt(row, s, alphabet.Letters.Length)]));
                scans.Add(new(data.RowNames?[r] ?? $"{r + 1}", text, alphabet, sites, Changes(model, row, alphabet.Letters.Length)));
                progress.Report((r + 1.0) / data.Count);
            }
            return scans;
        });
    }

    static int LetterAt(ReadOnlySpan<double> row, int site, int letters) => row.Slice(site * letters, letters).IndexOf(1.0);

    // Every sequence that differs at one site, and the sequence itself among them, at each site once.
    static double[,] Changes(EnergyModel model, double[] row, int letters)
    {
        int sites = row.Length / letters;
        var changed = new Matrix(row.Length, row.Length, model.Placement);
        var own = new double[row.Length];
        for (int s = 0; s < sites; s++)
            for (int a = 0; a < letters; a++)
            {
                row.CopyTo(own, 0);
                own.AsSpan(s * letters, letters).Clear();
                own[s * letters + a] = 1;
                changed.WriteRow(s * letters + a, own);
            }
        IReadOnlyList<double> free = FreeEnergy.PerRow(model, changed).PerRow;
        var changes = new double[sites, letters];
        for (int s = 0; s < sites; s++)
        {
            double before = free[s * letters + LetterAt(row, s, letters)];
            for (int a = 0; a < letters; a++) changes[s, a] = before - free[s * letters + a];
        }
        return changes;
    }
}
