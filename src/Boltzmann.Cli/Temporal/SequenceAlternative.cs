namespace Boltzmann.Cli.Temporal;

/// <summary>Commands that take models of rows alone say what serves a machine with memory in their place.</summary>
static class SequenceAlternative
{
    static readonly Dictionary<string, string> others = new()
    {
        ["complete"] = "sample --prefix goes on from a beginning, predict says what comes next",
        ["diagnose"] = "evaluate says how well it predicts and how probable sequences are",
        ["export"] = "its own file has named tensors that other programs can read",
        ["reconstruct"] = "evaluate --by-step FILE.csv has what it expected of every step",
        ["score"] = "evaluate --metrics anomaly finds odd steps, --by-step FILE.csv has the score of every one",
        ["search"] = "sample --greedy takes the most probable value of each unit, --completions lists the most probable texts",
    };

    /// <summary>Throws if a model has a memory.</summary>
    /// <param name="path">A model file, a checkpoint, or the folder of a run.</param>
    /// <param name="command">The command that asks.</param>
    /// <exception cref="BadInputException">It has, or there is no model.</exception>
    public static void RequireRows(string path, string command)
    {
        if (!TrainedSequences.IsOf(path)) return;
        string other = others.GetValueOrDefault(command, "evaluate, predict and sample ask it");
        throw new BadInputException($"{command} is for models of rows; {path} holds {SequenceOptionGuard.Named(path)}, which has a memory: "
            + other);
    }
}
