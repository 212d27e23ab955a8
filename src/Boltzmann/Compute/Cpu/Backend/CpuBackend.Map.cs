using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>Functions of the caller's own.</content>
public sealed unsafe partial class CpuBackend
{
    /// <summary>Nanoseconds per value of a function that is not known: about an exponential and a logarithm.</summary>
    const double MapTime = 10;

    /// <inheritdoc/>
    public override void Map<TMap>(Matrix destination, Matrix inputs, Matrix? first, Matrix? second, Draw? draw)
    {
        var mapping = new Mapping<TMap>(new(destination), new(inputs), first is null ? default : new(first, broadcast: true), second is null
            ? default : new(second, broadcast: true));
        if (draw is Draw key)
        {
            var kernel = new MappedDraw<TMap>(mapping, key);
            On(destination).Elements(ref kernel, destination.Rows, destination.Columns, MapTime, WordRows);
        }
        else On(destination).Elements(ref mapping, destination.Rows, destination.Columns, MapTime);
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }
}
