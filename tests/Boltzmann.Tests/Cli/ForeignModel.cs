using System.Text;

namespace Boltzmann.Tests.Cli;

/// <summary>Model files as another program would write them, byte by byte, and what enumeration in plain loops makes of them.</summary>
sealed class ForeignModel
{
    readonly string units;
    readonly double[] b, c, gamma;
    readonly double[,] w;
    readonly int categories, draws;

    /// <param name="units">bernoulli, gaussian or multinomial visible units; hidden ones are Bernoulli.</param>
    /// <param name="visible">Number of visible columns.</param>
    /// <param name="hidden">Number of hidden units.</param>
    /// <param name="categories">Of a multinomial block.</param>
    /// <param name="draws">Of a multinomial block.</param>
    public ForeignModel(string units, int visible, int hidden, int categories = 0, int draws = 0)
    {
        (this.units, this.categories, this.draws) = (units, categories, draws);
        b = [.. Enumerable.Range(0, visible).Select(i => 0.9 * Math.Sin(1.3 * i + 0.4))];
        c = [.. Enumerable.Range(0, hidden).Select(j => 0.7 * Math.Cos(2.1 * j - 0.3))];
        gamma = [.. Enumerable.Range(0, visible).Select(i => 1.5 + Math.Sin(i))];
        w = new double[visible, hidden];
        for (int i = 0; i < visible; i++)
            for (int j = 0; j < hidden; j++) w[i, j] = Math.Sin(3.7 * i + 1.9 * j) / (1 + 0.1 * j);
    }

    public string Metadata => $$"""{"format": 1, "model": "rbm", "layers": [{"units": "{{units}}", "size": {{b.Length}}{{(categories > 0 ? $", \"categories\": {categories}, \"draws\": {draws}" : "")}}}, {"units": "bernoulli", "size": {{c.Length}}}]}""";

    public void Write(string path)
    {
        List<(string, int[], double[])> tensors = [("layers.0.bias", [b.Length], b), ("layers.1.bias", [c.Length], c),
            ("weights.0-1", [b.Length, c.Length], [.. w.Cast<double>()])];
        if (units == "gaussian") tensors.Add(("layers.0.precision", [b.Length], gamma));
        File.WriteAllBytes(path, Safetensors(Metadata, tensors));
    }

    /// <summary>A safetensors file of float64 tensors: length of the header, header, numbers.</summary>
    public static byte[] Safetensors(string? metadata, IEnumerable<(string Name, int[] Shape, double[] Values)> tensors)
    {
        var header = new StringBuilder("{");
        if (metadata is not null)
            header.Append($"\"__metadata__\":{{\"boltzmann\":{System.Text.Json.JsonSerializer.Serialize(metadata)}}}");
        using var data = new MemoryStream();
        foreach (var (name, shape, values) in tensors)
        {
            if (header.Length > 1) header.Append(',');
            header.Append($"\"{name}\":{{\"dtype\":\"F64\",\"shape\":[{string.Join(',', shape)}],"
            + $"\"data_offsets\":[{data.Length},{data.Length + 8 * values.Length}]}}");
            foreach (double x in values) data.Write(BitConverter.GetBytes(x));
        }
        byte[] text = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        return [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data.ToArray()];
    }

    /// <summary>F(v) = −log Σ_h e^{−E(v, h)}, over all h.</summary>
    public double FreeEnergy(double[] v)
    {
        double potential = 0;
        for (int i = 0; i < v.Length; i++) potential -= b[i] * v[i] - (units == "gaussian" ? gamma[i] * v[i] * v[i] / 2 : 0);
        for (int block = 0; categories > 0 && block < v.Length / categories; block++)
            potential -= Math.Log(Factorial(draws) / v.Skip(block * categories).Take(categories).Aggregate(1.0,
                (product, x) => product * Factorial((int)x)));
        return potential - LogSum(HiddenStates().Select(h => h.Select((x, j) => x * (c[j] + v.Select((y, i) => y * w[i, j]).Sum())).Sum()));
    }

    /// <summary>log Z over all configurations; a Gaussian layer's integral is known.</summary>
    public double LogPartition() => units == "gaussian"
        ? LogSum(HiddenStates().Select(h => h.Select((x, j) => x * c[j]).Sum() + b.Select((theta, i) =>
        {
            double input = theta + h.Select((x, j) => x * w[i, j]).Sum();
            return input * input / (2 * gamma[i]) + Math.Log(2 * Math.PI / gamma[i]) / 2;
        }).Sum()))
        : LogSum(VisibleStates().Select(v => -FreeEnergy(v)));

    /// <summary>E[h|v].</summary>
    public double[] HiddenMeans(double[] v) => [.. c.Select((x, j) => 1 / (1 + Math.Exp(-(x + v.Select((y, i) => y * w[i, j]).Sum()))))];

    /// <summary>E[v|h] of Bernoulli units.</summary>
    public double[] VisibleMeans(double[] h) => [.. b.Select((x, i) => 1 / (1 + Math.Exp(-(x + h.Select((y, j) => y * w[i, j]).Sum()))))];

    /// <summary>Every row that discrete visible units can show.</summary>
    public IEnumerable<double[]> VisibleStates() => units == "bernoulli" ? Bits(b.Length) : Blocks(b.Length / categories);

    IEnumerable<double[]> HiddenStates() => Bits(c.Length);

    IEnumerable<double[]> Blocks(int blocks) =>
        blocks == 0 ? [[]] : from rest in Blocks(blocks - 1) from block in Counts(categories, draws) select (double[])[.. rest, .. block];

    static IEnumerable<double[]> Counts(int cells, int total) => cells == 1 ? [[total]]
        : from first in Enumerable.Range(0, total + 1) from rest in Counts(cells - 1, total - first) select (double[])[first, .. rest];

    static IEnumerable<double[]> Bits(int n) =>
        Enumerable.Range(0, 1 << n).Select(k => Enumerable.Range(0, n).Select(i => (double)(k >> i & 1)).ToArray());

    static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (a, k) => a * k);

    static double LogSum(IEnumerable<double> logs)
    {
        double[] all = [.. logs];
        double top = all.Max();
        return top + Math.Log(all.Sum(x => Math.Exp(x - top)));
    }
}
