namespace Boltzmann;

/// <content>The questions.</content>
public sealed partial class TrainedModel
{
    const uint CompleteStream = 0x6664636f, DenoiseStream = 0x6664646e, ScoreStream = 0x66647363;
    const int ScorePasses = 10;

    /// <summary>Features: the means of a hidden layer, E[h|v], or its activities in a network. [B × units].</summary>
    /// <param name="rows">In the units of the data.</param>
    /// <param name="layer">From 1; when null the top one, of an auto-encoder the code.</param>
    /// <exception cref="BadInputException">There is no such layer, or a row does not fit the model; the message says why.</exception>
    public Matrix Transform(RowData rows, int? layer = null)
    {
        int number = LayerOf(layer ?? AutoEncoder?.CodeLayer);
        int units = machine is not null ? machine.Model.Layers[number].Units : Description.Layers[number].Size;
        return Joined(Parts(rows).Select(part =>
            machine?.Model.Transform(part, number) ?? ((LoadedNetwork)predictor!).Transform(part, number)), units);
    }

    /// <summary>
    /// What the model makes of rows on their way up to a hidden layer and down again, in the units of the data. [B × columns].
    /// </summary>
    /// <param name="rows">In the units of the data.</param>
    /// <param name="layer">From 1; when null the top one of a stack, the first one of a machine whose layers find their means
    /// together.</param>
    /// <exception cref="BadInputException">The model generates no rows, there is no such layer, or a row does not fit the
    /// model.</exception>
    public Matrix Reconstruct(RowData rows, int? layer = null)
    {
        if (AutoEncoder is Network network)
        {
            if (layer is not null && layer != network.CodeLayer) throw NoOtherCode(network, layer.Value);
            return InDataUnits(Joined(Parts(rows).Select(network.Predict), Columns));
        }
        GenerativeModel model = Machine("reconstructions");
        int number = layer is null ? model.ReconstructionLayer : LayerOf(layer);
        return InDataUnits(Joined(Parts(rows).Select(part => model.Reconstruct(part, number)), Columns));
    }

    /// <summary>
    /// Rows that the model believes in, drawn by Gibbs sampling, each by a chain of its own that starts at noise; means of the visible
    /// units, in the units of the data. [count × columns].
    /// </summary>
    /// <param name="count">Rows.</param>
    /// <param name="sweeps">Gibbs sweeps of each chain.</param>
    /// <param name="label">Draw rows of this class; null for any.</param>
    /// <param name="seed">Settles what is drawn.</param>
    /// <exception cref="BadInputException">The model generates no rows, or knows no such class.</exception>
    public Matrix Sample(int count, int sweeps = 1000, string? label = null, ulong seed = Rng.DefaultSeed)
    {
        var request = new SampleRequest { Count = count, Sweeps = sweeps, Class = label };
        return Sample(request, RunContext.WithoutData with { Seed = seed }).Rows;
    }

    /// <summary>
    /// Rows whose missing values are replaced by what the model expects of them, given the others: means over Gibbs sweeps, in the units
    /// of the data. [B × columns].
    /// </summary>
    /// <param name="rows">In the units of the data; NaN stands for a missing value.</param>
    /// <param name="options">How long chains run.</param>
    /// <param name="seed">Settles what is drawn.</param>
    /// <exception cref="BadInputException">The model's chains do not run in the rows themselves, or a known value does not fit the
    /// model.</exception>
    public Matrix Complete(RowData rows, CompletionOptions? options = null, ulong seed = Rng.DefaultSeed)
    {
        EnergyModel model = OfRows("completions");
        KnownUnits known = PartialRows.Of(Checked(rows), machine!, null);
        return InDataUnits(Completion.EstimateMeans(model, known.Values, known.Mask, new Rng(seed, CompleteStream), options));
    }

    /// <summary>
    /// Rows without the noise that they have: the mean of p(row | noisy row) over Gibbs sweeps, in the units of the data. [B × columns].
    /// </summary>
    /// <param name="rows">Noisy rows, in the units of the data.</param>
    /// <param name="noise">What kind of noise, and how much of it: <see cref="Noise.Normal"/>, or for units of two values
    /// <see cref="Noise.Flips"/>, <see cref="Noise.SaltAndPepper"/>, <see cref="Noise.Masking"/>.</param>
    /// <param name="options">How long chains run.</param>
    /// <param name="seed">Settles what is drawn.</param>
    /// <exception cref="BadInputException">The model's chains do not run in the rows themselves, or its rows were scaled, which gives each
    /// column normal noise of its own.</exception>
    /// <exception cref="ArgumentException">The model's units cannot have such noise; the message says which.</exception>
    public Matrix Denoise(RowData rows, Noise noise, CompletionOptions? options = null, ulong seed = Rng.DefaultSeed)
    {
        EnergyModel model = OfRows("rows without noise");
        Dataset data = noise.KeepsValues ? Prepared(rows) : Unscaled(rows);
        return InDataUnits(noise.Remove(model, data.ToMatrix(placement), new Rng(seed, DenoiseStream), options));
    }

