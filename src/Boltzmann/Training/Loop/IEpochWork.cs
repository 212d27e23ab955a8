namespace Boltzmann.Training;

/// <summary>What a trainer does in the epochs that an <see cref="EpochLoop"/> counts.</summary>
interface IEpochWork
{
    /// <summary>The kind of model that learns, for listeners.</summary>
    string Model { get; }

    /// <summary>An epoch begins, or goes on where it was left.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="isNew">False where some of its rows have been seen before.</param>
    void Begin(int epoch, bool isNew);

    /// <summary>One update.</summary>
    /// <param name="rows">Numbers of the batch's rows; to be read only until this returns.</param>
    /// <param name="batch">Number of the batch in its epoch, counted from 1.</param>
    /// <param name="epoch">Counted from 1.</param>
    void Update(ReadOnlySpan<int> rows, int batch, int epoch);

    /// <summary>After the last update of an epoch, before it counts as completed.</summary>
    /// <exception cref="DivergenceException">What was learned is not finite.</exception>
    void Check(int epoch);

    /// <summary>The metrics after an epoch, by name; those that are not measured after this one are absent.</summary>
    Dictionary<string, double> Measure(int epoch, bool isLast, double seconds, double rowsPerSecond);

    /// <summary>Those of the last measurement that are estimates, with their errors and verdicts.</summary>
    IReadOnlyDictionary<string, MetricValue> Estimates => new Dictionary<string, MetricValue>();

    /// <summary>The end of an epoch.</summary>
    /// <param name="values">What was measured.</param>
    /// <param name="improved">Whether the metric of early stopping is better than ever.</param>
    /// <param name="isEnd">Whether training ends here, by number of epochs or early stopping.</param>
    void End(Dictionary<string, double> values, bool improved, bool isEnd);
}
