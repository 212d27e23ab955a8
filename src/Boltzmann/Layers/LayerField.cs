namespace Boltzmann.Models;

/// <summary>
/// A field that the description of a layer has beside kind and size, because its kind needs it: "categories", "learns-precision".
/// </summary>
/// <param name="Name">The key in JSON.</param>
/// <param name="Type">What it holds; a file with anything else there is refused.</param>
public sealed record LayerField(string Name, LayerFieldType Type)
{
    /// <summary>
    /// Whether it says only how the layer learns. Such a field does not make two layers different: a run goes on, and machines stack, where
    /// one has it and the other has not.
    /// </summary>
    public bool IsOfLearning { get; init; }
}
