namespace Boltzmann.Tests.Laws;

/// <summary>
/// A machine of any layers and weights in plain double loops, written from the formula and not from the library: E = Σ_l Σ_i (γx²/2 − θx) −
/// Σ_(a,b) x_aᵀ·W·x_b, half of it for weights within a layer; every sum over all joint states, every integral by quadrature.
/// </summary>
public sealed class PlainGraph
{
    readonly double[][] bias, precision;
    readonly (int Lower, int Upper, double[,] Weights)[] connections;
    readonly bool[] isContinuous;

    public PlainGraph(EnergyModel model)
    {
        bias = [.. model.Layers.Select(l => l.Bias.ReadRow(0))];
        precision = [.. model.Layers.Select(PlainModel.PrecisionOf)];
        connections = [.. model.Connections.Select(c => (c.Lower, c.Upper, WeightsOf(c)))];
        isContinuous = [.. model.Layers.Select(l => l is GaussianLayer or ReluLayer)];
        States = [.. model.Layers.Select(PlainModel.StatesOf)];
    }

    /// <summary>Per layer: every state, or node of quadrature, with the logarithm of its weight.</summary>
    public (double[] X, double LogWeight)[][] States { get; }

    public double LogPartition() => LogSum(new double[]?[States.Length]);

    /// <summary>
    /// log p(given layers), the others summed out; densities and probabilities of ordered draws, as the library has them, where counts
    /// carry their arrangements.
    /// </summary>
    public double LogProbability(params double[]?[] given) => LogSum(given) - LogPartition();

    /// <summary>A row of data, and a class, as given layers.</summary>
    public static double[]?[] Given(EnergyModel model, double[] row, int? label = null)
    {
        var given = new double[]?[model.Layers.Count];
        int column = 0;
        foreach (int l in model.RowLayers)
        {
            given[l] = row[column..(column + model.Layers[l].Units)];
            column += model.Layers[l].Units;
        }
        if (label is not int y) return given;
        given[model.LabelLayer!.Value] = new double[model.Layers[model.LabelLayer.Value].Units];
        given[model.LabelLayer.Value]![y] = 1;
        return given;
    }

    /// <summary>log Σ e^{−E} over the layers that are not given.</summary>
    public double LogSum(double[]?[] given)
    {
        double top = double.NegativeInfinity, total = 0;
        ForEach(given, (x, log) =>
        {
            if (log > top) (total, top) = (total * Math.Exp(top - log), log);
            total += Math.Exp(log - top);
        });
        return top + Math.Log(total);
    }

    /// <summary>E[f(x)] given some layers.</summary>
    public double[] Mean(double[]?[] given, int values, Action<double[][], double[]> f)
    {
        double all = LogSum(given);
        double[] sum = new double[values], one = new double[values];
        ForEach(given, (x, log) =>
        {
            f(x, one);
            double p = Math.Exp(log - all);
            for (int k = 0; k < values; k++) sum[k] += p * one[k];
        });
        return sum;
    }

    public double Energy(double[][] x)
    {
        double e = 0;
        for (int l = 0; l < x.Length; l++)
            for (int i = 0; i < x[l].Length; i++) e += precision[l][i] * x[l][i] * x[l][i] / 2 - bias[l][i] * x[l][i];
        foreach (var (lower, upper, weights) in connections)
            for (int i = 0; i < x[lower].Length; i++)
                for (int j = 0; j < x[upper].Length; j++) e -= x[lower][i] * weights[i, j] * x[upper][j] * (lower == upper ? 0.5 : 1);
        return e;
    }

    // Of edges: the symmetric matrix that has them.
    static double[,] WeightsOf(Connection c)
    {
        double[,] weights = c.Weights.ToArray();
        if (c.Edges is not EdgeList edges) return weights;
        var full = new double[edges.Units, edges.Units];
        for (int e = 0; e < edges.Count; e++)
        {
            var (unit, other) = edges.Pairs[e];
            full[unit, other] = full[other, unit] = weights[0, e];
        }
        return full;
    }

    void ForEach(double[]?[] given, Action<double[][], double> visit)
    {
        var x = new double[States.Length][];
        Go(0, 0);

        void Go(int layer, double log)
        {
            if (layer == x.Length) visit(x, log - Energy(x));
            else if (given[layer] is double[] known)
            {
                x[layer] = known;
                // The arrangements of given counts belong to their probability, the step of a quadrature does not; means, which are no
                // state, have neither.
                Go(layer + 1, isContinuous[layer] ? log : log
                    + States[layer].FirstOrDefault(s => s.X.AsSpan().SequenceEqual(known)).LogWeight);
            }
            else
                foreach (var (state, weight) in States[layer])
                {
                    x[layer] = state;
                    Go(layer + 1, log + weight);
                }
        }
    }
}
