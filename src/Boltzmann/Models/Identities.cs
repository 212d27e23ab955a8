namespace Boltzmann.Models;

/// <summary>
/// Identity matrices, with which a matrix takes the way of a factor: value = Iᵀ·value. Kept, so that warm steps allocate nothing.
/// </summary>
sealed class Identities(Placement placement)
{
    readonly List<Matrix> known = [];

    // Factors are read when the gradient is used, so every size has its own.
    public Matrix Of(int size)
    {
        foreach (Matrix one in known)
            if (one.Rows == size) return one;
        var identity = new Matrix(size, size, placement);
        for (int i = 0; i < size; i++) identity[i, i] = 1;
        known.Add(identity);
        return identity;
    }
}
