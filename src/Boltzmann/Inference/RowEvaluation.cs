namespace Boltzmann.Inference;

/// <summary>Judges a generative model by rows alone: which metrics go with which model, what they need, what is warned of.</summary>
static class RowEvaluation
{
    static readonly EvaluationMetric[] needLogPartition = [EvaluationMetric.LogPartition, EvaluationMetric.LogLikelihood,
        EvaluationMetric.Elbo];

    public static EvaluationResult Measure(LoadedModel loaded, EvaluationRequest request, RunContext context)
    {
        var data = new AskedRows(loaded, request.Rows, context, "evaluate", request.Missing, allowsGaps: true);
        MissingValues? missing = data.Missing;
        Dbn? stack = StackOf(loaded);
        IReadOnlyList<EvaluationMetric> asked = Asked(loaded, request, missing, data.AreKnown);
        DocumentEvaluation.RequireDefined(loaded, asked);
        MachineEvaluation.RequireDefined(loaded, missing, asked);
        RequireUsed(request, asked, stack is not null);
        RequirePossible(loaded, asked, stack is not null, missing is not null);
        ModelRows? rows = null;
        if (data.AreKnown || loaded.Model.DrawsByRow || asked.Any(metric => metric != EvaluationMetric.LogPartition))
        {
            Binarization way = BinarizationOf(request, loaded);
            if (way != Binarization.None && loaded.Model.Undirected.ContextLayers.Count > 0)
            {
                throw new BadInputException("--binarize makes bits of all columns, context among them, which has to stay as it is: give "
                    + "rows of bits and context");
            }
            rows = new(data.Prepared(way != Binarization.None), loaded.Model.Placement, way.For(loaded.Model.RowLayers), context.Seed,
                context.Interrupted);
        }
        if (rows is not null) RequireSums(loaded, rows, asked);
        foreach (string warning in WarningsOf(loaded, rows, asked)) context.Warn(warning);

        bool hasOne = asked.Any(needLogPartition.Contains) && !loaded.Model.DrawsByRow
            && !MachineEvaluation.HasOwnPartitions(loaded, missing);
        LogPartitionResult? logPartition = !hasOne ? null : LogPartitionSearch.Find(request.LogPartition, loaded.Model.Undirected,
            rows is null ? null : new(loaded.Model, rows.WithoutGaps(), context.Seed), context);
        EvaluationResult result = loaded.Model.DrawsByRow
            ? DocumentEvaluation.Measure(context, (Rbm)loaded.Model.Undirected, rows!, asked, request.LogPartition)
            : stack is not null
            ? DbnEvaluation.Measure(context, stack, rows, asked, logPartition, request.Passes ?? EvaluationRequest.DefaultPasses)
            : MachineEvaluation.Measure(context, loaded.Model.Undirected, rows, asked, logPartition,
                request.GapRows ?? EvaluationRequest.DefaultGapRows);
        foreach (string warning in logPartition?.Warnings ?? result.Lengths?.Warnings ?? []) context.Warn(warning);
        return result with
        {
            Path = loaded.Path,
            Model = loaded.Description.Model,
            Title = loaded.Title,
            Rows = rows?.Count ?? 0,
            Data = rows?.Data.Name,
            IsScaled = loaded.Data.Scaling is not null,
            Binarization = rows?.Binarization,
        };
    }

    static IReadOnlyList<EvaluationMetric> Asked(LoadedModel loaded, EvaluationRequest request, MissingValues? missing, bool hasData)
    {
        EvaluationMetric[] known = EvaluationMetrics.OfRows(loaded.Description.Model), foreign = [.. request.Metrics.Except(known)];
        if (foreign.Length > 0) throw new BadInputException($"--metrics {foreign[0].Word()} does not go with {loaded.Title}; expected "
            + known.Words());
        if (request.Metrics.Count > 0) return request.Metrics;
        if (loaded.Model.DrawsByRow) return DocumentEvaluation.Defaults;
        bool isPartial = missing is not null || loaded.Model.Undirected.ContextLayers.Count > 0;
        return isPartial ? MachineEvaluation.DefaultsOfGaps(loaded, missing) : DefaultsOf(loaded, hasData);
    }

    static EvaluationMetric[] DefaultsOf(LoadedModel loaded, bool hasData) => !hasData ? [EvaluationMetric.LogPartition]
        : loaded.Description.Model == ModelKind.Rbm.Name ? [EvaluationMetric.LogPartition, EvaluationMetric.FreeEnergy,
            EvaluationMetric.LogLikelihood]
        : StackOf(loaded) is Dbn stack ? DbnEvaluation.IsEnumerable(stack) ? [EvaluationMetric.Elbo, EvaluationMetric.LogLikelihood]
            : [EvaluationMetric.Elbo]
        : MachineEvaluation.HasQuickSums(loaded.Model.Undirected) ? [EvaluationMetric.LogPartition, EvaluationMetric.Elbo,
            EvaluationMetric.LogLikelihood]
        : [EvaluationMetric.LogPartition, EvaluationMetric.Elbo];

