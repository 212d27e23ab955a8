namespace Boltzmann.Estimators;

/// <summary>What learns to tell something of rows and can be judged by it: classes, or numbers.</summary>
/// <typeparam name="TTarget">What is told: the class of a row, or a number.</typeparam>
public interface IEstimator<TTarget>
{
    /// <summary>Whether targets are classes, whose shares folds of a cross-validation keep.</summary>
    bool TellsClasses { get; }

    /// <summary>Another one with the same settings that has learned nothing.</summary>
    IEstimator<TTarget> Unfitted();

    /// <summary>Learns rows and their targets, forgetting what was learned before.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="targets">One for each.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">Rows or targets cannot be learned; the message says why.</exception>
    void Fit(RowData x, IReadOnlyList<TTarget> targets, CancellationToken cancellation = default);

    /// <summary>How well it tells the targets of rows, the greater the better: accuracy, R².</summary>
    /// <param name="x">Rows.</param>
    /// <param name="targets">One for each.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Rows or targets do not fit what was learned.</exception>
    double Score(RowData x, IReadOnlyList<TTarget> targets);
}
