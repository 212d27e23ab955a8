using BenchmarkDotNet.Attributes;

namespace Boltzmann.Benchmarks;

/// <summary>The three passes over the weights of a training step, on operands with the zeros of digits or with none.</summary>
public class ProductBenchmarks
{
    const int Visible = 784;

    readonly UpdateRule rule = new(LearningRate: 1e-9, Momentum: 0.5, L2: 1e-4);
    Matrix weights = null!, change = null!, data = null!, states = null!, means = null!, visible = null!, hidden = null!;
    Factor[] factors = [];

    public static IEnumerable<string> BackendNames => Backends.Names;

    [ParamsSource(nameof(BackendNames))]
    public string Backend { get; set; } = "";

    [Params(256, 1024)]
    public int Hidden { get; set; }

    [Params(10, 100)]
    public int Batch { get; set; }

    /// <summary>Share of entries that are not 0: 0.19 of the pixels of digits; 1 for dense.</summary>
    [Params(0.19, 1)]
    public double Density { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var rng = new Rng();
        Placement placement = Backends.Placement(Backend);
        Matrix New(int rows, int columns) => new(rows, columns, placement);
        (weights, change) = (New(Visible, Hidden), New(Visible, Hidden));
        (data, visible, states, means, hidden) = (New(Batch, Visible), New(Batch, Visible), New(Batch, Hidden), New(Batch, Hidden),
            New(Batch, Hidden));
        weights.SampleNormal(rng);
        weights.SetSum(weights, 0.01);
        means.SampleUniform(rng);
        foreach (Matrix m in (Matrix[])[data, states])
        {
            m.SampleUniform(rng);
            Matrix kept = m.Like(m.Rows, m.Columns);
            kept.SetGreater(m, Matrix.Row(1, 1 - Density, placement));
            m.SetScaled(m, kept);
        }
        factors = [new(data, means, 1.0 / Batch), new(data, means, -1.0 / Batch)];
    }

    /// <summary>Hidden inputs: v·W.</summary>
    [Benchmark]
    public void Up() => hidden.SetProduct(data, weights);

    /// <summary>Visible inputs: h·Wᵀ.</summary>
    [Benchmark]
    public void Down() => visible.SetProduct(states, weights, transposeRight: true);

    /// <summary>Both outer products, momentum, L2 and the step in one pass.</summary>
    [Benchmark]
    public void Update() => weights.Update(change, null, factors, rule);
}