    static void RequireUsed(EvaluationRequest request, IReadOnlyList<EvaluationMetric> asked, bool isStack)
    {
        if (request.Passes is not null && (!isStack || !asked.Contains(EvaluationMetric.Elbo)))
            throw new BadInputException("--passes is for --metrics elbo, which is the bound of a dbn");
        if (request.GapRows is not null && !asked.Contains(EvaluationMetric.VariationalGap))
            throw new BadInputException($"--gap-rows is for --metrics {EvaluationMetric.VariationalGap.Word()}");
    }

    // Before log Z is estimated in vain.
    static void RequirePossible(LoadedModel loaded, IReadOnlyList<EvaluationMetric> asked, bool isStack, bool hasGaps)
    {
        if (asked.Contains(EvaluationMetric.VariationalGap)) MachineEvaluation.RequireHidden(loaded);
        if (isStack && asked.Contains(EvaluationMetric.LogLikelihood)) DbnEvaluation.RequireEnumerable(loaded);
        if (loaded.Model is not MachineModel) return;
        bool isPartial = hasGaps || loaded.Model.Undirected.ContextLayers.Count > 0;
        foreach (EvaluationMetric metric in asked.Where(MachineEvaluation.NeedsEnumeration))
            MachineEvaluation.RequireEnumerable(loaded, metric, isPartial);
    }

    // What a row leaves unknown is summed over: which is looked at, too, before log Z is estimated in vain.
    static void RequireSums(LoadedModel loaded, ModelRows rows, IReadOnlyList<EvaluationMetric> asked)
    {
        if (rows.Missing != MissingValues.Unknown || !asked.Any(MachineEvaluation.NeedsEnumeration)) return;
        var seen = new HashSet<string>();
        int number = 0;
        foreach (Matrix batch in rows.Batches())
        {
            for (int r = 0; r < batch.Rows; r++)
            {
                number++;
                double[] row = batch.ReadRow(r);
                if (!seen.Add(string.Concat(row.Select(x => double.IsNaN(x) ? '?' : '.')))) continue;
                if (ObservedRows.ComplaintOfUnknown(loaded.Model.Undirected, row) is not string complaint) continue;
                throw new BadInputException($"{rows.Data.Name}: row {number} leaves more unknown than can be summed over ({complaint}); "
                    + "leave such rows out, complete them first (sample --impute), or call their gaps absent");
            }
        }
    }

    // Null for what is judged as a single machine.
    static Dbn? StackOf(LoadedModel loaded) =>
        loaded.Description.Model is "dbn" or "classification-dbn" ? ((StackModel)loaded.Model).Stack : null;

    static Binarization BinarizationOf(EvaluationRequest request, LoadedModel model)
    {
        bool isTrainings = request.Binarize == BinarizationWay.Auto;
        BinarizationWay way = isTrainings ? model.Training.Binarize ?? BinarizationWay.None : request.Binarize;
        return way switch
        {
            BinarizationWay.Stochastic => Binarization.Stochastic,
            // In training, auto draws bits for binary units.
            BinarizationWay.Auto when model.IsBinary => Binarization.Stochastic,
            BinarizationWay.Threshold => Binarization.Threshold(request.Threshold ?? model.Training.Threshold ?? 0.5),
            _ => Binarization.None,
        };
    }

    // A Bernoulli unit has no probability for a grey value: formulas take it for a mean, and −F − log Z is then a number without that
    // meaning.
    static IEnumerable<string> WarningsOf(LoadedModel model, ModelRows? rows, IReadOnlyList<EvaluationMetric> asked)
    {
        EvaluationMetric[] judged = [.. asked.Where(metric => metric is EvaluationMetric.LogLikelihood or EvaluationMetric.Elbo
            or EvaluationMetric.PseudoLikelihood)];
        if (rows is null || rows.AreBinarized || judged.Length == 0) yield break;
        bool[] isBit = [.. model.Model.RowLayers.SelectMany(layer => Enumerable.Repeat(layer.Values == UnitValues.Bits, layer.Units))];
        if (!isBit.Contains(true) || !rows.Batches().Any(batch => Enumerable.Range(0,
            batch.Rows).Any(r => batch.ReadRow(r).Index().Any(x => isBit[x.Index] && x.Item is not (0 or 1 or double.NaN))))) yield break;
        yield return $"{rows.Data.Name}: grey values stand for means where bernoulli units take 0 and 1, so {judged.Words(" and ")} "
            + $"of these rows {(judged.Length == 1 ? "is" : "are")} no log-likelihood of anything; --binarize threshold or stochastic "
            + "makes bits of them";
    }
}
