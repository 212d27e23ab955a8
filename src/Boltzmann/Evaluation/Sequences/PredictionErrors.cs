namespace Boltzmann.Evaluation;

/// <summary>How far predictions of the next step lie from it.</summary>
public sealed class PredictionErrors
{
    double squares, laterSquares, hits, falseAlarms, misses, sureHits, sureFalse, sureMisses;
    long later;
    int columns = 1;

    /// <summary>Steps that are scored.</summary>
    public long Steps { get; private set; }

    /// <summary>√ of the mean squared error over steps and columns.</summary>
    public double Rmse => Math.Sqrt(squares / ((double)Steps * columns));

    /// <summary>√ of the mean over steps of the squared error summed over columns.</summary>
    public double RmseVector => Math.Sqrt(squares / Steps);

    /// <summary>Mean over all steps but the first of each sequence of the squared error summed over columns.</summary>
    public double SquaredError => laterSquares / later;

    /// <summary>
    /// Expected frame accuracy TP/(TP + FP + FN) over all steps of all sequences, TP = Σ x·p, FP = Σ (1 − x)·p, FN = Σ x·(1 − p), p the
    /// predicted mean (Bay, Ehmann and Downie 2009).
    /// </summary>
    public double Accuracy => hits / (hits + falseAlarms + misses);

    /// <summary>The same with 1 in place of a predicted mean above one half, and 0 in place of others.</summary>
    public double AccuracyThresholded => sureHits / (sureHits + sureFalse + sureMisses);

    /// <summary>Takes a step in.</summary>
    /// <param name="row">x_t.</param>
    /// <param name="predicted">E[x_t | past].</param>
    /// <param name="isFirst">Whether it is the first step of its sequence.</param>
    public void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> predicted, bool isFirst)
    {
        double error = 0;
        for (int c = 0; c < row.Length; c++)
        {
            double x = row[c], p = predicted[c], off = x - p;
            error += off * off;
            hits += x * p;
            falseAlarms += (1 - x) * p;
            misses += x * (1 - p);
            double sure = p > 0.5 ? 1 : 0;
            sureHits += x * sure;
            sureFalse += (1 - x) * sure;
            sureMisses += x * (1 - sure);
        }
        columns = row.Length;
        squares += error;
        Steps++;
        if (isFirst) return;
        laterSquares += error;
        later++;
    }
}
