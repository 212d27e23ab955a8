namespace Boltzmann;

/// <summary>What a machine expects of the steps to come, in the units of the data.</summary>
/// <param name="Mean">[H × V].</param>
/// <param name="StandardDeviation">[H × V]; null where means were fed back.</param>
/// <param name="Low">The 5 % quantile, [H × V]; null where means were fed back.</param>
/// <param name="High">The 95 % quantile, [H × V]; null where means were fed back.</param>
public sealed record Forecast(Matrix Mean, Matrix? StandardDeviation = null, Matrix? Low = null, Matrix? High = null)
{
    const uint Stream = 0x666f7265;

    /// <summary>
    /// The next steps from where a memory is: over sampled futures, the mean of each step that of its conditional means; or without any,
    /// each expected step fed back as if it had come.
    /// </summary>
    /// <param name="trained">The machine.</param>
    /// <param name="memory">Of one sequence; it stays as it is.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <param name="paths">Sampled futures; 0 to feed means back.</param>
    /// <param name="seed">Settles them.</param>
    /// <exception cref="BadInputException">The horizon or the number of paths is out of its range.</exception>
    public static Forecast Of(TrainedSequences trained, MemoryState memory, int horizon, int paths = 100, ulong seed = Rng.DefaultSeed) =>
        Of(trained.Model, trained.Scaling, memory, horizon, paths, seed);

    /// <summary>The same of a machine in training.</summary>
    internal static Forecast Of(SequenceModel model, Scaling? scaling, MemoryState memory, int horizon, int paths, ulong seed)
    {
        if (horizon < 1) throw new BadInputException($"the horizon is {horizon}; expected at least 1 step");
        if (paths < 0) throw new BadInputException($"the number of paths is {paths}; expected at least 0");
        int columns = model.Visible.Units, rows = Math.Max(1, paths);
        MemoryState state = memory.Repeated(0, rows);
        var sampler = new SequenceSampler(model, new Rng(seed, Stream));
        var mean = new Matrix(horizon, columns, model.Placement.Double);
        var futures = new double[horizon][][];
        var next = new Matrix(rows, columns, model.Placement);
        Matrix expected = next.Like(rows, columns);
        for (int h = 0; h < horizon; h++)
        {
            // The mean is over futures, so that they share the chains.
            sampler.SetExpected(state, expected, (SequenceSampler.Chains + rows - 1) / rows);
            if (paths == 0) next.SetCopy(expected);
            else sampler.Draw(state, next);
            model.Remember(state, next);
            scaling?.Inverse(expected);
            mean.WriteRow(h, [.. Enumerable.Range(0, columns).Select(c => expected.ReadColumn(c).Average())]);
            Matrix own = next.Clone();
            scaling?.Inverse(own);
            futures[h] = [.. Enumerable.Range(0, columns).Select(own.ReadColumn)];
        }
        return paths == 0 ? new(mean) : new(mean, Each(Deviation), Each(values => Quantile(values, 0.05)), Each(values => Quantile(values,
            0.95)));

        Matrix Each(Func<double[], double> of)
        {
            Matrix all = mean.Like(horizon, columns);
            for (int h = 0; h < horizon; h++) all.WriteRow(h, [.. futures[h].Select(of)]);
            return all;
        }
    }

    // Of one path nothing is known.
    static double Deviation(double[] values) => values.Length < 2 ? 0 : new Score(values).StandardDeviation;

    // Between the two values that it lies between.
    static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
