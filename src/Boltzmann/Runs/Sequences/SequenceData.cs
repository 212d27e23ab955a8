namespace Boltzmann.Runs;

/// <summary>The sequences of a training, as its plan says, scaled by the training steps.</summary>
/// <param name="Training">To learn.</param>
/// <param name="Validation">Held out; null for none.</param>
/// <param name="Scaling">What steps went through; null for nothing.</param>
/// <param name="Note">What was done to them that nobody asked for; null for nothing.</param>
sealed record SequenceData(Sequences Training, Sequences? Validation, Scaling? Scaling, string? Note)
{
    /// <summary>Reads them.</summary>
    /// <param name="plan">What to read.</param>
    /// <param name="context">Opens data.</param>
    /// <param name="learned">What a resumed run scaled its steps by; null for a new one.</param>
    /// <exception cref="BadInputException">They cannot be read, or are not finite.</exception>
    public static SequenceData Read(SequencePlan plan, RunContext context, DataDescription? learned)
    {
        SequenceParts parts = context.Data.OpenSequences(plan.Data, plan.Reading(context.Seed));
        RequireUse(plan, parts.Training);
        RequireFinite(parts.Training);
        if (parts.Validation is not null) RequireFinite(parts.Validation);
        if (learned is not null && !IsScaledBy(plan.Scale, learned.Scaling))
            throw new BadInputException("a run goes on with steps scaled as they were when it began; --scale is for a new run");
        Scaling? scaling = learned is not null ? learned.Scaling : plan.Scale switch
        {
            DataScale.Standardize => Standardizer.Fit(parts.Training.Steps),
            DataScale.MinMax => MinMaxScaler.Fit(parts.Training.Steps),
            _ => null,
        };
        return new(Scaled(parts.Training, scaling), parts.Validation is Sequences held ? Scaled(held, scaling) : null, scaling, null);
    }

    static bool IsScaledBy(DataScale scale, Scaling? scaling) => scale switch
    {
        DataScale.Standardize => scaling is Standardizer,
        DataScale.MinMax => scaling is MinMaxScaler,
        _ => scaling is null,
    };

    // What would do nothing with these data is nobody's wish.
    static void RequireUse(SequencePlan plan, Sequences training)
    {
        if (training.Symbols is not null && plan.Scale != DataScale.None)
            throw new BadInputException($"{training.Name} is text; --scale is for numbers");
        if (plan.DrawByCount && training.Steps.RowWeights is null)
            throw new BadInputException($"{training.Name} has no counts; --draw-by-count is for texts with a count on each line");
        if (training.Count > 1 && plan.WarmUp != new SequenceOptions().WarmUp)
            throw new BadInputException($"{training.Name} has {training.Count} sequences, of which whole ones are held out; --warm-up is "
                + "for a single one, of which the later steps are");
    }

    /// <summary>Sequences in the units of a model.</summary>
    public static Sequences Scaled(Sequences data, Scaling? scaling) => scaling is null ? data : data.With(scaling.Transform(data.Steps));

    static void RequireFinite(Sequences data)
    {
        // Bytes are numbers always.
        if (data.Steps.Rows.ByteStep is not null) return;
        StepValues.Require(data, row => Array.FindIndex(row, x => !double.IsFinite(x)) is >= 0 and int column
            ? $"column {NumberRange.Column(data.Steps, column)} has {row[column]}; expected a number" : null);
    }
}
