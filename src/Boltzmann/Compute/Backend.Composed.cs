using System.Buffers;

namespace Boltzmann.Compute;

/// <content>The optional part: operations with a default that is composed of the core.</content>
public abstract partial class Backend
{
    /// <summary>
    /// Whether a number that the host reads stops this backend until all work handed over is done: true of a device. Then whoever looks
    /// whether to go on, such as mean-field inference, looks less often.
    /// </summary>
    public virtual bool ReadsWait => false;

    /// <summary>Every entry of every destination becomes <paramref name="value"/>.</summary>
    /// <param name="destinations">Of one placement and any shapes.</param>
    /// <param name="value">Rounded to their precision.</param>
    public virtual void Fill(ReadOnlySpan<Matrix> destinations, double value)
    {
        foreach (Matrix destination in destinations)
        {
            int columns = destination.Columns;
            double[] row = ArrayPool<double>.Shared.Rent(columns);
            row.AsSpan().Fill(value);
            for (int r = 0; r < destination.Rows; r++) Write(destination, new(r, 1, 0, columns), row.AsSpan(0, columns));
            ArrayPool<double>.Shared.Return(row);
        }
    }

    /// <summary>destinations[i] = sources[i], as in <see cref="Copy(Matrix, Matrix)"/>.</summary>
    public virtual void Copy(ReadOnlySpan<Matrix> destinations, ReadOnlySpan<Matrix> sources)
    {
        for (int i = 0; i < destinations.Length; i++) Copy(destinations[i], sources[i]);
    }

    /// <summary>
    /// Several column sums, one after another; see <see cref="ColumnSums(Matrix, Matrix, Matrix, Matrix, double, double)"/>.
    /// </summary>
    public virtual void ColumnSums(ReadOnlySpan<Moment> moments)
    {
        foreach (ref readonly Moment m in moments) ColumnSums(m.Destination, m.A, m.B, m.RowWeights, m.Scale, m.Keep);
    }

