using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli;

/// <summary>The options that say how log Z is found.</summary>
sealed class LogPartitionInput
{
    readonly Option<string> method = ChoiceOption.Of("--method", "auto", "How log Z is found. exact: by enumerating a layer; ais: annealed "
        + "importance sampling; auto: exact where a layer has at most 2^25 states, otherwise ais.", "exact", "ais", "auto");
    readonly Option<int> chains = NumberOption.Whole("--chains", LogPartitionRequest.DefaultChains, 1,
        "ais: independent chains; their spread gives the error (Salakhutdinov and Murray 2008).");
    readonly Option<int> betas = NumberOption.Whole("--betas", LogPartitionRequest.DefaultBetas, 2,
        "ais: number of inverse temperatures from 0 to 1; 10000 is careful.");
    readonly Option<string> spacing = ChoiceOption.Of("--spacing", "linear",
        "ais: spacing of the inverse temperatures. sigmoid takes small steps at both ends.", "linear", "sigmoid");
    readonly Option<string?> start = ChoiceOption.Optional("--start", "ais: the model at inverse temperature 0. base-rate: with the means "
        + "of the data, the default where there are data; uniform: without.", "base-rate", "uniform");
    readonly Option<string> reverse = ChoiceOption.Of("--reverse", "auto", "ais: where the reverse estimate starts. samples: exact samples "
        + "of the model; data: chains from data; none: no reverse estimate; auto: samples where they can be drawn, otherwise data.",
        "samples", "data", "none", "auto");
    readonly Option<int> burnIn = NumberOption.Whole("--burn-in", LogPartitionRequest.DefaultBurnIn, 0,
        "ais: free Gibbs sweeps of chains from data before the reverse estimate.");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[method, chains, betas, spacing, start, reverse, burnIn])
            command.Options.Add(option.In(HelpGroup.LogPartition, isMain: option == method || option == chains || option == betas));
    }

    /// <summary>What the options ask for. Options that were not given are left to the library, whose defaults the help shows.</summary>
    /// <exception cref="BadInputException">An option of annealing was given with --method exact.</exception>
    public LogPartitionRequest Request(ParseResult parsed)
    {
        if (parsed.GetValue(method) == "exact")
            foreach (Option option in (Option[])[chains, betas, spacing, start, reverse, burnIn])
                if (parsed.IsGiven(option))
                    throw new BadInputException($"{option.Name} does nothing here: it is for --method ais, and the method is exact");
        return new()
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
}
