using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>Units of one layer that few edges join.</content>
public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public override void EdgeProduct(Matrix destination, Matrix states, EdgeList edges, Matrix weights, double scale, double keep)
    {
        var kernel = new EdgeProduct(new(destination), new(states), new(weights), edges, scale, keep);
        On(destination).ByRows(ref kernel, destination.Rows, destination.Columns, 1 + 2.0 * edges.Count / edges.Units);
        GC.KeepAlive(destination);
        GC.KeepAlive(states);
        GC.KeepAlive(weights);
    }

    /// <inheritdoc/>
    public override void AddEdgeMoments(Matrix destination, Matrix a, Matrix b, Matrix? rowWeights, EdgeList edges, double scale)
    {
        var kernel = new EdgeMoments(new(destination), new(a), new(b), rowWeights is null ? default : new(rowWeights), edges, a.Rows,
            scale);
        On(destination).ByColumns(ref kernel, a.Rows, destination.Columns, 1);
        GC.KeepAlive(destination);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(rowWeights);
    }

    /// <inheritdoc/>
    public override void TwoStateSampleEdges(
        Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale, Matrix? free,
            int sweeps, in Draw draw) =>
        Edges(states, inputs, bias, edges, weights, low, high, scale, free, sweeps, true, draw);

    /// <inheritdoc/>
    public override void TwoStateMeanEdges(Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low,
        double high, double scale, Matrix? free) =>
        Edges(states, inputs, bias, edges, weights, low, high, scale, free, 1, false, default);

    void Edges(Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale,
        Matrix? free, int sweeps, bool sampled, in Draw draw)
    {
        var kernel = new EdgeSweep(
            new(states), inputs is null ? default : new(inputs), new(bias), new(weights), edges, low, high, scale,
                free is null ? default : new(free, broadcast: true), sweeps, sampled, draw);
        On(states).ByRows(ref kernel, states.Rows, states.Columns, 2 + sweeps, EdgeSweep.Lanes);
        GC.KeepAlive(states);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
        GC.KeepAlive(weights);
        GC.KeepAlive(free);
    }
}
