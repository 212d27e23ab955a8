namespace Boltzmann.Searching;

/// <summary>How states are moved to lower energies.</summary>
public interface ISearchMethod
{
    /// <summary>"tempering", "annealing": as the command line has it.</summary>
    string Name { get; }

    /// <summary>Searches, block by block. Whoever enumerates decides after each whether to go on; an end means that there is nothing more
    /// to do.</summary>
    /// <param name="run">Where the best state goes.</param>
    IEnumerable<SearchRun> Run(SearchRun run);
}
