namespace Boltzmann.Experiments;

/// <summary>A way to learn the measurements of a spin chain.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Hidden">Hidden units of an RBM; 0 for a fully connected machine without any.</param>
/// <param name="Chains">Persistent chains with <see cref="Sweeps"/> sweeps an update; 0 for the exact gradient.</param>
/// <param name="Epochs">At most; the rate falls to them.</param>
sealed record QuantumMachine(string Name, int Hidden, int Chains, int Epochs)
{
    const int Sweeps = 5;

    /// <summary>
    /// Whether every measurement is learned in four copies: as it is, with all spins turned, with the chain reversed, and with both, under
    /// which H stays the same.
    /// </summary>
    public bool IsSymmetric { get; init; }

    const double Deviation = 0.1;

    /// <summary>Learns and keeps the epoch that held-out rows like best.</summary>
    /// <param name="training">Measurements.</param>
    /// <param name="held">How often each state was measured among the held-out rows, by its number.</param>
    /// <param name="epochs">Learned so far and taken as it is then; null to choose by held-out rows.</param>
    /// <param name="context">Interruption, precision.</param>
    /// <param name="seed">Of the start and of what is drawn.</param>
    public LearnedQuantum Learn(Dataset training, int[] held, int? epochs, ExperimentContext context, ulong seed)
    {
        Placement placement = context.Placement.Double;
        if (IsSymmetric) training = WithCopies(training);
        var visible = new BernoulliLayer(training.Columns, placement);
        EnergyModel model = Hidden > 0 ? new Rbm(visible, new BernoulliLayer(Hidden, placement)) : new BoltzmannMachine(visible);
        model.SetRandomWeights(Deviation, new Rng(seed));
        visible.SetFromMoments(training.Statistics.Means, training.Statistics.Variances);
        int most = epochs ?? (context.Quick ? 2 : Epochs);
        IGradientEstimator estimator = Chains > 0 ? new PersistentContrastiveDivergence(Chains, Sweeps) : new ExactGradient();
        var trainer = new Trainer(model, estimator, new Sgd(), new()
        {
            LearningRate = Schedule.Linear(0.1, 0.001, Epochs),
            L2 = 0,
        }, seed);
        var best = new LearnedQuantum(0, double.NegativeInfinity, [], model);
        int count = held.Sum();
        foreach (TrainingProgress progress in trainer.Run(training, most))
        {
            context.Interrupted.ThrowIfCancellationRequested();
            if (progress.Completed is null || (epochs is not null && progress.Epoch < most)) continue;
            double[] p = SpinChain.Probabilities(model);
            double score = 0;
            for (int s = 0; s < p.Length; s++) if (held[s] > 0) score += held[s] * Math.Log(p[s]) / count;
            if (score > best.Held) best = new(progress.Epoch, score, p, model.Clone());
        }
        return best;
    }

    static Dataset WithCopies(Dataset measured)
    {
        Matrix rows = measured.ToMatrix(Placement.Default.Double), all = rows.Like(4 * rows.Rows, rows.Columns);
        for (int r = 0; r < rows.Rows; r++)
        {
            double[] row = rows.ReadRow(r), turned = Array.ConvertAll(row, bit => 1 - bit);
            all.WriteRow(4 * r, row);
            all.WriteRow(4 * r + 1, turned);
            all.WriteRow(4 * r + 2, [.. row.Reverse()]);
            all.WriteRow(4 * r + 3, [.. turned.Reverse()]);
        }
        return new(measured.Name, new MatrixRows(all));
    }
}
