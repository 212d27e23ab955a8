namespace Boltzmann.Estimators;

/// <summary>What learns rows without labels and turns rows into features.</summary>
public interface ITransformer
{
    /// <summary>Another one with the same settings that has learned nothing.</summary>
    ITransformer Unfitted();

    /// <summary>Learns rows, forgetting what was learned before.</summary>
    /// <param name="x">Rows.</param>
    /// <param name="progress">Told after each update; null for nobody.</param>
    /// <param name="cancellation">Looked at after each update.</param>
    /// <exception cref="BadInputException">There are no rows, or a value is not finite.</exception>
    /// <exception cref="DivergenceException">Learning diverged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was learned before stays.</exception>
    void Fit(RowData x, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>Features of rows, [B × features].</summary>
    /// <param name="x">Rows.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, no rows, or a value that is not finite.</exception>
    double[,] Transform(RowData x);

    /// <summary>Learns rows and gives their features.</summary>
    /// <inheritdoc cref="Fit"/>
    double[,] FitTransform(RowData x, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        Fit(x, progress, cancellation);
        return Transform(x);
    }
}
