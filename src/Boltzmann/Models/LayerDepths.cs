namespace Boltzmann;

/// <summary>
/// How far layers lie from the rows of data, in connections: 0 for the layers that rows clamp. It orders the layers of any graph as a deep
/// machine's are, whatever the order in which they are written: of two joined layers the lower is the nearer one. Labels are as far as the
/// way to them is long; those that no way leads to from rows count as rows.
/// </summary>
static class LayerDepths
{
    public static int[] Of(EnergyModel model)
    {
        int[] depths = [.. Enumerable.Repeat(int.MaxValue, model.Layers.Count)];
        // A context may join any layer and says nothing of how far that one lies from the rows.
        foreach (int context in model.ContextLayers) depths[context] = 0;
        Reach(model.ModelledRowLayers);
        if (model.LabelLayer is int labels && depths[labels] == int.MaxValue) Reach([labels]);
        return depths;

        void Reach(IReadOnlyList<int> from)
        {
            foreach (int layer in from) depths[layer] = 0;
            var next = new Queue<int>(from);
            while (next.TryDequeue(out int layer))
                for (int other = 0; other < depths.Length; other++)
                    if (depths[other] == int.MaxValue && model.AreJoined(layer, other))
                    {
                        depths[other] = depths[layer] + 1;
                        next.Enqueue(other);
                    }
        }
    }
}
