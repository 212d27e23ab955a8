using Boltzmann.Estimators;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>
/// A step of an ML.NET pipeline that learns rows without labels and adds the features that hidden units make of them.
/// </summary>
/// <param name="context">Of the pipeline.</param>
/// <param name="machine">What learns: an <see cref="RbmTransformer"/>, <see cref="DbmTransformer"/> or
/// <see cref="DbnTransformer"/>; each fit teaches a new one of its settings.</param>
/// <param name="output">The column to add, a vector of Single.</param>
/// <param name="input">The column of rows, a vector of Single; that of the output when null.</param>
public sealed class MachineFeatures(MLContext context, Estimators.ITransformer machine, string output, string? input = null)
    : Microsoft.ML.IEstimator<MachineFeaturesTransformer>
{
    readonly string input = input ?? output;

    /// <summary>Learns the rows of the data.</summary>
    /// <exception cref="BadInputException">There are none, or a value is not finite, or the column does not hold vectors.</exception>
    /// <exception cref="Boltzmann.Training.DivergenceException">Learning diverged.</exception>
    public MachineFeaturesTransformer Fit(IDataView input)
    {
        DataViewSchema.Column column = VectorColumn.Require(input.Schema, this.input);
        Estimators.ITransformer learned = machine.Unfitted();
        learned.Fit(VectorColumn.Rows(input, column));
        return new(learned, output, this.input, ((VectorDataViewType)column.Type).Size);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        context.Transforms.CopyColumns(output, input).GetOutputSchema(inputSchema);
}
