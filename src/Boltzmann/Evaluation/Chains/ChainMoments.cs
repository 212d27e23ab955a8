namespace Boltzmann.Evaluation;

/// <summary>
/// Moments of the visible units along chains that somebody else moves. Of the whole state: the energy E of all units; (E − ⟨E⟩)², which
/// over the number of units is the specific heat of a machine of spins; the activity m, the mean of all visible units,
/// |m|, m² and m⁴, of spins the magnetisation. Of columns of a row: ⟨x_i⟩ and, of at most <see cref="MostColumns"/> columns, ⟨x_i x_j⟩ of
/// each pair. Every mean has an error of its own, σ·√(τ/n) with its own autocorrelation time τ (<see cref="ChainSeries.IntegratedTime"/>).
/// </summary>
public sealed class ChainMoments
{
    /// <summary>The widest row whose pairs are followed: 2,016 of them.</summary>
    public const int MostColumns = 64;

    readonly EnergyModel model;
    readonly State chains;
    readonly Matrix values;
    readonly double[][] energies;
    readonly float[][] rows;

    /// <param name="model">The machine.</param>
    /// <param name="chains">Its chains.</param>
    /// <param name="sweeps">How often they will be recorded, at least 2.</param>
    public ChainMoments(EnergyModel model, State chains, int sweeps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sweeps, 2);
        (this.model, this.chains) = (model, chains);
        values = new Matrix(chains.Rows, 1, model.Placement);
        energies = [.. Enumerable.Range(0, chains.Rows).Select(_ => new double[sweeps])];
        rows = [.. Enumerable.Range(0, chains.Rows).Select(_ => new float[checked(sweeps * model.RowColumns)])];
    }

    /// <summary>Takes the chains as they are after a sweep, counted from 0.</summary>
    public void Record(int sweep)
    {
        int columns = model.RowColumns;
        values.Fill(0);
        model.AddEnergy(chains, values);
        Matrix states = model.ReadRows(chains);
        var row = new double[columns];
        for (int c = 0; c < chains.Rows; c++)
        {
            values.ReadRow(c, energies[c].AsSpan(sweep, 1));
            states.ReadRow(c, row);
            for (int i = 0; i < columns; i++) rows[c][sweep * columns + i] = (float)row[i];
        }
    }

    /// <summary>All moments: those of the whole state, then of columns, then of pairs of columns.</summary>
    public IReadOnlyList<ChainMoment> Judge(CancellationToken cancellation = default)
    {
        int columns = model.RowColumns;
        double mean = energies.Average(chain => chain.Average());
        double[][] activity = Series((x, at) => Mean(x.AsSpan(at, columns)));
        var moments = new List<ChainMoment>
        {
            Whole("energy", energies),
            Whole("squared deviation of energy", Of(energies, e => (e - mean) * (e - mean))),
            Whole("activity", activity),
            Whole("absolute activity", Of(activity, Math.Abs)),
            Whole("squared activity", Of(activity, m => m * m)),
            Whole("fourth power of activity", Of(activity, m => m * m * m * m)),
        };
        for (int i = 0; i < columns; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            int unit = i;
            moments.Add(new(i, null, ChainStatistic.Of("mean", Series((x, at) => x[at + unit]))));
        }
        for (int i = 0; i < columns && columns <= MostColumns; i++)
            for (int j = i + 1; j < columns; j++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (unit, other) = (i, j);
                moments.Add(new(i, j, ChainStatistic.Of("product", Series((x, at) => x[at + unit] * x[at + other]))));
            }
        return moments;

        double[][] Series(Func<float[], int, double> of) => Array.ConvertAll(rows, chain =>
        {
            var series = new double[chain.Length / columns];
            for (int s = 0; s < series.Length; s++) series[s] = of(chain, s * columns);
            return series;
        });
    }

    static ChainMoment Whole(string name, double[][] series) => new(null, null, ChainStatistic.Of(name, series));

    static double[][] Of(double[][] series, Converter<double, double> of) => Array.ConvertAll(series, chain => Array.ConvertAll(chain, of));

    static double Mean(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float x in row) sum += x;
        return sum / row.Length;
    }
}
