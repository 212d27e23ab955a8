namespace Boltzmann.Training;

/// <summary>
/// The gradient of the log-likelihood of a stretch of sequences in lock-step, back through time: states of the memory forward, both phases
/// of all steps at once, then from the last step to the first what later steps say about the state before them.
/// RTRBM (Sutskever, Hinton and Taylor 2009): i_t = G_t ⊙ ∂r/∂input, ∇W += x_tᵀi_t, ∇c += i_t, ∇B += (δc_t + i_t)ᵀr_{t−1},
/// G_{t−1} = (δc_t + i_t)·B. RNN-RBM (Boulanger-Lewandowski, Bengio and Vincent 2012): i_t = G_t ⊙ (1 − u_t²), ∇d += i_t,
/// ∇S += u_{t−1}ᵀi_t, ∇P += x_tᵀi_t, G_{t−1} = δb_t·A + δc_t·B + i_t·Sᵀ, and ∇u₀ = Σ G_0.
/// </summary>
sealed class ThroughTime(SequenceModel model, StepPhases phases)
{
    readonly SequenceMachine machine = (SequenceMachine)model.Machine;
    readonly string between = Dense.NameOf(0, 1), toVisibleName = Dense.NameOf(0, model.Machine.Layers.Count - 1),
        toHiddenName = Dense.NameOf(1, model.Machine.Layers.Count - 1);
    readonly Matrix one = Matrix.Row(1, 1, model.Placement);
    readonly BatchScratch contexts = new(), toVisible = new(), toHidden = new(), states = new(), inputs = new(), toContext = new(),
        slopes = new(), squares = new(), hiddenSums = new();

    /// <summary>Sets the gradient of a stretch; the memory ends after its last step.</summary>
    /// <param name="packed">Which rows are of which time.</param>
    /// <param name="rows">x, [N × V], in that order.</param>
    /// <param name="weights">Of rows, [N × 1]; null for ones.</param>
    /// <param name="total">The rows' whole weight.</param>
    /// <param name="memory">What is held before the stretch, a row for each sequence; changed. Nothing is said back to it.</param>
    /// <param name="gradient">Set.</param>
    /// <param name="rng">Source of randomness.</param>
    public void Estimate(PackedSteps packed, Matrix rows, Matrix? weights, double total, MemoryState memory, SequenceGradient gradient,
        Rng rng)
    {
        gradient.Clear();
        bool begins = memory.Steps == 0;
        Placement placement = rows.Placement;
        Matrix z = contexts.Of(packed.Count, model.Memory.Width, placement), a = toVisible.Like(rows);
        Matrix? g = model.Hidden is Layer hidden ? toHidden.Of(packed.Count, hidden.Units, placement) : null;
        MemoryState? before = model.Memory is DelayMemory ? memory.Clone() : null;
        Forward(packed, rows, memory, z);
        model.SetInputs(z, a, g);
        if (begins && g is not null && packed.Times > 0) model.Memory.AddFirst(machine, g.RowRange(0, packed.RowsAt(0)));

        double scale = 1 / total;
        var (dV, dH) = phases.Estimate(rows, a, g, weights, scale, gradient, rng);
        if (machine.ToVisible is not null) gradient.Add(toVisibleName, new Factor(dV, z, scale));
        if (machine.ToHidden is not null) gradient.Add(toHiddenName, new Factor(dH!, z, scale));
        switch (model.Memory)
        {
            case DelayMemory delays: AddDelays(delays, packed, rows, before!, dV, scale, gradient); break;
            case HiddenMemory: BackHidden(packed, rows, z, dH!, scale, begins, gradient); break;
            case RecurrentMemory recurrent: BackRecurrent(recurrent, packed, rows, z, dV, dH!, scale, begins, gradient); break;
        }
    }

    // Contexts of all rows; of recurrent memories also the states after each step, row by row.
    void Forward(PackedSteps packed, Matrix rows, MemoryState all, Matrix z)
    {
        if (model.Memory is RecurrentMemory recurrent)
        {
            ForwardRecurrent(recurrent, packed, rows, all, z);
            return;
        }
        Matrix? after = model.Memory.IsFixed || model.Memory is DelayMemory ? null : states.Like(z);
        MemoryState memory = all;
        for (int t = 0; t < packed.Times; t++)
        {
            int first = packed.Offsets[t], count = packed.RowsAt(t);
            memory = memory.First(count);
            model.Memory.SetContext(memory, z.RowRange(first, count));
            model.Remember(memory, rows.RowRange(first, count));
            after?.RowRange(first, count).SetCopy(memory[0]);
        }
        all.Steps = memory.Steps;
    }

    // The same numbers; what the steps say to the network is one product for all of them.
    void ForwardRecurrent(RecurrentMemory memory, PackedSteps packed, Matrix rows, MemoryState all, Matrix z)
    {
        Matrix u = states.Like(z), said = inputs.Like(z);
        said.SetProduct(rows, memory.Input);
        for (int t = 0; t < packed.Times; t++)
        {
            int first = packed.Offsets[t], count = packed.RowsAt(t);
            Matrix context = z.RowRange(first, count), after = u.RowRange(first, count);
            if (t == 0) memory.SetContext(all.First(count), context);
            else context.SetCopy(u.RowRange(packed.Offsets[t - 1], count));
            memory.SetNext(context, said.RowRange(first, count), after);
            int ending = t + 1 < packed.Times ? packed.RowsAt(t + 1) : 0;
            if (ending < count) all[0].RowRange(ending, count - ending).SetCopy(after.RowRange(ending, count - ending));
        }
        all.Steps += packed.Times;
    }

