using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>Adds the features that a machine makes of each row: the means of its hidden units.</summary>
public sealed class MachineFeaturesTransformer : RowModel
{
    readonly AddedColumn[] added;

    /// <summary>A step that applies what a machine has learned before, from wherever.</summary>
    /// <param name="machine">Fitted, or loaded from a model file.</param>
    /// <param name="output">The column to add.</param>
    /// <param name="input">The column of rows.</param>
    /// <param name="width">Values of a row.</param>
    /// <exception cref="InvalidOperationException">The machine has learned nothing.</exception>
    /// <exception cref="BadInputException">It learned from rows of another length.</exception>
    public MachineFeaturesTransformer(Estimators.ITransformer machine, string output, string input, int width) : base(input, width)
    {
        Machine = machine;
        int features = machine.Transform(new float[1, width]).GetLength(1);
        added = [new(output, new VectorDataViewType(NumberDataViewType.Single, features), null, Vector)];
    }

    /// <summary>What makes features; its own Save writes the model file that its Load reads.</summary>
    public Estimators.ITransformer Machine { get; }

    internal override IReadOnlyList<AddedColumn> Added => added;

    private protected override float[] Answer(float[] row) => Single(Machine.Transform(new ReadOnlySpan<float>(row)));
}
