namespace Boltzmann.Runs;

/// <summary>What a plan means, ready to run: a training, or a fine-tuning.</summary>
interface IRunTask
{
    /// <summary>What learns.</summary>
    IModel Model { get; }

    /// <summary>One line on data, model and place.</summary>
    string Heading { get; }

    /// <summary>What was done to the data that nobody asked for, in words; null for nothing.</summary>
    string? Note { get; }

    /// <summary>What the columns of the data hold, where they are those of a table; null otherwise.</summary>
    TableSchema? Table => null;

    /// <summary>The command that such runs are made by: "train rbm".</summary>
    string Command { get; }

    /// <summary>Where it is: "epoch 3".</summary>
    string Position { get; }

    /// <summary>Why it ended before its last epoch; null if it did not.</summary>
    string? Stopped { get; }

    /// <summary>How the model that is kept does, by name, once it has ended; empty where nothing but the curves is known.</summary>
    IReadOnlyDictionary<string, double> Result { get; }

    /// <summary>Keeps frames of fantasy particles from now on.</summary>
    /// <exception cref="BadInputException">What learns shows none.</exception>
    void KeepFilm();

    /// <summary>Goes to where a checkpoint was made, whose parameters have been loaded.</summary>
    /// <exception cref="BadInputException">It cannot go on from there.</exception>
    void Restore(TrainerSnapshot snapshot);

    /// <summary>Runs to the end, or to the interruption, writing the folder.</summary>
    /// <returns>Whether the end was reached.</returns>
    bool Execute(RunFolder folder, RunContext context, string commandLine);
}
