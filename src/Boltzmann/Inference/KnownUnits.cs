namespace Boltzmann.Inference;

/// <summary>Visible units that sampling leaves as they are, the same ones in every chain or each chain its own.</summary>
/// <param name="Mask">1 for known units, 0 for free ones: [1 × V] or [chains × V].</param>
/// <param name="Values">[chains × V]; entries of free units are not used.</param>
sealed record KnownUnits(Matrix Mask, Matrix Values)
{
    /// <summary>The columns that an option names: a half of a picture, or ranges such as 0-99,150, counted from 0.</summary>
    /// <exception cref="BadInputException">Neither, columns that are not there, or all or none of them.</exception>
    public static double[] ParseColumns(string text, int columns, Func<ImageShape> shape)
    {
        double[] mask = Parse(text, columns, shape);
        int known = mask.Count(x => x != 0);
        if (known == 0) throw new BadInputException($"--clamp {text}: selects none of the {columns} columns");
        return known < columns ? mask
            : throw new BadInputException($"--clamp {text}: is all of the {columns} columns, which leaves nothing to sample");
    }

    static double[] Parse(string text, int columns, Func<ImageShape> shape)
    {
        var mask = new double[columns];
        if (text is "left" or "right" or "top" or "bottom")
        {
            ImageShape image = shape();
            for (int i = 0; i < columns; i++)
            {
                bool isLeft = i % image.Width < image.Width / 2, isTop = i / image.Width < image.Height / 2;
                mask[i] = text switch { "left" => isLeft, "right" => !isLeft, "top" => isTop, _ => !isTop } ? 1 : 0;
            }
            return mask;
        }
        foreach (string range in text.Split(','))
        {
            string[] ends = range.Split('-');
            if (ends.Length > 2 || !int.TryParse(ends[0], out int first) || !int.TryParse(ends[^1], out int last))
                throw new BadInputException($"--clamp must be left, right, top, bottom or columns such as 0-99,150, not '{text}'");
            if (first > last) throw new BadInputException($"--clamp {text}: the range {range} ends before it begins; expected FIRST-LAST, "
                + $"such as {last}-{first}");
            if (last >= columns) throw new BadInputException($"--clamp {text}: columns {range} are not among 0-{columns - 1}");
            mask.AsSpan(first, last - first + 1).Fill(1);
        }
        return mask;
    }
}
