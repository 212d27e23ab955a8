namespace Boltzmann.Data;

/// <summary>Sequences in an NPY file: [T × V] or [T] is one sequence, [N × T × V] are N of equal length.</summary>
static class SequenceArrays
{
    /// <summary>Reads a file of one array.</summary>
    /// <exception cref="BadInputException">It is damaged, holds no finite numbers, or has no such shape.</exception>
    public static Sequences Read(InputBytes input, string? mapped = null)
    {
        NpyHeader header = NpyHeader.Read(input);
        ArrayShape shape = Check(input, header);
        bool isSeveral = header.Axes.Length == 3;
        int steps = isSeveral ? (int)header.Axes[1] : shape.Rows;
        long all = isSeveral ? (long)shape.Rows * steps : steps;
        if (all > int.MaxValue) throw new BadInputException($"{input.Name}: has {all} steps: expected at most {int.MaxValue}");
        bool canMap = (!header.Fortran || header.Axes.Length == 1) && !header.Format.IsText;
        Rows rows = mapped is not null && canMap
            ? new MappedRows(mapped, input.Position, (int)all, shape.RowLength, header.Format, null)
            : ArrayReader.Read(input, shape, header.Format, header.Fortran, scale: null);
        var data = new Dataset(Path.GetFileName(input.Name), rows);
        return new(data, isSeveral ? [.. Enumerable.Range(0, shape.Rows).Select(i => i * steps)] : null);
    }

    /// <summary>The shape of an array of sequences.</summary>
    static ArrayShape Check(InputBytes input, NpyHeader header)
    {
        long[] axes = header.Axes;
        string text = string.Join(" × ", axes);
        if (axes.Length is 0 or > 3)
            throw new BadInputException($"{input.Name}: has the shape [{text}]: expected [steps × columns], [steps] or "
                + "[sequences × steps × columns]");
        bool isSeveral = axes.Length == 3;
        if (isSeveral && axes[0] == 0) throw new BadInputException($"{input.Name}: has no sequences (shape {text})");
        if (axes[isSeveral ? 1 : 0] == 0)
            throw new BadInputException($"{input.Name}: {(isSeveral ? "its sequences have" : "has")} no steps (shape {text})");
        ArrayShape shape = ArrayShape.Check(input, axes, header.Format.Bytes);
        return isSeveral ? shape with { RowLength = (int)axes[2] } : shape;
    }
}