    // Noisy values may leave the range of the units.
    Dataset Unscaled(RowData rows)
    {
        if (Preprocessing.Scaling is not null)
            throw new BadInputException($"{Path}: was trained on scaled rows, whose columns have noise of different deviations; " +
                "scale rows before training, or clean them by Denoising.RemoveNormal");
        Dataset data = Checked(rows);
        NumberRange.Check(data, null, placement.Precision);
        return data;
    }

    /// <summary>What the model says of each row: a class with its probability, or a number.</summary>
    /// <param name="rows">In the units of the data.</param>
    /// <exception cref="BadInputException">The model predicts nothing, or a row does not fit it.</exception>
    public IReadOnlyList<Prediction> Predict(RowData rows)
    {
        LoadedPredictor asked = Predicting();
        return Of(asked.Predict(Prepared(rows)));
    }

    /// <summary>The same of rows that are opened by name or given.</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="context">Opens data by name, is told what was done to rows.</param>
    /// <exception cref="BadInputException">The model predicts nothing, or rows cannot be read or do not fit it.</exception>
    public Predictions Predict(RowsRequest rows, RunContext? context = null)
    {
        context ??= RunContext.WithoutData;
        LoadedPredictor asked = Predicting();
        Dataset data = new AskedRows(asked, rows, context, "predict") { Observes = true }.Prepared();
        return new(data.Name, Of(asked.Predict(data)));
    }

    /// <summary>
    /// What the model expects of one column of rows, given their others: by sums over the column's values, exact where a row has all
    /// others. Other gaps are summed out by draws from the model given what the row has.
    /// </summary>
    /// <param name="column">A column of the training's table, or of its rows.</param>
    /// <param name="rows">Which rows; they may lack the column, or have gaps.</param>
    /// <param name="context">Opens data by name, is told what was done to rows.</param>
    /// <exception cref="BadInputException">There is no such column, the model cannot sum over it, or rows cannot be read or do not
    /// fit.</exception>
    public ColumnPredictions Predict(string column, RowsRequest rows, RunContext? context = null)
    {
        context ??= RunContext.WithoutData;
        LoadedModel loaded = Generative();
        TableSchema schema = loaded.Words;
        int place = schema.PlaceOf(column);
        TableColumn known = schema.Columns[place];
        if (known.Units == 0) throw new BadInputException($"{Path}: did not learn column {Quoted.Text(column)}");
        Dataset data = new AskedRows(loaded, rows, context, "predict", MissingValues.Absent, allowsGaps: true) { MayLack = column }
            .Prepared(isBinarized: false);
        var questions = new ColumnQuestions(loaded, schema, place);
        var draws = new GapDraws(loaded, schema.UnitsOf(place), context);
        List<string> fields = [];
        List<double[]> probabilities = [];
        List<double> means = [], deviations = [];
        for (int first = 0; first < data.Count; first += RowsAtOnce)
        {
            Matrix part = data.ToMatrix(first, Math.Min(RowsAtOnce, data.Count - first), placement);
            if (known.IsNumber)
            {
                foreach (var (mean, deviation) in questions.Numbers(part, draws, first))
                {
                    fields.Add(schema.Field(place, [mean]));
                    means.Add(mean);
                    deviations.Add(deviation);
                }
                continue;
            }
            foreach (double[] row in questions.Probabilities(part, draws, first))
            {
                fields.Add(known.Categories[Predictor.Best(row)]);
                probabilities.Add(row);
            }
        }
        return new(data.Name, column, known.IsNumber ? [] : known.Categories, fields, probabilities, means, deviations);
    }

    /// <summary>
    /// How odd each row is to the model, by free energy, log-likelihood or pseudo-likelihood, with the columns that make it so.
    /// </summary>
    /// <param name="request">Which rows, by what.</param>
    /// <param name="context">Opens data by name, is told how it goes.</param>
    /// <exception cref="BadInputException">The model does not give such scores, or rows cannot be read or do not fit it.</exception>
    public RowScores Score(ScoreRequest request, RunContext? context = null) =>
        new RowScoring(Generative(), request, context ?? RunContext.WithoutData).Run();

    LoadedPredictor Predicting() => AutoEncoder is not null
        ? throw new BadInputException($"{Path}: holds an auto-encoder, which gives codes and rows again (encode, decode, reconstruct), no "
            + "classes or numbers")
        : predictor ?? throw new BadInputException($"{Path}: holds {Description.Kind} without labels; expected a "
        + $"network or a model trained with {(Description.Kind == ModelKind.Graph ? "a layer of labels" : "--labels")}");

    IReadOnlyList<Prediction> Of(IReadOnlyList<double[]> outputs) =>
    [
        .. outputs.Select(row =>
        {
            if (Classes is null) return new Prediction(null, row[0], []);
            int best = Predictor.Best(row);
            return new Prediction(Classes[best], best, row);
        }),
    ];

