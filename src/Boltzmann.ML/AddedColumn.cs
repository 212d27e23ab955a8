using Microsoft.ML;
using Microsoft.ML.Data;

namespace Boltzmann.ML;

/// <summary>A column that a model adds to each row.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Annotations">What belongs to it: of a class, the words of its keys.</param>
/// <param name="Getter">Makes the getter of its values, from what computes the model's answer to the row.</param>
sealed record AddedColumn(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations, Func<Func<float[]>, Delegate> Getter);
