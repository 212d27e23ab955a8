using System.Globalization;

namespace Boltzmann.Runs;

/// <summary>Makes the machine that a plan of sequences asks for.</summary>
static class SequenceBuilder
{
    /// <summary>The set whose sequence a machine is asked to recall.</summary>
    public const string Science = "science";

    const uint WeightStream = 0x77656967, DelayStream = 0x64656c61, EchoStream = 0x6563686f;
    const string Auto = "auto";
    static readonly double[] quarters = [0.25, 0.5, 0.75];

    /// <summary>A machine at its start.</summary>
    /// <exception cref="BadInputException">The units do not take the steps, or a number is out of its range.</exception>
    public static SequenceModel Build(SequencePlan plan, SequenceData data, Placement placement, ulong seed)
    {
        Sequences training = data.Training;
        Layer visible = Units(plan, VisibleKind(plan, data), training.Columns, placement);
        if (training.Symbols is not null && visible is not MultinomialLayer)
            throw new BadInputException($"{training.Name} is text, a letter of which is one of many; expected --visible-units multinomial");
        if (visible is MultinomialLayer && training.Symbols is null && visible.Complaint(RowOf(training, 0)) is not null)
            throw new BadInputException($"{training.Name}: multinomial units take one-hot steps; expected texts, or --visible-units "
                + $"bernoulli");
        StepValues.Require(training, row => visible.Complaint(row));
        if (data.Validation is Sequences held) StepValues.Require(held, row => visible.Complaint(row));
        Layer? hidden = plan.HasHidden ? Units(plan, plan.HiddenUnits, plan.Hidden, placement) : null;
        RequireScale(plan, visible, hidden);
        SequenceModel model = plan.Kind == ModelKind.Rtrbm ? SequenceModel.Rtrbm(visible, hidden!)
            : plan.Kind == ModelKind.RnnRbm ? SequenceModel.RnnRbm(visible, hidden!, new RecurrentMemory(visible.Units, plan.Recurrent,
                placement))
            : plan.Delays is string delays ? SequenceModel.Dybm(visible, Delays(delays, visible.Units, placement, seed))
            : plan.Echo is int echo ? WithEcho(visible, hidden, new(Traces(plan, visible.Units, placement), echo,
                new Rng(seed, EchoStream)))
            : plan.Kind == ModelKind.Crbm ? SequenceModel.Crbm(visible, hidden!, Traces(plan, visible.Units, placement))
            : SequenceModel.Dybm(visible, Traces(plan, visible.Units, placement));
        model = model.With(training.Symbols, training.LowestPitch);
        // Of a machine without hidden units the likelihood is concave: 0 is as good a start as any, and online it is none of chance's.
        if (hidden is not null) model.SetRandomWeights(plan.WeightsStd, new Rng(seed, WeightStream));
        visible.SetFromMoments(training.Steps.Statistics.Means, training.Steps.Statistics.Variances);
        if (!plan.LearnPrecision || !plan.HasHidden || plan.Sigma != 1) visible.QuadraticPrecision?.Fill(1 / (plan.Sigma * plan.Sigma));
        if (plan.Online) visible.Bias.Fill(0);
        if (plan.InitFrom is string path) SequenceStart.Set(model, path, data.Scaling);
        if (model.Memory is HiddenMemory first) first.First.SetCopy(model.Hidden!.Bias);
        return model;
    }

    // Which units there are is known only now where the data settle it.
    static void RequireScale(SequencePlan plan, Layer visible, Layer? hidden)
    {
        if (visible.QuadraticPrecision is not null || hidden?.QuadraticPrecision is not null) return;
        SequencePlan usual = SequencePlan.Of(plan.Kind);
        string? option = plan.Sigma != usual.Sigma ? "sigma" : plan.LearnPrecision != usual.LearnPrecision ? "learn-precision" : null;
        if (option is not null)
            throw new BadInputException($"--{option} does nothing without gaussian or relu units; the visible units are {visible.Kind}");
    }

    static string VisibleKind(SequencePlan plan, SequenceData data)
    {
        if (plan.VisibleUnits != Auto) return plan.VisibleUnits;
        Sequences training = data.Training;
        if (training.Symbols is not null) return MultinomialLayer.Name;
        bool isGrey = training.LowestPitch is not null || training.Steps.Rows.ByteStep is not null;
        ColumnStatistics columns = training.Steps.Statistics;
        return data.Scaling is null && columns.Minimum.Min() >= 0 && columns.Maximum.Max() <= 1 && (isGrey || AreBits(training))
            ? BernoulliLayer.Name : GaussianLayer.Name;
    }

    static bool AreBits(Sequences data)
    {
        for (int t = 0; t < data.Steps.Count; t++)
            if (Array.Exists(RowOf(data, t), x => x is not (0 or 1))) return false;
        return true;
    }

    static double[] RowOf(Sequences data, int step)
    {
        var row = new double[data.Columns];
        data.Steps.Rows.Read(step, row);
        return row;
    }

    static Layer Units(SequencePlan plan, string kind, int units, Placement placement) => new UnitSettings(new TrainPlan
    {
        Sigma = plan.Sigma,
        LearnPrecision = plan.LearnPrecision && plan.HasHidden,
    }).Build(kind, units, placement);

    static SequenceModel WithEcho(Layer visible, Layer? hidden, EchoMemory memory) =>
        hidden is null ? SequenceModel.Dybm(visible, memory) : SequenceModel.Crbm(visible, hidden, memory);

    static TraceMemory Traces(SequencePlan plan, int visible, Placement placement) =>
        new(visible, plan.Delay, plan.TraceDecays, plan.Feed == TraceFeed.Now, placement);

    static DelayMemory Delays(string text, int visible, Placement placement, ulong seed)
    {
        string[] ends = text.Split('-');
        if (ends.Length == 2 && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int least)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int most))
            return new(DelayMemory.Draw(visible, least, most, new Rng(seed, DelayStream)), quarters, quarters, placement);
        if (!File.Exists(text)) throw new BadInputException($"--delays {text} is neither a range nor a file; expected a range such as "
            + "1-9, or a CSV file of the delay from each unit to each");
        return new(DelayFile.Read(text, visible), quarters, quarters, placement);
    }
}
