using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>Adds to each row the probability of each class, Score, and the most probable one, PredictedLabel.</summary>
public sealed class ClassifierTransformer : RowModel
{
    internal const string Score = "Score", PredictedLabel = "PredictedLabel";

    readonly AddedColumn[] added;
    readonly int classes;

    internal ClassifierTransformer(DbnClassifier<int> classifier, string features, DataViewSchema.Column label, int width)
        : base(features, width)
    {
        Classifier = classifier;
        classes = (int)((KeyDataViewType)label.Type).Count;
        added = [new(Score, new VectorDataViewType(NumberDataViewType.Single, classes), null, Vector),
            new(PredictedLabel, label.Type, label.Annotations, Greatest)];
    }

    /// <summary>What tells classes, numbered from 0 as the keys are from 1; its Save writes a model file.</summary>
    public DbnClassifier<int> Classifier { get; }

    internal override IReadOnlyList<AddedColumn> Added => added;

    // Classes that no row of the training had have probability 0.
    private protected override float[] Answer(float[] row)
    {
        float[] found = Single(Classifier.PredictProbabilities(new ReadOnlySpan<float>(row))), all = new float[classes];
        for (int k = 0; k < found.Length; k++) all[Classifier.Classes[k]] = found[k];
        return all;
    }

    static Delegate Greatest(Func<float[]> answer) => (ValueGetter<uint>)((ref uint value) =>
    {
        float[] scores = answer();
        value = 1 + (uint)Array.IndexOf(scores, scores.Max());
    });
}
