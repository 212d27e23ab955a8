namespace Boltzmann.Inference;

/// <summary>
/// Fills the gaps of rows: a Gibbs chain for each, its known units clamped, that draws the others from p(missing | known). Words by their
/// conditional probabilities, averaged over sweeps; numbers as the mean of the draws in the table's own units, which is the guess of least
/// squared error there, whatever scale the model has.
/// </summary>
/// <param name="loaded">The model.</param>
/// <param name="request">Which rows, how long.</param>
/// <param name="context">Opens data, settles what is drawn, is told how it goes.</param>
sealed class TableCompletion(LoadedModel loaded, CompleteRequest request, RunContext context)
{
    const uint Stream = 0x636f6d70;
    const int RowsAtOnce = 2048;

    readonly AskedRows asked = new(loaded, request.Rows, context, "complete", MissingValues.Unknown, allowsGaps: true)
    {
        AllowsMissingColumns = true,
    };

    readonly TableSchema schema = loaded.Words;

    /// <summary>Fills.</summary>
    /// <exception cref="BadInputException">Rows cannot be read or do not fit the model, or its chains do not run in the rows.</exception>
    /// <exception cref="OperationCanceledException">The context was interrupted.</exception>
    public CompletedTable Run()
    {
        if (loaded.Model.Below > 0)
            throw new BadInputException($"complete needs a model whose chains see the rows: {loaded.Path} holds a dbn");
        Dataset data = asked.Prepared(isBinarized: false);
        int draws = request.Draws ?? 1;
        var fields = new string[draws * data.Count][];
        var spreads = new double?[data.Count][];
        context.Track("completing", progress =>
        {
            for (int first = 0; first < data.Count; first += RowsAtOnce)
            {
                Fill(data, first, Math.Min(RowsAtOnce, data.Count - first), fields, spreads);
                progress.Report(Math.Min(1.0, (first + RowsAtOnce) / (double)data.Count));
            }
            return true;
        });
        return WithTexts(data.Count, fields, spreads);
    }

    void Fill(Dataset data, int first, int count, string[][] fields, double?[][] spreads)
    {
        Matrix rows = data.ToMatrix(first, count, loaded.Placement), present = rows.Like(count, rows.Columns);
        MissingEntries.Split(rows, present);
        double[,] isPresent = present.ToArray();
        var chains = new Chains(loaded.Model, count, 1, new(present, rows), new Rng(context.Seed, Stream + (uint)first));
        chains.Anneal(request.BurnIn, context.Interrupted);
        var totals = new Totals(count, loaded, schema);
        int draws = request.Draws ?? 0;
        for (int draw = 0; draw < draws; draw++)
        {
            if (draw > 0) chains.Anneal(request.BurnIn, context.Interrupted);
            Matrix states = chains.Show(Descent.States).Clone();
            loaded.ToDataUnits(states);
            for (int r = 0; r < count; r++)
                fields[draw * data.Count + first + r] = Texts(states.ReadRow(r));
        }
        for (int s = 0; s < request.Sweeps; s++)
        {
            Sweep(chains, 1);
            totals.Add(chains);
        }
        for (int r = 0; r < count; r++)
        {
            var (values, spread) = totals.Of(r, request.Sweeps);
            if (draws == 0) fields[first + r] = Texts(values);
            var known = new double?[schema.Columns.Count];
            foreach (int c in schema.Modelled)
                if (isPresent[r, schema.UnitsOf(c).Start.Value] == 0) known[c] = spread[c];
            spreads[first + r] = known;
        }
    }

    string[] Texts(double[] units) => schema.Decode(units, request.Extrapolate);

    void Sweep(Chains chains, int sweeps)
    {
        for (int s = 0; s < sweeps; s++)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            chains.Sweep();
        }
    }

    // Of a table of text every field that has a value stands as it stood, columns that the model does not know included.
    CompletedTable WithTexts(int count, string[][] made, double?[][] spreads)
    {
        int draws = request.Draws ?? 1, filled = spreads.Sum(row => row.Count(spread => spread is not null));
        string[] names = [.. schema.Columns.Select(column => column.Name)];
        using ITableReader? table = asked.OpenTable();
        if (table is null) return new(names, made, spreads, filled, draws);
        string[] own = TableDetector.NamesOf(table);
        // Columns that the table lacks stand behind its own.
        string[] all = [.. own, .. schema.Modelled.Order().Select(c => names[c]).Where(name => schema.HasHeader && !own.Contains(name))];
        int label = schema.HasHeader ? -1 : asked.LabelPlace(own);
        int[] places = [.. all.Select((name, f) => schema.HasHeader ? Array.IndexOf(names, name)
            : f == label ? -1 : label >= 0 && f > label ? f - 1 : f)];
        var texts = new string[made.Length][];
        var ordered = new double?[spreads.Length][];
        for (int r = 0; r < count && table.Read(); r++)
        {
            ordered[r] = [.. places.Select(c => c < 0 ? null : spreads[r][c])];
            for (int draw = 0; draw < draws; draw++)
            {
                string[] words = made[draw * count + r];
                texts[draw * count + r] = [.. places.Select((c, f) => f < own.Length && !(c >= 0 && spreads[r][c] is not null)
                    ? table.Text(f) : words[c])];
            }
        }
        return new(all, texts, ordered, filled, draws);
    }

    /// <summary>Sums over sweeps: of words their probabilities, of numbers their draws and squares in the table's units.</summary>
    sealed class Totals(int rows, LoadedModel loaded, TableSchema schema)
    {
        readonly double[,] sums = new double[rows, schema.UnitNames.Count], squares = new double[rows, schema.UnitNames.Count];
        readonly bool[] isNumber = NumbersOf(schema);

        public void Add(Chains chains)
        {
            Matrix means = chains.Show(Descent.VisibleMeans).Clone(), states = chains.Show(Descent.States).Clone();
            loaded.ToDataUnits(states);
            double[] mean = new double[isNumber.Length], state = new double[isNumber.Length];
            for (int r = 0; r < rows; r++)
            {
                means.ReadRow(r, mean);
                states.ReadRow(r, state);
                for (int u = 0; u < isNumber.Length; u++)
                {
                    double x = isNumber[u] ? state[u] : mean[u];
                    sums[r, u] += x;
                    squares[r, u] += x * x;
                }
            }
        }

        public (double[] Values, double[] Spreads) Of(int row, int sweeps)
        {
            double[] values = new double[isNumber.Length], spreads = new double[schema.Columns.Count];
            for (int u = 0; u < values.Length; u++) values[u] = sums[row, u] / sweeps;
            foreach (int c in schema.Modelled)
            {
                int first = schema.UnitsOf(c).Start.Value, units = schema.Columns[c].Units;
                double p = values[first];
                if (isNumber[first]) spreads[c] = Math.Sqrt(Math.Max(0, squares[row, first] / sweeps - p * p));
                else if (schema.Columns[c].Type == ColumnType.Binary) spreads[c] = Math.Max(p, 1 - p);
                else spreads[c] = values.AsSpan(first, units).ToArray().Max();
            }
            return (values, spreads);
        }

        static bool[] NumbersOf(TableSchema schema)
        {
            var numbers = new bool[schema.UnitNames.Count];
            foreach (int c in schema.Modelled) numbers.AsSpan(schema.UnitsOf(c)).Fill(schema.Columns[c].IsNumber);
            return numbers;
        }
    }
}
