namespace Boltzmann.Tests.Laws;

/// <summary>
/// A two-layer machine in plain double loops, written from the formulas and not from the library: U(x) = Σ γx²/2 − θx (of double
/// rectified units γ of the half that x is in, and κ|x| on top), E = U(v) + U(h) −
/// vᵀWh, every sum over all states, every integral by quadrature. Counts carry their number of arrangements n!/∏x! as a weight.
/// </summary>
public sealed class PlainModel
{
    readonly double[][] bias, precision, below, kink;
    readonly double[,] weights;
    readonly double power;

    /// <param name="rbm">Where the parameters come from.</param>
    /// <param name="power">β: every parameter is multiplied by it.</param>
    public PlainModel(Rbm rbm, double power = 1)
    {
        this.power = power;
        bias = [rbm.Visible.Bias.ReadRow(0), rbm.Hidden.Bias.ReadRow(0)];
        precision = [PrecisionOf(rbm.Visible), PrecisionOf(rbm.Hidden)];
        below = [LowerPrecisionOf(rbm.Visible), LowerPrecisionOf(rbm.Hidden)];
        kink = [KinkOf(rbm.Visible), KinkOf(rbm.Hidden)];
        weights = rbm.Weights.ToArray();
        States = [StatesOf(rbm.Visible), StatesOf(rbm.Hidden)];
    }

    /// <summary>Per side: every state, or node of quadrature, with the logarithm of its weight.</summary>
    public (double[] X, double LogWeight)[][] States { get; }

    /// <summary>log Σ over both sides of weight·e^{−E}.</summary>
    public double LogPartition() => LogSumExp(States[0].Select(v => v.LogWeight - FreeEnergy(0, v.X)));

    /// <summary>E(v, h), without the weights of states.</summary>
    public double Energy(double[] v, double[] h)
    {
        double e = Potential(0, v) + Potential(1, h);
        for (int i = 0; i < v.Length; i++)
            for (int j = 0; j < h.Length; j++) e -= power * v[i] * weights[i, j] * h[j];
        return e;
    }

    /// <summary>−log Σ over the other side of weight·e^{−E}, without the weight of the state itself.</summary>
    public double FreeEnergy(int side, double[] x) =>
        -LogSumExp(States[1 - side].Select(o => o.LogWeight - (side == 0 ? Energy(x, o.X) : Energy(o.X, x))));

    /// <summary>E[f(other) | x on this side].</summary>
    public double Given(int side, double[] x, Func<double[], double> f)
    {
        double free = FreeEnergy(side, x), sum = 0;
        foreach (var (o, logWeight) in States[1 - side])
            sum += f(o) * Math.Exp(logWeight - (side == 0 ? Energy(x, o) : Energy(o, x)) + free);
        return sum;
    }

    /// <summary>E[f(v, h)] under the joint distribution.</summary>
    public double[] Mean(int values, Action<double[], double[], double[]> f)
    {
        double logPartition = LogPartition();
        double[] sum = new double[values], one = new double[values];
        foreach (var (v, logV) in States[0])
            foreach (var (h, logH) in States[1])
            {
                double p = Math.Exp(logV + logH - Energy(v, h) - logPartition);
                f(v, h, one);
                for (int k = 0; k < values; k++) sum[k] += p * one[k];
            }
        return sum;
    }

