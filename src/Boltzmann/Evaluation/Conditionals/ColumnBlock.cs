namespace Boltzmann.Evaluation;

/// <summary>Some neighbouring columns of a row, all of one layer, that take other values while the rest of the row stays.</summary>
sealed class ColumnBlock
{
    const int ChunkRows = 256;
    const long MaximumHiddenStates = 4096;

    readonly EnergyModel model;
    readonly int layer, first;
    readonly Layer units;
    readonly bool isQuick;
    readonly (int Layer, Matrix Weights)[] above = [];

    /// <param name="model">In double precision.</param>
    /// <param name="firstColumn">Of the row.</param>
    /// <param name="columns">How many.</param>
    /// <exception cref="ArgumentException">The columns are not all of one layer that has a distribution, or cut a one-hot
    /// block.</exception>
    /// <exception cref="BadInputException">What is summed out has too many states.</exception>
    public ColumnBlock(EnergyModel model, int firstColumn, int columns)
    {
        this.model = model;
        (layer, first) = Find(model, firstColumn);
        Columns = columns;
        int end = firstColumn - first + model.Layers[layer].Units;
        if (firstColumn + columns > end) throw new ArgumentException($"columns {firstColumn + 1} to {firstColumn + columns} are not all of "
            + $"one layer: that of the first ends after column {end}");
        units = model.Layers[layer].Part([.. Enumerable.Range(first, columns)]);
        int[] others = FreeEnergy.Unknown(model);
        Interaction[] joined = [.. model.Interactions.Where(i => i.Joins(layer) && !LayerSet.Of(model.RowLayers).Contains(i.LayerSet))];
        // A block of units that are joined to each other moves by more than the sum of its columns.
        isQuick = model.AreIndependent(others) && joined.All(i => i is Dense) && (columns == 1 || model.WithinOf(layer) is null);
        if (isQuick) above = [.. joined.Cast<Dense>().Select(d => (d.Lower == layer ? d.Upper : d.Lower, WeightsOf(d)))];
        else if (!(FreeEnergy.StatesPerRow(model) <= MaximumHiddenStates)) throw new BadInputException("a column given the others needs "
            + $"the hidden units summed out, but the hidden units here ({string.Join(", ", others.Select(l => model.Layers[l]))}) are "
            + $"joined to each other and have more than {MaximumHiddenStates} states");
    }

    /// <summary>How many columns.</summary>
    public int Columns { get; }

    /// <summary>The units of the block as a layer of their own.</summary>
    public Layer Units => units;

    /// <summary>The layer that takes a column of a row, and the column within it.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it is context, which has no distribution.</exception>
    public static (int Layer, int Column) Find(EnergyModel model, int column)
    {
        int within = column;
        foreach (int l in column < 0 ? [] : model.ModelledRowLayers)
        {
            if (within < model.Layers[l].Units) return (l, within);
            within -= model.Layers[l].Units;
        }
        throw new ArgumentException($"the model has a distribution of columns 1 to {column - within}, not of column {column + 1}");
    }

    /// <exception cref="ArgumentException">The values are not some that the units take.</exception>
    public void Require(double[] values)
    {
        if (values.Length != Columns) throw new ArgumentException($"the block has {Columns} columns, but a candidate {values.Length}");
        if (units.Complaint(values) is string complaint) throw new ArgumentException($"a candidate's {complaint}");
    }

    /// <summary>Rows of which the block may take any values, some at a time; each is done with before the next.</summary>
    /// <param name="rows">[N × columns of a row], in double precision, 0 for what is absent.</param>
    public IEnumerable<(int First, GivenRows Rows)> Given(Matrix rows)
    {
        foreach (var (firstRow, state) in FreeEnergy.States(model, rows, chunkRows: ChunkRows)) yield return (firstRow, new(this, state));
    }

