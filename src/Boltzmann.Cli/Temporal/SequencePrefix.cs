using System.Globalization;

namespace Boltzmann.Cli.Temporal;

/// <summary>What a machine with memory is given to go on from.</summary>
/// <param name="Rows">Steps as the machine takes them, [T × V]; null for nothing.</param>
/// <param name="InDataUnits">The same in the units of the data; null for nothing.</param>
/// <param name="Text">Of machines that learned text; empty otherwise.</param>
sealed record SequencePrefix(Matrix? Rows, Matrix? InDataUnits, string Text)
{
    /// <summary>How many steps.</summary>
    public int Steps => Rows?.Rows ?? 0;

    /// <summary>A memory that has read it.</summary>
    public MemoryState Memory(SequenceModel model)
    {
        MemoryState memory = model.NewMemory();
        for (int t = 0; t < Steps; t++) model.Remember(memory, Rows!.RowRange(t, 1));
        return memory;
    }

    /// <summary>Reads what --prefix names.</summary>
    /// <exception cref="BadInputException">There is no such thing, or it is not what the machine takes.</exception>
    public static SequencePrefix Of(string? stated, TrainedSequences trained, Session session)
    {
        if (string.IsNullOrEmpty(stated)) return new(null, null, "");
        if (trained.Model.Symbols is IReadOnlyList<string> symbols)
        {
            string text = TextOf(stated, trained, session);
            int[] places = [.. text.EnumerateRunes().Select(letter => symbols.ToList().IndexOf(letter.ToString()))];
            int unknown = Array.IndexOf(places, -1);
            if (unknown >= 0) throw new BadInputException($"--prefix {stated}: letter {unknown + 1} is not in the model's alphabet "
                + $"({string.Concat(symbols)})");
            var rows = new Matrix(places.Length, symbols.Count, trained.Model.Placement);
            rows.SetOneHot(places);
            return new(rows, rows, text);
        }
        int colon = stated.LastIndexOf(':');
        string name = stated;
        int? most = null;
        if (colon > 0 && int.TryParse(stated[(colon + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int steps))
        {
            if (steps < 1) throw new BadInputException($"--prefix {stated}: expected at least 1 step");
            (name, most) = (stated[..colon], steps);
        }
        if (most is null && !File.Exists(stated)) throw new BadInputException($"--prefix {stated}: expected a file of a sequence, or "
            + "NAME:STEPS such as science:14");
        // The first sequence as it is, nothing held out of it.
        Sequences data = trained.Open(new() { Data = name, Split = null, Folder = session.DataFolder }, session.Context);
        if (data.LengthOf(0) < (most ?? 1)) throw new BadInputException($"--prefix {stated}: the first sequence of {name} has "
            + $"{data.LengthOf(0)} steps");
        Sequences first = data.Range(0, 0, most ?? data.LengthOf(0));
        Sequences scaled = trained.Prepared(first);
        return new(scaled.Steps.ToMatrix(trained.Model.Placement), first.Steps.ToMatrix(trained.Model.Placement), "");
    }

    /// <summary>A text as the machine's alphabet has it: in small letters, and said, where it has no capitals.</summary>
    public static string TextOf(string stated, TrainedSequences trained, Session session)
    {
        IReadOnlyList<string> symbols = trained.Model.Symbols
            ?? throw new BadInputException($"--completions is for machines that learned text, and {trained.Path} did not");
        string small = stated.ToLowerInvariant();
        bool Has(string text) => text.EnumerateRunes().All(letter => symbols.Contains(letter.ToString()));
        if (stated == small || Has(stated) || !Has(small)) return stated;
        session.Note($"--prefix {stated} is taken as {small}: the model's alphabet has no such capitals");
        return small;
    }

    /// <summary>How a step is a picture, as the data of the training tell.</summary>
    public static ImageShape? ImageOf(TrainedSequences trained, Session session) => trained.Image
        ?? (trained.Description.Training?["data"]?.ToString() is string name ? session.Context.Data.ImageOf(name) : null);
}
