namespace Boltzmann.Sampling;

/// <summary>
/// Draws what comes next: each step from p(x_t | z_t), which the memory then takes in. Without hidden units by one draw, else by Gibbs
/// sweeps from a draw by the visible units' own biases; greedily, each unit at its most probable value given the expected step.
/// </summary>
/// <param name="model">The machine.</param>
/// <param name="rng">Source of randomness.</param>
/// <param name="sweeps">Gibbs sweeps of a step, where there are hidden units.</param>
/// <param name="temperature">T in p ∝ e^{−E/T}; 0 for greedy.</param>
public sealed class SequenceSampler(SequenceModel model, Rng rng, int sweeps = 25, double temperature = 1)
{
    /// <summary>Chains of an expected step whose states are more than are summed.</summary>
    internal const int Chains = 100;
    const long MostStates = 4096;

    readonly StepMachine machine = StepMachine.Of(model);

    /// <summary>So many steps from where a memory is; it ends after them.</summary>
    /// <param name="memory">Of one sequence.</param>
    /// <param name="steps">How many.</param>
    /// <param name="isGreedy">Whether each unit takes its most probable value, in place of a draw.</param>
    /// <returns>[steps × V].</returns>
    public Matrix Continue(MemoryState memory, int steps, bool isGreedy = false)
    {
        var rows = new Matrix(steps, model.Visible.Units, model.Placement);
        for (int t = 0; t < steps; t++)
        {
            Matrix next = rows.RowRange(t, memory.Rows);
            Draw(memory, next, isGreedy);
            model.Remember(memory, next);
        }
        return rows;
    }

    /// <summary>Draws the next step of every sequence of a memory, which stays as it is.</summary>
    /// <param name="memory">B sequences.</param>
    /// <param name="next">Set, [B × V].</param>
    /// <param name="isGreedy">Whether each unit takes its most probable value.</param>
    public void Draw(MemoryState memory, Matrix next, bool isGreedy = false)
    {
        Matrix toVisible = next.Like(next.Rows, next.Columns);
        Matrix? toHidden = model.Hidden is Layer hidden ? next.Like(next.Rows, hidden.Units) : null;
        model.SetInputs(memory, toVisible, toHidden);
        if (isGreedy || temperature == 0)
        {
            SetExpected(toVisible, toHidden, next);
            SetMostProbable(next);
        }
        else if (toHidden is null) SampleAt(model.Visible, toVisible, next);
        else Sweep(toVisible, toHidden, next);
    }

    /// <summary>E[x_t | past] of every sequence of a memory, which stays as it is: exact, or over chains.</summary>
    /// <param name="memory">B sequences.</param>
    /// <param name="next">Set, [B × V].</param>
    /// <param name="chains">Chains of each, where it is not exact.</param>
    public void SetExpected(MemoryState memory, Matrix next, int chains = Chains)
    {
        Matrix toVisible = next.Like(next.Rows, next.Columns);
        Matrix? toHidden = model.Hidden is Layer hidden ? next.Like(next.Rows, hidden.Units) : null;
        model.SetInputs(memory, toVisible, toHidden);
        SetExpected(toVisible, toHidden, next, chains);
    }

    void SetExpected(Matrix toVisible, Matrix? toHidden, Matrix next, int chains = Chains)
    {
        if (machine.States <= MostStates) machine.SetMeans(toVisible, toHidden, next);
        else
        {
            int rows = next.Rows;
            Matrix a = next.Like(rows * chains, next.Columns), g = next.Like(rows * chains, toHidden!.Columns), drawn = next.Like(
                rows * chains, next.Columns);
            State.CopyRows(toVisible, a);
            State.CopyRows(toHidden, g);
            Matrix inputs = Sweep(a, g, drawn);
            model.Visible.SetMean(inputs, drawn, machine.Workspace);
            next.Fill(0);
            for (int c = 0; c < chains; c++) next.SetSum(next, 1, drawn.RowRange(c * rows, rows), 1.0 / chains);
        }
    }

    // Ends with a draw of visible units; returns the inputs that they were drawn by.
    Matrix Sweep(Matrix toVisible, Matrix toHidden, Matrix next)
    {
        Matrix inputs = next.Like(next.Rows, next.Columns), hidden = toHidden.Like(next.Rows, toHidden.Columns),
            hiddenInputs = toHidden.Like(next.Rows, toHidden.Columns);
        SampleAt(model.Visible, toVisible, next);
        for (int s = 0; s < sweeps; s++)
        {
            double beta = StepMachine.BetaAt(s, sweeps);
            machine.SetHiddenInputs(next, toHidden, hiddenInputs, beta);
            SampleAt(machine.Hidden!, hiddenInputs, hidden);
            machine.SetVisibleInputs(hidden, toVisible, inputs, beta);
            SampleAt(model.Visible, inputs, next);
        }
        return inputs;
    }

    // At temperature T the inputs and the potential are divided by it: the inputs take the bias's part of that.
    void SampleAt(Layer layer, Matrix inputs, Matrix destination)
    {
        if (temperature is 1 or 0)
        {
            layer.Sample(inputs, destination, rng, machine.Workspace);
            return;
        }
        Layer tempered = layer.Clone();
        foreach (Parameter p in tempered.Parameters) p.Value.SetSum(p.Value, 1 / temperature);
        Matrix scaled = inputs.Like(inputs.Rows, inputs.Columns);
        scaled.SetSum(inputs, 1 / temperature);
        tempered.Sample(scaled, destination, rng, machine.Workspace);
    }

    void SetMostProbable(Matrix means)
    {
        if (model.Visible.Pair is not null) Each(means, row =>
        {
            var (low, high) = (model.Visible.Pair!.Value.Low, model.Visible.Pair.Value.High);
            for (int c = 0; c < row.Length; c++) row[c] = row[c] > (low + high) / 2 ? high : low;
        });
        else if (model.Visible is MultinomialLayer units) Each(means, row =>
        {
            for (int block = 0; block < row.Length; block += units.Categories)
            {
                Span<double> part = row.AsSpan(block, units.Categories);
                int best = 0;
                for (int c = 1; c < part.Length; c++)
                    if (part[c] > part[best]) best = c;
                part.Clear();
                part[best] = units.Draws;
            }
        });
    }

    static void Each(Matrix rows, Action<double[]> change)
    {
        for (int r = 0; r < rows.Rows; r++)
        {
            double[] row = rows.ReadRow(r);
            change(row);
            rows.WriteRow(r, row);
        }
    }
}
