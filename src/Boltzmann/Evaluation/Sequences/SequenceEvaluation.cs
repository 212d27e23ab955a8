namespace Boltzmann.Evaluation;

/// <summary>
/// How machines with memory do on sequences: log-likelihoods step by step, and predictions of the next step. In double precision but for
/// annealing, which walks in the model's own. Reading changes no parameter.
/// </summary>
public static class SequenceEvaluation
{
    const uint AnnealingStream = 0x73657161, PredictionStream = 0x73657170;
    const int RowsAtOnce = 4096;

    /// <summary>Whether log-likelihoods of such data are exact: in closed form, or by summing over the states of a layer.</summary>
    public static bool IsExact(SequenceModel model, Sequences data) => StepMachine.Of(model).Reaches(data.Steps.Count);

    /// <summary>log p(x_t | x_1 … x_{t−1}) of every step, −F(x_t | z_t) − log Z(z_t), in nats.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">Rows as it takes them.</param>
    /// <param name="scoring">How, where it is not exact.</param>
    /// <param name="progress">Told the share of annealing that is done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BadInputException">The data have another width, or parameters are not finite.</exception>
    public static SequenceScore LogLikelihood(SequenceModel model, Sequences data, SequenceScoring? scoring = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        scoring ??= new();
        Require(model, data);
        bool isExact = StepMachine.Of(model).Reaches(data.Steps.Count) && !(scoring.IsAnnealed && model.Hidden is not null);
        var perStep = new double[data.Steps.Count];
        double[]? backward = isExact ? null : new double[data.Steps.Count];
        SequenceModel target = isExact ? model.Clone(model.Placement.Double) : model;
        StepMachine machine = StepMachine.Of(target);
        var rng = new Rng(scoring.Seed, AnnealingStream);
        int done = 0;
        foreach (StepInputs all in StepInputs.Of(target, data))
            foreach (var (steps, rows, toVisible, toHidden) in Parts(all))
            {
                var values = rows.Like(rows.Rows, 1);
                values.Fill(0);
                machine.AddLogWeights(rows, toVisible, toHidden, values);
                double[] weights = values.ReadColumn(0), logs, second = [];
                if (isExact) logs = machine.LogPartitions(toVisible, toHidden, cancellation);
                else (logs, second) = StepAnnealing.LogPartitions(machine, rows, toVisible, toHidden!, scoring.Chains, scoring.Betas,
                    scoring.BurnIn, rng, share => progress?.Report((done + share * steps.Length) / data.Steps.Count), cancellation);
                for (int i = 0; i < steps.Length; i++)
                {
                    perStep[steps[i]] = weights[i] - logs[i];
                    if (backward is not null) backward[steps[i]] = weights[i] - second[i];
                }
                done += steps.Length;
            }
        return new(data, perStep, backward, !isExact ? "annealing" : model.Hidden is null ? "closed form" : "enumeration");
    }