    static void AddDelays(DelayMemory memory, PackedSteps packed, Matrix rows, MemoryState before, Matrix dV, double scale,
        SequenceGradient gradient)
    {
        int connections = memory.Delays.Count, arrivals = memory.Lambdas.Count, kinds = memory.Mus.Count;
        double[] u = new double[connections * arrivals], v = new double[connections * kinds];
        MemoryState state = before;
        for (int t = 0; t < packed.Times; t++)
        {
            int first = packed.Offsets[t], count = packed.RowsAt(t);
            state = state.First(count);
            for (int r = 0; r < count; r++)
                memory.Weights.AddGradient(state[0].ReadRow(r), state[1].ReadRow(r), state[2].ReadRow(r), dV.ReadRow(first + r), scale, u,
                    v);
            memory.Remember(null!, state, rows.RowRange(first, count));
        }
        gradient.AddTransposed(MemoryDescription.ArrivedName, Transposed(u, connections, arrivals, rows.Placement));
        gradient.AddTransposed(MemoryDescription.UnderWayName, Transposed(v, connections, kinds, rows.Placement));
    }

    static Matrix Transposed(double[] values, int rows, int columns, Placement placement)
    {
        var matrix = new Matrix(columns, rows, placement);
        var line = new double[rows];
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < rows; r++) line[r] = values[r * columns + c];
            matrix.WriteRow(c, line);
        }
        return matrix;
    }

    void BackHidden(PackedSteps packed, Matrix rows, Matrix z, Matrix dH, double scale, bool begins, SequenceGradient gradient)
    {
        Matrix r = states.Like(z), hiddenInputs = inputs.Like(z), i = slopes.Like(z), sum = hiddenSums.Like(z);
        i.Fill(0);
        sum.SetCopy(dH);
        // ∂r/∂input needs the inputs of kinds whose mean does not tell: x·W + what the memory said.
        hiddenInputs.SetCopy(toHidden.Like(z));
        hiddenInputs.SetProduct(rows, machine.Weights!, keep: 1);
        for (int t = packed.Times - 2; t >= 0; t--)
        {
            int count = packed.RowsAt(t + 1), next = packed.Offsets[t + 1], first = packed.Offsets[t];
            Matrix own = i.RowRange(first, count);
            own.SetProduct(sum.RowRange(next, count), machine.ToHidden!);
            machine.Hidden!.MultiplySlope(r.RowRange(first, count), hiddenInputs.RowRange(first, count), own);
            sum.RowRange(first, count).SetSum(sum.RowRange(first, count), 1, own);
        }
        gradient.Add(between, new Factor(rows, i, scale));
        gradient.Add(toHiddenName, new Factor(i, z, scale));
        Matrix c = gradient.OfLayer(1)[0];
        c.SetColumnSums(i, scale: scale, keep: 1);
        if (!begins) return;
        // First steps have c_first in place of c.
        int begun = packed.RowsAt(0);
        Matrix first0 = gradient.Dense(MemoryDescription.FirstName);
        first0.SetColumnSums(sum.RowRange(0, begun), scale: scale, keep: 1);
        c.SetColumnSums(sum.RowRange(0, begun), scale: -scale, keep: 1);
    }

    void BackRecurrent(RecurrentMemory memory, PackedSteps packed, Matrix rows, Matrix z, Matrix dV, Matrix dH, double scale, bool begins,
        SequenceGradient gradient)
    {
        Matrix u = states.Like(z), back = toContext.Like(z), i = slopes.Like(z), slope = squares.Like(z);
        // What each step says about the state before it, by its biases.
        back.SetProduct(dV, machine.ToVisible!);
        back.SetProduct(dH, machine.ToHidden!, keep: 1);
        i.Fill(0);
        // 1 − u², the slope of the hyperbolic tangent.
        slope.SetScaled(u, u);
        slope.SetSum(slope, -1, one);
        for (int t = packed.Times - 2; t >= 0; t--)
        {
            int count = packed.RowsAt(t + 1), next = packed.Offsets[t + 1], first = packed.Offsets[t];
            Matrix own = i.RowRange(first, count);
            own.SetScaled(back.RowRange(next, count), slope.RowRange(first, count));
            Matrix said = back.RowRange(first, count);
            said.SetProduct(own, memory.Recurrent, transposeRight: true, keep: 1);
        }
        gradient.Add(MemoryDescription.RecurrentName, new Factor(z, i, scale));
        gradient.Add(MemoryDescription.InputName, new Factor(rows, i, scale));
        gradient.Dense(MemoryDescription.BiasName).SetColumnSums(i, scale: scale, keep: 1);
        if (begins) gradient.Dense(MemoryDescription.FirstName).SetColumnSums(back.RowRange(0, packed.RowsAt(0)), scale: scale, keep: 1);
    }
}
