using System.CommandLine;

namespace Boltzmann.Cli.Evaluation;

/// <summary>The options that say how log Z is found.</summary>
sealed class AnnealingInput
{
    /// <summary>Rows that base rates are taken from, at most.</summary>
    const int BaseRateRows = 10_000;

    readonly Option<string> method = ChoiceOption.Of("--method", "auto", "exact: by enumerating a layer; ais: annealed importance "
        + "sampling; auto: exact where a layer has at most 2^25 states, else ais.", "exact", "ais", "auto");
    readonly Option<int> chains = NumberOption.Whole("--chains", 100, 1,
        "ais: independent chains; their spread is the error (Salakhutdinov and Murray 2008).");
    readonly Option<int> betas = NumberOption.Whole("--betas", 1000, 2, "ais: inverse temperatures from 0 to 1; 10000 is careful.");
    readonly Option<string> spacing = ChoiceOption.Of("--spacing", "linear",
        "ais: how these are spaced; sigmoid takes small steps at both ends.", "linear", "sigmoid");
    readonly Option<string?> start = ChoiceOption.Optional("--start", "ais: the model at inverse temperature 0: base-rate has the means of "
        + "the data (default where there are data), uniform none.", "base-rate", "uniform");
    readonly Option<string> reverse = ChoiceOption.Of("--reverse", "auto", "ais: where the reverse estimate starts: exact samples of the "
        + "model, chains from data, or not at all; auto: samples where they can be drawn, else data.", "samples", "data", "none", "auto");
    readonly Option<int> burnIn = NumberOption.Whole("--burn-in", 1000, 0,
        "ais: free Gibbs sweeps of chains from data before the reverse estimate.");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> Options => [method, chains, betas, spacing, start, reverse, burnIn];

    public void AddTo(Command command)
    {
        foreach (Option option in Options) command.Options.Add(option);
    }

    /// <summary>Finds log Z.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="model">An rbm, or the undirected pair on top of a stack.</param>
    /// <param name="rows">Rows as this model sees them; null without data.</param>
    /// <param name="session">Seed, bars, Ctrl-C.</param>
    /// <exception cref="BadInputException">The way asked for does not lead there.</exception>
    public LogPartitionResult Estimate(ParseResult parsed, EnergyModel model, PairRows? rows, Session session)
    {
        bool isReachable = Exact.Reaches(model);
        if (parsed.GetValue(method) is "exact" || (parsed.GetValue(method) is "auto" && isReachable))
            return FractionDisplay.Show(session, "enumerating",
                _ => new LogPartitionResult(Exact.LogPartition(model, session.Interrupted)));

        string from = parsed.GetValue(reverse)!, begin = parsed.GetValue(start) ?? (rows is null ? "uniform" : "base-rate");
        if (from == "auto") from = isReachable ? "samples" : rows is null ? "none" : "data";
        if (from == "data" && rows is null) throw new BadInputException("--reverse data needs --data");
        if (begin == "base-rate" && rows is null) throw new BadInputException("--start base-rate needs --data");
        var settings = new Annealing
        {
            Chains = parsed.GetValue(chains),
            Betas = parsed.GetValue(betas),
            Spacing = parsed.GetValue(spacing) == "sigmoid" ? BetaSpacing.Sigmoid : BetaSpacing.Linear,
            Start = begin == "base-rate" ? Annealing.BaseRate(model, rows!.Lower(BaseRateRows)) : null,
        };
        LogPartitionEstimate forward = FractionDisplay.Show(session, "annealing",
            progress => AnnealedImportanceSampling.Estimate(model, settings, Source(1), progress, session.Interrupted));
        LogPartitionEstimate? back = from == "none" ? null
            : FractionDisplay.Show(session, "annealing backwards", progress => from == "samples"
            ? AnnealedImportanceSampling.EstimateReverse(model, settings, Source(2), progress, session.Interrupted)
            : AnnealedImportanceSampling.EstimateReverse(model, settings, rows!.Joined(settings.Chains), parsed.GetValue(burnIn), Source(2),
                progress, session.Interrupted));
        return new(forward, back, from, begin, settings.Spacing);

        Rng Source(uint stream) => new(session.Seed, 0x616e6e00 + stream);
    }
}
