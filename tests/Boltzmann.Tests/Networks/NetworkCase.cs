namespace Boltzmann.Tests.Networks;

/// <summary>Small networks in double precision.</summary>
static class NetworkCase
{
    public static Placement Double { get; } = new(new CpuBackend(1), Precision.Float64);

    /// <summary>Random weights and biases, none of them 0.</summary>
    public static Network Random(int inputs, int[] hidden, int outputs, Head head, Activation activation, bool normalize, ulong seed = 3)
    {
        var rng = new Rng(seed);
        Network network = Network.Create(inputs, hidden, outputs, head, rng, activation, normalize, Double);
        foreach (NetworkLayer layer in network.Layers)
        {
            layer.Bias.SampleNormal(rng);
            layer.Bias.SetSum(layer.Bias, 0.3);
            layer.Normalization?.Scale.SetSum(layer.Normalization.Scale, 1.3);
        }
        return network;
    }

    public static Dataset Rows(int count, int columns, ulong seed = 5)
    {
        var rows = new Matrix(count, columns, Double);
        rows.SampleNormal(new Rng(seed));
        var values = new double[count * columns];
        for (int r = 0; r < count; r++) rows.ReadRow(r, values.AsSpan(r * columns, columns));
        return new("rows", new NumberRows(values, columns));
    }

    public static Examples Examples(int count, int columns, int outputs, Head head) => head switch
    {
        LinearHead => new(Rows(count, columns), Rows(count, outputs, 6).Rows),
        LogisticHead => new(Rows(count, columns),
            new NumberRows([.. Enumerable.Range(0, count * outputs).Select(i => (double)(i * 7 % 3 % 2))], outputs)),
        _ => new(Rows(count, columns), new OneHotRows([.. Enumerable.Range(0, count).Select(i => i * 5 % outputs)], outputs)),
    };

    public static double[] Flatten(Matrix matrix) => [.. matrix.ToArray().Cast<double>()];

    /// <summary>Runs all epochs and returns the records.</summary>
    public static List<EpochRecord> Learn(this NetworkTrainer trainer, Examples training, int epochs, Examples? validation = null) =>
        [.. trainer.Run(training, epochs, validation).Select(p => p.Completed).OfType<EpochRecord>()];
}
