namespace Boltzmann.Data;

/// <summary>Cuts the end off sequences, to be held out: whole sequences of several, and the later steps of a single one.</summary>
static class SequenceSplit
{
    /// <summary>The parts, with a validation part where there was none and one is asked for.</summary>
    /// <exception cref="BadInputException">The share is not in 0 to 1, or everything would be in one part.</exception>
    public static SequenceParts HoldBack(SequenceParts parts, SequenceOptions options)
    {
        double share = options.ValidationShare;
        if (!(share is >= 0 and < 1))
            throw new BadInputException($"the validation part's share is {share}: expected a number from 0 to below 1");
        if (options.WarmUp < 0) throw new BadInputException($"--warm-up is {options.WarmUp}: expected 0 or more steps");
        if (share == 0) return parts;
        if (parts.Validation is not null)
            return share == new SequenceOptions().ValidationShare || options.IsRemembered ? parts
                : throw new BadInputException($"{parts.Training.Name}: has a validation part of its own; --validation-share does nothing");
        Sequences whole = parts.Training;
        bool isSingle = whole.Count == 1;
        int all = isSingle ? whole.LengthOf(0) : whole.Count;
        int held = Math.Max(1, (int)Math.Round(share * all, MidpointRounding.AwayFromZero)), rest = all - held;
        if (rest < 1)
            throw new BadInputException($"{whole.Name}: has {all} {(isSingle ? "step" : "sequence")}{(all == 1 ? "" : "s")}, all of which "
                + "would be in the validation part: expected more, or a smaller share for validation");
        return isSingle ? parts with { Training = Part(0, rest, 0), Validation = Part(rest, held, options.WarmUp) } : parts with
        {
            Training = whole.Select([.. Enumerable.Range(0, rest)]),
            Validation = whole.Select([.. Enumerable.Range(rest, held)]),
        };

        Sequences Part(int from, int count, int before) => whole.Range(0, from, count, before);
    }

    /// <summary>A single sequence in a part to learn from and a later one for the test, which steps before it warm up for.</summary>
    public static SequenceParts ByTime(Sequences whole, int training, int test, SequenceOptions options) =>
        new(whole.Range(0, 0, training), Test: whole.Range(0, training, test, Math.Max(0, options.WarmUp)));
}
