namespace Boltzmann;

/// <summary>A tensor that a model needs: its name, and its one or two sizes.</summary>
sealed record TensorShape(string Name, long[] Sizes)
{
    public long Rows => Sizes.Length == 1 ? 1 : Sizes[0];

    public long Columns => Sizes[^1];
}
