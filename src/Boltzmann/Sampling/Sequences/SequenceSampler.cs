namespace Boltzmann.Sampling;

/// <summary>
/// Draws what comes next: each step from p(x_t | z_t), which the memory then takes in. Without hidden units by one draw, else by a few
/// annealed chains of which one is taken by their weights; greedily, each unit at its most probable value given the expected step.
/// </summary>
/// <param name="model">The machine.</param>
/// <param name="rng">Source of randomness.</param>
/// <param name="sweeps">Gibbs sweeps of a step, where there are hidden units.</param>
/// <param name="temperature">T in p ∝ e^{−E/T}; 0 for greedy.</param>
public sealed class SequenceSampler(SequenceModel model, Rng rng, int sweeps = 25, double temperature = 1)
{
    /// <summary>Chains of an expected step whose states are more than are summed.</summary>
    internal const int Chains = 100;
    const int ChainsOfADraw = 8;
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
            return;
        }
        StepMachine drawn = machine;
        if (temperature != 1)
        {
            drawn = Tempered();
            toVisible.SetSum(toVisible, 1 / temperature);
            toHidden?.SetSum(toHidden, 1 / temperature);
        }
        if (toHidden is null)
        {
            drawn.Visible.Sample(toVisible, next, rng, drawn.Workspace);
            return;
        }
        var walk = new AnnealedChains(drawn, toVisible, toHidden, ChainsOfADraw, rng);
        walk.Run(sweeps);
        walk.Draw(next);
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
            var walk = new AnnealedChains(machine, toVisible, toHidden!, chains, rng);
            walk.Run(sweeps);
            walk.SetMeans(next);
        }
    }

    // E/T: the potentials and what layers say to each other divided by T; Draw divides what the memory says.
    StepMachine Tempered()
    {
        Matrix? weights = machine.Weights?.Clone();
        weights?.SetSum(weights, 1 / temperature);
        return new(Cooled(machine.Visible), machine.Hidden is Layer hidden ? Cooled(hidden) : null, weights);

        Layer Cooled(Layer layer)
        {
            Layer cooled = layer.Clone();
            foreach (Parameter p in cooled.Parameters) p.Value.SetSum(p.Value, 1 / temperature);
            return cooled;
        }
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
