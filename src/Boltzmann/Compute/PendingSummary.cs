namespace Boltzmann.Compute;

/// <summary>A summary that was asked for: known at once on this machine, on a device when its work has come so far.</summary>
public readonly struct PendingSummary
{
    readonly Summary known;
    readonly Backend? backend;
    readonly long ticket;

    /// <summary>One that is known.</summary>
    public PendingSummary(Summary known) => this.known = known;

    /// <summary>One that a backend will know; see <see cref="Backend.Finish"/>.</summary>
    /// <param name="backend">Who is asked.</param>
    /// <param name="ticket">What for, in the backend's own counting.</param>
    public PendingSummary(Backend backend, long ticket)
    {
        this.backend = backend;
        this.ticket = ticket;
    }

    /// <summary>
    /// The summary; waits for it where it is not known yet. What was asked for earlier is then known as well, without another wait.
    /// </summary>
    public Summary Value => backend is null ? known : backend.Finish(ticket);
}
