namespace Boltzmann.Models;

/// <summary>
/// The layers of a model as two sides of which each is independent given the other, so that a whole side is drawn or summed out at once.
/// </summary>
/// <param name="Even">The side with layer 0, in order.</param>
/// <param name="Odd">The other side, in order.</param>
public sealed record LayerSides(IReadOnlyList<int> Even, IReadOnlyList<int> Odd)
{
    /// <summary>
    /// Divides layers so that every interaction joins the two sides; null if that cannot be. Layers that are not joined to those before
    /// them go to the even side.
    /// </summary>
    /// <param name="layers">Number of layers.</param>
    /// <param name="interactions">What joins them.</param>
    /// <param name="context">Layers on neither side: they are always given.</param>
    internal static LayerSides? Of(int layers, IReadOnlyList<Interaction> interactions, LayerSet context)
    {
        int[][] joined = [.. interactions.Select(i => i.Layers.Where(l => !context.Contains(l)).ToArray())
            .Where(drawn => drawn.Length > 0)];
        if (interactions.Any(i => i is WithinLayer) || joined.Any(drawn => drawn.Length > 2)) return null;
        var side = new int?[layers];
        for (int first = 0; first < layers; first++)
        {
            if (side[first] is not null || context.Contains(first)) continue;
            side[first] = 0;
            var next = new Queue<int>([first]);
            while (next.TryDequeue(out int layer))
                foreach (int[] pair in joined)
                {
                    if (pair.Length < 2 || !pair.Contains(layer)) continue;
                    int other = pair[0] == layer ? pair[1] : pair[0];
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
