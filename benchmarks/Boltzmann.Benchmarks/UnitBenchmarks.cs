using BenchmarkDotNet.Attributes;

namespace Boltzmann.Benchmarks;

/// <summary>What happens to the inputs of a layer, entry by entry, and the gathering of a batch of bytes.</summary>
public class UnitBenchmarks
{
    const int Rows = 100, StoredRows = 10_000;

    readonly Rng rng = new();
    readonly int[] indices = new int[Rows];
    Matrix inputs = null!, bias = null!, precision = null!, result = null!, sums = null!;
    ByteRows stored = null!;

    public static IEnumerable<string> BackendNames => Backends.Names;

    [ParamsSource(nameof(BackendNames))]
    public string Backend { get; set; } = "";

    [Params(100, 1000)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        Placement placement = Backends.Placement(Backend);
        (inputs, result, sums) = (new(Rows, Units, placement), new(Rows, Units, placement), new(Rows, 1, placement));
        (bias, precision) = (new(1, Units, placement), Matrix.Row(Units, 1, placement));
        inputs.SampleNormal(rng);
        bias.SampleNormal(rng);
        var bytes = new byte[StoredRows * Units];
        var random = new Random(1);
        random.NextBytes(bytes);
        stored = new ByteRows(bytes, Units);
        for (int i = 0; i < indices.Length; i++) indices[i] = random.Next(StoredRows);
    }

    /// <summary>σ(x + b).</summary>
    [Benchmark]
    public void Logistic() => result.SetTwoStateMean(inputs, bias, 0, 1);

    /// <summary>1 with probability σ(x + b).</summary>
    [Benchmark]
    public void SampleBernoulli() => result.SampleTwoState(inputs, bias, 0, 1, rng);

    /// <summary>Σ log(1 + e^(x + b)): the heart of a free energy.</summary>
    [Benchmark]
    public void SoftplusSums() => sums.AddTwoStateLogNormalizer(inputs, bias, 0, 1, 1e-9);

    /// <summary>Softmax in blocks of ten.</summary>
    [Benchmark]
    public void Softmax() => result.SetSoftmaxMean(inputs, bias, 10);

    /// <summary>Mean of rectified Gaussian units.</summary>
    [Benchmark]
    public void RectifiedMean() => result.SetRectifiedMean(inputs, bias, precision);

    /// <summary>Standard normal numbers.</summary>
    [Benchmark]
    public void SampleNormal() => result.SampleNormal(rng);

    /// <summary>100 rows of bytes, widened and scaled.</summary>
    [Benchmark]
    public void Gather() => stored.Gather(indices, result);
}
