namespace Boltzmann.Experiments;

/// <summary>
/// A protein family, divided by the numbers of its sequences from 0: n mod 10 = 0 is the test. "Far" are test sequences less than 80 %
/// identical to every other one; of the rest, those with n mod 10 = 1 that are as far from the others of it choose settings.
/// </summary>
sealed class ProteinFamily
{
    const int Tenth = 10, QuickSequences = 600;

    readonly Alignment alignment;
    readonly int[] learned;

    /// <param name="context">Where data are.</param>
    /// <param name="name">kunitz, …</param>
    /// <param name="held">Sequences at the end that are the test, without far ones; null for every tenth.</param>
    public ProteinFamily(ExperimentContext context, string name, int? held = null)
    {
        string file = $"protein-families/{name}.fasta.gz";
        Name = name;
        alignment = FastaReader.Read(context.Data.FindFile(file) ?? throw new BadInputException($"{file} is not there: put it into a "
            + "folder that --data-folder or BOLTZMANN_DATA names"));
        Dataset all = alignment.ToDataset(name);
        int[] numbers = [.. Enumerable.Range(0, context.Quick ? Math.Min(QuickSequences, all.Count) : all.Count)];
        if (held is int last)
        {
            last = context.Quick ? Math.Min(last, QuickSequences / 4) : last;
            learned = numbers[..^last];
            (Test, FarTest, FarHeldOut) = (all.Select(numbers.AsSpan(learned.Length)), null, null);
        }
        else
        {
            int[] test = [.. numbers.Where(n => n % Tenth == 0)], others = [.. numbers.Where(n => n % Tenth != 0)],
                second = [.. numbers.Where(n => n % Tenth == 1)], far = Far(all, second, [.. others.Where(n => n % Tenth != 1)]);
            learned = [.. others.Except(far)];
            (Test, FarTest, FarHeldOut) = (all.Select(test), all.Select(Far(all, test, others)), all.Select(far));
        }
        All = all;
        Learned = all.Select(learned);
        // Artificial proteins drawn from a law are no relatives of each other.
        if (held is null) Learned = Learned.Weighed(SequenceIdentity.Weights(Learned, Letters, Identity));
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>From which identity on two sequences are relatives.</summary>
    public const double Identity = 0.8;

    /// <summary>Letters of the alphabet.</summary>
    public int Letters => alphabet.Length;

    /// <summary>Letters of a sequence.</summary>
    public int Sites => alignment.Sites;

    /// <summary>Names of the sites.</summary>
    public string[] SiteNames => [.. alignment.Schema.Columns.Select(column => column.Name)];

    /// <summary>What the letters are.</summary>
    public Alphabet Alphabet => alignment.Alphabet;

    /// <summary>The gap's place in the alphabet; null for none.</summary>
    public int? Gap => alphabet.IndexOf(Alphabet.Gap, StringComparison.Ordinal) is >= 0 and int place ? place : null;

    /// <summary>Every sequence.</summary>
    public Dataset All { get; }

    /// <summary>What is learned from, weighed by likeness.</summary>
    public Dataset Learned { get; }

    /// <summary>What nothing is learned from and nothing chosen by.</summary>
    public Dataset Test { get; }

    /// <summary>Those of it that have no relatives; null where none are told apart.</summary>
    public Dataset? FarTest { get; }

    /// <summary>What settings are chosen by; null where none are.</summary>
    public Dataset? FarHeldOut { get; }

    /// <summary>The sequences that are learned from, in a file of their own.</summary>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{Name}-learned.fasta");
        using var text = new StringWriter();
        FastaWriter.Write(text, learned.Select(n => (alignment.Names[n], alignment.Text(n))));
        AtomicFile.WriteText(path, text.ToString());
        return path;
    }

    string alphabet => alignment.Alphabet.Letters;

    int[] Far(Dataset all, int[] of, int[] others)
    {
        double[] nearest = SequenceIdentity.Nearest(all.Select(of), all.Select(others), Letters);
        return [.. of.Where((_, i) => nearest[i] < Identity)];
    }
}