    public double Potential(int side, double[] x)
    {
        double u = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double gamma = (x[i] < 0 ? below : precision)[side][i];
            u += power * (gamma * x[i] * x[i] / 2 + kink[side][i] * Math.Abs(x[i]) - bias[side][i] * x[i]);
        }
        return u;
    }

    public static double LogSumExp(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double top = all.Max();
        return top + Math.Log(all.Sum(x => Math.Exp(x - top)));
    }

    internal static double[] PrecisionOf(Layer layer) => layer switch
    {
        GaussianLayer g => g.Precision.ReadRow(0),
        ReluLayer r => r.Precision.ReadRow(0),
        DoubleReluLayer d => d.UpperPrecision.ReadRow(0),
        MixedLayer m => [.. m.Parts.SelectMany(PrecisionOf)],
        _ => new double[layer.Units],
    };

    static double[] LowerPrecisionOf(Layer layer) => layer is DoubleReluLayer d ? d.LowerPrecision.ReadRow(0) : PrecisionOf(layer);

    static double[] KinkOf(Layer layer) => layer is DoubleReluLayer d ? d.Kink.ReadRow(0) : new double[layer.Units];

    internal static (double[] X, double LogWeight)[] StatesOf(Layer layer) => layer switch
    {
        BernoulliLayer => Product(layer.Units, [([0.0], 0), ([1.0], 0)]),
        SpinLayer => Product(layer.Units, [([-1.0], 0), ([1.0], 0)]),
        GaussianLayer => Product(layer.Units, Line()),
        ReluLayer => Product(layer.Units, HalfLine()),
        DoubleReluLayer => Product(layer.Units, [.. HalfLine(), .. HalfLine().Select(node => ((double[])[-node.Item1[0]], node.Item2))]),
        MultinomialLayer m => Product(m.Blocks, Counts(m.Categories, m.Draws)),
        MixedLayer m => m.Parts.Select(StatesOf).Aggregate((all, own) =>
            [.. from a in all from b in own select ((double[])[.. a.X, .. b.X], a.LogWeight + b.LogWeight)]),
        _ => throw new ArgumentException(layer.Kind),
    };

    static (double[], double)[] Product(int times, (double[] X, double LogWeight)[] one)
    {
        (double[] X, double LogWeight)[] all = [([], 0)];
        for (int t = 0; t < times; t++)
            all = [.. from a in all from b in one select ((double[])[.. a.X, .. b.X], a.LogWeight + b.LogWeight)];
        return all;
    }

    // The trapezoidal rule converges as e^{−2π²σ²/h²} on Gaussians: 1e-22 at h = 0.5 and σ ≥ 0.8. Means stay within ±3 and σ below 1.2, so
    // ±12 reaches 7σ beyond.
    static (double[], double)[] Line() => [.. Enumerable.Range(0, 49).Select(i => ((double[])[-12 + 0.5 * i], Math.Log(0.5)))];

    // Ten Gauss–Legendre nodes on each of six panels of width 2: the error bound 2²¹·(10!)⁴/(21·(20!)³)·max|f⁽²⁰⁾| is below 1e-13 for these
    // densities.
    static (double[], double)[] HalfLine()
    {
        const int Nodes = 10, Panels = 6;
        var all = new List<(double[], double)>();
        for (int i = 0; i < Nodes; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (Nodes + 0.5)), slope = 0;
            for (int step = 0; step < 20; step++)
            {
                double p = 1, before = 0;
                for (int k = 1; k <= Nodes; k++) (p, before) = (((2 * k - 1) * x * p - (k - 1) * before) / k, p);
                slope = Nodes * (x * p - before) / (x * x - 1);
                x -= p / slope;
            }
            for (int panel = 0; panel < Panels; panel++) all.Add(([2 * panel + 1 + x], Math.Log(2 / ((1 - x * x) * slope * slope))));
        }
        return [.. all];
    }

    static (double[], double)[] Counts(int categories, int draws)
    {
        // Every ordered sequence of draws, gathered by its counts: the weights come out as n!/∏x! without that formula.
        var ways = new Dictionary<string, (double[] X, int Ways)>();
        for (int code = 0; code < (int)Math.Pow(categories, draws); code++)
        {
            var x = new double[categories];
            for (int d = 0, rest = code; d < draws; d++, rest /= categories) x[rest % categories]++;
            string key = string.Join(' ', x);
            ways[key] = (x, ways.TryGetValue(key, out var old) ? old.Ways + 1 : 1);
        }
        return [.. ways.Values.Select(w => (w.X, Math.Log(w.Ways)))];
    }
}
