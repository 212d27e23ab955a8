namespace Boltzmann.Evaluation;

/// <summary>
/// Follows log Z while a machine learns: from one update to the next Z_{t+1}/Z_t = E_{p_t}[e^{F_t(x) − F_{t+1}(x)}], the mean over samples
/// of the machine before the update, which persistent chains are nearly (a simple form of Desjardins, Courville and Bengio 2011, who bridge
/// tempered chains and filter the estimates). It costs two free energies of the chains for each bridge, four where chains after the updates
/// are given, instead of an annealing.
/// </summary>
/// <remarks>
/// The error has two parts. What each chain has said of log Z along the way is added up chain by chain, and the spread of these sums over
/// chains counts, so that chains which move little count for no more than they know. And where chains after the update are given too,
/// Z_t/Z_{t+1} = E_{p_{t+1}}[e^{F_{t+1}(x) − F_t(x)}] is a second estimate: the value is the mean of the two, and half their distance,
/// added up, tells how far the chains are from samples of the machine; after fast learning that is most of the error. What neither sees are
/// modes that no chain has found.
/// </remarks>
public sealed class LogPartitionTracker
{
    readonly EnergyModel before, after;
    readonly int[] summedOut;
    State? state;
    Matrix? differences;
    double[] weights = [], sums = [];
    double variance, disagreement;

    /// <summary>Begins with the machine as it is now.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="logPartition">log Z now: exact, or from annealed importance sampling.</param>
    /// <param name="standardError">Of that value.</param>
    public LogPartitionTracker(EnergyModel model, double logPartition, double standardError = 0)
    {
        before = FreeEnergy.InDouble(model);
        after = before.Clone();
        // Of two sides the even one is what a chain is, see PersistentContrastiveDivergence.
        summedOut = before.Sides is LayerSides sides ? [.. sides.Odd] : AnnealedImportanceSampling.DefaultSummedOut(before);
        Value = logPartition;
        variance = standardError * standardError;
    }

    /// <summary>log Z of the machine after the last update, in nats.</summary>
    public double Value { get; private set; }

    /// <summary>
    /// Error of the value, from the start's, the spread over chains and the distance between the two estimates; see the remarks.
    /// </summary>
    public double StandardError => Math.Sqrt(variance + SpreadOf(sums) + disagreement * disagreement);

    /// <summary>(Σw)²/Σw² of the last update, from 1 to the number of chains: near 1 the update was too large for these chains.</summary>
    public double EffectiveSampleSize { get; private set; } = double.NaN;

    /// <summary>The layers that are summed out of the chains' free energies: the hidden ones of an RBM.</summary>
    public IReadOnlyList<int> SummedLayers => summedOut;

    /// <summary>Number of updates followed.</summary>
    public int Updates { get; private set; }

    /// <summary>Takes an update of the machine into account.</summary>
    /// <param name="updated">The machine after it.</param>
    /// <param name="chains">Samples of the machine before it: persistent chains as they were when the update was made. Only the layers that
    /// are not <see cref="SummedLayers"/> are looked at.</param>
    /// <param name="chainsAfter">Samples of the machine after it; null if there are none.</param>
    /// <exception cref="ArgumentException">The machine or the chains have other layers.</exception>
    /// <exception cref="BadInputException">The machine no longer has finite parameters or weights.</exception>
    public void Follow(EnergyModel updated, State chains, State? chainsAfter = null)
    {
        var (step, distance) = Bridge(updated, chains, chainsAfter);
        if (sums.Length != weights.Length)
        {
            // Other chains know nothing of what those before them have said.
            variance += SpreadOf(sums);
            sums = new double[weights.Length];
        }
        for (int c = 0; c < sums.Length; c++) sums[c] += weights[c];
        Value += step;
        disagreement += distance;
        Updates++;
        before.CopyFrom(after);
    }

