using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>
/// A trainer of an ML.NET pipeline: a classifier that is pre-trained as a deep belief network and fine-tuned by back-propagation. It adds
/// Score, the probability of each class, and PredictedLabel, a key of the label's words.
/// </summary>
/// <param name="context">Of the pipeline.</param>
/// <param name="settings">How it learns; the defaults when null.</param>
/// <param name="label">The column of classes, a key, as MapValueToKey makes it.</param>
/// <param name="features">The column of rows, a vector of Single.</param>
public sealed class ClassifierTrainer(MLContext context, DbnSettings? settings = null, string label = "Label", string features = "Features")
    : Microsoft.ML.IEstimator<ClassifierTransformer>
{
    /// <summary>Learns the rows of the data and their classes.</summary>
    /// <exception cref="BadInputException">There are no rows, one has no class or a value that is not finite, or a column does not hold
    /// what it should.</exception>
    /// <exception cref="Boltzmann.Training.DivergenceException">Learning diverged.</exception>
    public ClassifierTransformer Fit(IDataView input)
    {
        DataViewSchema.Column rows = VectorColumn.Require(input.Schema, features);
        if (input.Schema.GetColumnOrNull(label) is not { Type: KeyDataViewType key } classes || key.RawType != typeof(uint))
            throw new BadInputException($"the data have no column '{label}' of keys: expected one as MapValueToKey makes it");
        var numbers = new List<int>();
        using (DataViewRowCursor cursor = input.GetRowCursor([classes]))
        {
            ValueGetter<uint> getter = cursor.GetGetter<uint>(classes);
            uint number = 0;
            while (cursor.MoveNext())
            {
                getter(ref number);
                if (number == 0) throw new BadInputException($"row {numbers.Count + 1} has no class in column '{label}'");
                numbers.Add((int)number - 1);
            }
        }
        var classifier = new DbnClassifier<int>(settings);
        classifier.Fit(VectorColumn.Rows(input, rows), numbers);
        return new(classifier, features, classes, ((VectorDataViewType)rows.Type).Size);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        context.Transforms.CopyColumns(ClassifierTransformer.PredictedLabel, label).GetOutputSchema(
            context.Transforms.CopyColumns(ClassifierTransformer.Score, features).GetOutputSchema(inputSchema));
}
