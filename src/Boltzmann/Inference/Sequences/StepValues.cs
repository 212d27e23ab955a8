namespace Boltzmann.Inference;

/// <summary>Looks at every step of sequences.</summary>
static class StepValues
{
    /// <summary>Throws at the first step that something is wrong with.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="complaint">What is wrong with a row, in words that follow its place; null for nothing.</param>
    /// <exception cref="BadInputException">Something is; the message names sequence and step.</exception>
    public static void Require(Sequences data, Func<double[], string?> complaint)
    {
        var row = new double[data.Columns];
        for (int s = 0; s < data.Count; s++)
            for (int t = 0; t < data.LengthOf(s); t++)
            {
                data.Steps.Rows.Read(data.First[s] + t, row);
                if (complaint(row) is string wrong)
                    throw new BadInputException($"{data.Name}: sequence {data.Names[s]}, step {t + 1}, {wrong}");
            }
    }
}
