using System.CommandLine;

namespace Boltzmann.Cli.Temporal;

/// <summary>
/// Commands that serve models of rows and machines with memory alike have options that mean something for one of them only: who gives one
/// to the other expects something of it, so it is refused.
/// </summary>
/// <param name="ofSequences">Options for machines with memory alone.</param>
/// <param name="ofBoth">Options for both.</param>
sealed class SequenceOptionGuard(IReadOnlyList<Option> ofSequences, IReadOnlyList<string> ofBoth)
{
    /// <summary>Whether the model is a machine with memory; throws if an option was given that does nothing for it.</summary>
    /// <exception cref="BadInputException">One was, or the model cannot be read.</exception>
    public bool IsOf(ParseResult parsed, ModelInput model)
    {
        string path = parsed.GetValue(model.Argument)!;
        bool hasMemory = TrainedSequences.IsOf(path);
        if (!hasMemory)
        {
            if (ofSequences.FirstOrDefault(parsed.IsGiven) is Option foreign)
                throw new BadInputException($"{foreign.Name} is for machines with memory (dybm, crbm, rtrbm, rnn-rbm); {path} holds "
                    + $"{Named(path)}");
            return false;
        }
        foreach (Option option in parsed.CommandResult.Command.Options)
            if (parsed.IsGiven(option) && !ofSequences.Contains(option) && !ofBoth.Contains(option.Name))
                throw new BadInputException($"{option.Name} is for models of rows; {path} holds {Named(path)}, which has a memory");
        return true;
    }

    /// <summary>"a dybm".</summary>
    public static string Named(string path)
    {
        string kind = ModelFile.Describe(RunFolder.FindModel(path)).Model;
        return $"{(kind[0] is 'r' ? "an" : "a")} {kind}";
    }
}
