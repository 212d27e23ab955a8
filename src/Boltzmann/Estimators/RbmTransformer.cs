using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// Features without labels in one object: scales rows and teaches a restricted Boltzmann machine of binary hidden units, on whose visible
/// side are binary units where all scaled values lie in 0..1, else Gaussian ones. The features of a row are the means of the hidden
/// units.
/// </summary>
/// <param name="settings">How it learns; the defaults when null.</param>
/// <param name="placement">Where to work; single precision on all cores when null.</param>
/// <exception cref="BadInputException">A setting is out of range.</exception>
public sealed class RbmTransformer(RbmSettings? settings = null, Placement? placement = null)
    : MachineTransformer<RbmSettings, Rbm>(settings ?? new(), placement)
{
    /// <summary>The machine that it learned.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public Rbm Machine => Learned ?? throw NothingLearned();

    /// <inheritdoc/>
    public override RbmTransformer Unfitted() => new(Settings, Placement);

    /// <summary>Reads what <see cref="MachineTransformer{TSettings, TModel}.Save"/> wrote; any file of an rbm will do.</summary>
    /// <param name="path">The file.</param>
    /// <param name="placement">Where to; single precision on all cores, or the precision of the file, when null.</param>
    /// <exception cref="BadInputException">The file is missing or malformed, or holds another kind of model.</exception>
    public static RbmTransformer Load(string path, Placement? placement = null)
    {
        Rbm machine = ModelFile.LoadRbm(path, placement);
        var (settings, data) = EstimatorEntry.Read(ModelFile.Describe(path), path, EstimatorJson.Default.RbmSettings, new RbmSettings(),
            read => read.Validate());
        var made = new RbmTransformer(settings with { Hidden = machine.Hidden.Units }, machine.Placement);
        made.Take(machine, data);
        return made;
    }

    private protected override Rbm Begun(Layer[] layers, Dataset rows, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var machine = new Rbm(layers[0], layers[1]);
        Start(machine, rows, WeightRng);
        return machine;
    }

    private protected override Matrix Features(Matrix rows) => Machine.Transform(rows);

    private protected override JsonNode? Json() => JsonSerializer.SerializeToNode(Settings, EstimatorJson.Default.RbmSettings);
}