    /// <summary>Predictions E[x_t | x_1 … x_{t−1}] of every step that counts, beside those of persistence and of the mean.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">Rows as it takes them.</param>
    /// <param name="scoring">How, where it is not exact.</param>
    /// <param name="mean">The mean of the training rows; null where it is not known.</param>
    /// <param name="keeps">Whether to keep the predictions.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BadInputException">The data have another width, or parameters are not finite.</exception>
    public static PredictionScore Predictions(SequenceModel model, Sequences data, SequenceScoring? scoring = null, double[]? mean = null,
        bool keeps = false, CancellationToken cancellation = default)
    {
        scoring ??= new();
        Require(model, data);
        StepMachine asked = StepMachine.Of(model);
        bool isExact = asked.Reaches(data.Steps.Count) && asked.States <= scoring.MostStates;
        SequenceModel target = isExact ? model.Clone(model.Placement.Double) : model;
        var predictor = new StepPredictor(StepMachine.Of(target), scoring, isExact, new Rng(scoring.Seed, PredictionStream));
        Matrix? kept = keeps ? new Matrix(data.Steps.Count, data.Columns, target.Placement) : null;
        PredictionErrors own = new(), persistence = new(), average = new();
        int[] sequence = data.SequenceOfSteps();
        var before = new double[data.Columns];
        foreach (StepInputs all in StepInputs.Of(target, data))
            foreach (var (steps, rows, toVisible, toHidden) in Parts(all))
            {
                Matrix means = rows.Like(rows.Rows, rows.Columns);
                predictor.SetMeans(toVisible, toHidden, means, cancellation);
                for (int i = 0; i < steps.Length; i++)
                {
                    double[] row = rows.ReadRow(i), predicted = means.ReadRow(i);
                    kept?.WriteRow(steps[i], predicted);
                    int s = sequence[steps[i]], place = steps[i] - data.First[s];
                    if (place < data.WarmUp[s]) continue;
                    own.Add(row, predicted, place == 0);
                    if (mean is not null) average.Add(row, mean, place == 0);
                    if (place == 0) continue;
                    data.Steps.Rows.Read(steps[i] - 1, before);
                    persistence.Add(row, before, false);
                }
            }
        return new(own, persistence, predictor.Method) { Mean = mean is null ? null : average, Predictions = kept };
    }

    /// <summary>
    /// For some steps the column that had the least probability: units without hidden ones are independent given the past, log p is a sum
    /// over them. Null where they are not, or are one unit.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">Rows as it takes them.</param>
    /// <param name="steps">Numbers of steps, no one twice.</param>
    public static int[]? LeastProbableColumns(SequenceModel model, Sequences data, IReadOnlyList<int> steps)
    {
        Require(model, data);
        if (model.Hidden is not null || model.Visible.BlockEnd(0) == model.Visible.Units) return null;
        SequenceModel target = model.Clone(model.Placement.Double);
        var least = new int[steps.Count];
        Dictionary<int, int> places = steps.Index().ToDictionary(step => step.Item, step => step.Index);
        foreach (StepInputs all in StepInputs.Of(target, data))
        {
            int[] wanted = [.. Enumerable.Range(0, all.Steps.Length).Where(i => places.ContainsKey(all.Steps[i]))];
            if (wanted.Length == 0) continue;
            var lowest = new double[wanted.Length];
            Array.Fill(lowest, double.PositiveInfinity);
            for (int column = 0, end; column < target.Visible.Units; column = end)
            {
                end = target.Visible.BlockEnd(column);
                int[] columns = [.. Enumerable.Range(column, end - column)];
                var unit = new StepMachine(target.Visible.Part(columns), null, null);
                Matrix rows = all.Rows.Part(wanted, columns), inputs = all.Visible.Part(wanted, columns), values = rows.Like(rows.Rows, 1);
                values.Fill(0);
                unit.AddLogProbability(rows, inputs, values);
                double[] logs = values.ReadColumn(0);
                for (int i = 0; i < wanted.Length; i++)
                    if (logs[i] < lowest[i]) (lowest[i], least[places[all.Steps[wanted[i]]]]) = (logs[i], column);
            }
        }
        return least;
    }

    static IEnumerable<(int[] Steps, Matrix Rows, Matrix Visible, Matrix? Hidden)> Parts(StepInputs all)
    {
        for (int first = 0; first < all.Steps.Length; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, all.Steps.Length - first);
            yield return (all.Steps[first..(first + count)], all.Rows.RowRange(first, count), all.Visible.RowRange(first, count),
                all.Hidden?.RowRange(first, count));
        }
    }

    static void Require(SequenceModel model, Sequences data)
    {
        if (data.Columns != model.Visible.Units) throw new BadInputException($"{data.Name}: its steps have {data.Columns} columns, but the "
            + $"model {model.Visible.Units} visible units");
        foreach (Parameter p in model.Parameters)
            if (p.Value.Summarize().NonFinite is > 0 and long count)
                throw new BadInputException($"{count} of the numbers in {p.Name} are not finite, so the model has no likelihood");
    }
}
