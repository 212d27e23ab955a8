namespace Boltzmann.Cli.Help;

/// <summary>What an option is about, in the order of a help page.</summary>
enum HelpGroup
{
    /// <summary>Options that say nothing else.</summary>
    Options,

    /// <summary>What a search for settings tries, and by what it chooses.</summary>
    Search,

    /// <summary>Rows: where from, which, how they are read.</summary>
    Data,

    /// <summary>Units and layers.</summary>
    Model,

    /// <summary>Where the gradient comes from.</summary>
    Gradient,

    /// <summary>Epochs, rates, penalties.</summary>
    Learning,

    /// <summary>How a search moves, and what it reads.</summary>
    Moves,

    /// <summary>How log Z is found.</summary>
    LogPartition,

    /// <summary>What is measured, and when training ends.</summary>
    Metrics,

    /// <summary>Files, folders, pictures.</summary>
    Output,

    /// <summary>Options of every command.</summary>
    Common,
}
