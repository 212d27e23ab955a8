namespace Boltzmann.Evaluation;

/// <summary>
/// The likelihood of a deep belief network, p(x₀) = Σ p_top(x_{L−1})·∏_l p(x_l | x_{l+1}): exactly for tiny ones, and for others the
/// variational bound log p(x₀) ≥ E_q[Σ_l log p(x_l | x_{l+1}) + log p_top(x_{L−1})] + H(q), q the way up (Hinton, Osindero and Teh 2006,
/// eq. 3; Salakhutdinov and Murray 2008, section 4.2). Always in double precision; labels are summed out.
/// </summary>
public static class DbnLikelihood
{
    /// <summary>The most states that a layer between the visible and the top one may have for the exact numbers.</summary>
    public const long MaximumStates = 4096;

    /// <summary>The bound for each row of data, from draws of the way up.</summary>
    /// <param name="model">The network.</param>
    /// <param name="data">[N × visible units].</param>
    /// <param name="logPartition">log Z of <see cref="Dbn.TopModel"/>, exact or by annealed importance sampling: an underestimate of it
    /// raises the bound.</param>
    /// <param name="samples">Draws from q for each row, at least 1.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <exception cref="ArgumentException">The data have another width, or there is no draw.</exception>
    public static DbnBound EstimateBound(Dbn model, Matrix data, double logPartition, int samples, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        Dbn dbn = Double(model, data);
        double[] sums = new double[data.Rows], squares = new double[data.Rows];
        foreach (var (first, rows) in FreeEnergy.DoubleChunks(data, dbn.Visible.Units))
            for (int m = 0; m < samples; m++)
            {
                double[] values = DrawBound(dbn, rows, rng);
                for (int r = 0; r < values.Length; r++)
                {
                    double value = values[r] - logPartition;
                    sums[first + r] += value;
                    squares[first + r] += value * value;
                }
            }
        double variance = 0;
        for (int r = 0; r < sums.Length; r++)
        {
            sums[r] /= samples;
            variance += Math.Max(0, squares[r] / samples - sums[r] * sums[r]) / (samples - 1);
        }
        return new(new Score(sums), samples == 1 ? double.NaN : Math.Sqrt(variance) / sums.Length);
    }

    /// <summary>log p of each row by summing over every state of the layers between.</summary>
    /// <param name="model">The network.</param>
    /// <param name="data">[N × visible units].</param>
    /// <exception cref="BadInputException">A layer between has more than <see cref="MaximumStates"/> states, or the top machine cannot be
    /// enumerated.</exception>
    public static Score ExactLogLikelihood(Dbn model, Matrix data) => Enumerate(model, data, (dbn, level, states, above, ofAbove) =>
    {
        double[,] down = Down(dbn, level).LogProbabilities(states, above);
        return [.. Enumerable.Range(0, states.Rows).Select(s => Scalar.LogSumExp([.. ofAbove.Select((log, t) => log + down[s, t])]))];
    });

    /// <summary>
    /// The bound of each row with its mean over q by summing over every state of the layers between: never above
    /// <see cref="ExactLogLikelihood"/>.
    /// </summary>
    /// <inheritdoc cref="ExactLogLikelihood"/>
    public static Score ExactBound(Dbn model, Matrix data) => Enumerate(model, data, (dbn, level, states, above, ofAbove) =>
    {
        double[,] down = Down(dbn, level).LogProbabilities(states, above), up = Up(dbn, level).LogProbabilities(above, states);
        return [.. Enumerable.Range(0, states.Rows).Select(s => ofAbove.Select((value, t) => Math.Exp(up[t, s]) * (down[s, t]
            + value - up[t, s])).Sum())];
    });

    /// <summary>The conditional of a layer given the one above it.</summary>
    internal static DirectedLayer Down(Dbn model, int layer) =>
        new(model.Machines[layer].Visible, model.Machines[layer].Weights, IsDownward: true);

    /// <summary>The way up from a layer to the one above it.</summary>
    internal static DirectedLayer Up(Dbn model, int layer) =>
        new(model.Machines[layer].Hidden, model.RecognitionWeights(layer + 1), IsDownward: false);

    // log p(x₀|x₁)… + log p*_top − log q(x₁|x₀)… of one draw.
    static double[] DrawBound(Dbn dbn, Matrix rows, Rng rng)
    {
        var values = new Matrix(rows.Rows, 1, rows.Placement);
        Matrix states = rows;
        for (int l = 0; l < dbn.Machines.Count - 1; l++)
        {
            DirectedLayer up = Up(dbn, l);
            Matrix above = up.Sample(states, rng);
            Down(dbn, l).AddLogProbability(states, above, values);
            up.AddLogProbability(above, states, values, -1);
            states = above;
        }
        double[] logs = values.ReadColumn(0), free = TopFreeEnergy(dbn, states);
        for (int r = 0; r < logs.Length; r++) logs[r] -= free[r];
        return logs;
    }

    static Score Enumerate(Dbn model, Matrix data, Func<Dbn, int, Matrix, Matrix, double[], double[]> step)
    {
        Dbn dbn = Double(model, data);
        double logPartition = Exact.LogPartition(dbn.TopModel);
        Matrix rows = data.Clone(Precision.Float64);
        int level = dbn.Machines.Count - 1;
        Matrix above = level == 0 ? rows : StatesOf(dbn, level);
        double[] values = [.. TopFreeEnergy(dbn, above).Select(f => -f - logPartition)];
        while (--level >= 0)
        {
            Matrix states = level == 0 ? rows : StatesOf(dbn, level);
            values = step(dbn, level, states, above, values);
            above = states;
        }
        return new(values);
    }

    static Matrix StatesOf(Dbn dbn, int level)
    {
        Layer layer = dbn.Layers[level];
        if (!(layer.StateCount <= MaximumStates))
            throw new BadInputException($"layer {level}, of {layer} units, cannot be enumerated within {MaximumStates} states; estimate "
                + "the bound instead");
        var states = new Matrix((int)layer.StateCount!.Value, layer.Units, dbn.Placement);
        layer.SetStates(0, states);
        return states;
    }

    static double[] TopFreeEnergy(Dbn dbn, Matrix states) => dbn.LabelledTop?.FreeEnergy(states) ?? dbn.Top.FreeEnergy(states);

    static Dbn Double(Dbn model, Matrix data) => data.Columns == model.Visible.Units ? model.Clone(model.Placement.Double)
        : throw new ArgumentException($"the model has {model.Visible.Units} visible units, but the data have {data.Columns} columns");
}
