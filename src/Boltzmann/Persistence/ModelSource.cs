namespace Boltzmann.Persistence;

/// <summary>A file whose tensors are known to fit its description, as a model is made from it.</summary>
sealed record ModelSource(SafetensorsFile File, ModelDescription Description, Placement Placement)
{
    /// <summary>A new layer of the kind and size of one of the file's, its parameters not yet read.</summary>
    /// <exception cref="BadInputException">No such units are registered.</exception>
    public Layer Layer(int index) => Description.Layers[index].Create(Placement)
        ?? throw new BadInputException($"{File.Path}: layer {index} has units {Quoted.Text(Description.Layers[index].Units)}; "
        + $"{LayerKinds.Expected}");

    /// <summary>
    /// Whether the file has any of some tensors that not every model of its kind has; then it must have all, in their shapes.
    /// </summary>
    /// <exception cref="BadInputException">One is there and another is not, or a shape or size does not fit.</exception>
    public bool Has(IEnumerable<TensorShape> tensors)
    {
        TensorShape[] all = [.. tensors];
        if (!all.Any(tensor => File.Contains(tensor.Name))) return false;
        foreach (TensorShape tensor in all)
        {
            ModelFile.RequireShape(File, tensor);
            File.RequireFits(tensor.Name, tensor.Rows, tensor.Columns, Placement);
        }
        return true;
    }
}
