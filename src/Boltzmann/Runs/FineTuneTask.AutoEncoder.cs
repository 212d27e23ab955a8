namespace Boltzmann.Runs;

/// <content>The network that rebuilds its inputs.</content>
sealed partial class FineTuneTask
{
    static void RequireAutoEncoder(FineTunePlan plan)
    {
        (string Name, bool IsGiven)[] others =
        [
            ("hidden", plan.Hidden is { Count: > 0 }), ("batch-normalization", plan.BatchNormalization), ("doubled", plan.Doubled),
            ("mean-field-input", plan.MeanFieldInput),
        ];
        if (others.FirstOrDefault(option => option.IsGiven).Name is string name)
            throw new BadInputException($"--{name} does not go with --reconstruct, whose layers are the model's, up and down");
    }

    Network Unrolled(string startPath, Placement placement) => Begun(Start.Model switch
    {
        "rbm" => Network.Unroll([ModelFile.LoadRbm(startPath, placement)], Plan.Activation),
        "dbn" => Network.Unroll(ModelFile.LoadDbn(startPath, placement), Plan.Activation),
        "network" when Start.Code is null => throw new BadInputException($"{startPath}: holds a network that does not rebuild its inputs; "
            + "--reconstruct starts from an rbm, a dbn or an auto-encoder"),
        "network" when Plan.Activation is not null => throw new BadInputException($"{startPath}: holds a network, whose layers are "
            + "settled; --activation does not go with it"),
        "network" => ModelFile.LoadNetwork(startPath, placement),
        string other => throw new BadInputException($"{startPath}: holds a {other}, which is no stack with one way up and down; "
            + "--reconstruct starts from an rbm, a dbn or an auto-encoder"),
    }, new Rng(Seed, WeightStream));
}
