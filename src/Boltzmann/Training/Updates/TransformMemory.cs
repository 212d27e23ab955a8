namespace Boltzmann.Training;

/// <summary>What gradient transforms remember in a snapshot: their matrices as penalty.NAME.</summary>
static class TransformMemory
{
    const string Prefix = "penalty.";

    extension(TrainerSnapshot)
    {
        /// <summary>What gradient transforms remember, by the names that it has in a snapshot.</summary>
        /// <exception cref="InvalidOperationException">Two save one name: one would take the place of the other as a run is
        /// resumed.</exception>
        internal static List<(string Name, Matrix Value)> Of(IEnumerable<IGradientTransform> transforms)
        {
            List<(string Name, Matrix Value)> all = [];
            foreach (var (name, value) in transforms.SelectMany(transform => transform.Memory))
            {
                if (all.Any(m => m.Name == Prefix + name))
                    throw new InvalidOperationException($"two gradient transforms save '{name}'; each needs a name of its own");
                all.Add((Prefix + name, value));
            }
            return all;
        }
    }

    extension(TrainerSnapshot snapshot)
    {
        /// <summary>Makes the memory of gradient transforms as large as it was when saved, ready to be filled.</summary>
        internal void Prepare(IEnumerable<IGradientTransform> transforms)
        {
            foreach (IGradientTransform transform in transforms) transform.Prepare(snapshot.RowsOf(Prefix));
        }
    }
}
