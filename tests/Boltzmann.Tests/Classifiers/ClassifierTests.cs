namespace Boltzmann.Tests.Classifiers;

/// <summary>What every classifier refuses, and how it counts.</summary>
public class ClassifierTests
{
    static readonly Func<Classifier>[] all = [() => new KNearestNeighbors(1), () => new SupportVectorMachine(),
        () => new LogisticRegression()];

    static Matrix Rows(params double[] values)
    {
        var matrix = new Matrix(values.Length, 1);
        for (int r = 0; r < values.Length; r++) matrix.WriteRow(r, [values[r]]);
        return matrix;
    }

    static string Refusal(Action action) => Assert.Throws<BadInputException>(action).Message;

    [Fact]
    public void Labels_and_rows_that_nothing_can_be_learned_from_are_refused()
    {
        foreach (Func<Classifier> make in all)
        {
            Assert.Contains("2 labels for 3 training rows", Refusal(() => make().Fit(Rows(1, 2, 3), [0, 1])));
            Assert.Contains("one class only (1)", Refusal(() => make().Fit(Rows(1, 2), [1, 1])));
            Assert.Contains("no class", Refusal(() => make().Fit(new Matrix(0, 1), [])));
            Assert.Contains("training row 2 has label 3: expected 0 to 2", Refusal(() => make().Fit(Rows(1, 2), [0, 3], 3)));
            Assert.Contains("training row 1 has label -1", Refusal(() => make().Fit(Rows(1, 2), [-1, 1])));
            Assert.Contains("training row 2 has a value that is not a finite number",
                Refusal(() => make().Fit(Rows(1, double.NaN), [0, 1])));
            Assert.Contains("has no labels", Refusal(() => make().Fit(new Dataset("some", new NumberRows([1.0, 2], 1)))));
        }
    }

    [Fact]
    public void Rows_that_cannot_be_judged_are_refused()
    {
        foreach (Func<Classifier> make in all)
        {
            Classifier classifier = make();
            Assert.Throws<InvalidOperationException>(() => classifier.Predict(Rows(1)));
            classifier.Fit(Rows(1, 2, 3, 4), [0, 0, 2, 2]);
            Assert.Equal((3, 1), (classifier.Classes, classifier.Columns));
            Assert.Contains("2 columns, but the classifier learned from 1", Refusal(() => classifier.Predict(new Matrix(1, 2))));
            Assert.Contains("row 2 has a value", Refusal(() => classifier.Predict(Rows(1, double.PositiveInfinity))));
            Assert.Contains("row 2 has label 1, a class that no training row had", Refusal(() => classifier.Accuracy(Rows(1, 2), [0, 1])));
            Assert.Contains("row 1 has label 3, a class", Refusal(() => classifier.Accuracy(Rows(1, 2), [3, 1])));
            Assert.Contains("1 labels for 2 rows", Refusal(() => classifier.Accuracy(Rows(1, 2), [0])));
            Assert.Equal([0, 2, 2], classifier.Predict(Rows(1, 3.5, 4)));
            Assert.Equal(0.75, classifier.Accuracy(Rows(1, 2, 3, 4), [0, 2, 2, 2]));
            Assert.Empty(classifier.Predict(new Matrix(0, 1)));
        }
    }

    [Fact]
    public void Rows_of_another_precision_are_converted()
    {
        var (rows, labels, judged) = ReferenceResults.Data("digits", Precision.Float32);
        foreach (Func<Classifier> make in all)
        {
            Classifier classifier = make();
            classifier.Fit(rows, labels);
            Assert.Equal(classifier.Predict(judged), classifier.Predict(judged.Clone(Precision.Float64)));
        }
    }
}
