namespace Boltzmann.Tests.Data;

/// <summary>Small alignments.</summary>
static class Letters
{
    /// <summary>Sequences as rows.</summary>
    public static Dataset Data(IReadOnlyList<string> sequences, string alphabet)
    {
        using var folder = new TemporaryFolder();
        using var text = new StringWriter();
        FastaWriter.Write(text, sequences.Select((letters, i) => ($"s{i}", letters)));
        return FastaReader.Read(folder.File("a.fasta", text.ToString()), Alphabet.Parse(alphabet)).ToDataset("letters");
    }

    /// <summary>
    /// Sequences of six sites of the letters A, C and D: the fourth letter follows the first one, the sixth the third; the others are free.
    /// </summary>
    public static IEnumerable<string> Coupled(int count, ulong seed)
    {
        var rng = new Rng(seed);
        for (int i = 0; i < count; i++)
        {
            char[] own = [.. Enumerable.Range(0, 6).Select(_ => "ACD"[rng.NextInteger(3)])];
            if (rng.NextUniform() < 0.9) own[3] = own[0];
            if (rng.NextUniform() < 0.8) own[5] = own[2];
            yield return new(own);
        }
    }
}
