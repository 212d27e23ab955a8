using System.Diagnostics;

namespace Boltzmann.Searching;

/// <summary>Writes a search to its folder now and then, and gives it back what is there.</summary>
sealed class CheckpointKeeper
{
    readonly SearchCheckpoint checkpoint;
    readonly SearchRun run;
    readonly IReadOnlyList<(string Name, string Value)> identity;
    long written = Stopwatch.GetTimestamp();

    /// <exception cref="BadInputException">There is nothing to resume, or it is of another search.</exception>
    public CheckpointKeeper(SearchCheckpoint checkpoint, SearchRun run, ISearchMethod method, int solutions)
    {
        this.checkpoint = checkpoint;
        this.run = run;
        identity = SearchIdentity.Of(run.Energy, method, run.Seed, solutions);
        checkpoint.Prepare();
        run.IsKept = true;
        if (!checkpoint.Resumes) return;
        run.Resumed = SearchArchive.Read(checkpoint.Path, identity);
        run.Keep(run.Resumed);
    }

    /// <summary>Writes it if that was long ago.</summary>
    public void WriteNowAndThen()
    {
        if (Stopwatch.GetElapsedTime(written) < checkpoint.Every) return;
        Write();
        written = Stopwatch.GetTimestamp();
    }

    /// <summary>Writes it.</summary>
    public void Write() => run.Archived().Write(checkpoint.Path, identity);
}
