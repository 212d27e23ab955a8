namespace Boltzmann.Tests.Evaluation;

public class ClassificationTests
{
    [Fact]
    public void A_confusion_matrix_counts_what_was_taken_for_what()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Of([0, 0, 1, 1, 1, 2], [0, 1, 1, 1, 0, 2], 3);
        Assert.Equal(new double[,] { { 1, 1, 0 }, { 1, 2, 0 }, { 0, 0, 1 } }, matrix.Counts);
        Assert.Equal(4.0 / 6, matrix.Accuracy, 1e-15);
        Assert.Equal(2.0 / 3, matrix.Recall(1), 1e-15);
        Assert.Equal(0.5, matrix.Precision(0), 1e-15);
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0, 3], [0, 0], 3));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0], [0, 0], 3));
    }

    [Fact]
    public void Reliability_compares_confidence_with_accuracy()
    {
        double[][] probabilities = [[0.95, 0.05], [0.97, 0.03], [0.4, 0.6], [0.38, 0.62], [0, 1]];
        Reliability reliability = Reliability.Of(probabilities, [0, 1, 1, 1, 1]);
        Assert.Equal([2, 3], reliability.Bins.Select(b => b.Count));
        Assert.Equal(0.61, reliability.Bins[0].Confidence, 1e-12);
        Assert.Equal(1, reliability.Bins[0].Accuracy);
        Assert.Equal(2.92 / 3, reliability.Bins[1].Confidence, 1e-12);
        Assert.Equal(2.0 / 3, reliability.Bins[1].Accuracy, 1e-12);
        Assert.Equal((2 * 0.39 + 3 * (2.92 / 3 - 2.0 / 3)) / 5, reliability.ExpectedCalibrationError, 1e-12);
    }
}