    /// <summary>log Z of a machine, from where the tracker is, in nats, and its error; the tracker stays there.</summary>
    /// <inheritdoc cref="Follow"/>
    public (double Value, double StandardError) Estimate(EnergyModel updated, State chains, State? chainsAfter = null)
    {
        double effective = EffectiveSampleSize;
        var (step, distance) = Bridge(updated, chains, chainsAfter);
        EffectiveSampleSize = effective;
        double[] all = sums.Length == weights.Length ? [.. sums.Zip(weights, (sum, weight) => sum + weight)] : weights;
        return (Value + step, Math.Sqrt(variance + SpreadOf(all) + (all == weights ? SpreadOf(sums) : 0)
            + (disagreement + distance) * (disagreement + distance)));
    }

    /// <summary>
    /// What has to be saved to go on: the machine before the next update, and the sums of the chains; see <see cref="Numbers"/>.
    /// </summary>
    internal IReadOnlyList<(string Name, Matrix Value)> Memory =>
    [
        .. before.Parameters.Select((p, i) => ($"before.{i}", p.Value)),
        .. sums.Length > 0 ? ((string, Matrix)[])[("sums", Matrix.Row(sums, before.Placement))] : [],
    ];

    /// <summary>The numbers that go with <see cref="Memory"/>.</summary>
    internal IReadOnlyDictionary<string, double> Numbers => new Dictionary<string, double>
    {
        ["value"] = Value,
        ["variance"] = variance,
        ["disagreement"] = disagreement,
        ["effective"] = EffectiveSampleSize,
        ["updates"] = Updates
    };

    /// <summary>Goes on from what was saved, which has been found to fit.</summary>
    internal void Restore(IReadOnlyDictionary<string, Matrix> matrices, IReadOnlyDictionary<string, double> numbers)
    {
        for (int i = 0; i < before.Parameters.Count; i++) before.Parameters[i].Value.SetCopy(matrices[$"before.{i}"]);
        sums = matrices.TryGetValue("sums", out Matrix? saved) ? saved.ReadRow(0) : [];
        (Value, variance, disagreement, EffectiveSampleSize, Updates) = (numbers["value"], numbers["variance"], numbers["disagreement"],
            numbers["effective"], (int)numbers["updates"]);
    }

    // Leaves what each chain says, less the mean over them.
    (double Step, double Disagreement) Bridge(EnergyModel updated, State chains, State? chainsAfter)
    {
        after.CopyFrom(updated);
        LogPartitionEstimate forward = Ratio(chains, 1);
        weights = Shares(forward);
        EffectiveSampleSize = forward.EffectiveSampleSize;
        if (chainsAfter is null) return (forward.Value, 0);
        LogPartitionEstimate back = Ratio(chainsAfter, -1);
        double[] shares = Shares(back);
        // Chains of the same number are the same chain, later.
        weights = shares.Length == weights.Length ? [.. weights.Zip(shares, (early, late) => (early - late) / 2)] : weights;
        return ((forward.Value - back.Value) / 2, (forward.Value + back.Value) / 2);

        static double[] Shares(LogPartitionEstimate ratio) => [.. ratio.LogWeights.Select(log => Math.Exp(log - ratio.Value) - 1)];
    }

    // The logarithm of the mean of e^{±(F before − F after)}.
    LogPartitionEstimate Ratio(State chains, double sign)
    {
        if (state is null || state.Rows != chains.Rows)
        {
            state = new State(before, chains.Rows);
            differences = new Matrix(chains.Rows, 1, before.Placement);
        }
        for (int l = 0; l < state.Layers; l++)
            if (!summedOut.Contains(l)) state[l].SetCopy(chains[l]);
        differences!.Fill(0);
        before.AddFreeEnergy(state, summedOut, differences, sign);
        after.AddFreeEnergy(state, summedOut, differences, -sign);
        return LogPartitionEstimate.Forward(0, differences.ReadColumn(0), 2);
    }

    // The variance of the mean of independent numbers; that of one alone is not known.
    static double SpreadOf(double[] values)
    {
        if (values.Length < 2) return 0;
        double mean = values.Average();
        return values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1) / values.Length;
    }
}
