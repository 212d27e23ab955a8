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

    [Fact]
    public void Balanced_accuracy_counts_every_class_alike_and_passes_over_classes_without_rows()
    {
        // Recalls 1, 1/2 and none at all.
        ConfusionMatrix matrix = ConfusionMatrix.Of([0, 0, 0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0, 0, 1], 3);
        Assert.Equal(7.0 / 8, matrix.Accuracy, 1e-15);
        Assert.Equal(0.75, matrix.BalancedAccuracy, 1e-15);
        Assert.True(double.IsNaN(ConfusionMatrix.Of([], [], 2).BalancedAccuracy));
    }

    [Fact]
    public void Average_precision_is_the_area_under_precision_and_recall()
    {
        // Class 1 by falling score: hit, miss, hit, miss. Recall rises by half at precision 1, and by half at precision 2/3.
        double[][] scores = [[0.1, 0.9], [0.2, 0.8], [0.4, 0.6], [0.7, 0.3]];
        AveragePrecision found = AveragePrecision.Of(scores, [1, 0, 1, 0]);
        Assert.Equal(0.5 + 0.5 * 2 / 3, found.PerClass[1], 1e-15);
        // Class 0: hit, miss, hit, miss from the other end.
        Assert.Equal(0.5 + 0.5 * 2 / 3, found.PerClass[0], 1e-15);
        Assert.Equal(0.5 + 0.5 * 2 / 3, found.Macro, 1e-15);
    }

    [Fact]
    public void Equal_scores_are_taken_together_so_their_order_in_the_data_does_not_count()
    {
        double[][] same = [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]];
        foreach (int[] labels in (int[][])[[1, 0, 0, 0], [0, 0, 0, 1]])
        {
            // Without knowledge it is the share of the class.
            AveragePrecision found = AveragePrecision.Of(same, labels);
            Assert.Equal(0.25, found.PerClass[1], 1e-15);
            Assert.Equal(0.75, found.PerClass[0], 1e-15);
        }
        AveragePrecision absent = AveragePrecision.Of([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1]], [0, 1]);
        Assert.True(double.IsNaN(absent.PerClass[2]));
        Assert.Equal(1, absent.Macro);
        Assert.Throws<ArgumentException>(() => AveragePrecision.Of(same, [1]));
    }

    [Theory]
    [InlineData(false, 50, 50)]
    [InlineData(false, 79, 21)]
    [InlineData(true, 80, 20)]
    [InlineData(true, 3, 97)]
    // A tenth of an even share of three classes is 3.33 %.
    [InlineData(false, 48, 48, 4)]
    [InlineData(true, 49, 48, 3)]
    [InlineData(false, 50, 0, 50)]
    [InlineData(false, 100)]
    public void Classes_are_unbalanced_where_one_has_most_rows_or_one_hardly_any(bool expected, params int[] counts)
    {
        ClassBalance balance = ClassBalance.Of([.. counts.SelectMany((count, label) => Enumerable.Repeat(label, count))]);
        Assert.Equal(counts, balance.Counts);
        Assert.Equal(expected, balance.IsUnbalanced);
        string? complaint = balance.Complaint(["a", "b", "c"]);
        if (expected) Assert.Contains($"has {counts.Max()} of 100 rows", complaint);
        else Assert.Null(complaint);
    }
}
