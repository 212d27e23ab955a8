using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// Features without labels in one object: scales rows and teaches a deep Boltzmann machine of binary hidden units, first layer by layer
/// with doubled inputs, then all layers at once (Salakhutdinov and Hinton 2009). The features of a row are the means of the top layer,
/// found together with those of the layers below by mean-field inference.
/// </summary>
/// <param name="settings">How it learns; the defaults when null.</param>
/// <param name="placement">Where to work; single precision on all cores when null.</param>
/// <exception cref="BadInputException">A setting is out of range.</exception>
public sealed class DbmTransformer(DbmSettings? settings = null, Placement? placement = null)
    : MachineTransformer<DbmSettings, Dbm>(settings ?? new(), placement)
{
    /// <summary>The machine that it learned.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public Dbm Machine => Learned ?? throw NothingLearned();

    /// <inheritdoc/>
    public override DbmTransformer Unfitted() => new(Settings, Placement);

    /// <summary>
    /// Reads what <see cref="MachineTransformer{TSettings, TModel}.Save"/> wrote; any file of a dbm without labels will do.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="placement">Where to; single precision on all cores, or the precision of the file, when null.</param>
    /// <exception cref="BadInputException">The file is missing or malformed, or holds another kind of model.</exception>
    public static DbmTransformer Load(string path, Placement? placement = null)
    {
        Dbm machine = ModelFile.LoadDbm(path, placement);
        if (machine.Labels is not null)
            throw new BadInputException($"{path}: holds a dbm with labels; expected one without: TrainedModel opens either");
        var (settings, data) = EstimatorEntry.Read(ModelFile.Describe(path), path, EstimatorJson.Default.DbmSettings, new DbmSettings(),
            read => read.Validate());
        var made = new DbmTransformer(settings with { Hidden = [.. machine.Layers.Skip(1).Select(layer => layer.Units)] },
            machine.Placement);
        made.Take(machine, data);
        return made;
    }

    private protected override MeanField Inference => new(Settings.MeanFieldUpdates);

    private protected override Dbm Begun(Layer[] layers, Dataset rows, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        Dbn stack = Dbn.Of(layers);
        Rng rng = WeightRng;
        foreach (var (m, machine) in stack.Machines.Index()) Start(machine, m == 0 ? rows : null, rng);
        if (Settings.PretrainingEpochs == 0) return Dbm.From(stack);
        int last = stack.Machines.Count - 1;
        // Each end of the machine stands in for the neighbour that its hidden or visible units will have.
        LayerTraining[] training = [.. stack.Machines.Select((machine, m) => new LayerTraining(new ContrastiveDivergence(
            upFactor: Factor(m == 0), downFactor: Factor(m == last)), new Sgd(), Settings.Pretraining(machine.Visible.Values
            == UnitValues.Reals), Settings.PretrainingEpochs) { UpFactor = Factor(m == 0) })];
        foreach (GreedyProgress step in new GreedyTrainer(stack, training, Settings.Seed).Run(rows))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(FitPhase.Machines, step.Machine, step.Machines + 1, step.Progress));
        }
        return Dbm.From(stack);

        double Factor(bool isEnd) => isEnd && last > 0 ? 2 : 1;
    }

    private protected override Matrix Features(Matrix rows) => Machine.Transform(rows);

    private protected override JsonNode? Json() => JsonSerializer.SerializeToNode(Settings, EstimatorJson.Default.DbmSettings);
}
