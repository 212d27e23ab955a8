using Boltzmann.Persistence;

namespace Boltzmann.Searching;

/// <summary>
/// Where a search keeps what it needs to go on to the same result as if it had not stopped: states, random numbers, temperatures and what
/// was measured, the best states, the trace. For tempering and annealing.
/// </summary>
/// <param name="Folder">Made where it is not there; it holds search.safetensors, which is replaced whole.</param>
public sealed record SearchCheckpoint(string Folder)
{
    /// <summary>Whether the search in the folder goes on; otherwise there must be none yet.</summary>
    public bool Resumes { get; init; }

    /// <summary>How often it is written while the search goes on; it is written at the end in any case.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(Folder, "search.safetensors");

    /// <summary>Looks for what must be in the folder, or must not, before anything is computed or written.</summary>
    /// <param name="energy">What is lowered.</param>
    /// <param name="method">How.</param>
    /// <param name="seed">All randomness follows from it.</param>
    /// <param name="solutions">How many different states are kept.</param>
    /// <exception cref="BadInputException">There is no search to resume, it is another one, or there is one that would be
    /// replaced.</exception>
    /// <exception cref="ArgumentException">Searches by this method are not resumed.</exception>
    public void Check(BinaryEnergy energy, ISearchMethod method, ulong seed, int solutions)
    {
        var identity = SearchIdentity.Of(energy, method, seed, solutions);
        Look();
        if (Resumes) SearchArchive.Open(Path, identity).Dispose();
    }

    void Look()
    {
        if (Resumes && !File.Exists(Path)) throw new BadInputException($"{Folder}: has no search to resume, search.safetensors");
        if (!Resumes && File.Exists(Path))
            throw new BadInputException($"{Folder}: holds a search already; --resume continues it, another folder begins a new one");
    }

    /// <summary>Makes the folder, and looks for what must be in it, or must not.</summary>
    /// <exception cref="BadInputException">There is no search to resume, or one that would be replaced, or the folder cannot be
    /// made.</exception>
    internal void Prepare()
    {
        Look();
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{Folder}: cannot be made: {e.Message}", e);
        }
    }
}
