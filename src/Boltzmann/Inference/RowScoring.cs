namespace Boltzmann.Inference;

/// <summary>Scores rows as asked for.</summary>
/// <param name="loaded">The model.</param>
/// <param name="request">Which rows, by what.</param>
/// <param name="context">Opens data, is told how it goes.</param>
sealed class RowScoring(LoadedModel loaded, ScoreRequest request, RunContext context)
{
    const int RowsAtOnce = 1024;

    readonly TableSchema schema = loaded.Words;
    readonly EnergyModel model = loaded.Model.Below == 0 ? loaded.Model.Undirected
        : throw new BadInputException($"{loaded.Path}: holds a {loaded.Description.Model}, which has no free energy of rows; evaluate "
            + "--metrics elbo bounds their log-likelihood");

    double? logPartition;

    /// <summary>Scores.</summary>
    /// <exception cref="BadInputException">Rows cannot be read or do not fit the model, or it does not give such scores.</exception>
    public RowScores Run()
    {
        bool allowsGaps = request.By != ScoreMeasure.LogLikelihood;
        var asked = new AskedRows(loaded, request.Rows, context, "score", MissingOf(allowsGaps), allowsGaps)
        {
            GapsAreOptional = true,
        };
        Dataset data = asked.Prepared(isBinarized: false);
        double[] scores = Scores(data, "scoring");
        double? limit = request.Threshold is double share ? Limit(share, allowsGaps) : null;
        IReadOnlyList<ColumnSurprise>[] surprises = request.Explain == 0 ? [] : Explain(data, asked.Own);
        return new(data.Name, request.By, scores, WholeRows(data), limit, surprises) { Names = data.RowNames };
    }

    static MissingValues? MissingOf(bool allowsGaps) => allowsGaps ? MissingValues.Absent : null;

    double[] Scores(Dataset data, string title) => context.Track(title, progress =>
    {
        var scores = new List<double>(data.Count);
        for (int first = 0; first < data.Count; first += RowsAtOnce)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            scores.AddRange(Scores(data.ToMatrix(first, Math.Min(RowsAtOnce, data.Count - first), loaded.Placement), data));
            progress.Report((double)scores.Count / data.Count);
        }
        return scores.ToArray();
    });

    IEnumerable<double> Scores(Matrix rows, Dataset data)
    {
        if (request.By == ScoreMeasure.PseudoLikelihood) return PseudoLikelihoods(rows);
        IReadOnlyList<double> free = data.Missing is MissingValues missing ? FreeEnergy.PerRow(model, rows, missing).PerRow
            : FreeEnergy.PerRow(model, rows).PerRow;
        return request.By == ScoreMeasure.FreeEnergy ? free : free.Select(f => -f - LogPartition());
    }

    // What is missing has no value to be surprised at.
    double[] PseudoLikelihoods(Matrix rows)
    {
        var sums = new double[rows.Rows];
        foreach (int c in schema.Modelled)
        {
            double[] logs = new ColumnQuestions(loaded, schema, c).LogProbabilities(rows);
            for (int r = 0; r < sums.Length; r++)
                if (!double.IsNaN(logs[r])) sums[r] += logs[r];
        }
        return sums;
    }

    // That of the model, whatever rows are asked about: where it is estimated, the start of the path and the check come from rows of the
    // training.
    double LogPartition()
    {
        if (logPartition is double known) return known;
        PairRows? learned = Exact.Reaches(model) || Learned() is not Dataset training ? null
            : new(loaded.Model, new(training, loaded.Placement, Binarization.None, context.Seed, context.Interrupted), context.Seed);
        LogPartitionResult found = LogPartitionSearch.Find(request.LogPartition, model, learned, context);
        foreach (string warning in found.Warnings) context.Warn(warning);
        logPartition = found.Value;
        return found.Value;
    }

    Dataset? Learned()
    {
        if (loaded.Training.Data is not string name) return null;
        try
        {
            return Training(name, allowsGaps: true).WithoutGaps();
        }
        catch (BadInputException e)
        {
            context.Warn($"log Z is found without {name}, on which the model was trained: {e.Message}");
            return null;
        }
    }

    Dataset Training(string name, bool allowsGaps) => new AskedRows(loaded, new()
    {
        Data = name,
        Split = DataSplit.Train,
        Folder = request.Rows.Folder,
    }, context, "score", MissingOf(allowsGaps), allowsGaps)
    { GapsAreOptional = true }.Prepared(isBinarized: false);

    // The score that this share of the training's rows goes beyond.
    double Limit(double share, bool allowsGaps)
    {
        if (loaded.Training.Data is not string name)
            throw new BadInputException($"--threshold needs the rows of the training, and {loaded.Path} does not say what they were");
        Dataset rows = Training(name, allowsGaps).CompleteRows();
        if (rows.Count == 0) throw new BadInputException($"--threshold compares whole rows, and {name} has none");
        double[] scores = Scores(rows, "scoring the training's rows");
        Array.Sort(scores);
        bool isHighOdd = request.By == ScoreMeasure.FreeEnergy;
        int beyond = Math.Clamp((int)Math.Round(share * scores.Length), 0, scores.Length - 1);
        return isHighOdd ? scores[scores.Length - 1 - beyond] : scores[beyond];
    }

    static bool[] WholeRows(Dataset data)
    {
        var whole = new bool[data.Count];
        var row = new double[data.Columns];
        for (int r = 0; r < whole.Length; r++)
        {
            if (data.Missing is not null) data.Rows.Read(r, row);
            whole[r] = data.Missing is null || !Array.Exists(row, double.IsNaN);
        }
        return whole;
    }

    IReadOnlyList<ColumnSurprise>[] Explain(Dataset data, Dataset own)
    {
        var all = new List<ColumnSurprise>[data.Count];
        for (int r = 0; r < all.Length; r++) all[r] = [];
        var row = new double[data.Columns];
        context.Track("explaining", progress =>
        {
            int done = 0;
            foreach (int c in schema.Modelled)
            {
                var questions = new ColumnQuestions(loaded, schema, c);
                for (int first = 0; first < data.Count; first += RowsAtOnce)
                {
                    context.Interrupted.ThrowIfCancellationRequested();
                    double[] logs = questions.LogProbabilities(data.ToMatrix(first, Math.Min(RowsAtOnce, data.Count - first),
                        loaded.Placement));
                    for (int r = 0; r < logs.Length; r++)
                    {
                        if (double.IsNaN(logs[r])) continue;
                        own.Rows.Read(first + r, row);
                        all[first + r].Add(new(schema.Columns[c].Name, schema.Field(c, row.AsSpan(schema.UnitsOf(c)), extrapolate: true),
                            -logs[r]));
                    }
                }
                progress.Report((double)++done / schema.Modelled.Count);
            }
            return true;
        });
        return [.. all.Select(columns => (IReadOnlyList<ColumnSurprise>)
            [.. columns.OrderByDescending(column => column.Surprise).Take(request.Explain)])];
    }
}