    // W from the block's columns upward, [columns × units above].
    Matrix WeightsOf(Dense dense)
    {
        int[] block = [.. Enumerable.Range(first, Columns)];
        if (dense.Lower == layer) return dense.Weights.Part(block, [.. Enumerable.Range(0, dense.Weights.Columns)]);
        Matrix part = dense.Weights.Part([.. Enumerable.Range(0, dense.Weights.Rows)], block), turned = part.Like(Columns, part.Rows);
        for (int c = 0; c < Columns; c++) turned.WriteRow(c, part.ReadColumn(c));
        return turned;
    }

    /// <summary>Rows whose other columns are given.</summary>
    public sealed class GivenRows
    {
        readonly ColumnBlock block;
        readonly State state;
        readonly Matrix values, turned, logs;
        readonly double[,] ownInputs = new double[0, 0];
        readonly Matrix[] fields = [];

        internal GivenRows(ColumnBlock block, State state)
        {
            (this.block, this.state) = (block, state);
            EnergyModel model = block.model;
            values = state[0].Like(state.Rows, block.Columns);
            turned = state[0].Like(block.Columns, state.Rows);
            logs = state[0].Like(state.Rows, 1);
            if (!block.isQuick) return;
            state[block.layer].WriteColumns(block.first, block.Columns, new double[state.Rows * block.Columns]);
            LayerSet rowSet = LayerSet.Of(model.RowLayers);
            Matrix own = state[block.layer].Like(state.Rows, state[block.layer].Columns);
            model.SetInputs(state, block.layer, own, rowSet, LayerSet.None, 0);
            ownInputs = own.ToArray();
            fields = [.. block.above.Select(a => state[a.Layer].Like(state.Rows, state[a.Layer].Columns))];
            for (int i = 0; i < fields.Length; i++)
                model.SetInputs(state, block.above[i].Layer, fields[i], rowSet, LayerSet.None, 0);
        }

        /// <summary>How many.</summary>
        public int Rows => state.Rows;

        /// <summary>The weights of several candidates, an array for each row.</summary>
        public double[][] LogWeights(IReadOnlyList<double[]> candidates)
        {
            double[][] weights = [.. Enumerable.Range(0, Rows).Select(_ => new double[candidates.Count])];
            for (int k = 0; k < candidates.Count; k++)
            {
                double[] column = LogWeights(candidates[k]);
                for (int r = 0; r < column.Length; r++) weights[r][k] = column[r];
            }
            return weights;
        }

        /// <summary>−F of each row with these values in the block, but for a number of its own for each row.</summary>
        /// <param name="candidate">One set of values for all rows; of a block of one column also one value for each row.</param>
        public double[] LogWeights(ReadOnlySpan<double> candidate)
        {
            Fill(candidate);
            if (!block.isQuick)
            {
                for (int c = 0; c < block.Columns; c++) state[block.layer].WriteColumn(block.first + c, values.ReadColumn(c));
                return Array.ConvertAll(FreeEnergy.OfStates(block.model, state), f => -f);
            }
            logs.Fill(0);
            block.units.AddEnergy(values, logs, -1);
            for (int i = 0; i < fields.Length; i++)
            {
                Matrix changed = state.Inputs(block.above[i].Layer);
                changed.SetCopy(fields[i]);
                changed.SetOuterProducts([new Factor(turned, block.above[i].Weights, block.model.Coupling)], keep: 1);
                block.model.Layers[block.above[i].Layer].AddLogNormalizer(changed, logs, 1, state.Workspace);
            }
            double[] sums = logs.ReadColumn(0);
            double[,] x = values.ToArray();
            for (int r = 0; r < sums.Length; r++)
                for (int c = 0; c < block.Columns; c++) sums[r] += x[r, c] * ownInputs[r, block.first + c];
            return sums;
        }

        void Fill(ReadOnlySpan<double> candidate)
        {
            bool isPerRow = block.Columns == 1 && candidate.Length == Rows;
            for (int c = 0; c < block.Columns; c++)
            {
                double[] column = new double[Rows];
                if (isPerRow) candidate.CopyTo(column);
                else Array.Fill(column, candidate[c]);
                values.WriteColumn(c, column);
                turned.WriteRow(c, column);
            }
        }
    }
}
