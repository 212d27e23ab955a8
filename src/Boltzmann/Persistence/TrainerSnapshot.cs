namespace Boltzmann.Persistence;

/// <summary>All that a trainer needs, besides the model's parameters, to go on as if it had not stopped.</summary>
/// <param name="Matrices">Velocities, chains, running means, by name. Shared with the trainer, not copied: save before the next
/// update.</param>
/// <param name="Numbers">Epoch, position in it, positions of the random streams, by name.</param>
public sealed record TrainerSnapshot(IReadOnlyList<(string Name, Matrix Value)> Matrices, IReadOnlyDictionary<string, double> Numbers)
{
    /// <summary>A number by name.</summary>
    /// <exception cref="BadInputException">It is not there.</exception>
    internal double Number(string name) =>
        Numbers.TryGetValue(name, out double value) ? value : throw new BadInputException($"the checkpoint lacks '{name}'");

    /// <summary>A whole number by name.</summary>
    /// <exception cref="BadInputException">It is not there, not whole, negative or too large.</exception>
    internal long Count(string name, long most = 1L << 53)
    {
        double value = Number(name);
        return value >= 0 && value <= most && value == Math.Floor(value) ? (long)value
            : throw new BadInputException($"the checkpoint's '{name}' is {value:R}; expected a whole number from 0 to {most}");
    }

    /// <exception cref="BadInputException">A matrix has values that are not finite; the message names it.</exception>
    internal void RequireFinite()
    {
        foreach (var (name, value) in Matrices)
            if (value.Summarize().NonFinite is > 0 and long bad)
                throw new BadInputException($"the checkpoint's {name} {value.Shape} has {bad} values that are not finite");
    }

    /// <exception cref="BadInputException">A saved matrix is not what this run needs.</exception>
    internal static void RequireFit(string name, Matrix source, Matrix needed, bool rowsFit)
    {
        if (!rowsFit || source.Columns != needed.Columns)
            throw new BadInputException($"the checkpoint's {name} is {source.Shape}, but this run needs {needed.Shape}");
    }

    /// <summary>Fills parameters from the matrices of their names behind a prefix.</summary>
    /// <exception cref="BadInputException">One is not there, or of another shape.</exception>
    internal void CopyTo(string prefix, IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter p in parameters)
        {
            Matrix? value = Matrices.FirstOrDefault(m => m.Name == prefix + p.Name).Value;
            if (value is null) throw new BadInputException($"the checkpoint lacks '{prefix}{p.Name}'");
            RequireFit(p.Name, value, p.Value, value.Rows == p.Value.Rows);
            p.Value.SetCopy(value);
        }
    }

    /// <summary>The rows of the matrices whose names begin so, by the rest of their names.</summary>
    internal Dictionary<string, int> RowsOf(string prefix) => Matrices.Where(m => m.Name.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(m => m.Name[prefix.Length..], m => m.Value.Rows);
}
