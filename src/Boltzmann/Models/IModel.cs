namespace Boltzmann.Models;

/// <summary>What files and checkpoints know of a model: what it is, and its parameters under their names.</summary>
public interface IModel
{
    /// <summary>Kind and layers, as a model file tells them.</summary>
    ModelDescription Description { get; }

    /// <summary>
    /// Everything that learning moves, under the names of the file's tensors; those of more than one row or
    /// <see cref="Parameter.IsWeight"/> are stored as matrices, the rest as rows.
    /// </summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// A machine whose answers the model takes beside rows: kept in the same file, its tensors under their names behind "input.", and not
    /// moved by learning. Null for none.
    /// </summary>
    IModel? Input => null;

    /// <summary>Where the parameters live.</summary>
    Placement Placement { get; }
}
