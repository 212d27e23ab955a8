namespace Boltzmann;

/// <summary>The layers of a model as two sides of which each is independent given the other, so that a whole side is drawn or summed out at once.</summary>
/// <param name="Even">The side with layer 0, in order.</param>
/// <param name="Odd">The other side, in order.</param>
public sealed record LayerSides(IReadOnlyList<int> Even, IReadOnlyList<int> Odd)
{
    /// <summary>Divides layers so that every connection joins the two sides; null if that cannot be. Layers that are not joined to those before them go to the even side.</summary>
    internal static LayerSides? Of(int layers, IReadOnlyList<Connection> connections)
    {
        var side = new int?[layers];
        for (int first = 0; first < layers; first++)
        {
            if (side[first] is not null) continue;
            side[first] = 0;
            var next = new Queue<int>([first]);
            while (next.TryDequeue(out int layer))
                foreach (Connection c in connections)
                {
                    if (c.Lower != layer && c.Upper != layer) continue;
                    int other = c.Lower == layer ? c.Upper : c.Lower;
                    if (side[other] == side[layer]) return null;
                    if (side[other] is not null) continue;
                    side[other] = 1 - side[layer];
                    next.Enqueue(other);
                }
        }
        int[] all = [.. Enumerable.Range(0, layers)];
        return new([.. all.Where(l => side[l] == 0)], [.. all.Where(l => side[l] == 1)]);
    }
}
