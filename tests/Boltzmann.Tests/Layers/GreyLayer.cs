using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Layers;

/// <summary>
/// A unit kind from outside the library: grey values x ∈ [0, 1] with potential U(x) = −b·x − tilt·x, the tilt fixed and a field of the
/// description. Functions of a = I + b + tilt.
/// </summary>
sealed class GreyLayer(int units, double tilt = 0, Placement? placement = null) : Layer(units, placement)
{
    public const string Name = "grey";

    readonly Matrix shift = Matrix.Row(1, tilt, placement ?? Placement.Default);

    public static LayerKind Registration { get; } = new(Name, UnitValues.UnitInterval, (layer, placement) =>
        new GreyLayer(layer.Size, layer.Number("tilt") ?? 0, placement))
    {
        Fields = [new("tilt", LayerFieldType.Number)],
        Fault = layer => Math.Abs(layer.Number("tilt") ?? 0) > 100 ? "has a tilt beyond 100" : null,
    };

    public double Tilt => tilt;

    public override string Kind => Name;

    public override UnitValues Values => UnitValues.UnitInterval;

    public override JsonObject Fields => tilt == 0 ? [] : new() { ["tilt"] = tilt };

    public override IReadOnlyList<Parameter> Parameters { get; } = [new("bias", new Matrix(1, units, placement))];

    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null)
    {
        energies.AddRowSums(states, Bias, -scale);
        energies.AddRowSums(states, null, -scale * tilt);
    }

    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null)
    {
        using Workspace.Loan logs = Workspace.Like(workspace, inputs);
        logs.Matrix.SetMap<LogNormalizer>(inputs, Bias, shift);
        values.AddRowSums(logs, null, scale);
    }

    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        destination.SetMap<Mean>(inputs, Bias, shift);

    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) =>
        destination.SampleMap<Quantile>(inputs, Bias, shift, rng);

    public override bool HasVariance => true;

    public override void SetVariance(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        destination.SetMap<Variance>(inputs, Bias, shift);

    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null) =>
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);

    protected override Layer OfSize(IReadOnlyList<int> units) => new GreyLayer(units.Count, tilt, Placement);

    public override Layer Clone(Placement? placement = null)
    {
        var copy = new GreyLayer(Units, tilt, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }

    public override bool TakesWholeRange => true;

    // The slope of the mean at 0 is 1/12.
    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        var bias = new double[Units];
        for (int i = 0; i < bias.Length; i++) bias[i] = 12 * (means[i] - 0.5) - tilt;
        Bias.WriteRow(0, bias);
    }

    static double LessOne(double x) => (Math.Exp(x) + 1) * Math.Tanh(x / 2);

    readonly struct LogNormalizer : IMap<LogNormalizer>
    {
        public static double Invoke(double x, double p, double q, double u)
        {
            double a = x + p + q, size = Math.Abs(a);
            return size < 1e-3 ? a / 2 + a * a / 24 : Math.Max(a, 0) + Math.Log(-LessOne(-size) / size);
        }
    }

    readonly struct Mean : IMap<Mean>
    {
        public static double Invoke(double x, double p, double q, double u)
        {
            double a = x + p + q;
            return Math.Abs(a) < 1e-2 ? 0.5 + a / 12 - a * a * a / 720 : -1 / LessOne(-a) - 1 / a;
        }
    }

    readonly struct Variance : IMap<Variance>
    {
        public static double Invoke(double x, double p, double q, double u)
        {
            double a = x + p + q, s = 2 * Math.Sinh(a / 2);
            return Math.Abs(a) < 0.1 ? 1.0 / 12 - a * a / 240 + a * a * a * a / 6048 : 1 / (a * a) - 1 / (s * s);
        }
    }

    readonly struct Quantile : IMap<Quantile>
    {
        public static double Invoke(double x, double p, double q, double u)
        {
            double a = x + p + q;
            return Math.Abs(a) < 1e-6 ? u : a < 0 ? Math.Log(1 + u * LessOne(a)) / a : 1 + Math.Log(1 + (1 - u) * LessOne(-a)) / a;
        }
    }
}
