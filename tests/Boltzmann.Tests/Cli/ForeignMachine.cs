namespace Boltzmann.Tests.Cli;

/// <summary>
/// Layers of bits in a file as another program would write it, and what sums over every state in plain loops make of them. The first layers
/// are the rows'.
/// </summary>
sealed class ForeignMachine
{
    readonly string kind, more;
    readonly double[][] biases;
    readonly (int Lower, int Upper, double[,] Weights)[] joints;
    readonly int? labels;
    readonly double[][] states;

    /// <param name="kind">As the metadata call it: "dbm".</param>
    /// <param name="sizes">Of the layers.</param>
    /// <param name="joined">Pairs of layers; one with itself is joined within.</param>
    /// <param name="labels">The layer of classes, one softmax; null for none.</param>
    /// <param name="more">Further entries of the metadata.</param>
    /// <param name="rowLayers">How many layers share the columns of rows.</param>
    public ForeignMachine(string kind, int[] sizes, (int, int)[] joined, int? labels = null, string more = "", int rowLayers = 1)
    {
        Columns = sizes.Take(rowLayers).Sum();
        (this.kind, this.labels, this.more) = (kind, labels, more);
        biases = [.. sizes.Select((n, l) => Enumerable.Range(0, n).Select(i => 0.8 * Math.Sin(1.3 * i + 0.4 + l)).ToArray())];
        joints = [.. joined.Select((pair, k) => (pair.Item1, pair.Item2,
            WeightsOf(sizes[pair.Item1], sizes[pair.Item2], k, pair.Item1 == pair.Item2)))];
        states = [.. Configurations(0)];
    }

    /// <summary>Values of a row.</summary>
    public int Columns { get; }

    /// <summary>Writes model.safetensors, whose path it returns, and every row of it, rows.npy.</summary>
    public string Save(TemporaryFolder folder)
    {
        Write(folder["model.safetensors"]);
        File.WriteAllBytes(folder["rows.npy"], NpyBytes.Of([.. Rows()]));
        return folder["model.safetensors"];
    }

    public void Write(string path)
    {
        IEnumerable<string> layers = biases.Select((b, l) => l == labels ? $$"""{"units": "multinomial", "size": {{b.Length}}, "categories": {{b.Length}}, "draws": 1}""" : $$"""{"units": "bernoulli", "size": {{b.Length}}}""");
        File.WriteAllBytes(path, ForeignModel.Safetensors($$"""{"format": 1, "model": "{{kind}}", "layers": [{{string.Join(", ", layers)}}]{{more}}}""",
        [
            .. biases.Select((b, l) => ($"layers.{l}.bias", (int[])[b.Length], b)),
            .. joints.Select(j => ($"weights.{j.Lower}-{j.Upper}", (int[])[j.Weights.GetLength(0), j.Weights.GetLength(1)],
                j.Weights.Cast<double>().ToArray())),
        ]));
    }

    public double LogPartition() => LogSum(states.Select(x => -Energy(x)));

    /// <summary>F(v) = −log Σ e^{−E} over all that is not the row.</summary>
    public double FreeEnergy(double[] v) => -LogSum(states.Where(x => x.Take(Columns).SequenceEqual(v)).Select(x => -Energy(x)));

    /// <summary>p(class | v).</summary>
    public double[] Classes(double[] v)
    {
        int first = biases.Take(labels!.Value).Sum(b => b.Length);
        return [.. Enumerable.Range(0, biases[labels.Value].Length).Select(y =>
            Math.Exp(LogSum(states.Where(x => x.Take(Columns).SequenceEqual(v) && x[first + y] == 1).Select(x => -Energy(x)))
                + FreeEnergy(v)))];
    }

    /// <summary>log p(v_i | the others), summed over i.</summary>
    public double PseudoLikelihood(double[] v) => Enumerable.Range(0, Columns).Sum(i =>
    {
        double[] other = [.. v];
        other[i] = 1 - v[i];
        return -Math.Log(1 + Math.Exp(FreeEnergy(v) - FreeEnergy(other)));
    });

    /// <summary>Every row.</summary>
    public IEnumerable<double[]> Rows() =>
        Enumerable.Range(0, 1 << Columns).Select(k => Enumerable.Range(0, Columns).Select(i => (double)(k >> i & 1)).ToArray());

    double Energy(double[] x)
    {
        double energy = 0;
        int[] first = [.. biases.Select((_, l) => biases.Take(l).Sum(b => b.Length))];
        for (int l = 0; l < biases.Length; l++)
            for (int i = 0; i < biases[l].Length; i++) energy -= biases[l][i] * x[first[l] + i];
        foreach (var (lower, upper, weights) in joints)
            for (int i = 0; i < weights.GetLength(0); i++)
                for (int j = 0; j < weights.GetLength(1); j++)
                    // Within a layer both orders of a pair are gone through.
                    energy -= (lower == upper ? 0.5 : 1) * x[first[lower] + i] * weights[i, j] * x[first[upper] + j];
        return energy;
    }

    IEnumerable<double[]> Configurations(int layer)
    {
        if (layer == biases.Length) return [[]];
        int n = biases[layer].Length;
        IEnumerable<double[]> own = layer == labels ? Enumerable.Range(0,
            n).Select(y => Enumerable.Range(0, n).Select(i => i == y ? 1.0 : 0).ToArray())
            : Enumerable.Range(0, 1 << n).Select(k => Enumerable.Range(0, n).Select(i => (double)(k >> i & 1)).ToArray());
        return from mine in own from rest in Configurations(layer + 1) select (double[])[.. mine, .. rest];
    }

    static double[,] WeightsOf(int rows, int columns, int k, bool isWithin)
    {
        var weights = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                weights[i, j] = isWithin ? i == j ? 0 : Math.Sin(2.3 * (i + j) + 0.7 * i * j + k) : Math.Sin(3.7 * i + 1.9 * j + k);
        return weights;
    }

    static double LogSum(IEnumerable<double> logs)
    {
        double[] all = [.. logs];
        double top = all.Max();
        return top + Math.Log(all.Sum(x => Math.Exp(x - top)));
    }
}
