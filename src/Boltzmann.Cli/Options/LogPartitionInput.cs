using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>The options that say how log Z is found.</summary>
sealed class LogPartitionInput
{
    readonly Option<string> method = ChoiceOption.Of("--method", "auto", "exact: by enumerating a layer; ais: annealed importance "
        + "sampling; auto: exact where a layer has at most 2^25 states, else ais.", "exact", "ais", "auto");
    readonly Option<int> chains = NumberOption.Whole("--chains", LogPartitionRequest.DefaultChains, 1,
        "ais: independent chains; their spread is the error (Salakhutdinov and Murray 2008).");
    readonly Option<int> betas = NumberOption.Whole("--betas", LogPartitionRequest.DefaultBetas, 2,
        "ais: inverse temperatures from 0 to 1; 10000 is careful.");
    readonly Option<string> spacing = ChoiceOption.Of("--spacing", "linear",
        "ais: how these are spaced; sigmoid takes small steps at both ends.", "linear", "sigmoid");
    readonly Option<string?> start = ChoiceOption.Optional("--start", "ais: the model at inverse temperature 0: base-rate has the means of "
        + "the data (default where there are data), uniform none.", "base-rate", "uniform");
    readonly Option<string> reverse = ChoiceOption.Of("--reverse", "auto", "ais: where the reverse estimate starts: exact samples of the "
        + "model, chains from data, or not at all; auto: samples where they can be drawn, else data.", "samples", "data", "none", "auto");
    readonly Option<int> burnIn = NumberOption.Whole("--burn-in", LogPartitionRequest.DefaultBurnIn, 0,
        "ais: free Gibbs sweeps of chains from data before the reverse estimate.");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[method, chains, betas, spacing, start, reverse, burnIn]) command.Options.Add(option);
    }

    /// <summary>What the options ask for; those not given are left to the library, whose defaults help tells.</summary>
    public LogPartitionRequest Request(ParseResult parsed) => new()
    {
        Method = parsed.Choice<LogPartitionMethod>(method),
        Chains = parsed.Stated(chains),
        Betas = parsed.Stated(betas),
        Spacing = parsed.Choice<BetaSpacing>(spacing),
        Start = parsed.Choice<AnnealingStart>(start),
        Reverse = parsed.Choice<ReverseStart>(reverse),
        BurnIn = parsed.Stated(burnIn),
    };
}
