using System.Buffers;

namespace Boltzmann.Data;

/// <summary>Labels as the states of a layer: 1 in the column of the class, 0 elsewhere.</summary>
static class OneHot
{
    /// <summary>Throws unless every row has a label below the number of classes.</summary>
    /// <exception cref="BadInputException">The data have no labels, or one is not a class.</exception>
    public static void Require(Dataset set, int classes)
    {
        if (set.Labels is not int[] labels) throw new BadInputException($"{set.Name} has no labels, which this model learns with its rows");
        int wrong = Array.FindIndex(labels, label => (uint)label >= (uint)classes);
        if (wrong >= 0) throw new BadInputException($"{set.Name}: row {wrong + 1} has label {labels[wrong]}, but the model has {classes} "
            + $"classes, from 0 to {classes - 1}");
    }

    /// <summary>Throws unless the rows of a training have labels of two classes at least, and those of validation labels.</summary>
    /// <exception cref="BadInputException">As for <see cref="Require"/>, or all labels are the same.</exception>
    public static void RequireLearnable(Dataset training, Dataset? validation, int classes)
    {
        Require(training, classes);
        if (validation is not null) Require(validation, classes);
        if (training.Labels!.Distinct().Count() < 2)
            throw new BadInputException($"all labels of {training.Name} are {training.Labels![0]}: there is nothing to tell apart");
    }

    /// <summary>Row i gets the label of row indices[i].</summary>
    public static void Set(Matrix states, int[] labels, ReadOnlySpan<int> indices)
    {
        int[] picked = ArrayPool<int>.Shared.Rent(indices.Length);
        for (int i = 0; i < indices.Length; i++) picked[i] = labels[indices[i]];
        states.SetOneHot(picked.AsSpan(0, indices.Length));
        ArrayPool<int>.Shared.Return(picked);
    }
}
