namespace Boltzmann.Cli;

/// <summary>A comparison of runs for people: its tables, and what should be known of them.</summary>
static class ComparisonOutput
{
    /// <summary>Prints tables; with --json, nothing: the document has all of it.</summary>
    public static void Print(Session session, RunComparison comparison, string? metric)
    {
        foreach (string note in comparison.Notes) session.Note(note);
        if (session.Json) return;
        if (comparison.HasSeeds)
        {
            session.Print(session.Fit(ComparisonText.OverSeeds(comparison, metric)));
            session.Print("± standard error of the mean over seeds\n\n");
        }
        session.Print(session.Fit(ComparisonText.EachRun(comparison, metric)));
    }
}
