using System.CommandLine;

namespace Boltzmann.Cli.Ratings;

/// <summary>An option that does nothing for the model it is given to is refused, for machines of ratings and for others.</summary>
/// <param name="ofRatings">Options for machines of ratings alone.</param>
/// <param name="ofBoth">Options for all.</param>
sealed class RatingOptionGuard(IReadOnlyList<Option> ofRatings, IReadOnlyList<string> ofBoth)
{
    /// <summary>Whether the model is a machine of ratings.</summary>
    /// <exception cref="BadInputException">An option was given that does nothing for it, or the model cannot be read.</exception>
    public bool IsOf(ParseResult parsed, ModelInput model)
    {
        string path = parsed.GetValue(model.Argument)!;
        if (!TrainedRatings.IsOf(path))
            return ofRatings.FirstOrDefault(parsed.IsGiven) is Option foreign
                ? throw new BadInputException($"{foreign.Name} is for machines of ratings, which train ratings makes; {path} is none")
                : false;
        foreach (Option option in parsed.CommandResult.Command.Options)
            if (parsed.IsGiven(option) && !ofRatings.Contains(option) && !ofBoth.Contains(option.Name))
                throw new BadInputException($"{option.Name} does nothing for a machine of ratings, as {path} is; expected --ratings FILE");
        return true;
    }
}
