using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>Plans as JSON, with the names that settings.json has had from the start.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower, Converters =
[
    typeof(NumberListConverter), typeof(WholeListConverter), typeof(TextListConverter),
    typeof(ChoiceConverter<DataScale>), typeof(ChoiceConverter<BinarizationWay>), typeof(ChoiceConverter<MissingValues>),
        typeof(ChoiceConverter<Objective>),
    typeof(ChoiceConverter<TrainingMethod>), typeof(ChoiceConverter<ChainStart>),
    typeof(ChoiceConverter<SweepOrder>), typeof(ChoiceConverter<LayerInputWay>), typeof(ChoiceConverter<OptimizerKind>),
    typeof(ChoiceConverter<PredictionTask>), typeof(ChoiceConverter<KeptEpoch>),
    typeof(ChoiceConverter<TraceFeed>), typeof(ChoiceConverter<MemoryReset>), typeof(ChoiceConverter<SequenceOptimizer>),
    typeof(ChoiceConverter<Activation>), typeof(ChoiceConverter<Precision>), typeof(DoublingConverter),
])]
[JsonSerializable(typeof(TrainPlan))]
[JsonSerializable(typeof(FineTunePlan))]
[JsonSerializable(typeof(SequencePlan))]
[JsonSerializable(typeof(RatingPlan))]
sealed partial class PlanJson : JsonSerializerContext;