    /// <summary>
    /// How strange each row is to the model: −log p(row) − log Z, the free energy, or where that sum is too long an upper bound on it, by
    /// mean-field inference or by draws of the way up. The higher the stranger; log Z is the same for all rows, so that scores rank them.
    /// </summary>
    /// <param name="rows">In the units of the data.</param>
    /// <param name="seed">Settles what is drawn on the way up a deep network.</param>
    /// <exception cref="BadInputException">The model has no probability of rows, or a row does not fit it.</exception>
    public double[] Score(RowData rows, ulong seed = Rng.DefaultSeed)
    {
        GenerativeModel model = Machine("scores of rows");
        var rng = new Rng(seed, ScoreStream);
        return [.. Parts(rows).SelectMany(part => Scores(model, part, rng))];
    }

    static IEnumerable<double> Scores(GenerativeModel model, Matrix part, Rng rng)
    {
        if (model.Below > 0) return DbnLikelihood.EstimateBound(((StackModel)model).Stack, part, 0, ScorePasses,
            rng).PerRow.PerRow.Select(bound => -bound);
        bool isQuick = model is StackModel || MachineEvaluation.HasQuickSums(model.Undirected);
        return isQuick ? FreeEnergy.PerRow(model.Undirected, part).PerRow : Elbo.PerRow(model.Undirected, part).PerRow.Select(bound =>
            -bound);
    }

    /// <summary>log p of each row, in nats, with the mean and its standard error over rows.</summary>
    /// <param name="rows">In the units of the data; a model that made bits of grey values takes bits.</param>
    /// <param name="logPartition">log Z; null to enumerate it, once, which a model must be small enough for. <see
    /// cref="AnnealedImportanceSampling"/> estimates that of others.</param>
    /// <exception cref="BadInputException">The model has no probability of rows, its sums are too long, or a row does not fit
    /// it.</exception>
    public Score LogLikelihood(RowData rows, double? logPartition = null)
    {
        GenerativeModel model = Machine("a log-likelihood");
        if (model.Below > 0)
        {
            if (!DbnEvaluation.IsEnumerable(((StackModel)model).Stack))
                throw new BadInputException($"{Path}: the states between the layers of {this} are too many to sum over; " +
                    "DbnLikelihood bounds its log-likelihood from below");
            return new([.. Parts(rows).SelectMany(part => DbnLikelihood.ExactLogLikelihood(((StackModel)model).Stack, part).PerRow)]);
        }
        EnergyModel undirected = model.Undirected;
        if (undirected.ContextLayers.Count > 0)
            return logPartition is null && Exact.Complaint(undirected) is null
                ? new([.. Parts(rows).SelectMany(part => Exact.LogLikelihood(undirected, part).PerRow)])
                : throw new BadInputException($"{Path}: log Z of this machine differs from context to context: "
                    + (Exact.Complaint(undirected) is string large ? $"{large}; AnnealedImportanceSampling.EstimatePerRow estimates it"
                        : "it is found for each row, and cannot be given"));
        if (FreeEnergy.StatesPerRow(undirected) is null)
            throw new BadInputException($"{Path}: the hidden states of {this} are too many to sum over; " +
                "Elbo bounds its log-likelihood from below");
        if (logPartition is null && Exact.Complaint(undirected) is string complaint)
            throw new BadInputException($"{Path}: {complaint}; estimate log Z by AnnealedImportanceSampling and give it");
        double log = logPartition ?? exactLogPartition.Value;
        return new([.. Parts(rows).SelectMany(part => FreeEnergy.PerRow(undirected, part).PerRow).Select(free => -free - log)]);
    }

    /// <summary>
    /// What units of a hidden layer stand for, a column each: of the first layer the weights, above it what pixels gain when the unit
    /// alone is turned on. [columns × units].
    /// </summary>
    /// <param name="layer">From 1.</param>
    /// <exception cref="BadInputException">There is no such layer; or above the first, of a network.</exception>
    public Matrix Filters(int layer = 1)
    {
        int number = LayerOf(layer);
        if (machine is not null) return machine.Model.Filters(number).Clone();
        return number == 1 ? ((LoadedNetwork)predictor!).Network.Layers[0].Weights.RowRange(0, Columns).Clone()
            : throw new BadInputException($"{Path}: holds a network, whose layers above the first have no way down to the rows");
    }

    EnergyModel OfRows(string asked)
    {
        GenerativeModel model = Machine(asked);
        return model.Below == 0 ? model.Undirected
            : throw new BadInputException($"{Path}: holds a {Description.Model}, whose chains run above the rows; " +
                $"it does not give {asked}");
    }

    Matrix InDataUnits(Matrix rows)
    {
        Preprocessing.Undo(rows);
        return rows;
    }
}
