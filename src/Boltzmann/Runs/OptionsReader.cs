using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>What the settings of a run say of how each machine is trained: rates, penalties, metrics.</summary>
sealed class OptionsReader(RunSettings settings, LayerSettings layers)
{
    /// <summary>The options of every machine that has a trainer of its own.</summary>
    /// <exception cref="BadInputException">A number is out of range, a name unknown, or early stopping watches what is not measured.</exception>
    public TrainerOptions[] ReadAll()
    {
        TrainerOptions[] options = [.. Enumerable.Range(0, layers.Machines).Select(Read)];
        if (settings.Text("early-stopping") is string watched && options.All(o => o.EarlyStopping is null))
            throw new BadInputException($"--early-stopping {watched} is measured of no layer; measured are {string.Join(", ", options.SelectMany(o => o.Metrics).Select(m => m.Name).Distinct())}");
        return options;
    }

    TrainerOptions Read(int machine)
    {
        Metric[] metrics = [.. MetricNames(machine).Select(MetricCatalog.Parse)];
        var options = new TrainerOptions
        {
            BatchSize = (int)settings.Integer("batch-size")!,
            LearningRate = layers.LearningRate(machine),
            Momentum = new Schedule(settings.Numbers("momentum")!),
            Steps = new Schedule(settings.Numbers("steps")!),
            L2 = settings.Number("l2")!.Value,
            L1 = settings.Number("l1")!.Value,
            MaxNorm = settings.Number("max-norm") ?? double.PositiveInfinity,
            Dropout = settings.Number("dropout")!.Value,
            SparsityTarget = new ByLayer(settings.Numbers("sparsity-target")!),
            SparsityCost = new ByLayer(settings.Numbers("sparsity-cost")!),
            SparsityDamping = settings.Number("sparsity-damping")!.Value,
            Centering = settings.Text("centering") == "true",
            Shuffle = settings.Text("shuffle") == "true",
            Binarization = machine > 0 ? layers.Binarization(machine) : settings.Text("binarize") switch
            {
                "auto" when layers.HasBinaryRows => Binarization.Stochastic,
                "stochastic" => Binarization.Stochastic,
                "threshold" => Binarization.Threshold(settings.Number("threshold")!.Value),
                _ => Binarization.None,
            },
            Metrics = metrics,
            EarlyStopping = settings.Text("early-stopping") is string metric && (layers.Kind != ModelKind.ClassificationDbn || metrics.Any(m => m.Name == metric)) ? new EarlyStopping(metric, (int)settings.Integer("patience")!) : null,
        };
        options.Validate();
        return options;
    }

    IEnumerable<string> MetricNames(int machine)
    {
        string[]? asked = settings["metrics"] is JsonArray names ? [.. names.Select(m => m!.GetValue<string>())] : null;
        if (!layers.IsStack) return asked ?? MetricDefaults.MachineMetrics(layers.Trained);
        if (layers.Kind == ModelKind.ClassificationDbn && asked is not null)
        {
            // Each machine takes what is defined for it; a name that is for neither is found by parsing.
            IReadOnlyList<string> others = layers.HasLabels(machine) ? MetricCatalog.NamesFor<ClassificationRbm>() : MetricCatalog.NamesFor<Rbm>();
            return asked.Where(name => others.Contains(MetricCatalog.Parse(name).Name));
        }
        if (layers.HasLabels(machine)) return asked ?? MetricDefaults.ClassifierMetrics;
        // Its size does not matter here, and that of the rows is not known yet.
        bool areListed = new UnitSettings(settings).Describe(layers.VisibleKind(machine), 1).ListsValues;
        if (asked is null) return MetricDefaults.DefaultMetrics(areListed);
        // Found here, and not after an epoch by the metric itself.
        return areListed || Array.Find(asked, name => name.Contains("pseudo-likelihood")) is not string wrong ? asked
            : throw new BadInputException($"--metrics {wrong} needs visible units whose values can be listed: bernoulli, spin, or multinomial with one draw");
    }
}
