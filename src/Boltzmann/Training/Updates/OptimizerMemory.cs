namespace Boltzmann.Training;

/// <summary>An optimiser's share of a snapshot: its matrices as optimizer.NAME, and its time.</summary>
static class OptimizerMemory
{
    const string Prefix = "optimizer.", TimeKey = "optimizer-time";

    extension(TrainerSnapshot)
    {
        /// <summary>An optimiser's matrices, by the names that they have in a snapshot.</summary>
        internal static IEnumerable<(string Name, Matrix Value)> Of(IOptimizer optimizer) =>
            optimizer.Memory.Select(m => (Prefix + m.Name, m.Value));

        /// <summary>Adds an optimiser's time to the numbers of a snapshot.</summary>
        internal static void Save(IOptimizer optimizer, Dictionary<string, double> numbers) => numbers[TimeKey] = optimizer.Time;
    }

    extension(TrainerSnapshot snapshot)
    {
        /// <exception cref="BadInputException">The optimiser's time is absent or impossible.</exception>
        internal long OptimizerTime => snapshot.Count(TimeKey);

        /// <summary>Makes an optimiser's memory for the parameters that have some saved, ready to be filled.</summary>
        internal void Prepare(IOptimizer optimizer, IReadOnlyList<Parameter> parameters)
        {
            string[] names = [.. snapshot.Matrices.Select(m => m.Name).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];
            for (int i = 0; i < parameters.Count; i++)
                if (names.Any(name => name.EndsWith($".{i}", StringComparison.Ordinal))) optimizer.Prepare(i, parameters[i].Value);
        }

        /// <summary>
        /// Sets an optimiser's time, which is that of its memory: moments of another optimiser, which begin at 0, have seen no update.
        /// </summary>
        internal void SetTime(IOptimizer optimizer)
        {
            long time = snapshot.OptimizerTime;
            var names = snapshot.Matrices.Select(m => m.Name).ToHashSet();
            optimizer.Time = TrainerSnapshot.Of(optimizer).Any(m => names.Contains(m.Name)) ? time : 0;
        }
    }
}