    /// <summary>Several updates; see <see cref="Update(Matrix, Matrix, Matrix, ReadOnlySpan{Factor}, in UpdateRule)"/>.</summary>
    /// <param name="updates">Of different parameters.</param>
    /// <param name="factors">The gradients' factors, those of the first update first.</param>
    public virtual void Update(ReadOnlySpan<ParameterUpdate> updates, ReadOnlySpan<Factor> factors)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            Update(update.Parameter, update.First, update.Second, factors[..update.Factors], update.Rule);
            factors = factors[update.Factors..];
        }
    }

    /// <summary>
    /// For each in turn destination[1 × n] += scale·outerᵀ·(inner·rowᵀ): the gradient of weights applied to rows, for centring.
    /// </summary>
    /// <param name="projections">Several may have the same destination.</param>
    public virtual void AddProjections(ReadOnlySpan<Projection> projections)
    {
        foreach (ref readonly Projection p in projections)
        {
            Product(p.Along, p.Inner, p.Row, transposeRight: true, 1, 0);
            ColumnSums(p.Destination, p.Outer, null, p.Along, p.Scale, 1);
        }
    }

    /// <summary>
    /// Units with two values on one side of weights: their inputs x = keep·x + scale·left·right (or rightᵀ), then their means and a draw
    /// from them.
    /// </summary>
    /// <param name="inputs">x, [B × n]; set.</param>
    /// <param name="product">What makes them.</param>
    /// <param name="mean">As <see cref="TwoStateMean"/> sets it, [B × n]; null for none.</param>
    /// <param name="sample">As <see cref="TwoStateSample"/> sets it, [B × n]; null for none.</param>
    /// <param name="bias">b, [1 × n].</param>
    /// <param name="low">0 for Bernoulli, −1 for spin units.</param>
    /// <param name="high">1.</param>
    /// <param name="draw">Of the sample; not used without one.</param>
    public virtual void TwoStateProduct(
        Matrix inputs, in InputProduct product, Matrix? mean, Matrix? sample, Matrix bias, double low, double high, in Draw draw)
    {
        Product(inputs, product.Left, product.Right, product.TransposeRight, product.Scale, product.Keep);
        if (mean is not null) TwoStateMean(mean, inputs, bias, low, high);
        if (sample is not null) TwoStateSample(sample, inputs, bias, low, high, draw);
    }

    /// <summary>Asks for a summary without waiting for it.</summary>
    public virtual PendingSummary BeginSummary(Matrix source) => new(Summarize(source));

    /// <summary>
    /// Waits for a summary that was asked for. Only a backend that gives tickets (<see cref="PendingSummary"/>) needs it.
    /// </summary>
    public virtual Summary Finish(long ticket) => throw new InvalidOperationException($"the summaries of {Name} are known at once");

    /// <summary>Rows r of a and b change places where mask[r] is not 0.</summary>
    /// <param name="a">[B × n].</param>
    /// <param name="b">[B × n], other memory.</param>
    /// <param name="mask">[B × 1].</param>
    public virtual void ExchangeRows(Matrix a, Matrix b, Matrix mask)
    {
        double[] chosen = ArrayPool<double>.Shared.Rent(a.Rows), rented = ArrayPool<double>.Shared.Rent(2 * a.Columns);
        Span<double> ofA = rented.AsSpan(0, a.Columns), ofB = rented.AsSpan(a.Columns, a.Columns);
        Read(mask, new(0, a.Rows, 0, 1), chosen.AsSpan(0, a.Rows));
        for (int r = 0; r < a.Rows; r++)
        {
            if (chosen[r] == 0) continue;
            var row = new MatrixBlock(r, 1, 0, a.Columns);
            Read(a, row, ofA);
            Read(b, row, ofB);
            Write(a, row, ofB);
            Write(b, row, ofA);
        }
        ArrayPool<double>.Shared.Return(chosen);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>destination[r, labels[r]] = 1, and 0 in all other columns.</summary>
    /// <param name="destination">[B × n].</param>
    /// <param name="labels">B of them, from 0 to n − 1.</param>
    public virtual void SetOneHot(Matrix destination, ReadOnlySpan<int> labels)
    {
        int count = labels.Length * destination.Columns;
        double[] values = ArrayPool<double>.Shared.Rent(count);
        values.AsSpan(0, count).Clear();
        for (int r = 0; r < labels.Length; r++) values[r * destination.Columns + labels[r]] = 1;
        Write(destination, new(0, labels.Length, 0, destination.Columns), values.AsSpan(0, count));
        ArrayPool<double>.Shared.Return(values);
    }

    /// <summary>destination[i, ·] = row indices[i] of matrices that stand one below the other; their precision may be another.</summary>
    /// <param name="destination">[number of indices × n].</param>
    /// <param name="parts">[rows × n] of this backend, all with as many rows as the first but for the last, which may have fewer.</param>
    /// <param name="indices">Rows to pick, counted through all parts.</param>
    public virtual void GatherRows(Matrix destination, ReadOnlySpan<Matrix> parts, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < indices.Length; i++)
            Copy(destination.RowRange(i, 1), parts[indices[i] / parts[0].Rows].RowRange(indices[i] % parts[0].Rows, 1));
    }

    /// <summary>
    /// destination[i, u] = number indices[i]·n + u of the host's, a byte times <paramref name="scale"/>, others as they are.
    /// </summary>
    /// <param name="destination">[number of indices × n].</param>
    /// <param name="source">Rows of n numbers; the same object always stands for the same numbers.</param>
    /// <param name="indices">Rows to pick.</param>
    /// <param name="scale">What one step of a byte is worth, e.g. 1/255.</param>
    public virtual unsafe void Gather(Matrix destination, HostValues source, ReadOnlySpan<int> indices, double scale)
    {
        int columns = destination.Columns;
        double[] row = ArrayPool<double>.Shared.Rent(columns);
        fixed (byte* start = &source.First)
            for (int i = 0; i < indices.Length; i++)
            {
                nint first = (nint)indices[i] * columns;
                for (int c = 0; c < columns; c++)
                    row[c] = source.Format switch
                    {
                        HostFormat.Bytes => scale * start[first + c],
                        HostFormat.Singles => ((float*)start)[first + c],
                        _ => ((double*)start)[first + c],
                    };
                Write(destination, new(i, 1, 0, columns), row.AsSpan(0, columns));
            }
        ArrayPool<double>.Shared.Return(row);
    }

    /// <summary>
    /// Adds how well outputs meet targets to running totals, entry by entry in the order of rows and columns: the number of rows whose
    /// greatest output, the first of equal ones, is where the greatest target is (of a single column: that are above a half as the target
    /// is), Σ (output − target)², and for each column Σ target and Σ target².
    /// </summary>
    /// <param name="outputs">[B × n].</param>
    /// <param name="targets">[B × n].</param>
    /// <param name="totals">[1 × (2 + 2n)], in double precision: the count, the squared errors, the n sums, the n squares.</param>
    public virtual void AddScores(Matrix outputs, Matrix targets, Matrix totals)
    {
        int columns = outputs.Columns;
        double[] rented = ArrayPool<double>.Shared.Rent(2 * columns + totals.Columns);
        Span<double> y = rented.AsSpan(0, columns), t = rented.AsSpan(columns, columns), all = rented.AsSpan(2 * columns, totals.Columns);
        Read(totals, new(0, 1, 0, totals.Columns), all);
        for (int r = 0; r < outputs.Rows; r++)
        {
            Read(outputs, new(r, 1, 0, columns), y);
            Read(targets, new(r, 1, 0, columns), t);
            AddScore(y, t, all);
        }
        Write(totals, new(0, 1, 0, totals.Columns), all);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>
    /// Gibbs sweeps of groups of 64 chains, each group at its temperature, for search: states, energies, sums of energies and the best
    /// states seen are the groups' own. Which thread moves which group does not matter.
    /// </summary>
    /// <param name="groups">Each once.</param>
    /// <param name="sweeps">For each of them.</param>
    /// <param name="swept">Told the number of each group whose sweeps are done, by the thread that did the last of them.</param>
    internal virtual void SweepLanes(ChainLanes[] groups, int sweeps, Action<int>? swept = null)
    {
        for (int g = 0; g < groups.Length; g++)
        {
            for (int sweep = 0; sweep < sweeps; sweep++)
            {
                LaneSweep.Run(groups[g]);
                groups[g].AfterSweep(sweep);
            }
            swept?.Invoke(g);
        }
    }

    /// <summary>Work of the caller's own in independent parts, on as many threads as the backend has.</summary>
    /// <param name="parts">How many.</param>
    /// <param name="part">Does one; called once for each.</param>
    internal virtual void RunParts(int parts, Action<int> part)
    {
        for (int k = 0; k < parts; k++) part(k);
    }

    /// <summary>The scores of one row.</summary>
    private protected static void AddScore(ReadOnlySpan<double> output, ReadOnlySpan<double> target, Span<double> totals)
    {
        if (Scalar.ClassOf(output) == Scalar.ClassOf(target)) totals[0]++;
        Span<double> sums = totals[2..(2 + target.Length)], squares = totals[(2 + target.Length)..];
        for (int c = 0; c < target.Length; c++)
        {
            sums[c] += target[c];
            squares[c] += target[c] * target[c];
            totals[1] += (output[c] - target[c]) * (output[c] - target[c]);
        }
    }
}
