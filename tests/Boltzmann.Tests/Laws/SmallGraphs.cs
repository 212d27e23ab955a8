namespace Boltzmann.Tests.Laws;

/// <summary>
/// Machines with units joined within their layers, and other graphs that are no chain of layers, small enough to enumerate; parameters are
/// random but fixed by the name.
/// </summary>
public static class SmallGraphs
{
    static readonly string[] names = ["visible bernoulli", "visible spin", "bernoulli bernoulli", "spin spin", "bernoulli spin",
        "two modalities", "ring", "semi-restricted", "grid", "edges", "edges and hidden", "modalities apart", "potts", "potts and hidden",
        "potts potts", "bernoulli potts"];

    public static TheoryData<string> Names => [.. names];

    public static bool Has(string name) => names.Contains(name);

    public static EnergyModel Make(string name) => Randomize<EnergyModel>(name switch
    {
        "visible bernoulli" => new BoltzmannMachine(new BernoulliLayer(6, SmallModels.Double)),
        "visible spin" => new BoltzmannMachine(new SpinLayer(6, SmallModels.Double)),
        "bernoulli bernoulli" => new BoltzmannMachine(new BernoulliLayer(4, SmallModels.Double), new BernoulliLayer(3, SmallModels.Double)),
        "spin spin" => new BoltzmannMachine(new SpinLayer(4, SmallModels.Double), new SpinLayer(3, SmallModels.Double)),
        "bernoulli spin" => new BoltzmannMachine(new BernoulliLayer(3, SmallModels.Double), new SpinLayer(4, SmallModels.Double)),
        "two modalities" => new LayeredModel([new BernoulliLayer(2, SmallModels.Double), new MultinomialLayer(3, 3, 1, SmallModels.Double),
            new SpinLayer(2, SmallModels.Double), new BernoulliLayer(2, SmallModels.Double)],
            [(0, 3), (1, 3), (2, 3), (3, 3)], [0, 1, 2], labels: 1),
        "ring" => new LayeredModel([new BernoulliLayer(2, SmallModels.Double), new SpinLayer(2, SmallModels.Double),
            new BernoulliLayer(2, SmallModels.Double)], [(0, 1), (1, 2), (0, 2)]),
        "semi-restricted" =>
            new LayeredModel([new SpinLayer(4, SmallModels.Double), new BernoulliLayer(2, SmallModels.Double)], [(0, 0), (0, 1)]),
        "grid" => BoltzmannMachine.Grid(2, 3, placement: SmallModels.Double),
        // Its hidden units are independent given both modalities.
        "modalities apart" => new LayeredModel([new BernoulliLayer(3, SmallModels.Double), new SpinLayer(2, SmallModels.Double),
            new BernoulliLayer(3, SmallModels.Double)], [(0, 2), (1, 2)], [0, 1]),
        "potts" => new BoltzmannMachine(Potts(9, 3)),
        "potts and hidden" => new BoltzmannMachine(Potts(6, 3), new BernoulliLayer(3, SmallModels.Double)),
        "potts potts" => new BoltzmannMachine(Potts(4, 2), Potts(6, 3)),
        "bernoulli potts" => new BoltzmannMachine(new BernoulliLayer(3, SmallModels.Double), Potts(6, 3)),
        "edges" =>
            new BoltzmannMachine(new BernoulliLayer(6, SmallModels.Double), new EdgeList(6, [(5, 0), (0, 2), (2, 5), (3, 2), (1, 4)])),
        "edges and hidden" => new LayeredModel([new BernoulliLayer(4, SmallModels.Double), new SpinLayer(3, SmallModels.Double)],
            new LayerGraph([(0, 0), (0, 1), (1, 1)], [0])
            {
                Edges = new Dictionary<int,
                IReadOnlyList<(int, int)>>
                { [0] = [(0, 1), (2, 1), (3, 0)], [1] = [(0, 2)] }
            }),
        _ => throw new ArgumentException(name),
    }, (ulong)Array.IndexOf(names, name) + 50);

    static MultinomialLayer Potts(int columns, int categories) => new(columns, categories, 1, SmallModels.Double);

    /// <summary>Weights N(0, 0.5²), biases N(0, 0.4²).</summary>
    public static T Randomize<T>(T model, ulong seed) where T : EnergyModel
    {
        var rng = new Rng(seed);
        model.SetRandomWeights(0.5, rng);
        foreach (Layer layer in model.Layers)
        {
            layer.Bias.SampleNormal(rng);
            layer.Bias.SetSum(layer.Bias, 0.4);
        }
        return model;
    }
}
