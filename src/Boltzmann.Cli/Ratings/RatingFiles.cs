namespace Boltzmann.Cli.Ratings;

/// <summary>Files of ratings that commands name.</summary>
static class RatingFiles
{
    /// <summary>Reads a file, its columns named as those of the machine's training where the file has these, else found.</summary>
    /// <param name="session">Opens data.</param>
    /// <param name="trained">The machine.</param>
    /// <param name="path">The file; null for what the machine learned from.</param>
    /// <param name="needsRatings">Whether every line must have a rating.</param>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public static RatingList Read(Session session, TrainedRatings trained, string? path, bool needsRatings = true)
    {
        string name = path ?? trained.Data ?? throw new BadInputException(
            $"{trained.Path} does not say what it learned from; expected a file");
        string file = session.Context.Data.FindFile(name) ?? name;
        RatingColumns columns = trained.Columns with { Time = null };
        return session.Track($"reading {name}", () => RatingReader.Read(file, needsRatings ? columns : columns with { Rating = null },
            needsRatings));
    }

    /// <summary>Pairs known to be rated; null for none.</summary>
    /// <exception cref="BadInputException">The machine hears nothing of them.</exception>
    public static RatingList? Rated(Session session, TrainedRatings trained, string? path) => path is null ? null
        : trained.Machine.IsConditional ? Read(session, trained, path, needsRatings: false)
        : throw new BadInputException($"--rated tells what has been rated to a machine that hears it; {trained.Path} learned without "
            + "--conditional");

    /// <summary>Says how many pairs have no prediction, and why.</summary>
    public static void NoteStrangers(Session session, TrainedRatings trained, RatingList pairs, int count)
    {
        if (count == 0) return;
        IReadOnlyList<string> strangers = trained.Strangers(pairs);
        string one = trained.ByItem ? "user" : "item";
        session.Note($"{count:N0} of {pairs.Count:N0} pairs have no prediction: the machine has met no ratings of their "
            + $"{strangers.Count:N0} {(strangers.Count == 1 ? one : one + "s")}, such as {strangers[0]}");
    }
}
