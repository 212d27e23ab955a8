using System.Text.Json.Serialization;

namespace Boltzmann;

/// <summary>How a <see cref="DbmTransformer"/> learns.</summary>
public sealed record DbmSettings : MachineSettings
{
    const double PretrainingRate = 0.05, PretrainingMomentum = 0.9;

    /// <summary>Units of each hidden layer, from the rows upward; those of the last are the features of a row.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [256, 256];

    /// <summary>
    /// Epochs that each pair of layers learns first, by contrastive divergence with doubled inputs; 0 for none. On few rows a top layer
    /// learns little without (docs/design-notes.md).
    /// </summary>
    public int PretrainingEpochs { get; init; } = 10;

    /// <summary>k, Gibbs sweeps per update.</summary>
    public int Steps { get; init; } = 5;

    /// <summary>Sweeps of mean-field inference for each batch, at most.</summary>
    public int MeanFieldUpdates { get; init; } = 10;

    [JsonIgnore]
    internal override int SweepsPerUpdate => Steps;

    [JsonIgnore]
    internal override IReadOnlyList<int> HiddenUnits => Hidden;

    [JsonIgnore]
    internal override double UsualRate => 0.01;

    [JsonIgnore]
    internal override int MachinesBefore => PretrainingEpochs > 0 ? Hidden.Count : 0;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(PretrainingEpochs >= 0, "the number of epochs of pre-training", PretrainingEpochs, "at least 0");
        Require(MeanFieldUpdates >= 1, "the number of mean-field updates", MeanFieldUpdates, "at least 1");
    }

    /// <summary>The options of pre-training: those of <see cref="DbnSettings"/>.</summary>
    internal TrainerOptions Pretraining(bool isReal) => new()
    {
        BatchSize = BatchSize,
        LearningRate = PretrainingRate * (isReal ? ShareOfReals : 1),
        Momentum = PretrainingMomentum,
        L2 = L2,
    };
}
