namespace Boltzmann.Runs;

/// <summary>What a plan says of how each machine is trained: rates, penalties, metrics.</summary>
sealed class OptionsReader(TrainPlan plan, LayerSettings layers)
{
    /// <summary>The options of every machine that has a trainer of its own.</summary>
    /// <exception cref="BadInputException">A number is out of range, a name unknown, or early stopping watches what is not
    /// measured.</exception>
    public TrainerOptions[] ReadAll()
    {
        TrainerOptions[] options = [.. Enumerable.Range(0, layers.Machines).Select(Read)];
        if (plan.EarlyStopping is string watched && options.All(o => o.EarlyStopping is null))
            throw new BadInputException($"--early-stopping {watched} is measured of no layer; measured are "
                + $"{string.Join(", ", options.SelectMany(o => o.Metrics).Select(m => m.Name).Distinct())}");
        return options;
    }

    TrainerOptions Read(int machine)
    {
        Metric[] metrics = [.. MetricNames(machine).Select(MetricCatalog.Parse)];
        var options = new TrainerOptions
        {
            BatchSize = plan.BatchSize,
            LearningRate = layers.LearningRate(machine),
            PrecisionRate = plan.PrecisionRate ?? (machine == 0 && plan.VisibleUnits == MixedLayer.Name ? 0.1 : 1),
            Momentum = new Schedule([.. plan.Momentum]),
            Steps = new Schedule([.. plan.Steps]),
            L2 = plan.L2,
            L1 = plan.L1,
            MaxNorm = plan.MaxNorm ?? double.PositiveInfinity,
            Dropout = plan.Dropout,
            SparsityTarget = new ByLayer([.. plan.SparsityTarget]),
            SparsityCost = new ByLayer([.. plan.SparsityCost]),
            SparsityDamping = plan.SparsityDamping,
            Centering = plan.Centering,
            AveragePresent = plan.AveragePresent,
            Shuffle = plan.Shuffle,
            Binarization = machine > 0 ? layers.Binarization(machine) : plan.Binarize switch
            {
                BinarizationWay.Auto when layers.HasBinaryRows => Binarization.Stochastic,
                BinarizationWay.Stochastic => Binarization.Stochastic,
                BinarizationWay.Threshold => Binarization.Threshold(plan.Threshold),
                _ => Binarization.None,
            },
            Metrics = metrics,
            EarlyStopping = plan.EarlyStopping is string metric && (layers.Kind != ModelKind.ClassificationDbn
                || metrics.Any(m => m.Name == metric)) ? new EarlyStopping(metric, plan.Patience) : null,
            Transforms = plan.L1b is null or 0 ? null : (model, usual) => [.. usual, new GroupLasso((Rbm)model, plan.L1b.Value)],
            // What the deviation of other columns is, nobody says.
            Constraints = plan.ZeroSum == true ? (model, usual) => [.. usual, new ZeroSum((Rbm)model)]
                : machine > 0 || plan.VisibleUnits != MixedLayer.Name || plan.Scale == DataScale.None ? null
                : (model, usual) => [.. usual, new GreatestPrecision(model, GreatestPrecision.OfScaledColumns)],
        };
        options.Validate();
        return options;
    }

    IEnumerable<string> MetricNames(int machine)
    {
        string[]? asked = plan.Metrics is null ? null : [.. plan.Metrics];
        if (!layers.IsStack) return asked ?? MetricDefaults.MachineMetrics(layers.Trained);
        if (layers.Kind == ModelKind.ClassificationDbn && asked is not null)
        {
            // Each machine takes what is defined for it; a name that is for neither is found by parsing.
            IReadOnlyList<string> others = layers.HasLabels(machine) ? MetricCatalog.NamesFor<ClassificationRbm>()
                : MetricCatalog.NamesFor<Rbm>();
            return asked.Where(name => others.Contains(MetricCatalog.Parse(name).Name));
        }
        if (layers.HasLabels(machine)) return asked ?? MetricDefaults.ClassifierMetrics;
        // Its size does not matter here, and that of the rows is not known yet.
        string kind = layers.VisibleKind(machine);
        LayerDescription? described = kind == MixedLayer.Name ? null : new UnitSettings(plan).Describe(kind, 1);
        bool areListed = described is { ListsValues: true };
        if (asked is null) return MetricDefaults.DefaultMetrics(areListed, described?.Draws == MultinomialLayer.DrawsOfRow);
        // Found here, and not after an epoch by the metric itself.
        return areListed || Array.Find(asked, name => name.Contains("pseudo-likelihood")) is not string wrong ? asked
            : throw new BadInputException($"--metrics {wrong} needs visible units whose values can be listed: bernoulli, spin, or "
            + "multinomial with one draw");
    }
}
