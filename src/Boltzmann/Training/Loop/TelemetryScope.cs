namespace Boltzmann.Training;

/// <summary>Ends what <see cref="Telemetry"/> has begun.</summary>
sealed class TelemetryScope(Action end) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => end();
}
