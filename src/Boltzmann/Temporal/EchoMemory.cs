using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// A queue and traces, and beside them echoes of the past in a random network that never learns (Dasgupta and Osogami 2017):
/// z_t = [queue, traces, u_{t−1}] with u_t = tanh(u_{t−1}·S + x_t·P) and u_0 = 0. S has a spectral radius below 1, so that an echo fades.
/// Learning moves neither S nor P, so rows (x_t, z_t) may be learned in any order, and a machine without hidden units has one maximum.
/// </summary>
public sealed class EchoMemory : Memory
{
    /// <summary>The name in files.</summary>
    internal const string Name = MemoryDescription.Echo;

    /// <summary>The largest network: S alone has the square of it numbers.</summary>
    public const int MaximumUnits = 10_000;

    /// <summary>The spectral radius of S as it is drawn.</summary>
    public const double Radius = 0.95;

    // Small enough that the network remembers for long: of 1, 0.3, 0.1 and 0.03 it forecasts a noisy sine best (docs/design-notes.md).
    const double InputScale = 0.1;

    readonly Matrix none;

    /// <summary>A network drawn at random.</summary>
    /// <param name="traces">The queue and traces that it stands beside.</param>
    /// <param name="units">R, the units of the network.</param>
    /// <param name="rng">Draws P, normal with deviation 0.1/√V, and S, normal and scaled to its spectral radius.</param>
    /// <exception cref="BadInputException">There are fewer units than 1, or more than <see cref="MaximumUnits"/>.</exception>
    public EchoMemory(TraceMemory traces, int units, Rng rng) : this(traces, units)
    {
        // In double precision, so that a seed gives the same network in either.
        Matrix input = new(Visible, units, Placement.Double), recurrent = new(units, units, Placement.Double);
        input.SampleNormal(rng);
        recurrent.SampleNormal(rng);
        input.SetSum(input, InputScale / Math.Sqrt(Visible));
        recurrent.SetSum(recurrent, Radius / SpectralRadius.Of(recurrent));
        Input.SetCopy(input);
        Recurrent.SetCopy(recurrent);
    }

    /// <summary>A network of zeros, which a file fills.</summary>
    internal EchoMemory(TraceMemory traces, int units) : base(traces.Visible, WidthOf(traces, units), traces.Placement)
    {
        (Traces, Units) = (traces, units);
        Input = new(Visible, units, Placement);
        Recurrent = new(units, units, Placement);
        none = new(1, units, Placement);
        Parameters = [new(MemoryDescription.RecurrentName, Recurrent, IsWeight: true, IsFixed: true), new(MemoryDescription.InputName,
            Input, IsWeight: true, IsFixed: true)];
    }

    static int WidthOf(TraceMemory traces, int units)
    {
        if (units is < 1 or > MaximumUnits)
            throw new BadInputException($"an echo of {units} units; expected 1 to {MaximumUnits}");
        return traces.Width + units <= Layer.MaximumUnits ? traces.Width + units : throw new BadInputException($"a queue and traces of "
            + $"{traces.Width:N0} numbers with an echo of {units:N0} units; expected at most {Layer.MaximumUnits:N0} in all");
    }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override bool IsFixed => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The queue and traces.</summary>
    public TraceMemory Traces { get; }

    /// <summary>R, the units of the network.</summary>
    public int Units { get; }

    /// <summary>S, [R × R].</summary>
    public Matrix Recurrent { get; }

    /// <summary>P, [V × R].</summary>
    public Matrix Input { get; }

    internal override int Queued => Traces.Queued;

    int EchoPart => Traces.Queued + Traces.Decays.Count;

    /// <inheritdoc/>
    public override MemoryState NewState(int rows) => new(rows, [.. Traces.Parts, ("echo", Units)], Placement);

    /// <inheritdoc/>
    public override void SetContext(MemoryState state, Matrix context)
    {
        Traces.SetContext(state, context);
        context.PutColumns(state[EchoPart], Traces.Width);
    }

    /// <inheritdoc/>
    public override void Remember(EnergyModel machine, MemoryState state, Matrix rows)
    {
        Traces.Remember(state, rows);
        using Workspace.Loan first = state.Workspace.Lend(state.Rows, Units, Placement), second = state.Workspace.Lend(state.Rows, Units,
            Placement);
        Matrix inputs = first, before = second, echo = state[EchoPart];
        before.SetCopy(echo);
        inputs.SetProduct(rows, Input);
        RecurrentMemory.SetNext(before, Recurrent, inputs, none, echo);
    }

    /// <inheritdoc/>
    public override EchoMemory Clone(Placement? placement = null)
    {
        var copy = new EchoMemory(Traces.Clone(placement), Units);
        copy.Recurrent.SetCopy(Recurrent);
        copy.Input.SetCopy(Input);
        return copy;
    }

    /// <inheritdoc/>
    public override JsonObject Fields
    {
        get
        {
            JsonObject fields = Traces.Fields;
            fields["kind"] = Kind;
            fields["units"] = Units;
            return fields;
        }
    }
}
