namespace Boltzmann;

/// <summary>
/// Follows log Z while a machine learns: from one update to the next Z_{t+1}/Z_t = E_{p_t}[e^{F_t(x) − F_{t+1}(x)}], the mean over samples of the machine before the update,
/// which persistent chains are nearly (a simple form of Desjardins, Courville and Bengio 2011, who bridge tempered chains and filter the estimates). It costs two free energies of
/// the chains for each update, instead of an annealing.
/// </summary>
/// <remarks>
/// Errors add up from update to update: <see cref="StandardError"/> is of chains that are independent samples at every update. Chains that move little between updates carry the
/// same error along, so after T updates the true error may be up to √T times as large, and chains that miss a mode miss its share of Z. Begin again from a fresh estimate now and
/// then; smaller learning rates and more chains help.
/// </remarks>
public sealed class LogPartitionTracker
{
    readonly EnergyModel before, after;
    readonly int[] summedOut;
    State? state;
    Matrix? differences;
    double variance;

    /// <summary>Begins with the machine as it is now.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="logPartition">log Z now: exact, or from annealed importance sampling.</param>
    /// <param name="standardError">Of that value.</param>
    public LogPartitionTracker(EnergyModel model, double logPartition, double standardError = 0)
    {
        before = FreeEnergy.InDouble(model);
        after = before.Clone();
        summedOut = AnnealedImportanceSampling.DefaultSummedOut(before);
        Value = logPartition;
        variance = standardError * standardError;
    }

    /// <summary>log Z of the machine after the last update, in nats.</summary>
    public double Value { get; private set; }

    /// <summary>Standard error of the value, if the chains were independent samples at every update; see the remarks.</summary>
    public double StandardError => Math.Sqrt(variance);

    /// <summary>(Σw)²/Σw² of the last update, from 1 to the number of chains: near 1 the update was too large for these chains.</summary>
    public double EffectiveSampleSize { get; private set; } = double.NaN;

    /// <summary>The layers that are summed out of the chains' free energies: the hidden ones of an RBM.</summary>
    public IReadOnlyList<int> SummedLayers => summedOut;

    /// <summary>Number of updates followed.</summary>
    public int Updates { get; private set; }

    /// <summary>Takes an update of the machine into account.</summary>
    /// <param name="updated">The machine after it.</param>
    /// <param name="chains">Samples of the machine before it: persistent chains as they were when the update was made. Only the layers that are not <see cref="SummedLayers"/> are looked at.</param>
    /// <exception cref="ArgumentException">The machine or the chains have other layers.</exception>
    /// <exception cref="BadInputException">The machine no longer has finite parameters or weights.</exception>
    public void Follow(EnergyModel updated, State chains)
    {
        after.CopyFrom(updated);
        if (state is null || state.Rows != chains.Rows)
        {
            state = new State(before, chains.Rows);
            differences = new Matrix(chains.Rows, 1, before.Placement);
        }
        for (int l = 0; l < state.Layers; l++) state[l].SetCopy(chains[l]);
        differences!.Fill(0);
        before.AddFreeEnergy(state, summedOut, differences);
        after.AddFreeEnergy(state, summedOut, differences, -1);
        LogPartitionEstimate ratio = LogPartitionEstimate.Forward(0, differences.ReadColumn(0), 2);
        Value += ratio.Value;
        if (chains.Rows > 1) variance += ratio.StandardError * ratio.StandardError;
        EffectiveSampleSize = ratio.EffectiveSampleSize;
        Updates++;
        before.CopyFrom(after);
    }
}
